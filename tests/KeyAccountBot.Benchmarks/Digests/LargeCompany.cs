using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Benchmarks.Wire;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot.Benchmarks.Digests;

/// <summary>One company with very many opportunities, all under one director; the rows that its weekly digest reads, and no others.</summary>
/// <param name="Opportunities">How many are open.</param>
/// <param name="LateShare">Which share of them is over its stage's time, and was told of without an answer.</param>
internal sealed record LargeCompany(int Opportunities, double LateShare)
{
    private const int Reps = 300;
    private const int PerCustomer = 10;
    private const int AtATime = 256;

    /// <summary>Fills an empty store.</summary>
    public async Task SeedAsync(string folder, CancellationToken cancellationToken)
    {
        await using var engine = StorageEngine.Open(new StorageOptions { Path = folder }, TimeProvider.System);
        await new PeopleRepository(new Tables(engine.Tables)).PutAsync(SampleCompany.Tenant, People(), cancellationToken);
        var playbook = PlaybookFile.Load(PlaybookFile.Default);
        var company = new Company(People());
        var now = TimeProvider.System.GetUtcNow();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, Opportunities), options, async (i, stop) =>
        {
            var opportunity = Opportunity(i, playbook, company, now);
            await engine.Tables.SubmitAsync(
                RowKeys.Index, RowKeys.Owner(SampleCompany.Tenant, opportunity.Facts.Owner),
                [new TableOperation.Put(RowKeys.Escape(opportunity.Id.Value), JsonSerializer.SerializeToUtf8Bytes(OpportunityListing.Of(opportunity, playbook), StoredJson.Default.OpportunityListing))],
                stop);
            var snapshot = JsonSerializer.SerializeToUtf8Bytes(new OpportunitySnapshot(opportunity, now.AddDays(30)), StoredJson.Default.OpportunitySnapshot);
            await engine.Tables.SubmitAsync(
                RowKeys.Opportunities, RowKeys.Partition(SampleCompany.Tenant, opportunity.Id), [new TableOperation.Add(RowKeys.Snapshot, snapshot)], stop);
        });
    }

    private Opportunity Opportunity(int i, Playbook playbook, Company company, DateTimeOffset now)
    {
        var id = new OpportunityId(string.Create(CultureInfo.InvariantCulture, $"o-{i}"));
        var isLate = i % 1000 < LateShare * 1000;
        var opened = new OpportunityEvent.Opened(
            string.Create(CultureInfo.InvariantCulture, $"Account {i / PerCustomer:D6}"), string.Create(CultureInfo.InvariantCulture, $"Filling line {i % PerCustomer}"),
            new Money(10_000 + (i * 7919L % 1_000_000), "EUR"), RepId(i % Reps), null, playbook.First.Id, now.AddDays(isLate ? -120 : -9), OpportunityStatus.Open, null);
        var opportunity = OpportunityDecider.Evolve(id, null, new OpportunityEntry(1, new CommandId("seed"), null, now.AddDays(isLate ? -120 : -4), "seed", opened));
        long number = 1;
        foreach (var due in isLate ? FollowUpPolicy.Plan(opportunity, KnownCustomer.Of(null), playbook, company, now.AddDays(-1)).Due : [])
        {
            var taken = new OpportunityEvent.FollowUpStepTaken(due.Chain, due.Cause, due.Since, due.Step, due.To, due.Kind, due.Repeat, due.HeldBack, due.Over, due.Urgent, due.Room, due.InPlaceOf);
            opportunity = OpportunityDecider.Evolve(id, opportunity, new OpportunityEntry(++number, new CommandId("told"), null, now.AddDays(-1), "clock", taken));
        }

        return opportunity;
    }

    private static PersonId RepId(int rep) => new("rep-" + rep.ToString("D5", CultureInfo.InvariantCulture));

    private static IEnumerable<Person> People() =>
    [
        new(new PersonId("director"), "A Director", Role.Director, TeamsId: SampleCompany.ObjectIdOf(0)),
        .. Enumerable.Range(0, Reps).Select(r => new Person(RepId(r), RepId(r).Value, Role.Rep, Manager: new PersonId("director"))),
    ];
}
