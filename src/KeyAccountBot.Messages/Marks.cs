using System.Globalization;
using System.Text;

namespace KeyAccountBot.Messages;

/// <summary>
/// What our own sentences do beside saying words: bold, a new line. In a string each is a Unicode noncharacter, which stands for nothing
/// else; all other characters are words, and every channel draws them as they were typed. So nothing that a person writes is ever markup,
/// and nothing needs to be escaped before it reaches a channel.
/// </summary>
public static class Marks
{
    /// <summary>Bold begins.</summary>
    public const char BoldBegins = '\uFDD0';

    /// <summary>Bold ends.</summary>
    public const char BoldEnds = '\uFDD1';

    /// <summary>Italic begins.</summary>
    public const char ItalicBegins = '\uFDD2';

    /// <summary>Italic ends.</summary>
    public const char ItalicEnds = '\uFDD3';

    /// <summary>A number of a list begins.</summary>
    public const char NumberBegins = '\uFDD4';

    /// <summary>A number of a list ends.</summary>
    public const char NumberEnds = '\uFDD5';

    /// <summary>What follows begins a new line.</summary>
    public const string Line = "\uFDD6";

    /// <summary>What follows begins a new paragraph.</summary>
    public const string Paragraph = "\uFDD7";

    /// <summary>Words in bold.</summary>
    public static string Bold(string words) => $"{BoldBegins}{words}{BoldEnds}";

    /// <summary>Words in italics.</summary>
    public static string Italic(string words) => $"{ItalicBegins}{words}{ItalicEnds}";

    /// <summary>The number before an item of a list.</summary>
    public static string Number(int number) => $"{NumberBegins}{number.ToString(CultureInfo.InvariantCulture)}. {NumberEnds}";

    /// <summary>Whether it is one of ours.</summary>
    public static bool IsMark(char c) => c is >= '\uFDD0' and <= '\uFDD7';

    /// <summary>What came from outside, without characters that would pass for our marks.</summary>
    public static string Without(string words) => words.Any(IsMark) ? string.Concat(words.Where(c => !IsMark(c))) : words;

    /// <summary>The first line of words.</summary>
    public static string FirstLine(string words) => words.AsSpan().IndexOfAny(Line[0], Paragraph[0]) is var end and >= 0 ? words[..end] : words;

    /// <summary>The words alone, where a client shows no markup: a title, a notification, a label.</summary>
    public static string Plain(string words)
    {
        var text = new StringBuilder(words.Length);
        foreach (var c in words)
        {
            _ = c == Line[0] ? text.Append('\n') : c == Paragraph[0] ? text.Append("\n\n") : IsMark(c) ? text : Append(text, c);
        }

        return text.ToString();
    }

    /// <summary>
    /// Appends a character that a person typed, unless it would do more than stand there: a line break becomes a space, so that a name
    /// never looks like two; other controls, and those that turn the reading direction, are left out.
    /// </summary>
    public static StringBuilder Append(StringBuilder text, char c) => c switch
    {
        '\n' or '\r' or '\t' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029' => text.Length > 0 && text[^1] == ' ' ? text : text.Append(' '),
        '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => text,
        '\uFEFF' or (>= '\uFDD8' and <= '\uFDEF') or '\uFFFE' or '\uFFFF' => text,
        _ when char.IsControl(c) => text,
        _ => text.Append(c),
    };
}
