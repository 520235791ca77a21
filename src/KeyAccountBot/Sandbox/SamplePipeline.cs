using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sandbox;

/// <summary>A fictitious maker of filling lines, its people and its opportunities, dated from today: what the sandbox begins with.</summary>
internal static class SamplePipeline
{
    /// <summary>The people of the sample company.</summary>
    public static IReadOnlyList<Person> People { get; } =
    [
        new(new PersonId("grace-okafor"), "Grace Okafor", Role.Executive, "grace@sample.invalid", null, "sandbox-grace", "UGRACE", Prefers: Channel.Slack),
        new(new PersonId("dieter-vogel"), "Dieter Vogel", Role.Director, "dieter@sample.invalid", new PersonId("grace-okafor"), "sandbox-dieter", "UDIETER", Prefers: Channel.Slack),
        new(new PersonId("maria-santos"), "Maria Santos", Role.Manager, "maria@sample.invalid", new PersonId("dieter-vogel"), "sandbox-maria", "UMARIA"),
        new(new PersonId("ravi-patel"), "Ravi Patel", Role.Rep, "ravi@sample.invalid", new PersonId("maria-santos"), "sandbox-ravi", "URAVI"),
        new(new PersonId("li-na"), "Li Na", Role.Rep, "lina@sample.invalid", new PersonId("maria-santos"), "sandbox-lina", "ULINA", Locale: "zh-Hans"),
        new(new PersonId("ana-ivers"), "Ana Ivers", Role.Administrator, "ana@sample.invalid", null, "sandbox-ana", "UANA"),
    ];

    private static readonly (string Id, string Account, string Name, decimal Amount, string Owner, string Stage, int DaysInStage)[] Opportunities =
    [
        ("s-01", "Nordwind Dairies", "Filling line 4", 820_000, "ravi-patel", "development", 4),
        ("s-02", "Halden Paper", "Palletiser retrofit", 240_000, "ravi-patel", "establishment", 9),
        ("s-03", "Castell Brewery", "Keg washing hall", 1_450_000, "ravi-patel", "negotiation", 6),
        ("s-04", "Brightwater Foods", "Sterile filler", 610_000, "ravi-patel", "bidding", 3),
        ("s-05", "青岛海源食品", "无菌灌装线", 980_000, "li-na", "proposal", 5),
        ("s-06", "苏州恒力化工", "桶装线改造", 310_000, "li-na", "development", 2),
    ];

    // silent for so long that each has something due when the page opens: days before that, the check-in fell due
    private static readonly (string Id, string Account, string Name, decimal Amount, string Owner, string Stage, int DueDaysAgo)[] Silent =
    [
        ("s-11", "舟山海丰罐头", "封罐生产线", 360_000, "li-na", "development", 4),
        ("s-12", "Brunnhof Pharma", "Vial washing line", 420_000, "ravi-patel", "establishment", 2),
        ("s-13", "Osterfeld Glassworks", "Inspection tunnel", 180_000, "ravi-patel", "development", 0),
    ];

    /// <summary>How many business days before the page opens the first of the silent ones falls due.</summary>
    public static int DaysBefore { get; } = Silent.Max(s => s.DueDaysAgo);

    /// <summary>Puts the sample on record for the company at home.</summary>
    public static Task AddSamplePipelineAsync(this WebApplication app)
    {
        var services = app.Services;
        return EnsureAsync(
            services.GetRequiredService<BotOptions>().HomeTenant, services.GetRequiredService<PeopleRepository>(),
            services.GetRequiredService<OpportunityLedger>(), services.GetRequiredService<Playbook>(),
            services.GetRequiredService<TimeProvider>(), app.Lifetime.ApplicationStopping);
    }

    /// <summary>Puts the sample on record unless somebody is on record already.</summary>
    public static async Task EnsureAsync(
        TenantId tenant, PeopleRepository people, OpportunityLedger ledger, Playbook playbook, TimeProvider clock, CancellationToken cancellationToken)
    {
        if ((await people.LoadAsync(tenant, cancellationToken)).People.Count > 0)
        {
            return;
        }

        await people.PutAsync(tenant, People, cancellationToken);
        await OpenAsync(tenant, ledger, playbook, clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>Opens the sample's opportunities now; on record once, however often it is asked.</summary>
    public static async Task OpenAsync(TenantId tenant, OpportunityLedger ledger, Playbook playbook, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = FollowUpPolicy.CalendarOf(null, playbook.FollowUps).DateAt(now);
        foreach (var (id, account, name, amount, owner, stage, days) in Opportunities)
        {
            await OpenAsync(tenant, ledger, id, account, name, amount, owner, stage, now.AddDays(-days), now, today, cancellationToken);
        }
    }

    /// <summary>
    /// Opens the opportunities of which nobody has said a word since: so long ago that by the morning the first has reached the director,
    /// the second the manager, and the third the rep.
    /// </summary>
    public static async Task OpenSilentAsync(TenantId tenant, OpportunityLedger ledger, Playbook playbook, DateOnly morning, CancellationToken cancellationToken)
    {
        var calendar = FollowUpPolicy.CalendarOf(null, playbook.FollowUps);
        foreach (var (id, account, name, amount, owner, stage, dueDaysAgo) in Silent)
        {
            if (playbook.Find(new StageId(stage)) is { } known)
            {
                var day = calendar.SubtractBusinessDays(morning, known.CheckInEvery + dueDaysAgo);
                var at = calendar.StartOfWork(day);
                await OpenAsync(tenant, ledger, id, account, name, amount, owner, stage, at, at, day, cancellationToken);
            }
        }
    }

    private static async Task OpenAsync(
        TenantId tenant, OpportunityLedger ledger, string id, string account, string name, decimal amount, string owner, string stage,
        DateTimeOffset inStageSince, DateTimeOffset at, DateOnly day, CancellationToken cancellationToken)
    {
        var open = new OpportunityCommand.Open(
            account, name, new Money(amount, "EUR"), new PersonId(owner), day.AddDays(90), new StageId(stage), inStageSince);
        var context = new CommandContext(new CommandId("sample|" + id), null, at, day, "sample");
        await ledger.RecordAsync(tenant, new OpportunityId(id), open, context, new Company(People), cancellationToken);
    }
}
