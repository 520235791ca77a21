using System.Globalization;

namespace KeyAccountBot.Language;

/// <summary>Numbers in words, in every language at once: "two hundred and fifty", "fünfundzwanzig", 两千四百.</summary>
/// <remarks>The words stand in <c>numbers.json</c>. A word that multiplies takes all smaller ones before it; so one rule serves the languages.</remarks>
internal static class Numbers
{
    private const int MostWords = 16;

    private static readonly LanguageFiles File = LanguageFiles.Part("numbers");
    private static readonly WordTable Values = WordTable.Of(File["value"]);
    private static readonly WordTable Articles = WordTable.Of(File["article"]);
    private static readonly WordTable Multipliers = WordTable.Of(File["multiplier"]);
    private static readonly WordTable Joints = WordTable.Of(File["joint"]);
    private static readonly WordTable Points = WordTable.Of(File["point"]);
    private static readonly WordTable Halves = WordTable.Of(File["half"]);
    private static readonly WordTable Shorthands = WordTable.Of(File["shorthand"]);

    /// <summary>A number and where its words end.</summary>
    /// <param name="End">The first place after it.</param>
    /// <param name="Value">As a number.</param>
    /// <param name="Largest">The largest multiplier in it; 1 where there is none.</param>
    internal readonly record struct Found(int End, decimal Value, decimal Largest);

    private readonly record struct Word(int End, int Length, Sort Sort, decimal Value, bool IsShorthand);

    private enum Sort
    {
        Value,
        Multiplier,
        Joint,
        Point,
        Half,
    }

    /// <summary>How a number in words may begin.</summary>
    public static IEnumerable<Beginning> Beginnings => Values.Beginnings.Concat(Articles.Beginnings).Concat(Multipliers.Beginnings).Concat(Halves.Beginnings);

    /// <summary>The longest number in words that begins at a place of a folded text; with an article ("a", "eine") and decimals (3点5) where wanted.</summary>
    public static Found? At(string folded, int place, bool orArticle = false, bool decimals = true)
    {
        if (Composed(folded, place, null, decimals) is { } composed)
        {
            return composed;
        }

        if (orArticle)
        {
            foreach (var word in Articles.At(folded, place))
            {
                var end = place + word.Text.Length;
                if (EndsWord(folded, end))
                {
                    return Composed(folded, Space(folded, end), (int)word.Value, decimals) is { Largest: > 1 } more ? more : new Found(end, (int)word.Value, 1);
                }
            }
        }

        return null;
    }

    /// <summary>The words that multiply what stands before them, from a place on: 3 and then 百万.</summary>
    public static Found? Multiplied(string folded, int place, decimal by) => Composed(folded, place, by);

    /// <summary>Whether a number in words begins with how many, not with what multiplies: 千万 alone says no number.</summary>
    public static bool BeginsWithValue(string folded, int place) =>
        Values.At(folded, place).Any() || Articles.At(folded, place).Any() || Halves.At(folded, place).Any() || Multipliers.At(folded, place).Any(m => m.Value is 10);

    /// <summary>Whether no letter of a script that sets its words apart goes on here.</summary>
    public static bool EndsWord(string folded, int place) =>
        place >= folded.Length || !Spelling.IsLetter(folded[place]) || !Spelling.IsLetter(folded[place - 1]);

    private static Found? Composed(string folded, int place, decimal? given, bool decimals = true)
    {
        List<decimal> parts = given is { } first ? [first] : [];
        var (at, end, largest, count) = (place, -1, 1m, 0);
        var (wasValue, last, halfOnly) = (given is not null, 0m, false);
        decimal total = 0;
        while (count++ < MostWords && Next(folded, at, place, wasValue, parts.Count > 0) is { } next)
        {
            at = next.End;
            switch (next.Sort)
            {
                case Sort.Joint:
                    // "two and three" are two numbers; "hundred and three", "two and a half" and "fünfundzwanzig" are one
                    halfOnly = wasValue && folded[at - next.Length - 1] == ' ';
                    (wasValue, last) = (false, 0);
                    continue;
                case Sort.Value or Sort.Multiplier when halfOnly:
                    return Result();
                case Sort.Point:
                    if (!decimals || parts.Count == 0 || Decimals(folded, at) is not { } tenths)
                    {
                        return Result();
                    }

                    parts[^1] += tenths.Value;
                    at = tenths.End;
                    wasValue = false;
                    break;
                case Sort.Half:
                    // half a million, two and a half million
                    parts.Add(next.Value);
                    wasValue = true;
                    break;
                case Sort.Multiplier:
                    var tail = Smaller(parts, next.Value);
                    parts.Add((tail == 0 ? 1 : tail) * next.Value);
                    (largest, last, wasValue) = (Math.Max(largest, next.Value), next.IsShorthand ? next.Value : 0, false);
                    break;
                default:
                    parts.Add(next.Value);
                    wasValue = true;
                    break;
            }

            if (!Fits(parts))
            {
                break;
            }

            if (EndsWord(folded, at))
            {
                (end, total) = (at, Sum(parts, wasValue ? last : 0));
            }
        }

        return Result();

        Found? Result() => end > place ? new Found(end, total, largest) : null;
    }

