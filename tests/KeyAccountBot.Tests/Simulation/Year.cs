using System.Diagnostics;
using KeyAccountBot.Channels;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Engines;
using KeyAccountBot.Tests.FollowUps;
using KeyAccountBot.Tests.Simulation.Checks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>Which year.</summary>
/// <param name="Seed">All chance comes from it.</param>
/// <param name="Reps">How many reps; a multiple of ten.</param>
/// <param name="Opportunities">How many come on record.</param>
/// <param name="Days">How many days it has.</param>
internal sealed record YearPlan(int Seed, int Reps = 300, int Opportunities = 20_000, int Days = 365)
{
    /// <summary>What the engine goes by; the checks go by the true playbook.</summary>
    public Func<Playbook, Playbook> Playbook { get; init; } = p => p;

    /// <summary>How many of a hundred opportunities have a rep who hides them.</summary>
    public int Hidden { get; init; } = 4;

    /// <summary>The engine is broken: an owner's snooze counts as if those above had said it.</summary>
    public bool OwnersQuietAll { get; init; }

    /// <summary>What the engine sends over.</summary>
    public Func<IChannel, IChannel> Channel { get; init; } = c => c;

    /// <summary>What the engine takes our people for; the checks know them as they are.</summary>
    public Func<Person, Person> Person { get; init; } = p => p;

    /// <summary>What the engine queues on.</summary>
    public Func<IDelayedQueue, IDelayedQueue> Queue { get; init; } = q => q;
}

