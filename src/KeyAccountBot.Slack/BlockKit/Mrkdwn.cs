using System.Text;
using System.Text.RegularExpressions;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Slack.BlockKit;

/// <summary>
/// Draws words in Slack's own markup (<see href="https://docs.slack.dev/messaging/formatting-message-text">formatting message text</see>).
/// In words, <see cref="Marks"/> stand for what our own sentences do. All other characters are as typed.
/// </summary>
public static partial class Mrkdwn
{
    /// <summary>The words as mrkdwn; only safe ones come out as they were typed.</summary>
    public static string Draw(string words) => Drawn(Escape(Typed(words)), bold: "*", italic: "_");

    /// <summary>The words alone, for plain text.</summary>
    public static string Plain(string words) => Drawn(Typed(words), bold: "", italic: "");

    /// <summary>Whether nothing in the words but our own marks is markup once they are escaped.</summary>
    public static bool IsSafe(string words) => !Live().IsMatch(Typed(words));

    /// <summary>
    /// Makes someone's words safe against mentions and links inside mrkdwn: only <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> can be escaped
    /// (<see href="https://docs.slack.dev/messaging/formatting-message-text#escaping">escaping</see>).
    /// </summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>
    /// What somebody wrote, as they wrote it: Slack escapes the same three characters in what it tells
    /// (<see href="https://docs.slack.dev/messaging/formatting-message-text#escaping">escaping</see>). What would pass for our marks is left out.
    /// </summary>
    public static string Unescape(string text)
    {
        text = text.Replace("&lt;", "<", StringComparison.Ordinal)
            .Replace("&gt;", ">", StringComparison.Ordinal)
            .Replace("&amp;", "&", StringComparison.Ordinal);
        return Marks.Without(text);
    }

    private static string Drawn(string words, string bold, string italic)
    {
        var text = new StringBuilder(words.Length);
        foreach (var c in words)
        {
            _ = c switch
            {
                Marks.BoldBegins or Marks.BoldEnds => text.Append(bold),
                Marks.ItalicBegins or Marks.ItalicEnds => text.Append(italic),
                Marks.NumberBegins or Marks.NumberEnds => text,
                _ when c == Marks.Line[0] => text.Append('\n'),
                _ when c == Marks.Paragraph[0] => text.Append("\n\n"),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    // without characters that would do more than stand there
    private static string Typed(string words)
    {
        var text = new StringBuilder(words.Length);
        foreach (var c in words)
        {
            Marks.Append(text, c);
        }

        return text.ToString();
    }

    // bold, strike-through and code wherever they might begin, italics but within a word, quotations, :emoji:
    [GeneratedRegex(
        @"[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?:^|[\uFDD6\uFDD7])[ \uFDD0\uFDD2]*>|:[\p{L}\p{N}_+'-]+:",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Live();
}
