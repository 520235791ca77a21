using KeyAccountBot.Language;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Reads by the rules of before where the new ones read nothing. Goes as soon as those stand.</summary>
internal static class FormerReports
{
    private const int ShortestWord = 4;

    /// <summary>What the text tells.</summary>
    public static MessageReport Read(string text, ReportScene scene)
    {
        var open = scene.Opportunities.Where(o => o.IsOpen).ToList();
        var folded = Spelling.Fold(text);
        var named = open.Where(o => Holds(folded, o.Facts.Account)).ToList();
        named = named.Count > 0 ? named : open.Where(o => o.Facts.Account.Split(' ')[0] is { Length: >= ShortestWord } word && Holds(folded, word)).ToList();
        named = named.Count > 0 ? named : open.Where(o => o.Id == scene.SpokenOf).ToList();
        var own = open.Where(o => o.Facts.Owner == scene.Writer).ToList();
        named = named.Count > 0 ? named : own.Where(o => FreeTextReport.Named(text, scene.AccountOf(o), scene.Playbook).Count > 0).ToList();
        named = named.Count > 0 ? named : own.Where(o => scene.Visited.Contains(o.Id)).ToList();
        var among = named.Count > 0 ? named : own;
        if (among.Count == 0)
        {
            return new MessageReport([new OpportunityReport(null, [], false)]);
        }

        var read = FreeTextReport.Read(text, among[0], named.Count == 1 ? scene.AccountOf(among[0]) : null, scene.Playbook, scene.Today, words => DateReading.Read(words, scene.Today, scene.Culture));
        return new MessageReport([new OpportunityReport(named.Count == 1 ? among[0].Id : null, [.. among.Select(o => o.Id)], named.Count > 0)
        {
            On = read.On == scene.Today ? null : read.On,
            Met = read.Met,
            Milestones = read.Milestones,
            Later = read.Later,
            Answers = read.Answers,
            NextSteps = read.NextStep is { } next ? [new ProposedStep(next.What, next.Due, next.Due, next.Dated)] : [],
        }]);
    }

    private static bool Holds(string folded, string name) => name.Length > 0 && Spelling.Fold(name) is var wanted
        && folded.IndexOf(wanted, StringComparison.Ordinal) is >= 0 and var at
        && !(at > 0 && Spelling.IsLetter(wanted[0]) && Spelling.IsLetter(folded[at - 1]))
        && !(at + wanted.Length < folded.Length && Spelling.IsLetter(wanted[^1]) && Spelling.IsLetter(folded[at + wanted.Length]));
}
