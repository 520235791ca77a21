using KeyAccountBot.Conversations.Evaluation;
using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Answers;

/// <summary>One fact of an opportunity in a sentence: until when bids are taken, why it rests or was lost, what the customer is worth.</summary>
internal sealed class FactAnswers(Portfolio portfolio, Playbook playbook)
{
    /// <summary>Until when bids are taken, and whether ours is in; of several opportunities the deadlines to come.</summary>
    public async ValueTask<Message> BidDeadlineAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, asked, l => scope.Only is not null || l.Status == OpportunityStatus.Open, cancellationToken);
        if (holdings.Single is { } one)
        {
            return SentenceOf(scene, one, BidOf(scene, one));
        }

        List<(Dossier Dossier, DateOnly Due)> due = [.. holdings.Dossiers.Select(d => (Dossier: d, Due: RiskReasons.BidDueOf(d.Opportunity.Facts, playbook)))
            .Where(d => d.Due is not null).Select(d => (d.Dossier, d.Due!.Value)).OrderBy(d => d.Item2)];
        return due.Count == 0
            ? Message.Of(OverviewWords.Say(scene, "bids.none"))
            : OverviewWords.Card(
                scene, OverviewWords.Title(scene, scope, OverviewWords.Say(scene, "bids.title", due.Count)),
                OverviewWords.Lines(scene, due, d => OverviewWords.Joined(scene, [OverviewWords.Day(scene, d.Due), OverviewWords.Name(scene, d.Dossier.Opportunity)]), d => d.Dossier.Opportunity));
    }

    /// <summary>Why it is on hold or lost, since when, and until when it rests; of several those that rest.</summary>
    public async ValueTask<Message> HoldReasonAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, asked, l => scope.Only is { Count: 1 } || l.Status == OpportunityStatus.OnHold, cancellationToken);
        return holdings.Single is { } one ? SentenceOf(scene, one, RestOf(scene, one))
            : holdings.Dossiers.Count == 0 ? Message.Of(AnswerTexts.Say(scene, "hold.none"))
            : OverviewWords.Card(
                scene, OverviewWords.Title(scene, scope, OverviewWords.Say(scene, "deals.held", holdings.Dossiers.Count)),
                OverviewWords.Lines(scene, holdings.Dossiers, d => OverviewWords.Name(scene, d.Opportunity) + Marks.Line + RestOf(scene, d), d => d.Opportunity));
    }

    /// <summary>What the customer is worth by the five criteria, or that nobody has said; of several their scores.</summary>
    public async ValueTask<Message> EvaluationAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, asked, l => scope.Only is not null || l.Status == OpportunityStatus.Open, cancellationToken);
        if (holdings.Dossiers.Count == 0)
        {
            return Message.Of(scene.Say("refusal.not-on-record"));
        }

        return holdings.Single is not { } one
            ? OverviewWords.Card(
                scene, OverviewWords.Title(scene, scope, EvaluationWords.Label(scene)),
                OverviewWords.Lines(
                    scene, [.. holdings.Dossiers.OrderByDescending(d => d.Opportunity.Facts.Evaluation?.Score(playbook) ?? -1)],
                    d => OverviewWords.Joined(scene, [OverviewWords.ShortName(d.Opportunity), VerdictOf(scene, d.Opportunity)]), d => d.Opportunity))
            : OverviewWords.Card(
                scene, scene.Say("fact", Words.NameOf(one.Opportunity), VerdictOf(scene, one.Opportunity)),
                [
                    one.Opportunity.Facts.Evaluation is { } evaluation
                        ? new FactList([.. EvaluationWords.Facts(scene, playbook, evaluation).Select(f => new Fact(f.Label, f.Value))])
                        : new Paragraph(AnswerTexts.Say(scene, "evaluation.how", string.Join(Words.Separator(scene.Culture), playbook.Evaluation.Criteria.Select(c => c.Name.For(scene.Culture))))),
                ],
                one.Opportunity.IsOpen ? [new SayAction(AnswerTexts.Say(scene, "evaluation.button"), AnswerTexts.Say(scene, "evaluation.button-says", $"{one.Opportunity.Facts.Account} {one.Opportunity.Facts.Name}".Trim()))] : []);
    }

    private static Message SentenceOf(Scene scene, Dossier dossier, string sentence) => OverviewWords.Card(
        scene, OverviewWords.Joined(scene, [Words.NameOf(dossier.Opportunity), OverviewWords.OwnerOf(scene, dossier.Opportunity.Facts.Owner)]),
        [new Paragraph(sentence)],
        dossier.Opportunity.IsOpen && dossier.Opportunity.Facts.Owner == scene.Person.Id ? [OverviewWords.CheckIn(scene, dossier.Opportunity)] : []);

    private string BidOf(Scene scene, Dossier dossier)
    {
        var facts = dossier.Opportunity.Facts;
        var submitted = facts.Reached.GetValueOrDefault(BidDeadlineNearCause.SubmittedBy.In(playbook));
        return facts.BidBranch switch
        {
            BidBranch.DirectNegotiation => AnswerTexts.Say(scene, "bid.direct"),
            BidBranch.Bid bid when submitted is not null => AnswerTexts.Say(scene, "bid.submitted", OverviewWords.Day(scene, bid.Deadline), OverviewWords.Day(scene, submitted.On)),
            BidBranch.Bid bid when bid.Deadline < scene.Today => AnswerTexts.Say(scene, "bid.was", OverviewWords.Day(scene, bid.Deadline)),
            BidBranch.Bid bid when bid.Deadline <= scene.Today.AddDays(1) => AnswerTexts.Say(scene, "bid.soon", OverviewWords.Day(scene, bid.Deadline)),
            BidBranch.Bid bid => AnswerTexts.Say(scene, "bid.until", OverviewWords.Day(scene, bid.Deadline), bid.Deadline.DayNumber - scene.Today.DayNumber),
            _ => AnswerTexts.Say(scene, "bid.unknown"),
        };
    }

    private string RestOf(Scene scene, Dossier dossier)
    {
        var facts = dossier.Opportunity.Facts;
        var why = facts.StatusReason is { Length: > 0 } reason ? reason : AnswerTexts.Say(scene, "hold.no-reason");
        var calendar = dossier.Calendar(scene.Company, playbook);
        return facts.Status switch
        {
            OpportunityStatus.OnHold => AnswerTexts.Say(
                scene, "hold.since", scene.Format(calendar.DateAt(Holds.Since(facts))), why, OverviewWords.Day(scene, Holds.LookAgainOn(facts, playbook.FollowUps, calendar))),
            OpportunityStatus.Lost or OpportunityStatus.Completed => scene.Say(
                "fact", facts.ClosedOn is { } on ? OverviewWords.Say(scene, "deals.on", scene.Say("status." + facts.Status), OverviewWords.Day(scene, on)) : scene.Say("status." + facts.Status), why),
            OpportunityStatus.Open => AnswerTexts.Say(scene, "hold.not", Words.StageOf(playbook, facts.Stage, scene.Culture)),
            _ => throw new ArgumentOutOfRangeException(nameof(dossier)),
        };
    }

    private string VerdictOf(Scene scene, Opportunity opportunity) => opportunity.Facts.Evaluation is { } evaluation
        ? EvaluationWords.Verdict(scene, playbook, evaluation, opportunity.Facts.Amount)
        : AnswerTexts.Say(scene, "evaluation.none");
}
