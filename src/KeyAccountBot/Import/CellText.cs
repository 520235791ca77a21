using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KeyAccountBot.Import;

/// <summary>What a cell means.</summary>
internal static partial class CellText
{
    private static readonly string[] DateFormats =
    [
        "yyyy-MM-dd", "M/d/yyyy", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "M/d/yyyy H:mm", "M/d/yyyy h:mm tt", "M/d/yyyy h:mm:ss tt",
    ];

    /// <summary>A name as an id: <c>Darcel Schlecht</c> is <c>darcel-schlecht</c>.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().TrimEnd('-').Normalize(NormalizationForm.FormC);
    }

    /// <summary>An amount, as <c>1234.5</c>, <c>1,234.50</c> or <c>$1,234.50</c>; a comma for decimals is refused rather than misread.</summary>
    public static bool TryAmount(string text, out decimal amount)
    {
        amount = 0;
        var bare = text.TrimStart('$', '€', '£', '¥', ' ');
        return AmountShape().IsMatch(bare) && decimal.TryParse(bare, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
    }

    /// <summary>A moment, as ISO 8601 or <c>M/d/yyyy</c>; UTC where it names no offset.</summary>
    public static bool TryDate(string text, out DateTimeOffset at) =>
        DateTimeOffset.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);

    /// <summary>
    /// Whether a spreadsheet would compute it: it begins with a sign of a formula, as wide as Chinese letters too, perhaps behind space or
    /// something that is not seen, or with a tab or a line break, which some take for the beginning of another cell.
    /// </summary>
    public static bool LooksLikeFormula(string text) =>
        text.Length > 0 && (text[0] is '\t' or '\r' or '\n' || (text.SkipWhile(IsUnseen).FirstOrDefault() is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠'));

    /// <summary>The text as a spreadsheet shows it and never computes it; <see cref="Typed"/> reads it back.</summary>
    public static string Neutral(string text) => LooksLikeFormula(text.TrimStart('\'')) ? "'" + text : text;

    /// <summary>The text of a cell without the apostrophe that an export puts before what a spreadsheet would compute.</summary>
    public static string Typed(string cell) => cell is ['\'', .. var text] && LooksLikeFormula(text.TrimStart('\'')) ? text : cell;

    private static bool IsUnseen(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    [GeneratedRegex(@"^(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AmountShape();
}
