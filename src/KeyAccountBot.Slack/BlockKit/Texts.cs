using System.Text.Json.Serialization;

namespace KeyAccountBot.Slack.BlockKit;

/// <summary>Text with Slack's markup; escape what people wrote (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).</summary>
/// <param name="Text">The text.</param>
public sealed record MrkdwnText(string Text)
{
    /// <summary>Always <c>mrkdwn</c> (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "mrkdwn";
}

/// <summary>Text as it is (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).</summary>
/// <param name="Text">The text.</param>
public sealed record PlainText(string Text)
{
    /// <summary>Always <c>plain_text</c> (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "plain_text";
}
