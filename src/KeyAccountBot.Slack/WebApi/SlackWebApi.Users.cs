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
        return new SlackUser(Present(method, user.Id), user.RealName ?? user.Name, user.Profile?.Email, user.Tz, user.Deleted, user.IsBot);
    }
}

/// <summary>A person in Slack (<see href="https://docs.slack.dev/reference/objects/user-object">user</see>).</summary>
/// <param name="Id">Their id, <c>U…</c> or <c>W…</c>.</param>
/// <param name="Name">Their name.</param>
/// <param name="Email">Their address, where the scope <c>users:read.email</c> is given.</param>
/// <param name="TimeZone">Their IANA time zone, such as <c>Asia/Shanghai</c>.</param>
/// <param name="IsDeactivated">Their account is closed.</param>
/// <param name="IsBot">No person but a bot.</param>
public sealed record SlackUser(string Id, string? Name, string? Email, string? TimeZone, bool IsDeactivated, bool IsBot);
