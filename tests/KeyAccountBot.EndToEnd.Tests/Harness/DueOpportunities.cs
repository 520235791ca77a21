using System.Globalization;
using System.Text.Json.Nodes;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Engines;
using Microsoft.Extensions.Time.Testing;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>
/// Opportunities that fall due one after another within a minute: their chain has begun, and was snoozed until an exact moment each.
/// Then their rep is reminded in Teams, and of the large ones an executive is alerted in Slack right after.
/// </summary>
/// <param name="Count">How many.</param>
/// <param name="Large">How many of them are told in two steps.</param>
/// <param name="Zone">A time zone where it is a business day.</param>
internal sealed record DueOpportunities(int Count, int Large, string Zone)
{
    // eight or so messages a reader: far from what a channel allows one conversation in a minute
    private const int PerRep = 8;
    private const decimal LargeFrom = 500_000;

    /// <summary>From the first that falls due to the last.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many follow-ups are to be told.</summary>
    public int FollowUps => Count + Large;

    /// <summary>The account of an opportunity; found again in what is told.</summary>
    public static string Account(int number) => string.Create(CultureInfo.InvariantCulture, $"Works {number:0000}");

    /// <summary>The id of an opportunity.</summary>
    public static OpportunityId Id(int number) => new(string.Create(CultureInfo.InvariantCulture, $"works-{number:0000}"));

    /// <summary>The playbook: work around the clock, and a chain without waits.</summary>
    public static string PlaybookJson()
    {
        var playbook = JsonNode.Parse(File.ReadAllText(PlaybookFile.Default))!;
        var followUps = playbook["followUps"]!;
        followUps["workingFrom"] = "00:00:00";
        followUps["workingTo"] = "23:59:00";
        followUps["separateMessagesADay"] = 50;
        followUps["workingDays"] = "sun-sat";
        // there is no director, so the first finds nobody: it is there to be snoozed
        followUps["policies"] = new JsonObject { ["small"] = Policy("director", "rep"), ["large"] = Policy("director", "rep", "executive") };
        followUps["causes"] = new JsonObject { ["checkInMissed"] = new JsonArray(Band(0, "small"), Band(LargeFrom, "large")) };
        return playbook.ToJsonString();

        static JsonObject Policy(params string[] to) => new() { ["steps"] = new JsonArray([.. to.Select(t => new JsonObject { ["to"] = t })]) };

        static JsonObject Band(decimal from, string policy) => new() { ["from"] = from, ["policy"] = policy };
    }

    /// <summary>Puts the people and the opportunities on record, the wake-ups on the queue.</summary>
    /// <param name="engine">Where to.</param>
    /// <param name="scratch">A folder to prepare them in: many small writes are slow in the cloud.</param>
    /// <param name="playbook">The service's.</param>
    /// <param name="from">When the first falls due, UTC; the last does <see cref="Within"/> later.</param>
    public async Task SeedAsync(StorageEngine engine, string scratch, Playbook playbook, DateTimeOffset from)
    {
        var people = People().ToList();
        var company = new Company(people);
        await new PeopleRepository(new Tables(engine.Tables)).PutAsync(Service.Tenant, people, CancellationToken.None);
        await using var prepared = StorageEngine.Open(new StorageOptions { Path = scratch }, TimeProvider.System);
        var before = new OpportunityLedger(new Tables(prepared.Tables), prepared.Queues, playbook, new FakeTimeProvider(from.AddHours(-1)));
        var now = new OpportunityLedger(new Tables(prepared.Tables), engine.Queues, playbook, TimeProvider.System);
        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            await PrepareAsync(i, before, now, playbook, company, from);
            var partition = RowKeys.Partition(Service.Tenant, Id(i));
            List<TableOperation> rows = [];
            await foreach (var row in prepared.Tables.QueryAsync(RowKeys.Opportunities, partition, "", "\uffff", CancellationToken.None))
            {
                rows.Add(new TableOperation.Add(row.RowKey, row.Body, row.Label));
            }

            await engine.Tables.SubmitAsync(RowKeys.Opportunities, partition, rows, CancellationToken.None);
        });
    }

    private async Task PrepareAsync(int number, OpportunityLedger before, OpportunityLedger now, Playbook playbook, Company company, DateTimeOffset from)
    {
        var (rep, executive) = (Rep(number / PerRep), Executive(number / PerRep));
        var amount = number < Large ? LargeFrom : 1_000;
        await RecordAsync(before, "open", new OpportunityCommand.Open(Account(number), "Line", new Money(amount, "EUR"), rep, null), from.AddDays(-70));
        var opportunity = (await before.FindAsync(Service.Tenant, Id(number), CancellationToken.None))!.Opportunity;
        var due = FollowUpPolicy.Plan(opportunity, KnownCustomer.NotRead, playbook, company, from.AddHours(-1)).Due;
        await RecordAsync(before, "begin", new OpportunityCommand.TakeFollowUpSteps(due), from.AddHours(-1));

        // one cause is followed up; the others are answered for good by who leads the rep, so that nothing falls due after it
        foreach (var other in due.Where(d => d.Cause != CheckInMissedCause.Id))
        {
            await RecordAsync(before, "end " + other.Cause, new OpportunityCommand.AnswerFollowUp(other.Chain, FollowUpAnswer.NotAnIssue, null), from.AddHours(-1), executive);
        }

        var chain = due.Single(d => d.Cause == CheckInMissedCause.Id).Chain;
        var quietUntil = from + (Within * number / Count);
        await RecordAsync(now, "snooze", new OpportunityCommand.AnswerFollowUp(chain, FollowUpAnswer.Snooze, quietUntil, Reach: Role.Executive), from.AddMinutes(-30), executive);

        async Task RecordAsync(OpportunityLedger ledger, string id, OpportunityCommand command, DateTimeOffset at, PersonId? by = null)
        {
            var context = new CommandContext(new CommandId(id), by ?? rep, at, DateOnly.FromDateTime(at.UtcDateTime), "test");
            await ledger.RecordAsync(Service.Tenant, Id(number), command, context, company, CancellationToken.None);
        }
    }

    private IEnumerable<Person> People()
    {
        for (var i = 0; i <= (Count - 1) / PerRep; i++)
        {
            var executive = Executive(i);
            yield return new Person(executive, $"Executive {i}", Role.Executive, SlackId: $"U{i:000}", TimeZone: Zone);
            yield return new Person(Rep(i), $"Rep {i}", Role.Rep, Manager: executive, TeamsId: "sandbox-" + Rep(i), TimeZone: Zone);
        }
    }

    private static PersonId Executive(int number) => new(string.Create(CultureInfo.InvariantCulture, $"executive-{number:000}"));

    private static PersonId Rep(int number) => new(string.Create(CultureInfo.InvariantCulture, $"rep-{number:000}"));
}
