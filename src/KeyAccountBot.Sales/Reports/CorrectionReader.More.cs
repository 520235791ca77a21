using KeyAccountBot.Language;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Sales.Reports;

/// <content>Another opportunity, and what the reply tells beyond what was shown.</content>
internal sealed partial class CorrectionReader
{
    // "wrong deal, I meant Halden"
    private bool TakeOpportunity(CorrectionSegment segment)
    {
        var mentions = names.Where(n => n.Kind is NameKind.Account or NameKind.Opportunity && segment.Span.Holds(n.Span)
            && !CorrectionWords.EndsWith(folded[segment.Span.Start..n.Span.Start], "notBefore")).ToList();
        var shownAlready = now.Opportunities.Select(o => o.Opportunity).ToHashSet();
        List<OpportunityId> meant = [.. mentions.Where(m => m.Kind == NameKind.Opportunity && !m.IsLoose).SelectMany(OpportunitiesOf).OfType<OpportunityId>()];
        List<OpportunityId> ofAccounts = [.. mentions.Where(m => m.Kind == NameKind.Account).SelectMany(OpportunitiesOf).OfType<OpportunityId>()];
        if (meant.Count > 1 && ofAccounts.Count > 0)
        {
            meant = [.. meant.Intersect(ofAccounts)];
        }

        meant = [.. (meant.Count > 0 ? meant : ofAccounts).Where(o => !shownAlready.Contains(o)).Distinct()];
        var says = CorrectionWords.SaysMore(Bare(segment), "wrongDeal", "filler", "before", "replace", "that", "common", "no", "notBefore");
        if (meant.Count == 0)
        {
            // "wrong deal" and no other is named anywhere
            var isAll = meansAnother && CorrectionWords.Has(Words(segment), "wrongDeal") && !says && PeopleIn(segment).Count == 0 && DateIn(segment) is null
                && names.All(n => !OpportunitiesOf(n).Any(o => !shownAlready.Contains(o)));
            return isAll && mentions.Count == 0 && AskWhich(0, [.. scene.Opportunities.Where(o => o.IsOpen && !shownAlready.Contains(o.Id)).Select(o => o.Id)]);
        }

        if (says || (!meansAnother && !isDenied && mentions.Count > 0 && Bare(segment).Trim().Length > 0 && !CorrectionWords.Has(Bare(segment), "replace")))
        {
            return false;
        }

        // among several, those that are going on
        if (meant.Count > 1 && meant.Where(o => Find(o) is { IsOpen: true }).ToList() is { Count: > 0 } open)
        {
            meant = open;
        }

        return meant.Count == 1 ? Retarget(0, meant[0]) : AskWhich(0, meant);
    }

    private bool AskWhich(int part, IReadOnlyList<OpportunityId> which)
    {
        Change(part, Part(part) with { Opportunity = null, Candidates = which, Met = [], Visit = null }, ProposalFields.Opportunity);
        return Ask(new CorrectionDoubt(DoubtAbout.Opportunity, "", []));
    }

    private bool Retarget(int part, OpportunityId to)
    {
        Change(part, Retargeted(Part(part), to, shown.Text, scene), ProposalFields.Opportunity);
        return true;
    }

    /// <summary>The part as it reads for another opportunity: the message is read once more in its light, and contacts do not carry over.</summary>
    public static OpportunityProposal Retargeted(OpportunityProposal part, OpportunityId to, string text, ReportScene scene)
    {
        var alone = Only(scene, to);
        var again = MessageReports.Read(text, alone).Opportunities.FirstOrDefault(o => o.Opportunity == to);
        return again is { IsEmpty: false }
            ? Proposals.Of(again, text, (_, _) => null)
            : part with { Opportunity = to, Candidates = [to], Met = [], Visit = null };
    }

    // "and the board has approved it": what is not a correction may be more to record
    private bool TakeAsReport(List<CorrectionSegment> left)
    {
        var said = text[left[0].Span.Start..left[^1].Span.End];
        var report = MessageReports.Read(said, now.Opportunities.Count == 1 && Part(0).Opportunity is { } only ? scene with { SpokenOf = only } : scene);
        var any = false;
        foreach (var more in report.Opportunities.Where(o => !o.IsEmpty && o.Opportunity is not null))
        {
            var at = Enumerable.Range(0, now.Opportunities.Count).FirstOrDefault(i => Part(i).Opportunity == more.Opportunity, -1);
            if (at < 0 && !more.IsNamed)
            {
                continue;
            }

            // "push the next step" speaks of the step that is shown
            var told = left.Exists(s => CorrectionWords.KindIn(Words(s)) is not null) ? more with { NextSteps = [] } : more;
            any |= at < 0 ? Append(told, said) : Merge(at, Proposals.Of(told, said, (_, _) => null));
        }

        return any;
    }

    private bool Append(OpportunityReport more, string said)
    {
        now = now with { Opportunities = [.. now.Opportunities, Proposals.Of(more, said, (_, _) => null)] };
        changed.Add(new ProposalField(now.Opportunities.Count - 1, ProposalFields.Opportunity));
        return true;
    }

    private bool Merge(int at, OpportunityProposal more)
    {
        var of = Part(at);
        var before = changed.Count;
        if (more.Met.Except(of.Met).Any())
        {
            Change(at, Part(at) with { Met = [.. of.Met.Union(more.Met)] }, ProposalFields.Contacts);
        }

        if (more.NewContacts.Any(c => of.NewContacts.All(o => o.Name != c.Name)))
        {
            Change(at, Part(at) with { NewContacts = [.. of.NewContacts, .. more.NewContacts.Where(c => of.NewContacts.All(o => o.Name != c.Name))] }, ProposalFields.NewContacts);
        }

        if (more.Milestones.Any(m => of.Milestones.All(o => o.Milestone != m.Milestone)))
        {
            Change(at, Part(at) with { Milestones = [.. of.Milestones, .. more.Milestones.Where(m => of.Milestones.All(o => o.Milestone != m.Milestone))] }, ProposalFields.Milestones);
        }

        if (more.Answers.Any(a => of.Answers.All(o => o.Question != a.Question)))
        {
            Change(at, Part(at) with { Answers = [.. of.Answers, .. more.Answers.Where(a => of.Answers.All(o => o.Question != a.Question))] }, ProposalFields.Answers);
        }

        if (more.NextSteps.Count > 0)
        {
            Change(at, Part(at) with { NextSteps = [.. of.NextSteps.Concat(more.NextSteps).OrderBy(s => s.Due ?? DateOnly.MaxValue)] }, ProposalFields.NextStep);
        }

        if (more.Status is not null)
        {
            Change(at, Part(at) with { Status = more.Status }, ProposalFields.Status);
        }

        foreach (var fact in more.Facts)
        {
            Change(at, Part(at) with { Facts = [.. Part(at).Facts.Where(f => f.Field != fact.Field || f.Contact != fact.Contact), fact] }, ProposalFields.Of(fact.Field));
        }

        return changed.Count > before;
    }

    private ReportScene Alone(int part) => Part(part).Opportunity is { } id ? Only(scene, id) : scene;

    /// <summary>The scene with one opportunity and its customer, so that whatever is said is said of it.</summary>
    public static ReportScene Only(ReportScene scene, OpportunityId id)
    {
        List<Opportunity> one = [.. scene.Opportunities.Where(o => o.Id == id)];
        var account = one is [var opportunity] ? scene.AccountOf(opportunity) : null;
        return scene with { Opportunities = one, Accounts = account is null ? [] : [account], SpokenOf = id };
    }
}
