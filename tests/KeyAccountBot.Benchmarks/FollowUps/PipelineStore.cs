using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot.Benchmarks.FollowUps;

/// <summary>A store of open opportunities as the service leaves it, each with its wake-up waiting; so many of them due at each of several moments.</summary>
/// <param name="Open">How many are open.</param>
/// <param name="Due">How many are due at each moment.</param>
/// <param name="Tenants">Over how many companies they are spread.</param>
/// <param name="Reps">How many reps each company has.</param>
internal sealed record PipelineStore(int Open, int Due, int Tenants = 1, int Reps = 300)
{
    /// <summary>How many moments there are.</summary>
    public const int Rounds = 5;

    private const int AtATime = 256;

    /// <summary>The first moment: a Monday, nine o'clock UTC, when work begins.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The shipped playbook, its chain cut to the reminder: a round then holds what fell due in it and nothing of the rounds before.</summary>
    public static Playbook Playbook { get; } = OneStep(PlaybookFile.Load(PlaybookFile.Default));

    /// <summary>The company that has this number.</summary>
    public static TenantId Tenant(int number) => new(string.Create(CultureInfo.InvariantCulture, $"company-{number}"));

    /// <summary>When a round's opportunities are due: one business day after the other.</summary>
    public static DateTimeOffset Moment(int round) => Begin.AddDays(round);

    /// <summary>Fills a store.</summary>
    /// <param name="engine">An empty one.</param>
    /// <param name="spread">When each of the due becomes so, by its number in its round; all at its moment where left out.</param>
    /// <param name="rounds">How many rounds are due.</param>
    /// <param name="cancellationToken">Stops in between.</param>
    public async Task SeedAsync(StorageEngine engine, Func<int, TimeSpan>? spread, int rounds, CancellationToken cancellationToken)
    {
        for (var tenant = 0; tenant < Tenants; tenant++)
        {
            await new PeopleRepository(new Tables(engine.Tables)).PutAsync(Tenant(tenant), People(), cancellationToken);
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, Open), options, async (i, stop) =>
        {
            var round = i < rounds * Due ? i / Due : (int?)null;
            await PutAsync(engine, i, round, round is null ? TimeSpan.Zero : spread?.Invoke(i % Due) ?? TimeSpan.Zero, stop);
        });
    }

    // the rows that the service itself writes when one is opened: listing, entry, snapshot, command, and the wake-up before them
    private async ValueTask PutAsync(StorageEngine engine, int i, int? round, TimeSpan later, CancellationToken cancellationToken)
    {
        var tenant = Tenant(i % Tenants);
        var id = new OpportunityId(string.Create(CultureInfo.InvariantCulture, $"o-{i}"));
        var owner = RepId(i / Tenants % Reps);
        var stage = Playbook.First;
        // due in its round, or in a fortnight
        var dueOn = DateOnly.FromDateTime(Moment(round ?? 14).UtcDateTime);
        var said = new DateTimeOffset(WorkCalendar.Weekdays.SubtractBusinessDays(dueOn, stage.CheckInEvery).ToDateTime(new TimeOnly(10, 0)), TimeSpan.Zero);
        var opened = new OpportunityEvent.Opened(
            string.Create(CultureInfo.InvariantCulture, $"Account {i:D7}"), "Filling line", new Money(100_000 + (i % 1000), "EUR"), owner, null, stage.Id, said, OpportunityStatus.Open, null);
        var entry = new OpportunityEntry(1, new CommandId("seed"), null, said, "seed", opened);
        var opportunity = OpportunityDecider.Evolve(id, null, entry);
        var at = Moment(round ?? 14) + later;
        await engine.Queues.SendAsync(RowKeys.WakeUps, JsonSerializer.SerializeToUtf8Bytes(new WakeUp(tenant, id), StoredJson.Default.WakeUp), at, cancellationToken);
        await engine.Tables.SubmitAsync(
            RowKeys.Index, RowKeys.Owner(tenant, owner),
            [new TableOperation.Put(RowKeys.Escape(id.Value), JsonSerializer.SerializeToUtf8Bytes(OpportunityListing.Of(opportunity, Playbook), StoredJson.Default.OpportunityListing))],
            cancellationToken);
        await engine.Tables.SubmitAsync(
            RowKeys.Opportunities, RowKeys.Partition(tenant, id),
            [
                new TableOperation.Add(RowKeys.Entry(1), JsonSerializer.SerializeToUtf8Bytes(entry, StoredJson.Default.OpportunityEntry)),
                new TableOperation.Add(RowKeys.Snapshot, JsonSerializer.SerializeToUtf8Bytes(new OpportunitySnapshot(opportunity, at), StoredJson.Default.OpportunitySnapshot)),
                new TableOperation.Add(RowKeys.Command(entry.Command), "{}"u8.ToArray()),
            ],
            cancellationToken);
    }

    private static Playbook OneStep(Playbook playbook) => playbook with
    {
        FollowUps = playbook.FollowUps with
        {
            Policies = new Dictionary<string, EscalationPolicy>(StringComparer.Ordinal) { ["rep"] = new([new FollowUpStep(StepReader.Read("rep")!)]) },
            Causes = new Dictionary<FollowUpCause, IReadOnlyList<AmountBand>> { [CheckInMissedCause.Id] = [new AmountBand(0, "rep")] },
        },
    };

    private static PersonId RepId(int rep) => new("rep-" + rep.ToString("D5", CultureInfo.InvariantCulture));

    private IEnumerable<Person> People() =>
    [
        new(new PersonId("director"), "A Director", Role.Director),
        new(new PersonId("manager"), "A Manager", Role.Manager, Manager: new PersonId("director")),
        .. Enumerable.Range(0, Reps).Select(r => new Person(RepId(r), RepId(r).Value, Role.Rep, Manager: new PersonId("manager"), TeamsId: RepId(r).Value)),
    ];
}
