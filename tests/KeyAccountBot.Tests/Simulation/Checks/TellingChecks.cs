using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Tests.Simulation.Checks;

/// <summary>Every message as it was heard: who, when, how often, how many a day; one that no record explains was one too many.</summary>
internal sealed class TellingChecks(Staff staff, Playbook playbook, Ears ears, Figures figures, Violations violations)
{
    private static readonly TimeSpan LongestOrder = TimeSpan.FromDays(3);
    private readonly Dictionary<(PersonId, DateOnly), int> separate = [];
    private readonly Dictionary<(PersonId, DateOnly), MailboxDay> open = [];
    private readonly Dictionary<PersonId, DateTimeOffset> weekly = [];

    /// <summary>Digests that nobody sent or gave up yet, with their day.</summary>
    public IEnumerable<(PersonId Reader, DateOnly Day)> OpenDigests => open.Keys;

    /// <summary>A delivery's row was written.</summary>
    public void Wrote(Life life, DeliveryRecord record)
    {
        var delivery = record.Delivery;
        if (!record.IsFinal)
        {
            return;
        }

        if (record.Status == DeliveryStatus.Sent)
        {
            Sent(life, delivery, record);
        }

        figures.Deliveries[record.Status] = figures.Deliveries.GetValueOrDefault(record.Status) + 1;
        life.Ends[delivery.Key] = record.Status;
    }

    /// <summary>A person's day or week was written.</summary>
    public void Wrote(PersonId reader, string row, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        if (row.StartsWith("act|", StringComparison.Ordinal) || row.StartsWith("notice|", StringComparison.Ordinal))
        {
            return;
        }

        if (row == "weekly")
        {
            var state = JsonSerializer.Deserialize(body.Span, DeliveryJson.Default.WeeklyDigestState)!;
            if (state.ClaimedAt is null)
            {
                Explained(reader, Weekly(reader, state, now), isWeekly: true);
            }

            return;
        }

        if (row.Contains('|', StringComparison.Ordinal))
        {
            // what gathers or waits for the digest; the day itself says how many
            return;
        }

        var key = (reader, DateOnly.Parse(row, System.Globalization.CultureInfo.InvariantCulture));
        var day = JsonSerializer.Deserialize(body.Span, DeliveryJson.Default.MailboxDay)!;
        if (day.Closed)
        {
            if (open.Remove(key))
            {
                figures.Digests++;
                Explained(reader, FirstUnexplained(reader, now), isWeekly: false, key.Item2);
            }
        }
        else if (day.InDigest > 0)
        {
            open[key] = day;
        }
    }

    /// <summary>Everything at this moment is done: whatever is still unexplained was sent without a record, or once too often.</summary>
    public void Rest()
    {
        if (ears.IsQuiet)
        {
            return;
        }

        foreach (var heard in ears.Unexplained.ToList())
        {
            ears.Explain(heard.Id);
            violations.Add(Promise.Once, heard.At, null, heard.To, $"heard {heard.Id}, which no delivery and no digest explains");
        }
    }

