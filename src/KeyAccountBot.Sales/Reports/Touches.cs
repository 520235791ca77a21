using KeyAccountBot.Language;
using System.Text.RegularExpressions;

namespace KeyAccountBot.Sales.Reports;

/// <summary>Tells with whom of those named the rep was in touch: met, spoken to, heard from.</summary>
internal static partial class Touches
{
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int PatienceMs = 1000;

    /// <summary>Those the rep was in touch with, each once, in the text's order.</summary>
    public static IReadOnlyList<ContactMention> Among(string text, IReadOnlyList<ContactMention> mentions, IReadOnlyList<Clause> clauses)
    {
        var folded = Spelling.Fold(text);
        List<ContactMention> touched = [];
        for (var i = 0; i < mentions.Count;)
        {
            var last = i;
            while (last + 1 < mentions.Count && Joint().IsMatch(folded[mentions[last].Named.End..mentions[last + 1].Named.Start]))
            {
                last++;
            }

            var group = mentions.Skip(i).Take(last - i + 1).ToList();
            if (IsTouch(text, folded, group, clauses))
            {
                touched.AddRange(group);
            }

            i = last + 1;
        }

        return [.. touched.DistinctBy(m => m.Contact.Id)];
    }

    private static bool IsTouch(string text, string folded, IReadOnlyList<ContactMention> group, IReadOnlyList<Clause> clauses)
    {
        var (first, last) = (group[0].Named, group[^1].Named);
        if (ClauseOf(clauses, first) is not { } begins || ClauseOf(clauses, last) is not { } ends || begins.Mood == Mood.Open)
        {
            return false;
        }

        // "Key people met: Anna, Tom": the list stands after the colon
        var start = begins.Span.Start;
        var before = clauses.LastOrDefault(c => c.Span.End <= start && c.Sentence == begins.Sentence);
        var from = before is not null && folded[before.Span.End..start].Contains(':', StringComparison.Ordinal) ? before.Span.Start : start;
        var ahead = folded[from..first.Start];
        var behind = folded[last.End..ends.Span.End];
        var untilNamed = Moods.Of(text[from..last.End]);

        // English says in the verb that it happened; Chinese often only in the clause
        return (EnglishMet().IsMatch(ahead) && untilNamed == Mood.Stated)
            || (untilNamed is Mood.Stated && (EnglishSaid().IsMatch(behind) || ChineseSaid().IsMatch(behind)))
            || (EnglishThere().IsMatch(behind) && ends.Mood == Mood.Stated)
            || (begins.Mood == Mood.Stated && (ChineseMet().IsMatch(ahead) || (ChineseWith().IsMatch(ahead) && ChineseDid().IsMatch(behind))));
    }

    private static Clause? ClauseOf(IReadOnlyList<Clause> clauses, TextSpan named) => clauses.FirstOrDefault(c => c.Span.Holds(named));

    [GeneratedRegex(@"^( ?(,|、|&|/|\band\b|but also|as well as|both|和|跟|与|及|以及) ?(also |mr\.? |mrs\.? |ms\.? |dr\.? |both )?)+$", Plain, PatienceMs)]
    private static partial Regex Joint();

    [GeneratedRegex(
        @"\b((met|visited|saw|called|phoned|rang|told|asked|thanked|convinced|showed|briefed)( (with|up with|again|both|today|yesterday|the|our|friends?|briefly|(last|on) \w+|\w+ (manager|director|lead|head|engineer|purchaser|buyer)))*"
        + @"|(met|visited) [^,]{0,30}(with|and)"
        + @"|(spoke|spoken|talked|chatted|sat down|lunch|dinner|breakfast|coffee|tea|beer|meeting|call|talk|chat|conversation|visit|negotiations?|video call)( again| briefly| today| yesterday)? (to|with)"
        + @"|(presented|showed|explained|demonstrated|sent|gave|handed|described)( [\w'-]+){1,6} to|(explained|presented|reported|wrote|talked) to|key people met ?:|met ?:)( (both|mr|mrs|ms|dr|not only)\.?)? ?$", Plain, PatienceMs)]
    private static partial Regex EnglishMet();

    [GeneratedRegex(@"^( (himself|herself|in person|also|just|kindly|finally|from [a-z]+))* (said|says|told (me|us)|confirm(ed|s)|promised|promises|explained|mentioned|asked (me|us|for|about|if)|assured|called|phoned|rang|emailed|wrote)\b", Plain, PatienceMs)]
    private static partial Regex EnglishSaid();

    [GeneratedRegex(@"^( and (i|me|we)| and myself)? (and i |both )?(met|sat down|was there|were there|was present|were present|joined|attended|took part|came (by|along|to))\b", Plain, PatienceMs)]
    private static partial Regex EnglishThere();

    [GeneratedRegex(@"^(亲口|当面|当场|今天|昨天|刚才|刚刚|刚|也|还|又|已经|已|在?电话里)*(说|表示|告诉|确认|答应|承诺|来电|打来?电话|打电话|来电话|回复|提到|介绍说)", Plain, PatienceMs)]
    private static partial Regex ChineseSaid();

    [GeneratedRegex("(见了面?|见到了?|见过|会见了?|拜访过?了?|走访了?|看望了?|碰到了?|遇到了?|约见了?|联系了|(发|交|寄|递|送|转|讲|说|介绍)给了?|:)[^,。的]{0,6}$", Plain, PatienceMs)]
    private static partial Regex ChineseMet();

    [GeneratedRegex("(和|跟|与|同|向|给|对|请|找|陪)[^,。的]{0,4}$", Plain, PatienceMs)]
    private static partial Regex ChineseWith();

    [GeneratedRegex("^(?!的)[^,。]{0,10}(谈|聊|沟通|电话|通话|吃|喝|开了?会|见了?面|会面|碰面|碰头|讨论|交流|汇报|解释|说明|介绍|展示|演示|讲解|看了|说了|讲了|商量|发了|坐下|进入)", Plain, PatienceMs)]
    private static partial Regex ChineseDid();
}
