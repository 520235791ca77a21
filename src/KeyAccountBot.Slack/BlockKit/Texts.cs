using System.Text.Json.Serialization;

namespace KeyAccountBot.Slack.BlockKit;

/// <summary>
/// Words in a block: Slack's markup where there is nothing in them but our own, else plain text, bold and all left out. Slack has no way
/// to escape <c>*</c>, <c>_</c>, <c>~</c> or a backtick, so a name with one of them can stand as it was typed in plain text only
/// (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).
/// </summary>
public sealed record TextObject
{
    private TextObject(string type, string text) => (Type, Text) = (type, text);

    /// <summary><c>mrkdwn</c> or <c>plain_text</c> (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; }

    /// <summary>The text (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).</summary>
    public string Text { get; }

    /// <summary>In plain text, <c>:colons:</c> are no emoji (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).</summary>
    public bool? Emoji { get; private init; }

    /// <summary>In markup, addresses, <c>#channels</c> and <c>@names</c> are no links (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).</summary>
    public bool? Verbatim { get; private init; }

    /// <summary>Draws words and marks, cut to a length.</summary>
    public static TextObject Of(string words, int length) => Mrkdwn.IsSafe(words)
        ? new TextObject("mrkdwn", TextLimit.CutMrkdwn(Mrkdwn.Draw(words), length)) { Verbatim = true }
        : new TextObject("plain_text", TextLimit.CutPlain(Mrkdwn.Plain(words), length)) { Emoji = false };
}

/// <summary>Text as it is (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).</summary>
public sealed record PlainText
{
    private PlainText(string text) => Text = text;

    /// <summary>Always <c>plain_text</c> (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).</summary>
    [JsonPropertyOrder(-1)]
    public string Type { get; } = "plain_text";

    /// <summary>The text (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).</summary>
    public string Text { get; }

    /// <summary><c>:colons:</c> are no emoji; absent where there are none (<see href="https://docs.slack.dev/reference/block-kit/composition-objects/text-object">text object</see>).</summary>
    public bool? Emoji { get; private init; }

    /// <summary>Draws words, cut to a length.</summary>
    public static PlainText Of(string words, int length)
    {
        var text = TextLimit.CutPlain(Mrkdwn.Plain(words), length);
        return new PlainText(text) { Emoji = text.Contains(':', StringComparison.Ordinal) ? false : null };
    }
}
