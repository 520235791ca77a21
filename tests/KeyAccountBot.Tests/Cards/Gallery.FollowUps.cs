using System.Globalization;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Records;
using KeyAccountBot.Reminders;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;
using Microsoft.Extensions.DependencyInjection;
using Delivery = KeyAccountBot.Sales.FollowUps.Delivery;

namespace KeyAccountBot.Tests.Cards;

/// <content>Every kind of follow-up, answered and not, and digests of them.</content>
internal sealed partial class Gallery
{
    private void FollowUp()
    {
        var messages = services.GetRequiredService<FollowUpMessage>();
        var (rep, manager) = (company.Find(new("person-x2"))!, company.Find(new("person-x4"))!);
        List<(Delivery, Opportunity)> waiting = [];
        foreach (var kind in Enum.GetValues<DeliveryKind>())
        {
            // what differs by no cause is shown for the most usual one
            foreach (var cause in FollowUpCauses.All.Select(c => c.Name).OrderBy(c => c != CheckInMissedCause.Id))
            {
                var (delivery, opportunity, chain) = Stuck(kind, cause, null);
                var reader = kind is DeliveryKind.Reminder or DeliveryKind.Question or DeliveryKind.Taken or DeliveryKind.ColleagueAsked or DeliveryKind.HandedOver
                    or DeliveryKind.TimeAllowed or DeliveryKind.TimeRefused ? rep : manager;
                Add($"{kind} {cause}", messages.Build(
                    delivery with { To = reader.Id }, opportunity, reader, company, null,
                    kind == DeliveryKind.Undelivered
                        ? UndeliveredWords.Line(Refused(delivery), CultureInfo.GetCultureInfo(Language))
                        : CoverageWords.Line(opportunity, null, company, playbook, new(2026, 3, 2), CultureInfo.GetCultureInfo(Language))));
                if (kind is not (DeliveryKind.Undelivered or DeliveryKind.DoneInName))
                {
                    waiting.Add((delivery, opportunity));
                }

                if (delivery.Chain is null || kind is not (DeliveryKind.Reminder or DeliveryKind.Nudge or DeliveryKind.Alert))
                {
                    // what else is said differs by no cause
                    break;
                }

                foreach (var answer in Enum.GetValues<FollowUpAnswer>())
                {
                    Add($"{kind} {cause} {answer}", messages.BuildAnswered(
                        delivery with { To = reader.Id }, opportunity, Answered(chain, answer, manager.Id), reader, company));
                }
            }
        }

        var (asked, about, unanswered) = Stuck(DeliveryKind.Question, CheckInMissedCause.Id, null);
        var words = Named("Whether the budget is approved", "预算是否已批准");
        Add("Question with words", messages.Build(asked with { To = rep.Id, Note = words }, about, rep, company));
        Add("Question replied", messages.BuildReplied(
            about, unanswered with { Answer = FollowUpAnswer.AskTheRep, AnsweredBy = manager.Id, Note = words }, rep, company, Named("On Friday, by the board", "周五由董事会批准")));

        var due = new PersonalReminder(Named("Read the contract", "看合同"), new(2026, 3, 6, 9, 0, 0, TimeSpan.Zero), ReminderStatus.Told, new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        Add("reminder: due", ReminderMessage.Of("reminder", due, rep, company));
        Add("reminder: asked by a manager", ReminderMessage.Of("reminder", due with { Text = words, From = manager.Id }, rep, company));
        Add("reminder: answered by a rep", ReminderMessage.Of("reminder", due with { Text = Named("On Friday", "周五"), From = rep.Id, Answers = words }, manager, company));

        Add("digest of one", messages.Digest(new DigestContent([waiting[0]]), manager));
        string[] accounts = [Named("Cancity Glass", "海螺玻璃"), Named("Halden Paper", "哈尔滨纸业"), Named("Castell Brewery", "青岛啤酒"), Named("Westfal Mills", "西山面粉")];
        Add("digest", messages.Digest(
            new DigestContent(
                [.. waiting.Take(10).Select((w, i) => (w.Item1, w.Item2 with
                {
                    Id = new($"opportunity-{i}"), Facts = w.Item2.Facts with { Account = accounts[i % accounts.Length], Name = Named($"Line {i + 1}", $"{i + 1}号线"), Amount = new Money(920_000 - (i * 17_500), "EUR") },
                }))],
                66, [new Money(3_180_000, "EUR")]),
            manager));
    }

    private static DeliveryRecord Refused(Delivery delivery) => new(
        delivery, DeliveryStatus.Dead,
        Refused: [new ChannelRefusal(Channel.Slack, RefusalReason.NoAddress, ""), new ChannelRefusal(Channel.Teams, RefusalReason.Refused, "403")]);

    private FollowUpChain Answered(FollowUpChain chain, FollowUpAnswer answer, PersonId by) => chain with
    {
        Answer = answer,
        AnsweredBy = by,
        QuietUntil = answer == FollowUpAnswer.NotAnIssue ? null : Now.AddDays(3),
        Note = answer == FollowUpAnswer.NotAnIssue ? Named("The customer is on holiday", "客户正在放假") : null,
        GivenTo = answer == FollowUpAnswer.Reassign ? new PersonId("person-x5") : null,
    };

    private (Delivery Delivery, Opportunity Opportunity, FollowUpChain Chain) Stuck(DeliveryKind kind, FollowUpCause cause, FollowUpAnswer? answer)
    {
        var visitAt = Now.AddDays(-5).AddHours(4);
        var since = cause == VisitNotReportedCause.Id
            ? VisitNotReportedCause.ReportDue(visitAt, FollowUpPolicy.CalendarOf(company.Find(new("person-x2")), playbook.FollowUps))
            : Now.AddDays(-4);
        var chain = new FollowUpChain(
            FollowUpChain.KeyOf(cause, since), cause, since,
            [new StepTaken(0, since, new PersonId("person-x2")), new StepTaken(1, Now.AddDays(-2), new PersonId("person-x5"))], null, answer, null);
        var facts = new OpportunityFacts(
            Named("Cancity Glass", "海螺玻璃"), Named("Filling line 4 & palletiser <new>", "四号灌装线"), new Money(820_000, "EUR"), new PersonId("person-x2"), null,
            playbook.First.Id, playbook.Stages[2].Id, Now.AddDays(-60), OpportunityStatus.Open, null, null, null,
            new Dictionary<MilestoneId, ReachedMilestone>(), new NextStep(Named("Visit the line with maintenance", "与维修部门一起参观生产线"), new(2026, 2, 25)), Now.AddDays(-14), null)
        {
            Visits = [new PlannedVisit(new VisitId("visit-x1"), visitAt, [], Named("See the line", "看生产线"))],
        };
        var chained = kind is not (DeliveryKind.Answered or DeliveryKind.HandedOver or DeliveryKind.Undelivered or DeliveryKind.DoneInName or DeliveryKind.Held or DeliveryKind.HandedOn or DeliveryKind.DecisionMakerAssigned);
        if (cause == HoldOverCause.Id || kind == DeliveryKind.Held)
        {
            facts = facts with
            {
                Status = OpportunityStatus.OnHold, StatusReason = Named("Budget frozen", "预算冻结"), HeldSince = Now.AddDays(-40), HeldUntil = new(2026, 3, 15), HoldsProlonged = 2,
            };
        }

        if (cause == NotMovingCause.Id)
        {
            facts = facts with { Talk = new Talk([Now.AddDays(-21), Now.AddDays(-14), Now.AddDays(-7)], []) };
        }

        return (
            new Delivery("delivery-x8", kind, new PersonId("person-x4"), chained ? chain.Key : null, chained ? cause : null, chained ? since : null, new PersonId(kind is DeliveryKind.Answered or DeliveryKind.Reply or DeliveryKind.Held or DeliveryKind.TimeAsked ? "person-x2" : kind == DeliveryKind.ColleagueAsked ? "person-x5" : "person-x4"), kind == DeliveryKind.Brief ? new VisitId("visit-x1") : null, Note: kind == DeliveryKind.Reply ? Named("On Friday, by the board", "周五由董事会批准") : kind == DeliveryKind.DecisionMakerAssigned ? Named("Vera Blum", "赵敏") : kind is DeliveryKind.Held or DeliveryKind.HandedOn ? Named("Budget frozen", "预算冻结") : null)
            {
                InNameOf = kind == DeliveryKind.DoneInName ? new PersonId("person-x2") : null,
                Deed = kind == DeliveryKind.DoneInName ? Deed.Lost : null,
            },
            new Opportunity(new OpportunityId("opportunity-x6"), 7, facts, null, [chain]),
            chain);
    }
}
