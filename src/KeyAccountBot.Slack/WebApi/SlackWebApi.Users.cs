namespace KeyAccountBot.Slack.WebApi;

/// <content>The <see href="https://docs.slack.dev/reference/methods?family=users">users</see> family.</content>
public sealed partial class SlackWebApi
{
    /// <summary>
    /// Finds a person by e-mail address, or throws with <c>users_not_found</c>
    /// (<see href="https://docs.slack.dev/reference/methods/users.lookupByEmail">users.lookupByEmail</see>).
    /// </summary>
    public async Task<SlackUser> LookupByEmailAsync(string email, CancellationToken cancellation = default)
    {
        const string Method = "users.lookupByEmail";
        return Read(Method, await PostFormAsync(Method, "email", email, WebApiJson.Default.UserAnswer, cancellation));
    }

    /// <summary>Tells about a person, their time zone among it (<see href="https://docs.slack.dev/reference/methods/users.info">users.info</see>).</summary>
    public async Task<SlackUser> UserInfoAsync(string userId, CancellationToken cancellation = default)
    {
        const string Method = "users.info";
        return Read(Method, await PostFormAsync(Method, "user", userId, WebApiJson.Default.UserAnswer, cancellation));
    }

    private static SlackUser Read(string method, UserAnswer answer)
    {
        var user = Present(method, answer.User);
        var isBot = user.IsBot || user.IsWorkflowBot || user.IsConnectorBot;
        return new SlackUser(Present(method, user.Id), user.RealName ?? user.Name, user.Profile?.Email, user.Tz, user.Deleted, isBot)
        {
            TeamId = user.TeamId,
            EnterpriseId = user.EnterpriseUser?.EnterpriseId,
            Teams = user.EnterpriseUser?.Teams,
            IsGuest = user.IsRestricted || user.IsUltraRestricted,
            IsStranger = user.IsStranger,
            IsEmailUnconfirmed = user.IsEmailConfirmed == false,
        };
    }
}

/// <summary>A person in Slack (<see href="https://docs.slack.dev/reference/objects/user-object">user</see>).</summary>
/// <param name="Id">Their id, <c>U…</c> or <c>W…</c>.</param>
/// <param name="Name">Their name.</param>
/// <param name="Email">Their address, where the scope <c>users:read.email</c> is given.</param>
/// <param name="TimeZone">Their IANA time zone, such as <c>Asia/Shanghai</c>.</param>
/// <param name="IsDeactivated">Their account is closed.</param>
/// <param name="IsBot">No person but a bot.</param>
public sealed record SlackUser(string Id, string? Name, string? Email, string? TimeZone, bool IsDeactivated, bool IsBot)
{
    // Slack's own bot says of itself that it is none
    private const string Slackbot = "USLACKBOT";

    /// <summary>The workspace they are at home in, <c>T…</c>.</summary>
    public string? TeamId { get; init; }

    /// <summary>The organisation they belong to, <c>E…</c>.</summary>
    public string? EnterpriseId { get; init; }

    /// <summary>The workspaces of the organisation that they are a member of.</summary>
    public IReadOnlyList<string>? Teams { get; init; }

    /// <summary>Invited into some channels only, from outside as a rule.</summary>
    public bool IsGuest { get; init; }

    /// <summary>Of another company; met in a channel that two companies share.</summary>
    public bool IsStranger { get; init; }

    /// <summary>They have not yet shown that the address is theirs.</summary>
    public bool IsEmailUnconfirmed { get; init; }

    /// <summary>
    /// A full member of this workspace, or of this organisation where the app is installed in the whole of it
    /// (<see href="https://docs.slack.dev/reference/objects/user-object">user</see>).
    /// </summary>
    public bool IsMemberOf(SlackIdentity us) =>
        this is { IsDeactivated: false, IsBot: false, IsGuest: false, IsStranger: false, Id: not Slackbot }
        && (us.IsEnterpriseInstall
            ? EnterpriseId is not null && EnterpriseId == us.EnterpriseId
            : TeamId == us.TeamId || Teams?.Contains(us.TeamId, StringComparer.Ordinal) == true);
}