    private void Sent(Life life, Delivery delivery, DeliveryRecord record)
    {
        if (ears.Explain(record.MessageId) is not { } heard)
        {
            violations.Add(Promise.Once, record.At!.Value, life.Id, delivery.To, $"{delivery.Key} is marked as sent, and nobody heard it then");
            return;
        }

        void Broken(Promise promise, string what) => violations.Add(promise, heard.At, life.Id, heard.To, $"{what} ({delivery.Kind} {delivery.Key})");
        figures.Messages++;
        if (life.Ends.GetValueOrDefault(delivery.Key) == DeliveryStatus.Sent)
        {
            Broken(Promise.Once, "told twice");
        }

        if (heard.To != delivery.To)
        {
            Broken(Promise.Absence, $"meant for {delivery.To}");
        }

        var calendar = staff.CalendarOf(heard.To);
        if (!delivery.Urgent && calendar.NextWorkingMoment(heard.At) > heard.At)
        {
            Broken(Promise.WorkingTime, $"told at {calendar.LocalTime(heard.At):ddd HH:mm} there");
        }

        if (staff.IsAwayWithStandIn(heard.To, heard.At))
        {
            Broken(Promise.Absence, "told while away");
        }

        if (Counts(delivery))
        {
            var day = (heard.To, calendar.DateAt(heard.At));
            separate[day] = separate.GetValueOrDefault(day) + 1;
            if (separate[day] > playbook.FollowUps.SeparateMessagesADay)
            {
                Broken(Promise.Few, $"the {separate[day]}th separate message of the day");
            }
        }

        if (delivery.After is { } before && !life.Ends.ContainsKey(before) && heard.At - Decided(life, delivery, heard.At) <= LongestOrder)
        {
            Broken(Promise.Order, $"told before {before}");
        }

        if (IsStep(delivery) && life.Chains.TryGetValue(delivery.Chain!, out var chain) && (!IsFollowedUp(life, delivery) || chain.IsOver))
        {
            // another cause told in the same message may still stand
            if (!life.Chains.Values.Any(c => c.Last.HeldBack?.With == delivery.Chain && !c.IsOver) || !IsFollowedUp(life, delivery))
            {
                Broken(Promise.ChainsEnd, "told though it is over");
            }
        }
    }

    // a digest, which may have found that nothing in it holds any more
    private Heard? FirstUnexplained(PersonId reader, DateTimeOffset now) =>
        ears.Unexplained.FirstOrDefault(h => h.To == reader) ?? (staff.Company.AsOf(now).StandInFor(reader) is { } standIn ? ears.Unexplained.FirstOrDefault(h => h.To == standIn.Id) : null);

    private Heard? Weekly(PersonId reader, WeeklyDigestState state, DateTimeOffset now)
    {
        var due = weekly.GetValueOrDefault(reader, DateTimeOffset.MaxValue);
        weekly[reader] = state.NextAt;
        return due <= now ? ears.Unexplained.FirstOrDefault(h => h.To == reader) : null;
    }

    private void Explained(PersonId reader, Heard? heard, bool isWeekly, DateOnly day = default)
    {
        if (heard is null)
        {
            return;
        }

        ears.Explain(heard.Id);
        figures.Messages++;
        figures.WeeklyDigests += isWeekly ? 1 : 0;
        var calendar = staff.CalendarOf(heard.To);
        void Broken(Promise promise, string what) => violations.Add(promise, heard.At, null, heard.To, $"{what} ({(isWeekly ? "weekly digest" : "digest")} of {reader})");
        if (calendar.NextWorkingMoment(heard.At) > heard.At && !(isWeekly && staff[heard.To].WeeklyDigest is { Length: > 0 }))
        {
            Broken(Promise.WorkingTime, $"told at {calendar.LocalTime(heard.At):ddd HH:mm} there");
        }

        if (staff.IsAwayWithStandIn(heard.To, heard.At))
        {
            Broken(Promise.Absence, "told while away");
        }

        if (!isWeekly && heard.At < staff.CalendarOf(reader).At(day, playbook.FollowUps.DigestAt))
        {
            Broken(Promise.Few, "before its hour");
        }
    }

    private static bool IsFollowedUp(Life life, Delivery delivery) =>
        delivery.Cause == HoldOverCause.Id ? life.State is { Facts.Status: Sales.Opportunities.OpportunityStatus.OnHold } : life.State is { IsOpen: true };

    private static DateTimeOffset Decided(Life life, Delivery delivery, DateTimeOffset or) =>
        delivery.Chain is { } chain && life.Chains.TryGetValue(chain, out var seen) ? seen.LastAt : or;

    private static bool IsStep(Delivery delivery) =>
        delivery is { Kind: DeliveryKind.Reminder or DeliveryKind.Nudge or DeliveryKind.Alert or DeliveryKind.NobodyFound, Chain: not null };

    private static bool Counts(Delivery delivery) => delivery is { Urgent: false, Room: null } && (IsStep(delivery) || delivery.Kind == DeliveryKind.Undelivered);
}
