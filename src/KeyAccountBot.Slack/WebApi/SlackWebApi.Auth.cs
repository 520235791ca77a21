namespace KeyAccountBot.Slack.WebApi;

/// <content>The <see href="https://docs.slack.dev/reference/methods?family=auth">auth</see> family.</content>
public sealed partial class SlackWebApi
{
    /// <summary>Asks whose token this is (<see href="https://docs.slack.dev/reference/methods/auth.test">auth.test</see>).</summary>
    public async Task<SlackIdentity> AuthTestAsync(CancellationToken cancellation = default)
    {
        const string Method = "auth.test";
        var answer = await PostJsonAsync(Method, new AuthBody(), WebApiJson.Default.AuthBody, WebApiJson.Default.AuthAnswer, cancellation);
        return new SlackIdentity(Present(Method, answer.TeamId), answer.Team, Present(Method, answer.UserId), answer.BotId)
        {
            EnterpriseId = answer.EnterpriseId,
            IsEnterpriseInstall = answer.IsEnterpriseInstall,
        };
    }
}

/// <summary>Who we are in Slack (<see href="https://docs.slack.dev/reference/methods/auth.test">auth.test</see>).</summary>
/// <param name="TeamId">The workspace, <c>T…</c>.</param>
/// <param name="TeamName">Its name.</param>
/// <param name="UserId">The bot's user, <c>U…</c>.</param>
/// <param name="BotId">The bot, <c>B…</c>.</param>
public sealed record SlackIdentity(string TeamId, string? TeamName, string UserId, string? BotId)
{
    /// <summary>The organisation that the workspace belongs to, <c>E…</c>; absent where it stands alone.</summary>
    public string? EnterpriseId { get; init; }

    /// <summary>The app is installed in the whole organisation, not in one workspace.</summary>
    public bool IsEnterpriseInstall { get; init; }
}
