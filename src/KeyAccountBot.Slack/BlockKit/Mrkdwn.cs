using System.Text;
using System.Text.RegularExpressions;

namespace KeyAccountBot.Slack.BlockKit;

/// <summary>
/// Draws words in Slack's own markup (<see href="https://docs.slack.dev/messaging/formatting-message-text">formatting message text</see>).
/// In words, Unicode noncharacters stand for what our own sentences do: U+FDD0 and U+FDD1 for bold, U+FDD2 and U+FDD3 for italics,
/// U+FDD4 and U+FDD5 around the number of an item, U+FDD6 for a new line, U+FDD7 for a new paragraph. All other characters are as typed.
/// </summary>
public static partial class Mrkdwn
{
    private const char Line = '\uFDD6';
    private const char Paragraph = '\uFDD7';

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
        return text.Any(IsMark) ? string.Concat(text.Where(c => !IsMark(c))) : text;
    }

    private static bool IsMark(char c) => c is >= '\uFDD0' and <= Paragraph;

    private static string Drawn(string words, string bold, string italic)
    {
        var text = new StringBuilder(words.Length);
        foreach (var c in words)
        {
            _ = c switch
            {
                '\uFDD0' or '\uFDD1' => text.Append(bold),
                '\uFDD2' or '\uFDD3' => text.Append(italic),
                '\uFDD4' or '\uFDD5' => text,
                Line => text.Append('\n'),
                Paragraph => text.Append("\n\n"),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    // without characters that would do more than stand there: a line break is a space; what turns the reading direction is left out
    private static string Typed(string words)
    {
        var text = new StringBuilder(words.Length);
        foreach (var c in words)
        {
            _ = c switch
            {
                '\n' or '\r' or '\t' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029' => text.Length > 0 && text[^1] == ' ' ? text : text.Append(' '),
                '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => text,
                '\uFEFF' or (>= '\uFDD8' and <= '\uFDEF') or '\uFFFE' or '\uFFFF' => text,
                _ when char.IsControl(c) => text,
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    // bold, strike-through and code wherever they might begin, italics but within a word, quotations, :emoji:
    [GeneratedRegex(
        @"[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?:^|[\uFDD6\uFDD7])[ \uFDD0\uFDD2]*>|:[\p{L}\p{N}_+'-]+:",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Live();
}
