namespace KeyAccountBot.Slack;

/// <summary>What the Slack wire needs from <see href="https://docs.slack.dev/app-management/">the app's settings</see>.</summary>
public sealed class SlackOptions
{
    /// <summary>The bot user's token, <c>xoxb-…</c> (<see href="https://docs.slack.dev/authentication/tokens">tokens</see>).</summary>
    public string BotToken { get; set; } = "";

    /// <summary>The secret Slack signs its requests with (<see href="https://docs.slack.dev/authentication/verifying-requests-from-slack">verifying requests</see>).</summary>
    public string SigningSecret { get; set; } = "";

    /// <summary>
    /// The workspace whose members are our people, <c>T…</c>, or the organisation, <c>E…</c>, where the app is installed in the whole of it;
    /// empty: the one that the token belongs to.
    /// </summary>
    public string TeamId { get; set; } = "";

    /// <summary>Where the <see href="https://docs.slack.dev/apis/web-api/">Web API</see> lies.</summary>
    public Uri ApiBaseUrl { get; set; } = new("https://slack.com/api/");
}
