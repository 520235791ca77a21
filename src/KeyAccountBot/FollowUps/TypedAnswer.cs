using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using KeyAccountBot.Language;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.FollowUps;

/// <summary>An answer to a follow-up in somebody's own words, in any language that has a file: <c>take Bluestone until Friday</c>.</summary>
/// <param name="Answer">What; <c>null</c> for a reply to a question.</param>
/// <param name="Account">Which customer, as they said it; empty for the newest.</param>
/// <param name="Whom">Which rep is asked, as they said it; empty for who owns it.</param>
/// <param name="Days">For so many business days.</param>
/// <param name="When">Until which day, as they said it.</param>
/// <param name="Note">A reason, a question or a reply.</param>
/// <param name="To">Which colleague, as they said it.</param>
/// <param name="Time">It is about more time than the owner may take.</param>
/// <param name="IsSure">Nothing else can be meant; otherwise it is only where the customer or the rep is known.</param>
internal sealed record TypedAnswer(
    FollowUpAnswer? Answer, string Account, string Whom = "", int? Days = null, string? When = null, string? Note = null, string? To = null, bool IsSure = true,
    TimeWord? Time = null)
{
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Singleline;
    private const int Longest = 1500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly LanguageFiles Words = LanguageFiles.Part("answers");
    private static readonly ConcurrentDictionary<string, Regex[]> Lines = new(StringComparer.Ordinal);
    private static readonly char[] Ends = ['.', '!', '?', '。', '！', '？', ',', '，', ' '];

    /// <summary>Nothing is said with it, so that it can only be this.</summary>
    public bool IsBare => IsSure && Account.Length + Whom.Length == 0 && (Note, To, When) is (null, null, null);

    /// <summary>Reads it; <c>null</c> where it is none.</summary>
    public static TypedAnswer? Read(string text)
    {
        var said = text.Trim().Replace('’', '\'');
        return said.Length is 0 or > Longest ? null : OfTime(said) ?? OfTake(said) ?? OfSnooze(said) ?? OfAsk(said) ?? OfNotAnIssue(said) ?? OfReassign(said) ?? OfReply(said);
    }

    /// <summary>The day they mean; <c>null</c> where the words are none.</summary>
    public DateOnly? Until(DateOnly today, CultureInfo culture) => When is null ? null : DateReading.Read(When, today, culture);

    private static TypedAnswer? OfTime(string said)
    {
        if (First(said, "more-time") is { } asks)
        {
            return new(FollowUpAnswer.Snooze, Of(asks, "name"), When: Or(asks, "when"), Time: TimeWord.Ask);
        }

        return First(said, "allow") is { } m
            ? new(FollowUpAnswer.Snooze, Of(m, "name"), IsSure: Of(m, "name").Length == 0, Time: m.Groups["no"].Success ? TimeWord.Refuse : TimeWord.Allow)
            : null;
    }

    private static TypedAnswer? OfTake(string said) => First(said, "take") is { } m
        ? new(FollowUpAnswer.TakeIt, Of(m, "name"), When: Or(m, "when"), IsSure: Of(m, "name").Length == 0)
        : null;

    private static TypedAnswer? OfSnooze(string said)
    {
        if (First(said, "snooze") is not { } m)
        {
            return null;
        }

        var (count, unit) = (CountOf(Of(m, "count")), Of(m, "unit"));
        var days = count is { } some && unit.Length > 0 ? some * (IsWeeks(unit) ? 5 : 1) : (int?)null;
        // 推迟投标到下周 may as well be news of the customer's
        return new(FollowUpAnswer.Snooze, Of(m, "name"), Days: days, When: Or(m, "when"), IsSure: said[0] < '\u2e80' || Of(m, "name").Length == 0);
    }

    private static TypedAnswer? OfAsk(string said) => First(said, "ask") is { } m
        ? new(FollowUpAnswer.AskTheRep, Of(m, "name"), Of(m, "whom"), Note: NoteOf(m), IsSure: m.Groups["rep"].Success)
        : null;

    private static TypedAnswer? OfNotAnIssue(string said) => First(said, "not-an-issue") is { } m
        ? new(FollowUpAnswer.NotAnIssue, Of(m, "name"), Note: NoteOf(m), IsSure: Of(m, "name").Length == 0)
        : null;

    private static TypedAnswer? OfReassign(string said) => First(said, "reassign") is { } m
        ? new(FollowUpAnswer.Reassign, Of(m, "name"), To: Or(m, "to"))
        : null;

    private static TypedAnswer? OfReply(string said) => First(said, "reply") is { } m
        ? new((FollowUpAnswer?)null, Of(m, "name"), Note: m.Groups["note"].Value.Trim())
        : null;

    // the first line that fits, in any language
    private static Match? First(string said, string list) =>
        Lines.GetOrAdd(list, static l => [.. Words[l].Select(line => new Regex(line.Text, Plain, Patience))]).Select(line => line.Match(said)).FirstOrDefault(m => m.Success);

    private static string Of(Match match, string group) => match.Groups[group].Value.Trim(Ends);

    private static string? Or(Match match, string group) => Of(match, group) is { Length: > 0 } some ? some : null;

    private static string? NoteOf(Match match) => ChainAnswer.NoteOf(match.Groups["note"].Value);

    private static int? CountOf(string words) => words.Length > 0 && Amounts.Read(words) is { } count && count is >= 0 and <= 9999 ? (int)count : null;

    private static bool IsWeeks(string unit) => Words["weeks"].Any(w => string.Equals(w.Text, unit, StringComparison.OrdinalIgnoreCase));
}
