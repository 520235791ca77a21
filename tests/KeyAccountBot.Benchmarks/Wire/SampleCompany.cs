using System.Globalization;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot.Benchmarks.Wire;

/// <summary>A company large enough that every conversation has a rep of its own and every check-in an opportunity of its own.</summary>
/// <param name="Reps">How many.</param>
/// <param name="OpportunitiesEach">How many each of them has.</param>
internal sealed record SampleCompany(int Reps, int OpportunitiesEach)
{
    /// <summary>The tenant that its activities name.</summary>
    public const string EntraTenant = "7c1b2f6e-0000-4000-8000-000000000001";

    /// <summary>Under which its records are kept.</summary>
    public static readonly TenantId Tenant = new(EntraTenant);

    private const int AtATime = 64;
    private const int Span = 20;

    /// <summary>What Teams calls a rep's Entra object.</summary>
    public static string ObjectIdOf(int rep) => "load-" + rep.ToString("D6", CultureInfo.InvariantCulture);

    /// <summary>The account of a rep's opportunity, as they say it.</summary>
    public static string AccountOf(int rep, int opportunity) => string.Create(CultureInfo.InvariantCulture, $"Account {rep:D6} {opportunity:D3}");

    /// <summary>Puts everybody and everything on record, with the service's own code and in a store of its own.</summary>
    public async Task SeedAsync(string folder, CancellationToken cancellationToken)
    {
        await using var engine = StorageEngine.Open(new StorageOptions { Path = folder }, TimeProvider.System);
        var people = People();
        var company = new Company(people);
        await new PeopleRepository(new Tables(engine.Tables)).PutAsync(Tenant, people, cancellationToken);
        var ledger = new OpportunityLedger(new Tables(engine.Tables), engine.Queues, PlaybookFile.Load(PlaybookFile.Default), TimeProvider.System);
        var now = TimeProvider.System.GetUtcNow();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, Reps * OpportunitiesEach), options, async (i, stop) =>
        {
            var (rep, which) = (i % Reps, i / Reps);
            var open = new OpportunityCommand.Open(
                AccountOf(rep, which), "Filling line", new Money(100_000 + i, "EUR"), RepId(rep), null, StageEnteredAt: now.AddDays(-2));
            var context = new CommandContext(new CommandId("seed|" + i.ToString(CultureInfo.InvariantCulture)), null, now, DateOnly.FromDateTime(now.UtcDateTime), "seed");
            await ledger.RecordAsync(Tenant, new OpportunityId(string.Create(CultureInfo.InvariantCulture, $"o-{rep}-{which}")), open, context, company, stop);
        });
    }

    /// <summary>How many check-ins are on record.</summary>
    public static async Task<int> CheckInsAsync(string folder, CancellationToken cancellationToken)
    {
        await using var engine = StorageEngine.Open(new StorageOptions { Path = folder }, TimeProvider.System);
        var found = 0;
        await foreach (var row in engine.Tables.ScanAsync(RowKeys.Opportunities, null, cancellationToken))
        {
            if (row.RowKey.StartsWith("event|", StringComparison.Ordinal)
                && System.Text.Json.JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.OpportunityEntry)!.What is OpportunityEvent.CheckedIn)
            {
                found++;
            }
        }

        return found;
    }

    private static PersonId RepId(int rep) => new("rep-" + rep.ToString("D6", CultureInfo.InvariantCulture));

    private List<Person> People()
    {
        List<Person> people =
        [
            new(new PersonId("executive"), "An Executive", Role.Executive),
            new(new PersonId("director"), "A Director", Role.Director, Manager: new PersonId("executive")),
        ];
        for (var rep = 0; rep < Reps; rep++)
        {
            var manager = new PersonId("manager-" + (rep / Span).ToString("D6", CultureInfo.InvariantCulture));
            if (rep % Span == 0)
            {
                people.Add(new Person(manager, manager.Value, Role.Manager, Manager: new PersonId("director")));
            }

            people.Add(new Person(RepId(rep), RepId(rep).Value, Role.Rep, Manager: manager, TeamsId: ObjectIdOf(rep)));
        }

        return people;
    }
}
