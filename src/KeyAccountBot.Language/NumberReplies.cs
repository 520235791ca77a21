using System.Globalization;

namespace KeyAccountBot.Language;

/// <summary>The number or the sum that a reply gives.</summary>
internal static class NumberReplies
{
    // further from what is on record than this, it is asked about
    private const decimal Far = 10;

    /// <summary>Reads it; <c>null</c> where no number is said.</summary>
    public static ReplyReading? Read(string said, string folded, OpenQuestion question)
    {
        if (Of(said, folded, question.Unit) is not { } number)
        {
            return null;
        }

        var value = number.IsLarge ? number.Value : number.Value * question.Unit;
        if (question.Kind == QuestionKind.Amount && decimal.TryParse(question.Former, CultureInfo.InvariantCulture, out var former) && former > 0
            && (value / former >= Far || former / Math.Max(value, 1) >= Far) && number.Value != value / 1000 && !number.IsLarge)
        {
            List<decimal> may = [value];
            may.AddRange(new[] { number.Value, number.Value * 1000, number.Value * 10_000, number.Value * 1_000_000 }.Where(m => m != value && m / former < Far && former / m < Far));
            if (may.Count == 1 && number.Value != value)
            {
                may.Add(number.Value);
            }

            return new ReplyReading(ReplyEffect.Reask) { Candidates = [.. may.Select(Invariant)] };
        }

        return ReplyReadings.Answer(Invariant(value));
    }

    /// <summary>The numbers from 0 to 10 that stand in the words, digits or words.</summary>
    public static IReadOnlyList<int> Small(string folded)
    {
        List<int> found = [];
        for (var i = 0; i < folded.Length; i++)
        {
            var start = i;
            if (Spelling.IsHan(folded[i]))
            {
                var next = i + 1 < folded.Length ? folded[i + 1] : ' ';
                var before = i > 0 ? folded[i - 1] : ' ';
                if (ReplyWords.Number(folded[i].ToString()) is { } han && (!Spelling.IsHan(next) || ReplyWords.IsAll("afterMark", next.ToString())) && !ReplyWords.IsAll("noMarkAfter", before.ToString()))
                {
                    found.Add(han);
                }

                continue;
            }

            while (i < folded.Length && Spelling.IsLetter(folded[i]))
            {
                i++;
            }

            if (i > start)
            {
                // "3 out of 4" is 3
                var word = folded[start..i];
                var ahead = folded[..start].TrimEnd();
                if (ReplyWords.Number(word) is <= 10 and var number && !ReplyWords.Is("outOf", ahead[Math.Max(0, ahead.Length - 8)..].Trim()) && ReplyWords.Trails("outOf", ahead) == 0)
                {
                    found.Add(number);
                }

                i--;
            }
        }

        return found;
    }

    private static (decimal Value, bool IsLarge)? Of(string said, string folded, decimal unit)
    {
        var last = Amounts.In(said);
        if (last.Count > 0)
        {
            // asked for in 万, 五千 has no unit of its own
            return (last[^1].Amount, last[^1].Currency is not null || last[^1].Amount >= unit);
        }

        var bare = ReplyWords.Bare(folded, new TextSpan(0, folded.Length)).Of(said);
        if (Amounts.Read(bare) is { } whole)
        {
            return (whole, false);
        }

        var words = folded.Split([' ', ',', ';', '!', '?', '。', '、'], StringSplitOptions.RemoveEmptyEntries);
        var numbers = words.Select(w => w.Trim('.')).Where(w => w.Length > 0 && char.IsDigit(w[0])).Select(Amounts.Read).OfType<decimal>().ToList();
        return numbers.Count == 1 || (numbers.Count > 1 && ReplyWords.In("noWait", folded)) ? (numbers[^1], false) : null;
    }

    private static string Invariant(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