/// <summary>A year of a company on a clock that jumps to whatever comes next: the real policy, ledger, workers and embedded store.</summary>
internal sealed partial class Year : IAsyncDisposable
{
    public static readonly TenantId Tenant = new("contoso");
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);
    private readonly YearPlan plan;
    private readonly string folder;
    private readonly FakeTimeProvider clock = new(Start);
    private readonly StorageEngine engine;
    private readonly Diary diary;
    private readonly ServiceProvider services;
    private readonly IReadOnlyList<QueueWorker> workers;
    private readonly Chance chance;
    private readonly Chance looking;
    private readonly Lock gate = new();
    private readonly PriorityQueue<(Life Life, Func<Task> Act), (DateTimeOffset At, int Life, int Act)> acts = new();
    private readonly List<Life> lives = [];
    private readonly List<Customer> customers = [];
    private readonly Ears ears;
    private readonly Audit audit;
    private readonly TellingChecks telling;
    private readonly OverdueChecks overdue;
    private readonly HidingChecks hiding;
    private readonly Overreach overreach;

    // our people as the engine takes them to be
    private Company company;

    private Year(YearPlan plan)
    {
        this.plan = plan;
        chance = new Chance(plan.Seed);
        Violations = new Violations(plan.Seed, Start);
        var loaded = PlaybookFile.Load(PlaybookFile.Default);
        Playbook = loaded with { FollowUps = loaded.FollowUps with { Holidays = Region.Holidays } };
        looking = chance.Own();
        Staff = Staff.Hire(plan.Reps, Playbook.FollowUps, chance.Own());
        company = new Company(Staff.Company.People.Select(plan.Person));
        folder = Directory.CreateDirectory(Path.Combine(
            Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "year-" + Guid.NewGuid().ToString("N"))).FullName;
        engine = StorageEngine.Open(new StorageOptions { Path = folder }, clock);
        diary = new Diary(plan.Queue(engine.Queues), clock);
        ears = new Ears(clock);
        var witness = new Witness(engine.Tables);
        services = FollowUpServices.On(clock, witness, diary, plan.Playbook(Playbook), Tenant)
            .AddLogging(logging => logging.AddProvider(new Complaints(clock, Violations)))
            .Replace(plan.Channel(new SimulatedChannel(Channel.Teams, ears)), plan.Channel(new SimulatedChannel(Channel.Slack, ears)))
            .Replace<ISlackWorkspace>(new FakeWorkspace())
            .BuildServiceProvider();
        workers = [.. services.GetServices<QueueWorker>()];
        var reps = new Reps(this);
        var answers = new Answers(this, reps);
        telling = new TellingChecks(Staff, Playbook, ears, Figures, Violations);
        overdue = new OverdueChecks(Staff, Playbook, Figures, Violations);
        hiding = new HidingChecks(Staff, Playbook, Violations);
        audit = new Audit(lives, witness, new ChainChecks(Staff, Playbook, Violations), new AuthorityChecks(Staff, Violations), telling, Figures, answers.To);
        overreach = new Overreach(this, chance.Own());
        Open(reps);
    }

    /// <summary>The true playbook, which the checks go by.</summary>
    public Playbook Playbook { get; }

    public Staff Staff { get; }

    public Violations Violations { get; }

    public Figures Figures { get; } = new();

    public DateTimeOffset Now => clock.GetUtcNow();

    public AccountLedger Accounts => Get<AccountLedger>();

    /// <summary>Lives through the year, and looks at everything once more when it is over.</summary>
    public static async Task<Year> LiveAsync(YearPlan plan)
    {
        var year = new Year(plan);
        await using (year)
        {
            var (began, processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await year.RunAsync();
            (year.Figures.Wall, year.Figures.Processor) = (Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - processor);
        }

        return year;
    }

    /// <summary>The local date where somebody is.</summary>
    public DateOnly Today(PersonId who) => Staff.CalendarOf(who).DateAt(Now);

    public bool IsAway(PersonId who) => Staff.Company.AsOf(Now).IsAway(Staff[who]);

    /// <summary>A half-hour in somebody's working time, so many business days from now; always still to come.</summary>
    public DateTimeOffset Moment(PersonId who, Chance by, int fewest, int most, DateTimeOffset? from = null)
    {
        var calendar = Staff.CalendarOf(who);
        var begin = from ?? Now;
        var start = calendar.StartOfWork(calendar.AddBusinessDays(calendar.DateAt(begin), by.From(fewest, most)));
        var at = calendar.NextWorkingMoment(start.AddMinutes(30 * by.From(0, 15)));
        return at > begin ? at : new DateTimeOffset(((begin.UtcTicks / HalfAnHour.Ticks) + 1) * HalfAnHour.Ticks, TimeSpan.Zero);
    }

    /// <summary>Something will be done about an opportunity; now, where it comes between what was decided and its sending.</summary>
    public void Later(Life life, DateTimeOffset at, Func<Task> act)
    {
        lock (gate)
        {
            acts.Enqueue((life, act), (at, life.Index, life.NextAct()));
        }
    }

    /// <summary>Somebody says something.</summary>
    public async Task RecordAsync(Life life, OpportunityCommand command, PersonId by)
    {
        var context = new CommandContext(new CommandId($"a{life.NextAct()}"), by, Now, Today(by), "msteams");
        if (command is OpportunityCommand.AnswerFollowUp said && (said.IsOwners || by == life.State?.Facts.Owner))
        {
            life.SaidByOwner[context.Command] = true;
            if (plan.OwnersQuietAll && Staff.Company.LineAbove(by).FirstOrDefault() is { } above)
            {
                (command, context) = (said with { IsOwners = false }, context with { By = above.Id });
            }
        }

        // read first, as a conversation does; from the ledger's own memory, a conflict now and then would make two years of one seed differ in a wake-up
        var ledger = Get<OpportunityLedger>();
        var known = command is OpportunityCommand.Open ? null : await ledger.FindAsync(Tenant, life.Id, default);
        var outcome = await ledger.RecordAsync(Tenant, life.Id, command, context, company.AsOf(Now), default, known);
        Count(outcome.Refusal is not null);
    }

    /// <summary>Somebody presses a button of a message.</summary>
    public async Task PressAsync(Life life, string chain, FollowUpAnswer answer, PersonId by)
    {
        var result = await Get<FollowUpAnswers>().AnswerAsync(Tenant, Staff[by], life.Id, chain, answer, new CommandId($"a{life.NextAct()}"), "slack", default);
        Count(result.Outcome != AnswerOutcome.Recorded);
    }

    /// <summary>Until when an answer quiets, where its giver does not say.</summary>
    public DateTimeOffset? QuietUntil(FollowUpAnswer answer, PersonId by) => FollowUpPolicy.QuietUntil(answer, Playbook.FollowUps, Staff.CalendarOf(by), Now);

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await engine.DisposeAsync();
        customers.ForEach(c => c.Dispose());
        Directory.Delete(folder, recursive: true);
    }

    private void Count(bool refused)
    {
        Interlocked.Increment(ref Figures.Commands);
        if (refused)
        {
            Interlocked.Increment(ref Figures.Refusals);
        }
    }

    private T Get<T>() where T : notnull => services.GetRequiredService<T>();
}
