using System.Globalization;
using System.Text.RegularExpressions;
using KeyAccountBot.Language;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.FollowUps;

/// <summary>An answer to a follow-up in somebody's own words, in English or Chinese: <c>take Bluestone until Friday</c>.</summary>
/// <param name="Answer">What; <c>null</c> for a reply to a question.</param>
/// <param name="Account">Which customer, as they said it; empty for the newest.</param>
/// <param name="Whom">Which rep is asked, as they said it; empty for who owns it.</param>
/// <param name="Days">For so many business days.</param>
/// <param name="When">Until which day, as they said it.</param>
/// <param name="Note">A reason, a question or a reply.</param>
/// <param name="To">Which colleague, as they said it.</param>
/// <param name="Time">It is about more time than the owner may take.</param>
/// <param name="IsSure">Nothing else can be meant; otherwise it is only where the customer or the rep is known.</param>
internal sealed partial record TypedAnswer(
    FollowUpAnswer? Answer, string Account, string Whom = "", int? Days = null, string? When = null, string? Note = null, string? To = null, bool IsSure = true,
    TimeWord? Time = null)
{
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int PatienceMs = 1000;
    private const int Longest = 1500;
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
        if (First(said, MoreTime(), ChineseMoreTime()) is { } asks)
        {
            return new(FollowUpAnswer.Snooze, Of(asks, "name"), When: Or(asks, "when"), Time: TimeWord.Ask);
        }

        return First(said, Allow(), ChineseAllow()) is { } m
            ? new(FollowUpAnswer.Snooze, Of(m, "name"), IsSure: Of(m, "name").Length == 0, Time: m.Groups["no"].Success ? TimeWord.Refuse : TimeWord.Allow)
            : null;
    }

    private static TypedAnswer? OfTake(string said) => First(said, Take(), ChineseTake()) is { } m
        ? new(FollowUpAnswer.TakeIt, Of(m, "name"), When: Or(m, "when"), IsSure: Of(m, "name").Length == 0)
        : null;

    private static TypedAnswer? OfSnooze(string said)
    {
        if (First(said, Snooze(), ChineseSnooze()) is not { } m)
        {
            return null;
        }

        var (count, unit) = (CountOf(Of(m, "count")), Of(m, "unit"));
        var days = count is { } some && unit.Length > 0 ? some * (unit.StartsWith("week", StringComparison.OrdinalIgnoreCase) || unit is "周" or "星期" ? 5 : 1) : (int?)null;
        // "推迟投标到下周" may as well be news of the customer's
        return new(FollowUpAnswer.Snooze, Of(m, "name"), Days: days, When: Or(m, "when"), IsSure: said[0] < '\u2e80' || Of(m, "name").Length == 0);
    }

    private static TypedAnswer? OfAsk(string said) => First(said, Ask(), ChineseAsk()) is { } m
        ? new(FollowUpAnswer.AskTheRep, Of(m, "name"), Of(m, "whom"), Note: NoteOf(m), IsSure: m.Groups["rep"].Success)
        : null;

    private static TypedAnswer? OfNotAnIssue(string said) => First(said, NotAnIssue(), ChineseNotAnIssue()) is { } m
        ? new(FollowUpAnswer.NotAnIssue, Of(m, "name"), Note: NoteOf(m), IsSure: Of(m, "name").Length == 0)
        : null;

    private static TypedAnswer? OfReassign(string said) => First(said, Reassign(), ChineseReassign()) is { } m
        ? new(FollowUpAnswer.Reassign, Of(m, "name"), To: Or(m, "to"))
        : null;

    private static TypedAnswer? OfReply(string said) => First(said, Reply(), ChineseReply()) is { } m
        ? new((FollowUpAnswer?)null, Of(m, "name"), Note: m.Groups["note"].Value.Trim())
        : null;

    private static Match? First(string said, Regex english, Regex chinese) =>
        english.Match(said) is { Success: true } one ? one : chinese.Match(said) is { Success: true } other ? other : null;

    private static string Of(Match match, string group) => match.Groups[group].Value.Trim(Ends);

    private static string? Or(Match match, string group) => Of(match, group) is { Length: > 0 } some ? some : null;

    private static string? NoteOf(Match match) => ChainAnswer.NoteOf(match.Groups["note"].Value);

    private static int? CountOf(string words) =>
        int.TryParse(words, NumberStyles.None, CultureInfo.InvariantCulture, out var digits) ? digits
        : words.ToUpperInvariant() switch
        {
            "A" or "AN" or "ONE" or "一" => 1,
            "TWO" or "两" or "二" => 2,
            "THREE" or "三" => 3,
            "FOUR" or "四" => 4,
            "FIVE" or "五" => 5,
            "SIX" or "六" => 6,
            "SEVEN" or "七" => 7,
            "TEN" or "十" => 10,
            _ => null,
        };

    [GeneratedRegex(@"^((please )?(ask for|i need) )?more time( (for|with) (?<name>.+?))?,? (until|till|to) (?<when>.+)$", Plain, PatienceMs)]
    private static partial Regex MoreTime();

    [GeneratedRegex(@"^申请(延期|推迟)[\s,，:：]*(?<name>.+?)??[\s,，]*(到|至)(?<when>.+?)[。！]?$", Plain, PatienceMs)]
    private static partial Regex ChineseMoreTime();

    [GeneratedRegex(@"^((?<no>(do not|don't) )?allow( it| this| that)?( more time)?|(?<no>no more time))(( for| with)? (?<name>.+?))?[.!]?$", Plain, PatienceMs)]
    private static partial Regex Allow();

    [GeneratedRegex(@"^(?<no>不)?同意(延期|推迟)[\s,，:：]*(?<name>.+?)?[。！]?$", Plain, PatienceMs)]
    private static partial Regex ChineseAllow();

    [GeneratedRegex(@"^take (until|till|by) (?<when>.+)$|^(I'll take|take)( (it|this|that|over)| (?<name>.+?))(,? (until|till|by) (?<when>.+))?[.!]?$", Plain, PatienceMs)]
    private static partial Regex Take();

    [GeneratedRegex(@"^(我来处理|由我处理|我来负责|我接手|接手)[\s,，:：]*(?<name>.+?)??[\s,，]*((到|至)(?<when>.+?)(为止|前)?)?[。！]?$", Plain, PatienceMs)]
    private static partial Regex ChineseTake();

    [GeneratedRegex(@"^snooze( (it|this|that))?( (?<name>.+?))??(( for)? (?<count>[0-9]{1,4}|a|an|one|two|three|four|five|six|seven|ten) (?<unit>(business |working )?(day|week)s?)|,? (until|till|to) (?<when>.+))?[.!]?$", Plain, PatienceMs)]
    private static partial Regex Snooze();

    [GeneratedRegex(@"^(推迟|延后|稍后提醒|稍后再提醒)[\s,，:：]*(?<name>.+?)??[\s,，]*((?<count>[0-9]{1,4}|[一二两三四五六七十])\s*个?(?<unit>天|日|周|星期|工作日)(后(再)?提醒)?|(到|至)(?<when>.+?)(再提醒)?)?[。！]?$", Plain, PatienceMs)]
    private static partial Regex ChineseSnooze();

    [GeneratedRegex(@"^ask ((?<rep>the (rep|owner|salesperson))( (of|for|at) (?<name>.+?))??|(?<whom>[^:：]+?))(\s*[:：]\s*(?<note>.+)|,? (?<note>(whether|if|about|why|when|how|what|who|where|which)\b.+))?[.!]?$", Plain, PatienceMs)]
    private static partial Regex Ask();

    [GeneratedRegex(@"^(询问|问一下|问问|问(?!题))\s*((?<rep>((?<name>[^\s,，:：]+?)的)?(销售|客户经理)(代表|人员)?)|(?<whom>[^\s,，:：]+))([\s,，:：]+(?<note>.+))?$", Plain, PatienceMs)]
    private static partial Regex ChineseAsk();

    [GeneratedRegex(@"^(it's |that's |this is )?(not an issue|no issue)( (with|for|at|about|in) (?<name>[^:：,，]+?)| (?<name>(?!because\b|as\b)[^:：,，]+?))?(\s*[:：,，-]\s*(?<note>.+)| (?<note>(because|as) .+))?[.!]?$", Plain, PatienceMs)]
    private static partial Regex NotAnIssue();

    [GeneratedRegex(@"^(没有问题|不是问题|没问题(?=[\s:：,，]))\s*(?<name>[^:：,，。]+?)?([:：,，]\s*(?<note>.+))?[。！]?$", Plain, PatienceMs)]
    private static partial Regex ChineseNotAnIssue();

    [GeneratedRegex(@"^reassign( (it|this|that))?(( (?<name>.+))? to (?<to>.+?)|( (?<name>.+?))?)[.!]?$", Plain, PatienceMs)]
    private static partial Regex Reassign();

    [GeneratedRegex(@"^转交(\s*(?<name>.+?)??\s*给\s*(?<to>.+?))?[。！]?$", Plain, PatienceMs)]
    private static partial Regex ChineseReassign();

    [GeneratedRegex(@"^reply( to)?( (?<name>[^:：]+?))?\s*[:：]\s*(?<note>.+)$", Plain | RegexOptions.Singleline, PatienceMs)]
    private static partial Regex Reply();

    [GeneratedRegex(@"^回复\s*(?<name>[^:：]+?)?\s*[:：]\s*(?<note>.+)$", Plain | RegexOptions.Singleline, PatienceMs)]
    private static partial Regex ChineseReply();
}
