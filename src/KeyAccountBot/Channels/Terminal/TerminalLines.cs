using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KeyAccountBot.Channels.Terminal;

/// <summary>How words lie on a screen: in cells, of which a Chinese character takes two. Pure.</summary>
internal static partial class TerminalLines
{
    private const int Narrowest = 20;
    private const char Escape = '\u001b';

    /// <summary>Breaks lines between words so that none is wider than the screen; what a number or a bullet begins goes on under its words.</summary>
    public static string Wrap(string text, int width) =>
        width < Narrowest ? text : string.Join(Environment.NewLine, text.Split(Environment.NewLine).Select(line => WrapLine(line, width)));

    /// <summary>How many cells words take; escape sequences take none.</summary>
    public static int CellsOf(string words) => Pieces(words).Sum(p => p.Cells);

    private static string WrapLine(string line, int width)
    {
        if (CellsOf(line) <= width)
        {
            return line;
        }

        var indent = new string(' ', Marker().Match(line).Length);
        var (lines, at) = (new StringBuilder(), 0);
        foreach (var word in Words(line))
        {
            var cells = CellsOf(word);

            // the space that a line breaks at is not printed
            if (at > indent.Length && at + CellsOf(word.TrimEnd(' ')) > width)
            {
                TrimEnd(lines).Append(Environment.NewLine).Append(indent);
                at = indent.Length;
            }

            lines.Append(word);
            at += cells;
        }

        return TrimEnd(lines).ToString();
    }

    private static StringBuilder TrimEnd(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }

        return text;
    }

    // a line may break after a space, and on either side of a character that is a word by itself, but not before what closes a sentence
    private static IEnumerable<string> Words(string line)
    {
        var word = new StringBuilder();
        var wasWide = false;
        foreach (var (piece, cells) in Pieces(line))
        {
            var isWide = cells == 2;
            var breaksBefore = word.Length > 0 && (word[^1] == ' ' || wasWide || isWide) && piece != " " && !Closes(piece);
            if (breaksBefore && !(word[^1] != ' ' && Opens(word[^1])))
            {
                yield return word.ToString();
                word.Clear();
            }

            word.Append(piece);
            wasWide = cells == 0 ? wasWide : isWide;
        }

        yield return word.ToString();
    }

    private static bool Closes(string piece) => piece is [var c] && "，。、；：！？）》”’…,.;:!?)".Contains(c, StringComparison.Ordinal);

    private static bool Opens(char c) => "（《“‘(".Contains(c, StringComparison.Ordinal);

    private static IEnumerable<(string Words, int Cells)> Pieces(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == Escape && text.IndexOf('m', i) is > 0 and var end)
            {
                yield return (text[i..(end + 1)], 0);
                i = end + 1;
                continue;
            }

            var rune = Rune.TryGetRuneAt(text, i, out var read) ? read : Rune.ReplacementChar;
            var length = rune == Rune.ReplacementChar ? 1 : rune.Utf16SequenceLength;
            yield return (text.Substring(i, length), CellsOf(rune));
            i += length;
        }
    }

    private static int CellsOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Control => 0,
        _ => rune.Value is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff)
            or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or (>= 0xffe0 and <= 0xffe6) or (>= 0x1f300 and <= 0x1faff) or (>= 0x20000 and <= 0x3fffd) ? 2 : 1,
    };

    [GeneratedRegex("^([0-9]+\\. |[•○●✓–] )", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Marker();
}
