using KeyAccountBot.Language;
using System.Text.RegularExpressions;

namespace KeyAccountBot.Sales.Reports;

/// <summary>A date as the text gives it.</summary>
/// <param name="Words">The words that give it.</param>
/// <param name="On">As read: a bare weekday is the first one from today on.</param>
/// <param name="IsBareWeekday">Only the weekday is said; what happened on it lies a week earlier than read.</param>
/// <param name="IsUntil">Something lasts until then; nothing falls due.</param>
internal sealed record DateMention(TextSpan Words, DateOnly On, bool IsBareWeekday, bool IsUntil);

/// <summary>Finds the words of a text that could be a date and has them read; the reader decides.</summary>
internal static partial class DateMentions
{
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int PatienceMs = 1000;
    private const string Month = "(january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)";
    private const string Weekday = "(monday|tuesday|wednesday|thursday|friday|saturday|sunday)";

    /// <summary>The dates of a folded text, in its order.</summary>
    public static IReadOnlyList<DateMention> In(string folded, ReadDate read)
    {
        List<DateMention> found = [];
        var from = 0;
        foreach (var match in English().Matches(folded).Concat(Chinese().Matches(folded)).OrderBy(m => m.Index).ThenByDescending(m => m.Length))
        {
            if (match.Index < from || read(match.Value) is not { } on)
            {
                continue;
            }

            from = match.Index + match.Length;
            found.Add(new DateMention(
                new TextSpan(match.Index, match.Length), on, BareWeekday().IsMatch(match.Value),
                Until().IsMatch(folded[..match.Index]) || BackOnly().IsMatch(folded[from..])));
        }

        return found;
    }

    [GeneratedRegex(
        @"\b([0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}|[0-9]{1,2}/[0-9]{1,2}(/[0-9]{2,4})?"
        + @"|[0-9]{1,2}(st|nd|rd|th)?( of)? " + Month + @"\b( [0-9]{4})?|" + Month + @"\.? [0-9]{1,2}(st|nd|rd|th)?\b(,? [0-9]{4}\b)?"
        + @"|(the )?day after tomorrow|(the )?day before yesterday|today|yesterday|tomorrow"
        + @"|((this|next|last) )?" + Weekday + @"|(this|next|last|on|by) (mon|tues?|wed|thurs?|fri)\b"
        + @"|in [0-9a-z]+ (day|week|month)s?|[0-9a-z]+ (day|week|month)s? (ago|from now|later)"
        + @"|(the )?end of (the )?((this|next|last) )?month)(?![\w%])", Plain, PatienceMs)]
    private static partial Regex English();

    [GeneratedRegex(
        @"大?后天|大?前天|[今昨明][天日]|(上上|下下|[上下这本])?个?(周|星期|礼拜)[一二三四五六日天1-7](?![0-9])|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
        + @"|(([0-9]{4}|[今明去])年)?([0-9]{1,2}|[一二三四五六七八九十]{1,2})月([0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号]?"
        + @"|([0-9]{1,3}|[一二两三四五六七八九十]{1,3}) ?个?(天|周|星期|礼拜|月)[之以]?[后前]|[本这下上]?个?月[底末]", Plain, PatienceMs)]
    private static partial Regex Chinese();

    [GeneratedRegex("^(on |by )?(mon|tue|wed|thu|fri|sat|sun)[a-z]*$|^(周|星期|礼拜).$", Plain, PatienceMs)]
    private static partial Regex BareWeekday();

    [GeneratedRegex(@"(until|till|through|since)( the)? $|(直到|到)$", Plain, PatienceMs)]
    private static partial Regex Until();

    [GeneratedRegex("^ ?才", Plain, PatienceMs)]
    private static partial Regex BackOnly();
}
