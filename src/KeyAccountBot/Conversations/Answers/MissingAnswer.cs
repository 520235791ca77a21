using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Answers;

/// <summary>What is missing for the next stage: the gate, the other milestones of the stage, the customer's open questions, and what presses.</summary>
internal sealed class MissingAnswer(Portfolio portfolio, Playbook playbook)
{
    private const int QuestionsShown = 4;

    /// <summary>Of one opportunity all of it; of several what each gate needs.</summary>
    public async ValueTask<Message> OfAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, asked, l => scope.Only is not null || l.Status == OpportunityStatus.Open, cancellationToken);
        return holdings.Single is { } one ? OfOne(scene, one, asked.One("toward") is not null)
            : holdings.Dossiers.Count == 0 ? Message.Of(scene.Say("refusal.not-on-record"))
            : OverviewWords.Card(
                scene, OverviewWords.Title(scene, scope, AnswerTexts.Say(scene, "missing.title-all")),
                OverviewWords.Lines(scene, holdings.Dossiers, d => OverviewWords.ShortName(d.Opportunity) + Marks.Line + GateOf(scene, d.Opportunity), d => d.Opportunity, beside: holdings.Beside));
    }

    private Message OfOne(Scene scene, Dossier dossier, bool isToTheEnd)
    {
        var (opportunity, facts) = (dossier.Opportunity, dossier.Opportunity.Facts);
        var title = AnswerTexts.Say(scene, "missing.title", Words.NameOf(opportunity));
        if (!opportunity.IsOpen)
        {
            return OverviewWords.Card(scene, title, [new Paragraph(AnswerTexts.Say(scene, "missing.not-open", scene.Say("status." + facts.Status)))]);
        }

        var open = Sales.Opportunities.Questions.Of(opportunity, playbook).Where(q => q.IsOpen && playbook.NumberOf(q.Stage) <= playbook.NumberOf(facts.Stage))
            .OrderByDescending(q => playbook.NumberOf(q.Stage)).ToList();
        List<(string Label, string Value)> lines = [(scene.Say("label.missing"), GateOf(scene, opportunity))];
        if (isToTheEnd)
        {
            lines.AddRange(LaterOf(facts).Select(s => (s.Name.For(scene.Culture), OverviewWords.Milestones(scene, playbook, s.Gate.Missing(opportunity.ReachedSet()), s.Gate.All.Count == 0))));
        }

        if (OtherOf(facts) is { Count: > 0 } other)
        {
            lines.Add((AnswerTexts.Say(scene, "missing.other"), OverviewWords.Milestones(scene, playbook, other)));
        }

        if (RiskReasons.BidDueOf(facts, playbook) is { } bid)
        {
            lines.Add((AnswerTexts.Say(scene, "missing.bid"), InDays(scene, bid)));
        }

        lines.Add((scene.Say("label.next-step"), facts.NextStep is { } step ? OverviewWords.Joined(scene, [step.What, OverviewWords.Day(scene, step.Due)]) : scene.Say("status.no-next-step")));
        if (facts.Visits.FirstOrDefault(v => v.At > scene.Now) is { } visit)
        {
            lines.Add((AnswerTexts.Say(scene, "missing.visit"), OverviewWords.Joined(
                scene, [OverviewWords.Moment(scene, playbook, dossier, visit.At), string.Join(Words.Separator(scene.Culture), dossier.NamesOf(visit.Contacts))])));
        }

        if (LateMatters.Of(opportunity, dossier.Account, playbook, scene.Company, scene.Now) is { Count: > 0 } late)
        {
            lines.Add((AnswerTexts.Say(scene, "missing.late"), OverviewWords.Joined(scene, LateMatters.ByGravity(late).Take(3).Select(m => OverviewWords.Late(scene, m)))));
        }

        List<Part> body = [new FactList([.. lines.Select(l => new Fact(l.Label, l.Value))])];
        if (open.Count > 0)
        {
            body.Add(new Section(AnswerTexts.Say(scene, "missing.questions", open.Count), OverviewWords.Lines(scene, open, q => q.Text.For(scene.Culture), _ => null, QuestionsShown)));
        }

        var owner = OverviewWords.OwnerOf(scene, facts.Owner);
        return OverviewWords.Card(scene, title, body, owner is null ? [OverviewWords.CheckIn(scene, opportunity), OverviewWords.Brief(scene, opportunity)] : [OverviewWords.Brief(scene, opportunity)])
            with { Subtitle = OverviewWords.Joined(scene, [Words.StageOf(playbook, facts.Stage, scene.Culture), scene.Format(facts.Amount), owner]) };
    }

    private string GateOf(Scene scene, Opportunity opportunity)
    {
        if (playbook.Find(opportunity.Facts.Stage) is not { } stage)
        {
            return Words.StageOf(playbook, opportunity.Facts.Stage, scene.Culture);
        }

        var missing = stage.Gate.Missing(opportunity.ReachedSet());
        var anyDoes = stage.Gate.All.Count == 0 && missing.Count > 1;
        var names = OverviewWords.Milestones(scene, playbook, missing, anyDoes);
        return missing.Count == 0 ? scene.Say("status.nothing-missing") : anyDoes ? AnswerTexts.Say(scene, "missing.any", names) : names;
    }

    // the stages after this one, up to the one that wins
    private IEnumerable<Stage> LaterOf(OpportunityFacts facts) => playbook.Stages.Where(s =>
        playbook.NumberOf(s.Id) > playbook.NumberOf(facts.Stage) && playbook.NumberOf(s.Id) <= playbook.NumberOf(playbook.StageOf(playbook.WonBy)!.Id));

    // worth having, though the gate opens without them
    private List<MilestoneId> OtherOf(OpportunityFacts facts) => playbook.Find(facts.Stage) is not { } stage
        ? []
        : [.. stage.Milestones.Select(m => m.Id).Where(m => !stage.IsKey(m) && !facts.Reached.ContainsKey(m))];

    private static string InDays(Scene scene, DateOnly day) => (day.DayNumber - scene.Today.DayNumber) switch
    {
        > 1 and var ahead => AnswerTexts.Say(scene, "bid.in-days", OverviewWords.Day(scene, day), ahead),
        < 0 => AnswerTexts.Say(scene, "bid.passed", OverviewWords.Day(scene, day)),
        _ => OverviewWords.Day(scene, day),
    };
}
