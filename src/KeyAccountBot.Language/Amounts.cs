using System.Globalization;

namespace KeyAccountBot.Language;

/// <summary>Finds amounts of money in a text, in every language that has a file: 2.4m, 1,38 Mio, two point one million, 110.000 €, 240万.</summary>
/// <remarks>A number is an amount where a currency stands with it or a word that makes it large. Others are counts, years, telephone numbers.</remarks>
public static class Amounts
{
    private const int MostDigits = 15;
    private const decimal Most = 1_000_000_000_000_000m;

    private static readonly LanguageFiles File = LanguageFiles.Part("amounts");
    private static readonly WordTable Scales = WordTable.Of(File["scale"]);
    private static readonly WordTable ShortScales = WordTable.Of(File["scale-short"]);
    private static readonly WordTable Currencies = WordTable.Of(File["currency"]);
    private static readonly WordTable Counted = WordTable.Of(File["counted"]);

    /// <summary>The amounts of a text, in its order; none overlaps another.</summary>
    public static IReadOnlyList<AmountMention> In(string text)
    {
        var folded = Spelling.Fold(text);
        List<AmountMention> found = [];
        for (var at = 0; at < folded.Length; at++)
        {
            if (CanBegin(folded, at) && At(folded, at) is { } amount)
            {
                found.Add(amount);
                at = amount.Span.End - 1;
            }
        }

        return found;
    }

    /// <summary>The number that a text is as a whole, as someone answers who was asked for one: 7, "seven", 1.200, "two million".</summary>
    public static decimal? Read(string text)
    {
        var folded = Spelling.Fold(text).Trim();
        return folded.Length is 0 or > 60 ? null
            : In(text) is [var amount] && amount.Span.Length == text.Trim().Length ? amount.Amount
            : Number(folded, 0) is { } number && number.End == folded.Length ? number.Value
            : null;
    }

    private static AmountMention? At(string folded, int start)
    {
        var at = start;
        string? currency = null;
        if (Currency(folded, at) is { } before)
        {
            currency = before.Code;
            at = Space(folded, before.End);
        }

        if (Number(folded, at) is not { } number)
        {
            return null;
        }

        var (end, value, isLarge) = (number.End, number.Value, number.IsLarge);
        if (Scale(folded, end, currency is not null) is { } scale)
        {
            value = (number.IsThreeDecimals && scale.By >= 1_000_000 ? number.Decimal : value) * scale.By;
            (end, isLarge) = (scale.End, true);

            // 3 and then 百万: whatever multiplies further
            if (Numbers.Multiplied(folded, end, value) is { } more && more.Largest > 1)
            {
                (end, value) = (more.End, more.Value);
            }
        }

        if (currency is null && Currency(folded, Space(folded, end)) is { } after)
        {
            (currency, end) = (after.Code, after.End);
        }

        if ((currency is null && !isLarge) || value > Most || value <= 0 || !CanEnd(folded, end) || (currency is null && IsCounted(folded, end)))
        {
            return null;
        }

        return new AmountMention(new TextSpan(start, end - start), decimal.Round(value, 2), currency);
    }

    private static (string Code, int End)? Currency(string folded, int at)
    {
        foreach (var word in Currencies.At(folded, at))
        {
            var end = at + word.Text.Length;
            if (end >= folded.Length || !Spelling.IsLetter(word.Text[^1]) || !char.IsLetter(folded[end]) || Spelling.IsHan(folded[end]))
            {
                return ((string)word.Value, end);
            }
        }

        return null;
    }

    private static (decimal By, int End)? Scale(string folded, int end, bool hasCurrency)
    {
        var at = Space(folded, end);
        foreach (var word in Scales.At(folded, at))
        {
            var after = at + word.Text.Length;
            if (!Numbers.EndsWord(folded, after) && Currency(folded, after) is not { } glued)
            {
                continue;
            }

            // "50 m" is a length, "50m" hardly
            var isShort = ShortScales.At(folded, at).Any(s => s.Text == word.Text);
            if (isShort && at > end && !hasCurrency && Currency(folded, Space(folded, after)) is null)
            {
                continue;
            }

            return ((int)word.Value, after);
        }

        return null;
    }

    private static bool IsCounted(string folded, int end) =>
        Counted.At(folded, Space(folded, end)).Any(w => Spelling.IsHan(w.Text[^1]) || Numbers.EndsWord(folded, Space(folded, end) + w.Text.Length));

