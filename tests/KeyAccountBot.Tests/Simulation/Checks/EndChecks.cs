using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Tests.Simulation.Checks;

/// <summary>How things stand when the year is over: nothing dead, nothing forgotten, and the record tells what the snapshots say.</summary>
internal sealed class EndChecks(Staff staff, IDelayedQueue queues, DeadLetters letters, DeliveryRows rows, OpportunityLedger ledger, Violations violations)
{
    private const int Sample = 200;
    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);

    public async Task LookAsync(IReadOnlyList<Life> lives, IEnumerable<string> queueNames, TellingChecks telling, Chance chance, DateTimeOffset now)
    {
        void Broken(string what) => violations.Add(Promise.Settled, now, null, null, what);
        foreach (var letter in await letters.ListAsync(Year.Tenant, default))
        {
            violations.Add(Promise.Settled, now, letter.Letter.Opportunity, letter.Letter.Reader, $"a dead letter: {letter.Letter.Kind}, {letter.Letter.Reason}");
        }

        await foreach (var row in rows.UnsentAsync(default))
        {
            var record = row.Record!;
            if (staff.CalendarOf(record.Delivery.To).NextWorkingMoment(record.At!.Value) < now - ADay)
            {
                violations.Add(Promise.Settled, now, null, record.Delivery.To, $"{row.Key.Opportunity} {record.Delivery.Key} is {record.Status} since {record.At:u}");
            }
        }

        foreach (var (reader, day) in telling.OpenDigests)
        {
            var calendar = staff.CalendarOf(reader);
            if (calendar.StartOfWork(calendar.AddBusinessDays(day, 1)) < now - ADay)
            {
                violations.Add(Promise.Few, now, null, reader, $"the digest of {day:yyyy-MM-dd} was neither sent nor given up");
            }
        }

        foreach (var queue in queueNames)
        {
            if ((await queues.ReceiveAsync(queue, 1, TimeSpan.FromMinutes(1), default)).Count > 0)
            {
                Broken($"something is still due on the queue {queue}");
            }
        }

        for (var i = 0; i < Sample; i++)
        {
            var life = chance.One(lives);
            if (life.State is not null)
            {
                await FoldsAsync(life, now);
            }
        }
    }

    private async Task FoldsAsync(Life life, DateTimeOffset now)
    {
        Opportunity? folded = null;
        await foreach (var entry in ledger.EntriesAsync(Year.Tenant, life.Id, default))
        {
            folded = OpportunityDecider.Evolve(life.Id, folded, entry);
        }

        var stored = (await ledger.FindAsync(Year.Tenant, life.Id, default))?.Opportunity;
        if (JsonOf(folded) != JsonOf(stored) || JsonOf(stored) != JsonOf(life.State))
        {
            violations.Add(Promise.Settled, now, life.Id, null, "its entries do not fold to its snapshot");
        }
    }

    private static string JsonOf(Opportunity? opportunity) =>
        opportunity is null ? "" : JsonSerializer.Serialize(new OpportunitySnapshot(opportunity, null), StoredJson.Default.OpportunitySnapshot);
}
