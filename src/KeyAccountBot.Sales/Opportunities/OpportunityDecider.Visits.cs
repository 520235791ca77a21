using KeyAccountBot.Sales.Playbooks;
using static KeyAccountBot.Sales.Opportunities.OpportunityCommand;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Sales.Opportunities;

/// <content>Visits, planned and reported.</content>
public static partial class OpportunityDecider
{
    private const int MostVisits = 8;

    private static Decision Decide(PlanVisit plan, Opportunity state, CommandContext context) =>
        state.Facts.Visits.Any(v => v.Id == plan.Visit) ? Refuse(new Refusal.AlreadyOnRecord())
        : plan.At < context.At ? Refuse(new Refusal.VisitInThePast(plan.At))
        : state.Facts.Visits.Count >= MostVisits ? Refuse(new Refusal.TooManyVisits(MostVisits))
        : Accept(new VisitPlanned(plan.Visit, plan.At.ToUniversalTime(), [.. plan.Contacts.Distinct()], Said(plan.Aims)));

    private static Decision Decide(MoveVisit move, Opportunity state, CommandContext context) =>
        state.Facts.Visits.FirstOrDefault(v => v.Id == move.Visit) is not { } visit ? Refuse(new Refusal.NoSuchVisit(move.Visit))
        : move.At < context.At ? Refuse(new Refusal.VisitInThePast(move.At))
        : visit.At == move.At ? new Decision.Accepted([])
        : Accept(new VisitMoved(move.Visit, move.At.ToUniversalTime()));

    private static Decision Decide(CancelVisit cancel, Opportunity state) =>
        state.Facts.Visits.All(v => v.Id != cancel.Visit) ? Refuse(new Refusal.NoSuchVisit(cancel.Visit))
        : string.IsNullOrWhiteSpace(cancel.Reason) ? Refuse(new Refusal.NothingSaid())
        : Accept(new VisitCancelled(cancel.Visit, cancel.Reason));

    // a report is a check-in too: the same rules decide on its milestones, so no gate is skipped
    private static Decision Decide(ReportVisit report, Opportunity state, CommandContext context, Playbook playbook)
    {
        if (report.Visit is { } id && state.Facts.Visits.All(v => v.Id != id))
        {
            return Refuse(new Refusal.NoSuchVisit(id));
        }

        var answers = Answers(report.Answers, report.On, state, context, playbook);
        var checkIn = Decide(new CheckIn(report.Milestones, report.NextStep), state, context, playbook);
        return (answers, checkIn) switch
        {
            (Decision.Refused, _) => answers,
            (_, Decision.Refused) => checkIn,
            (Decision.Accepted answered, Decision.Accepted checkedIn) => new Decision.Accepted(
                [
                    new VisitReported(report.Visit, report.On, [.. report.Met.Distinct()], Said(report.Notes)), .. answered.Events,
                    .. checkedIn.Events.Select(e => e is CheckedIn said && answered.Events.Count > 0 ? said with { IsEmpty = false } : e),
                ]),
            _ => throw new InvalidOperationException("A decision is accepted or refused."),
        };
    }

    private static OpportunityFacts EvolveVisits(OpportunityFacts facts, OpportunityEntry entry) => entry.What switch
    {
        VisitPlanned planned => facts with
        {
            Visits = InOrder([.. facts.Visits, new PlannedVisit(planned.Visit, planned.At, planned.Contacts, planned.Aims)]),
        },
        VisitMoved moved => facts with { Visits = InOrder([.. facts.Visits.Select(v => v.Id == moved.Visit ? v with { At = moved.At } : v)]) },
        VisitCancelled cancelled => facts with { Visits = [.. facts.Visits.Where(v => v.Id != cancelled.Visit)] },
        VisitReported reported => facts with
        {
            Visits = [.. facts.Visits.Where(v => v.Id != reported.Visit)],
            LastVisit = new ReportedVisit(reported.Visit, reported.On, entry.By, reported.Met, reported.Notes),
        },
        _ => facts,
    };

    // one whose visit has begun is never due again
    private static IReadOnlyList<SentBrief> WithBrief(IReadOnlyList<SentBrief> sent, BriefSent brief, DateTimeOffset at) =>
        [.. sent.Where(b => b.VisitAt > at), new SentBrief(brief.Visit, brief.VisitAt)];

    private static IReadOnlyList<PlannedVisit> InOrder(IReadOnlyList<PlannedVisit> visits) => [.. visits.OrderBy(v => v.At)];

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