    // ---- the number itself

    private readonly record struct Figure(int End, decimal Value, bool IsLarge, bool IsThreeDecimals, decimal Decimal);

    private static Figure? Number(string folded, int at)
    {
        if (at >= folded.Length)
        {
            return null;
        }

        if (char.IsAsciiDigit(folded[at]))
        {
            return Digits(folded, at);
        }

        // "several million" and 千万 say no number; "a million" and 十万 do
        var start = at;
        if (Numbers.At(folded, at, orArticle: true) is not { } words)
        {
            return null;
        }

        if (words.Largest == 1 && Numbers.Multiplied(folded, words.End, words.Value) is { Largest: > 1 } more)
        {
            words = more;
        }

        return Numbers.BeginsWithValue(folded, start) ? new Figure(words.End, words.Value, words.Largest >= 1000, false, 0) : null;
    }

    // 1.200.000 1,200,000 1'200'000 12,00,000 1 200 000 1.38 1,38 1.200 1,200.50
    private static Figure? Digits(string folded, int at)
    {
        var end = at;
        Span<char> plain = stackalloc char[MostDigits];
        Span<char> marks = stackalloc char[MostDigits];
        Span<int> groups = stackalloc int[MostDigits];
        var (count, group, size) = (0, 0, 0);
        while (end < folded.Length)
        {
            var c = folded[end];
            if (char.IsAsciiDigit(c))
            {
                if (count == MostDigits)
                {
                    return null;
                }

                plain[count++] = c;
                size++;
                end++;
                continue;
            }

            // a space parts groups of three only
            var isMark = c is '.' or ',' or '\'' || (c is ' ' or '\u00a0' or '\u202f' && Three(folded, end + 1) && size <= 3 && !(group > 0 && marks[group - 1] != c));
            if (!isMark || end + 1 >= folded.Length || !char.IsAsciiDigit(folded[end + 1]) || group == MostDigits - 1)
            {
                break;
            }

            groups[group] = size;
            marks[group++] = c;
            size = 0;
            end++;
        }

        groups[group] = size;
        var whole = decimal.Parse(plain[..count], NumberStyles.None, CultureInfo.InvariantCulture);
        if (group == 0)
        {
            return new Figure(end, whole, false, false, 0);
        }

        var last = marks[group - 1];
        var isSingle = group == 1;
        var differs = group > 1 && marks[group - 2] != last;
        var isDecimal = differs || (isSingle && last is '.' or ',' && isSingle && (size != 3 || groups[0] > 3 || plain[0] == '0'));
        var decimals = whole;
        for (var i = 0; i < size; i++)
        {
            decimals /= 10;
        }

        return isDecimal
            ? new Figure(end, decimals, false, false, 0)
            : isSingle || size == 3 ? new Figure(end, whole, false, isSingle && last is '.' or ',' && isSingle, decimals) : null;
    }

    private static bool Three(string folded, int at) =>
        at + 3 <= folded.Length && char.IsAsciiDigit(folded[at]) && char.IsAsciiDigit(folded[at + 1]) && char.IsAsciiDigit(folded[at + 2]) && (at + 3 == folded.Length || !char.IsAsciiDigit(folded[at + 3]));

    private static int Space(string folded, int at) => at < folded.Length && folded[at] is ' ' or '\u00a0' or '\u202f' ? at + 1 : at;

    private static bool CanBegin(string folded, int at)
    {
        var c = folded[at];
        if (at == 0 || Spelling.IsHan(c))
        {
            return c > ' ';
        }

        var before = folded[at - 1];
        if (Spelling.IsLetter(c) && Spelling.IsLetter(before))
        {
            return false;
        }

        return !char.IsAsciiDigit(c) || !(before is '#' or '+' or '_' || (before is '-' or '–' or '.' or ',' or '/' or ':' or '\'' && at > 1 && Spelling.IsLetter(folded[at - 2])));
    }

    private static bool CanEnd(string folded, int end) =>
        end >= folded.Length || ((!Spelling.IsLetter(folded[end - 1]) || !Spelling.IsLetter(folded[end])) && folded[end] is not ('%' or '_' or '@')
            && !(folded[end] is '-' or '/' && end + 1 < folded.Length && char.IsAsciiDigit(folded[end + 1])));
}
