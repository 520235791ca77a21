using System.Text;
using System.Text.RegularExpressions;
using KeyAccountBot.Messages;

namespace KeyAccountBot.BotFramework.Cards;

/// <summary>
/// Draws words for Teams, whose messages and cards read Markdown: <see cref="Marks"/> become markup, and whatever else would be read as
/// markup is escaped, where it stands in a place in which it would be. Harmless characters stay as they are.
/// </summary>
public static partial class Markdown
{
    // breaks an address so that no client makes a link of it; it has no width
    private const char Joiner = '\u2060';

    /// <summary>The words as Markdown.</summary>
    public static string Draw(string words)
    {
        var text = new StringBuilder(words.Length + 16);
        for (var at = 0; ;)
        {
            var length = words.AsSpan(at).IndexOfAny(Marks.Line[0], Marks.Paragraph[0]);
            DrawLine(text, length < 0 ? words[at..] : words.Substring(at, length));
            if (length < 0)
            {
                return text.ToString();
            }

            text.Append(words[at + length] == Marks.Line[0] ? "\n" : "\n\n");
            at += length + 1;
        }
    }

    private static void DrawLine(StringBuilder text, string line)
    {
        if (IsPlain(line))
        {
            text.Append(line);
            return;
        }

        if (line is [Marks.NumberBegins, ..] && line.IndexOf(Marks.NumberEnds, StringComparison.Ordinal) is > 0 and var end)
        {
            text.Append(line, 1, end - 1);
            line = line[(end + 1)..];
        }

        var shown = line.Aggregate(new StringBuilder(line.Length), Marks.Append).ToString();
        if (shown.StartsWith("    ", StringComparison.Ordinal))
        {
            // so many spaces would make it code
            shown = shown.TrimStart(' ');
        }

        var block = Block().Match(shown) is { Success: true } match ? match.Groups["at"].Index : -1;
        for (var at = 0; at < shown.Length; at++)
        {
            _ = at == block ? text.Append('\\').Append(shown[at]) : DrawCharacter(text, shown, at);
        }
    }

    // most lines have nothing that could be markup: letters first, and then no character that is looked at below or left out
    private static bool IsPlain(string line)
    {
        if (line.Length == 0 || !char.IsLetter(line[0]))
        {
            return line.Length == 0;
        }

        foreach (var c in line)
        {
            if (c is < ' ' or '*' or '_' or '~' or '`' or '[' or '\\' or '{' or '<' or '&' or (>= '\u007F' and <= '\u00AD') or '\u061C'
                or (>= '\u200B' and <= '\u206F') or (>= '\uD800' and <= '\uDFFF') or (>= '\uFDD0' and <= '\uFDEF') or '\uFEFF' or >= '\uFFF0')
            {
                return false;
            }
        }

        return !line.Contains("://", StringComparison.Ordinal) && !line.Contains("www", StringComparison.OrdinalIgnoreCase);
    }

    private static StringBuilder DrawCharacter(StringBuilder text, string line, int at)
    {
        var (before, next) = (at > 0 ? line[at - 1] : '\n', at + 1 < line.Length ? line[at + 1] : '\n');
        return line[at] switch
        {
            Marks.BoldBegins or Marks.BoldEnds => text.Append("**"),
            Marks.ItalicBegins or Marks.ItalicEnds => text.Append('*'),
            Marks.NumberBegins or Marks.NumberEnds => text,
            '*' or '_' or '~' when before != ' ' || next != ' ' || line.AsSpan(0, at).Trim(' ').IsEmpty => text.Append('\\').Append(line[at]),
            '`' or '[' => text.Append('\\').Append(line[at]),
            '\\' when next == '\n' || char.IsPunctuation(next) || char.IsSymbol(next) || Marks.IsMark(next) => text.Append(@"\\"),
            '{' when before == '{' => text.Append(@"\{"), // a card computes {{DATE(…)}}
            '<' when char.IsLetter(next) || next is '/' or '!' or '?' => text.Append("&lt;"),
            '&' when Entity().IsMatch(line, at) => text.Append("&amp;"),
            ':' when next == '/' && at + 2 < line.Length && line[at + 2] == '/' => text.Append(':').Append(Joiner),
            '.' when EndsInWorldWideWeb(line.AsSpan(0, at)) => text.Append(Joiner).Append('.'),
            var c => text.Append(c),
        };
    }

    // what makes a line a heading, an item, a quotation or a rule; the character whose escape makes it words
    [GeneratedRegex(
        @"^ *(?:(?<at>#)\#{0,5}(?: |$)|(?<at>[-+])(?: |$)|(?<at>-)[- ]*$|(?<at>=)=* *$|(?<at>>)|[0-9]{1,9}(?<at>[.)])(?: |$))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\G&(\#[0-9]{1,8}|\#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,40});", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Entity();

    private static bool EndsInWorldWideWeb(ReadOnlySpan<char> before) =>
        before.EndsWith("www", StringComparison.OrdinalIgnoreCase) && (before.Length == 3 || !char.IsLetterOrDigit(before[^4]));
}
