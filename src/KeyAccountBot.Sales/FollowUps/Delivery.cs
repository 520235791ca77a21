using System.Globalization;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps;

/// <summary>Something one person is to be told; its key makes it the same delivery however often it is decided.</summary>
/// <param name="Key">Unique within the opportunity; used in row keys.</param>
/// <param name="Kind">What it says.</param>
/// <param name="To">Whom.</param>
/// <param name="Chain">The chain it belongs to.</param>
/// <param name="Cause">Why the chain runs.</param>
/// <param name="Since">Since when, UTC; of a brief, when its visit begins; of time that is asked for, until when.</param>
/// <param name="About">Who took it, asked, answered or handed it over.</param>
/// <param name="Visit">The visit a brief is for.</param>
/// <param name="Over">The channel the playbook wants it on; <c>null</c> for the reader's own.</param>
/// <param name="Urgent">Goes out at once, also outside its reader's hours, and never into a digest.</param>
/// <param name="After">The key of the delivery of the step before it, which is told first; <c>null</c> for none.</param>
/// <param name="Room">Where many read it; <see cref="To"/> is then the owner, whose hours and language count.</param>
/// <param name="Note">What was said with it: a question, a reply.</param>
/// <param name="InPlaceOf">Who is away, where its reader stands in for somebody.</param>
/// <param name="InNameOf">In whose name something was done by who stands in for them.</param>
/// <param name="Deed">What that was.</param>
public sealed record Delivery(
    string Key, DeliveryKind Kind, PersonId To, string? Chain, FollowUpCause? Cause, DateTimeOffset? Since, PersonId? About,
    VisitId? Visit = null, Channel? Over = null, bool Urgent = false, string? After = null, Room? Room = null, string? Note = null,
    PersonId? InPlaceOf = null, PersonId? InNameOf = null, Deed? Deed = null)
{
    /// <summary>Whom to tell of what was just recorded. Pure.</summary>
    public static IReadOnlyList<Delivery> For(Opportunity? before, IReadOnlyList<OpportunityEntry> entries, Playbook playbook, Company company)
    {
        List<Delivery> deliveries = [];
        var owner = before?.Facts.Owner;
        foreach (var entry in entries)
        {
            switch (entry.What)
            {
                case OpportunityEvent.FollowUpStepTaken { To: { } to, HeldBack: null } taken:
                    deliveries.Add(new Delivery(
                        KeyOf(taken.Chain, taken.Step, taken.Repeat), taken.Kind ?? DeliveryKind.Alert, to, taken.Chain, taken.Cause, taken.Since, owner,
                        null, taken.Over, taken.Urgent, Before(before, taken.Chain), taken.Room, InPlaceOf: taken.InPlaceOf));
                    break;
                case OpportunityEvent.FollowUpAnswered { Answer: FollowUpAnswer.TakeIt or FollowUpAnswer.AskTheRep, IsOwners: false } answered
                    when owner is { } rep && entry.By is { } by && by != rep && IsFirst(answered, entries):
                    deliveries.Add(new Delivery(
                        $"answer~{entry.Number}",
                        answered.Answer == FollowUpAnswer.TakeIt ? DeliveryKind.Taken : DeliveryKind.Question,
                        rep, answered.Chain, CauseOf(before, answered.Chain), SinceOf(before, answered.Chain), by, Note: answered.Note).NowReadBy(company));
                    break;
                case OpportunityEvent.FollowUpAnswered { Answer: FollowUpAnswer.Reassign, To: { } colleague, IsOwners: false } given when IsFirst(given, entries):
                    deliveries.Add(new Delivery(
                        $"answer~{entry.Number}", DeliveryKind.Reassigned, colleague, given.Chain, CauseOf(before, given.Chain), SinceOf(before, given.Chain), entry.By,
                        Note: given.Note));
                    if (owner is { } theirs && theirs != entry.By && theirs != colleague)
                    {
                        deliveries.Add(new Delivery(
                            $"given~{entry.Number}", DeliveryKind.ColleagueAsked, theirs, given.Chain,
                            CauseOf(before, given.Chain), SinceOf(before, given.Chain), colleague).NowReadBy(company));
                    }

                    break;
                case OpportunityEvent.FollowUpReplied replied when replied.To != entry.By:
                    deliveries.Add(new Delivery(
                        $"reply~{entry.Number}", DeliveryKind.Reply, replied.To, replied.Chain, CauseOf(before, replied.Chain), SinceOf(before, replied.Chain), entry.By,
                        Note: replied.Text));
                    break;
                case OpportunityEvent.CheckedIn:
                    var waiting = (before?.FollowUps ?? []).Where(c => c.Answer is FollowUpAnswer.AskTheRep or FollowUpAnswer.TakeIt
                        && (c.QuietUntil > entry.At || c.Steps[^1].At > before?.Facts.LastCheckInAt)); // a late answer is one too
                    deliveries.AddRange(waiting.Where(c => c.AnsweredBy is { } asker && asker != entry.By)
                        .Select(c => c.AnsweredBy!.Value).Distinct()
                        .Select(asker => new Delivery($"answered~{entry.Number}~{asker}", DeliveryKind.Answered, asker, null, null, null, entry.By)));
                    break;
                case OpportunityEvent.HandedOver handedOver:
                    if (handedOver.To != entry.By)
                    {
                        deliveries.Add(new Delivery($"handed-over~{entry.Number}", DeliveryKind.HandedOver, handedOver.To, null, null, null, entry.By));
                    }

                    deliveries.AddRange(AlsoHearOf(handedOver, company).Where(p => p != handedOver.To && p != entry.By)
                        .Select(p => new Delivery($"handed-on~{entry.Number}~{p}", DeliveryKind.HandedOn, p, null, null, null, entry.By, Note: handedOver.Reason)));
                    break;
                case OpportunityEvent.DecisionMakerAssigned assigned:
                    deliveries.Add(new Delivery($"assigned~{entry.Number}", DeliveryKind.DecisionMakerAssigned, assigned.To, null, null, null, entry.By, Note: assigned.Name));
                    break;
                case OpportunityEvent.PutOnHold hold when owner is { } holder && company.LineAbove(holder).FirstOrDefault(IsBusiness) is { } above && above.Id != entry.By:
                    deliveries.Add(new Delivery(
                        $"held~{entry.Number}", DeliveryKind.Held, company.StandInFor(above.Id)?.Id ?? above.Id, null, null, entry.At, entry.By, Note: hold.Reason));
                    break;
                case OpportunityEvent.TimeAskedFor asked:
                    deliveries.Add(new Delivery(
                        $"time~{entry.Number}", DeliveryKind.TimeAsked, company.StandInFor(asked.Of)?.Id ?? asked.Of, asked.Chain, CauseOf(before, asked.Chain), asked.Until, entry.By));
                    break;
                case OpportunityEvent.TimeAnswered answered when answered.To != entry.By:
                    deliveries.Add(new Delivery(
                        $"time~{entry.Number}", answered.Allowed ? DeliveryKind.TimeAllowed : DeliveryKind.TimeRefused, answered.To, answered.Chain,
                        CauseOf(before, answered.Chain), answered.Until, entry.By));
                    break;
                case OpportunityEvent.BriefSent brief:
                    deliveries.Add(new Delivery(
                        $"brief~{entry.Number}", DeliveryKind.Brief, brief.To, null, null, brief.VisitAt, null, brief.Visit, InPlaceOf: brief.To == owner ? null : owner));
                    break;
                default:
                    break;
            }
        }

        if (DoneInNameOf(before, entries, playbook, company) is { } done)
        {
            deliveries.RemoveAll(d => d.Kind == DeliveryKind.HandedOn && d.To == done.To);
            deliveries.Add(done);
        }

        return deliveries;
    }

    /// <summary>The same delivery to who reads it at this moment, whoever that was when it was decided.</summary>
    public Delivery NowReadBy(Company company)
    {
        if (InNameOf is { } absent)
        {
            return company.LineAbove(absent).FirstOrDefault(p => p.Id != About && !company.IsAway(p)) is { } above ? this with { To = above.Id } : this;
        }

        var meant = InPlaceOf ?? To;
        return company.StandInFor(meant) is { } reader ? this with { To = reader.Id, InPlaceOf = reader.Id == meant ? null : meant } : this;
    }

    // told every time: who acts in another's name is accountable to those above that one
    private static Delivery? DoneInNameOf(Opportunity? before, IReadOnlyList<OpportunityEntry> entries, Playbook playbook, Company company) =>
        before is not null && entries is [{ For: { } absent, By: { } by }, ..] && Deeds.Of(entries) is var deed && Deeds.IsGrave(deed)
        && before.Facts.Amount.Amount >= playbook.FollowUps.Absences.TellFrom && company.LineAbove(absent).FirstOrDefault() is { } above
            ? new Delivery($"in-name~{entries[0].Number}", DeliveryKind.DoneInName, above.Id, null, null, null, by, InNameOf: absent, Deed: deed).NowReadBy(company)
            : null;

    /// <summary>The key of a step's delivery.</summary>
    public static string KeyOf(string chain, int step, int repeat) =>
        repeat == 0 ? string.Create(CultureInfo.InvariantCulture, $"{chain}~{step}") : string.Create(CultureInfo.InvariantCulture, $"{chain}~{step}.{repeat}");

    // a manager is not told before the rep, nor a director before the manager
    private static string? Before(Opportunity? before, string chain)
    {
        if (before?.FollowUps.FirstOrDefault(c => c.Key == chain) is not { } running)
        {
            return null;
        }

        for (var i = running.Steps.Count - 1; i >= 0; i--)
        {
            var step = running.Steps[i];
            if (step is { HeldBack: null, To: not null })
            {
                return KeyOf(chain, step.Step, running.Steps.Take(i).Count(s => s.Step == step.Step));
            }
        }

        return null;
    }

    // within one team its manager sees it anyway
    private static IEnumerable<PersonId> AlsoHearOf(OpportunityEvent.HandedOver handedOver, Company company)
    {
        var (from, to) = (company.LineAbove(handedOver.From).FirstOrDefault(IsBusiness), company.LineAbove(handedOver.To).FirstOrDefault(IsBusiness));
        PersonId?[] hear = from?.Id == to?.Id ? [handedOver.From] : [handedOver.From, from?.Id, to?.Id];
        return hear.OfType<PersonId>().Distinct();
    }

    private static bool IsBusiness(Person person) => person.Role != Role.Administrator;

    // one press may answer several chains: who hears of it hears once
    private static bool IsFirst(OpportunityEvent.FollowUpAnswered answered, IEnumerable<OpportunityEntry> entries) =>
        entries.Select(e => e.What).OfType<OpportunityEvent.FollowUpAnswered>().First() == answered;

    private static FollowUpCause? CauseOf(Opportunity? opportunity, string chain) => opportunity?.FollowUps.FirstOrDefault(c => c.Key == chain)?.Cause;

    private static DateTimeOffset? SinceOf(Opportunity? opportunity, string chain) => opportunity?.FollowUps.FirstOrDefault(c => c.Key == chain)?.Since;
}
