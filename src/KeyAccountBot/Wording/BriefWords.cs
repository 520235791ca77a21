using System.Globalization;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Visits;

namespace KeyAccountBot.Wording;

/// <summary>A heading of a brief and what stands under it.</summary>
/// <param name="Heading">What it is about.</param>
/// <param name="Lines">Never empty.</param>
/// <param name="IsWarning">To be looked at first.</param>
internal sealed record BriefSection(string Heading, IReadOnlyList<string> Lines, bool IsWarning = false);

/// <summary>What a rep should know before a visit, in words: the same on request and when it comes by itself.</summary>
/// <param name="Title">Whose brief.</param>
/// <param name="When">When the visit is and with whom; empty where none is planned.</param>
/// <param name="Progress">How far it is, in a sentence.</param>
/// <param name="Sections">From top to bottom.</param>
internal sealed record BriefWords(string Title, string When, string Progress, IReadOnlyList<BriefSection> Sections)
{
    private const int ShownQuestions = 4;
    private const int ShownGaps = 3;

    /// <summary>What is said in a brief.</summary>
    public static Texts Texts { get; } = new("Wording.BriefTexts");

    /// <summary>The brief of a visit, or of none in particular, as things stand.</summary>
    public static BriefWords Of(
        CultureInfo culture, Playbook playbook, Company company, Dossier dossier, PlannedVisit? visit, DateOnly today)
    {
        var (opportunity, account) = dossier;
        var brief = Brief.Of(opportunity, account, playbook, company, visit?.Contacts ?? [], today);
        return new BriefWords(
            Texts["brief.title", culture, Words.AccountOf(opportunity)],
            visit is null ? "" : VisitMoments.Of(culture, playbook, company, dossier, visit),
            Texts["brief.progress", culture, brief.Milestones.Done, brief.Milestones.Total, brief.Questions.Done, brief.Questions.Total],
            [.. SectionsOf(culture, playbook, dossier, visit, brief, CoverageWords.Gaps(brief.Gaps, account, playbook, culture))]);
    }

    /// <summary>All of it, with its buttons.</summary>
    public Message ToMessage(CultureInfo culture, IReadOnlyList<MessageAction> actions) => new()
    {
        Language = culture.Name,
        Title = Title,
        Body =
        [
            .. When.Length > 0 ? [new Paragraph(When) { GoesOn = true }] : Array.Empty<Part>(),
            new Paragraph(Progress) { IsAside = true, IsDense = true },
            .. Sections.Select(s => Section.Of(s.Heading, s.Lines) with { Tone = s.IsWarning ? Tone.Warning : Tone.Plain }),
        ],
        Actions = actions,
    };

    private static IEnumerable<BriefSection> SectionsOf(
        CultureInfo culture, Playbook playbook, Dossier dossier, PlannedVisit? visit, Brief brief, IReadOnlyList<string> gaps)
    {
        if (brief.GuideFirst is { } warning)
        {
            yield return new BriefSection(Texts["brief.guide-first", culture], [GuideFirstWords.Of(culture, warning)], IsWarning: true);
        }

        if (visit?.Aims is { } aims)
        {
            yield return new BriefSection(Texts["brief.aims", culture], [aims]);
        }

        yield return new BriefSection(Texts["brief.next", culture], brief.Next.Count == 0
            ? [Texts["brief.all-answered", culture]]
            : [.. brief.Next.Take(ShownQuestions).Select(q =>
                Texts["brief.question", culture, q.Text.For(culture), playbook.Coverage.NameOf(q.AskedBy).For(culture)])]);

        yield return new BriefSection(Texts["brief.missing", culture], brief.Missing.Count == 0
            ? [Texts["brief.nothing-missing", culture]]
            : [.. brief.Missing.Select(m => playbook.Find(m)?.Name.For(culture) ?? m.Value)]);

        if (BiddingOf(culture, dossier) is { Count: > 0 } bidding)
        {
            yield return new BriefSection(Texts["brief.bid", culture], bidding);
        }

        if (gaps.Count > 0)
        {
            yield return new BriefSection(Texts["brief.coverage", culture], [.. gaps.Take(ShownGaps)]);
        }

        yield return new BriefSection(Texts["brief.last-time", culture], [LastTimeOf(culture, dossier, brief.LastVisit)]);
    }

    private static List<string> BiddingOf(CultureInfo culture, Dossier dossier)
    {
        var facts = dossier.Opportunity.Facts;
        List<string> lines = [];
        if (facts.BidBranch is { } branch)
        {
            lines.Add(BidWords.Of(culture, branch));
        }

        if (facts.ContractApprover is { } approver && dossier.Account?.Find(approver) is { } contact)
        {
            lines.Add(Texts["brief.approver", culture, contact.Name]);
        }

        return lines;
    }

    private static string LastTimeOf(CultureInfo culture, Dossier dossier, ReportedVisit? last)
    {
        if (last is null)
        {
            return Texts["brief.first-visit", culture];
        }

        var on = Words.DateOf(culture, last.On);
        var notes = last.Notes ?? Texts["brief.no-notes", culture];
        var met = string.Join(Words.Separator(culture), dossier.NamesOf(last.Met));
        return met.Length > 0 ? Texts["brief.last-visit", culture, on, met, notes] : Texts["brief.last-visit-alone", culture, on, notes];
    }
}