    // 两万五 is 25000: the last digit counts tens of thousands
    private static decimal Sum(List<decimal> parts, decimal shorthand) =>
        shorthand >= 100 && parts is [.., _, < 10 and >= 1 and var digit] ? parts.Sum() - digit + (digit * shorthand / 10) : parts.Sum();

    private static bool Fits(List<decimal> parts) => parts.TrueForAll(p => p < 1_000_000_000_000_000m);

    private static decimal Smaller(List<decimal> parts, decimal than)
    {
        decimal tail = 0;
        while (parts.Count > 0 && parts[^1] < than)
        {
            tail += parts[^1];
            parts.RemoveAt(parts.Count - 1);
        }

        return tail;
    }

    private static (int End, decimal Value)? Decimals(string folded, int place)
    {
        var (at, value, digit) = (Space(folded, place), 0m, 0.1m);
        var end = -1;
        while (digit > 0.0001m && Values.At(folded, at).FirstOrDefault(w => w.Value is < 10 and >= 0 && EndsWord(folded, at + w.Text.Length)) is { } word)
        {
            value += (int)word.Value * digit;
            digit /= 10;
            end = at + word.Text.Length;
            at = Space(folded, end);
        }

        return end < 0 ? null : (end, value);
    }

    private static Word? Next(string folded, int at, int place, bool afterValue, bool afterAny)
    {
        var from = at == place ? at : Space(folded, at);
        if (afterAny)
        {
            foreach (var word in Multipliers.At(folded, from))
            {
                return new(from + word.Text.Length, word.Text.Length, Sort.Multiplier, (int)word.Value, Shorthands.At(folded, from).Any());
            }

            foreach (var word in Points.At(folded, from))
            {
                return new(from + word.Text.Length, word.Text.Length, Sort.Point, 0, false);
            }
        }

        // 五 after 五 would be a list, not a number; "five" after "twenty" is one
        foreach (var word in Halves.At(folded, from))
        {
            return new(from + word.Text.Length, word.Text.Length, Sort.Half, (int)word.Value / 10m, false);
        }

        foreach (var word in Values.At(folded, from))
        {
            var end = from + word.Text.Length;
            if (word.Value is 0 && afterAny && !afterValue && Joints.At(folded, from).Any())
            {
                // 三百零五 is 305
                return new(end, word.Text.Length, Sort.Joint, 0, false);
            }

            if (!afterValue || (word.Value is < 10 && LastIsTens(folded, place, at)))
            {
                return new(end, word.Text.Length, Sort.Value, (int)word.Value, false);
            }
        }

        if (!afterAny)
        {
            foreach (var word in Multipliers.At(folded, from))
            {
                return new(from + word.Text.Length, word.Text.Length, Sort.Multiplier, (int)word.Value, false);
            }

            return null;
        }

        foreach (var word in Joints.At(folded, from))
        {
            return new(from + word.Text.Length, word.Text.Length, Sort.Joint, 0, false);
        }

        return null;
    }

    // twenty before five
    private static bool LastIsTens(string folded, int place, int end)
    {
        for (var at = place; at < end; at++)
        {
            if (Values.At(folded, at).Any(w => at + w.Text.Length == end && w.Value is >= 20 and < 100))
            {
                return true;
            }
        }

        return false;
    }

    private static int Space(string folded, int at) => at < folded.Length && folded[at] is ' ' or '-' && at > 0 && !Spelling.IsHan(folded[at - 1]) ? at + 1 : at;

    /// <summary>Digits as written, at most so many; none where more follow.</summary>
    public static (int End, int Value)? Digits(string folded, int place, int least, int most)
    {
        var end = place;
        while (end < folded.Length && char.IsAsciiDigit(folded[end]) && end - place <= most)
        {
            end++;
        }

        return end - place >= least && end - place <= most ? (end, int.Parse(folded.AsSpan(place, end - place), NumberStyles.None, CultureInfo.InvariantCulture)) : null;
    }
}
