using System.Globalization;
using KeyAccountBot.Conversations.Bidding;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Status;

/// <summary>How far an opportunity is and what its gate still misses: as text and as a card.</summary>
internal static class StatusCard
{
    /// <summary>
    /// The answer to <c>status</c>, on one screen of a phone: what it is worth and whose it is, what puts it at risk, how far it is, and what
    /// can be done. <paramref name="more"/> is what else there is to say of it.
    /// </summary>
    public static Message Of(Scene scene, Playbook playbook, Opportunity opportunity, IReadOnlyList<(string Label, string Value)>? more = null)
    {
        var facts = opportunity.Facts;
        var stage = playbook.Stage(facts.Stage);
        var since = scene.Say(
            "status.stage-since", stage.Name.For(scene.Culture), playbook.NumberOf(stage.Id), playbook.Stages.Count,
            scene.Format(scene.Calendar(playbook.FollowUps).DateAt(facts.StageEnteredAt)));
        var card = ConversationCard.Of(
            scene, scene.Say("status.title", scene.AccountOf(facts.Account), facts.Name),
            FactsOf(scene, playbook, opportunity, since, scene.Say(opportunity.IsOpen ? "status.no-next-step" : "nothing"), more),
            actions: StatusButtons.Of(scene, opportunity));
        return card with
        {
            Subtitle = OwnerOf(scene, opportunity) is { } owner ? scene.Say("status.owner", scene.Format(facts.Amount), owner) : scene.Format(facts.Amount),
            Body = Risk.Of(opportunity, playbook, scene.Company, scene.Now) is { Cause: not null } risk
                ? [new Paragraph(RiskWords.Of(scene, playbook, risk)) { Tone = Tone.Attention }, .. card.Body]
                : card.Body,
        };
    }

    /// <summary>The answer to a recorded check-in: what it changed, then how far it is.</summary>
    public static Message Recorded(
        Scene scene, Playbook playbook, LedgerOutcome outcome, IReadOnlyList<(string Label, string Value)>? more = null, IReadOnlyList<string>? progress = null)
    {
        var opportunity = outcome.Opportunity!;
        List<string> news = [.. progress ?? []];
        foreach (var entry in outcome.Entries)
        {
            switch (entry.What)
            {
                case OpportunityEvent.StageChanged moved:
                    news.Add(playbook.NumberOf(moved.To) < playbook.NumberOf(moved.From)
                        ? scene.Say("recorded.fell-back", playbook.Stage(moved.To).Name.For(scene.Culture))
                        : scene.Say("recorded.gate-open", playbook.Stage(moved.To).Name.For(scene.Culture)));
                    break;
                case OpportunityEvent.Won:
                    news.Add(scene.Say("recorded.won"));
                    break;
                case OpportunityEvent.Completed:
                    news.Add(scene.Say("recorded.completed"));
                    break;
                default:
                    break;
            }
        }

        news.AddRange(BiddingWords.WhoApproved(scene, playbook, outcome));
        var title = scene.Say("recorded.title", scene.AccountOf(opportunity.Facts.Account));
        return Build(scene, playbook, opportunity, title, news, more);
    }

    private static Message Build(
        Scene scene, Playbook playbook, Opportunity opportunity, string title, IReadOnlyList<string> news, IReadOnlyList<(string Label, string Value)>? more)
    {
        var stage = playbook.Stage(opportunity.Facts.Stage);
        var where = scene.Say("status.stage", stage.Name.For(scene.Culture), playbook.NumberOf(stage.Id), playbook.Stages.Count);
        var lines = FactsOf(scene, playbook, opportunity, where, scene.Say("nothing"), more);
        if (OwnerOf(scene, opportunity) is { } owner)
        {
            lines.Add((scene.Say("label.owner"), owner));
        }

        return ConversationCard.Of(scene, title, lines, news: news);
    }

    private static List<(string Label, string Value)> FactsOf(
        Scene scene, Playbook playbook, Opportunity opportunity, string where, string noNextStep, IReadOnlyList<(string Label, string Value)>? more)
    {
        var facts = opportunity.Facts;
        var stage = playbook.Stage(facts.Stage);
        var done = stage.Milestones.Count(m => facts.Reached.ContainsKey(m.Id));
        List<(string, string)> lines =
        [
            (scene.Say("label.stage"), where),
            (scene.Say("label.milestones"), $"{done.ToString(CultureInfo.InvariantCulture)}/{stage.Milestones.Count.ToString(CultureInfo.InvariantCulture)}"),
            (scene.Say("label.missing"), Missing(scene, stage, opportunity)),
            .. VisitStatus.Of(scene, playbook, opportunity),
            .. BiddingWords.Status(scene, opportunity),
            (scene.Say("label.next-step"), facts.NextStep is { } next ? scene.Say("check-in.by", next.What, scene.Format(next.Due)) : noNextStep),
        ];
        lines.AddRange(more ?? []);
        if (facts.Status != OpportunityStatus.Open)
        {
            lines.Insert(0, (scene.Say("label.status"), StatusOf(scene, facts)));
        }
        else if (facts.WonAt is not null)
        {
            lines.Insert(0, (scene.Say("label.status"), scene.Say("status.Won")));
        }

        return lines;
    }

    // the reader knows that it is theirs
    private static string? OwnerOf(Scene scene, Opportunity opportunity) =>
        scene.Company.Find(opportunity.Facts.Owner) is { } owner && owner.Id != scene.Person.Id ? owner.Name : null;

    private static string StatusOf(Scene scene, OpportunityFacts facts)
    {
        var status = scene.Say("status." + facts.Status);
        if (facts is { Status: OpportunityStatus.OnHold, HeldUntil: { } day })
        {
            status = scene.Say("status.held", status, scene.Format(day));
        }

        return facts.StatusReason is { Length: > 0 } why ? scene.Say("fact", status, why) : status;
    }

    private static string Missing(Scene scene, Stage stage, Opportunity opportunity)
    {
        var reached = opportunity.ReachedSet();
        var missing = stage.Gate.Missing(reached);
        return missing.Count == 0
            ? scene.Say("status.nothing-missing")
            : string.Join(
                stage.Gate.All.Count == 0 ? scene.Say("or") : Words.Separator(scene.Culture),
                missing.Select(m => stage.Milestones.First(x => x.Id == m).Name.For(scene.Culture)));
    }
}
