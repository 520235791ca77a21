namespace KeyAccountBot.Slack.BlockKit;

/// <summary>Slack's own markup (<see href="https://docs.slack.dev/messaging/formatting-message-text">formatting message text</see>).</summary>
public static class Mrkdwn
{
    /// <summary>
    /// Makes someone's words safe inside mrkdwn: only <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> are escaped
    /// (<see href="https://docs.slack.dev/messaging/formatting-message-text#escaping">escaping</see>).
    /// </summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>
    /// What somebody wrote, as they wrote it: Slack escapes the same three characters in what it tells
    /// (<see href="https://docs.slack.dev/messaging/formatting-message-text#escaping">escaping</see>).
    /// </summary>
    public static string Unescape(string mrkdwn) =>
        mrkdwn.Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);

    /// <summary>Mentions a person (<see href="https://docs.slack.dev/messaging/formatting-message-text#mentioning-users">mentioning users</see>).</summary>
    public static string Mention(string userId) => $"<@{userId}>";
}
