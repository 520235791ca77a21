using KeyAccountBot.Commands;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KeyAccountBot.Tests.Import;

/// <summary>Where an operator sits: a folder for files, a record in memory, and commands typed one after the other.</summary>
internal sealed class CommandDesk : IDisposable
{
    public static readonly TenantId Tenant = new("acme");

    private static readonly Playbook Playbook = PlaybookFile.Load(PlaybookFile.Default);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("key-account-bot-");

    public MemoryStore Store { get; } = new();

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

    public string Said { get; private set; } = "";

    public string Complained { get; private set; } = "";

    public OpportunityLedger Ledger => new(new Tables(Store), Store, Playbook, Clock);

    public PeopleRepository People => new(new Tables(Store));

    public AccountLedger Accounts => new(new Tables(Store), Playbook);

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public async Task<int> Types(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, Services, output, error);
        (Said, Complained) = (output.ToString(), error.ToString());
        return code;
    }

    public async Task<Company> Company() => await People.LoadAsync(Tenant, default);

    public async Task<Person> Person(string id) => (await Company()).Find(new PersonId(id)) ?? throw new InvalidOperationException($"Nobody has the id {id}.");

    public async Task<OpportunityFacts> Facts(string id) => (await Ledger.FindAsync(Tenant, new OpportunityId(id), default))!.Opportunity.Facts;

    public async Task<List<OpportunityListing>> Listed()
    {
        List<OpportunityListing> lines = [];
        await foreach (var line in Ledger.AllAsync(Tenant, default))
        {
            lines.Add(line);
        }

        return lines;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private ServiceProvider Services() => new ServiceCollection()
        .AddSingleton(new Tables(Store)).AddSingleton(Ledger).AddSingleton(People).AddSingleton(Accounts).AddSingleton(Playbook)
        .AddSingleton<TimeProvider>(Clock).AddSingleton(new BotOptions { HomeTenant = Tenant })
        .BuildServiceProvider();
}
