using System.Text;
using System.Text.Json;
using KeyAccountBot.Channels;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Engines;
using KeyAccountBot.Tests.FollowUps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Faults;

/// <summary>A small company on the embedded store, a clock to move, and replicas of the service that each see the store through faults of their own.</summary>
internal sealed class FaultStory : IAsyncDisposable
{
    private static readonly string[] Queues = [RowKeys.WakeUps, .. DeliveryLanes.All, RowKeys.Deliveries, Mailboxes.Digests, AnsweredMessages.Queue];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("key-account-bot-faults-");
    private readonly Playbook playbook;
    private readonly WorkTimes times;
    private readonly List<Replica> replicas = [];
    private readonly Company company = new([Rep, Manager, Director]);

    private FaultStory(int separateMessages, TimeSpan gathering)
    {
        times = WorkTimes.Usual with { Gathering = gathering };
        var usual = PlaybookFile.Load(PlaybookFile.Default);
        playbook = usual with { FollowUps = usual.FollowUps with { SeparateMessagesADay = separateMessages } };
        Engine = StorageEngine.Open(new StorageOptions { Path = folder.FullName }, Clock);
        Senders = [new RecordingChannel(Channel.Teams, Clock, Told), new RecordingChannel(Channel.Slack, Clock, Told)];
    }

    /// <summary>A Monday, ten in the morning.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    /// <summary>The store itself, which does not fail.</summary>
    public StorageEngine Engine { get; }

    /// <summary>Everything that anybody was told, oldest first.</summary>
    public List<Told> Told { get; } = [];

    /// <summary>What replicas started from now on tell people through.</summary>
    public IReadOnlyList<IChannel> Senders { get; set; }

    /// <summary>The accounts whose opportunity was opened.</summary>
    public List<string> Accounts { get; } = [];

    /// <summary>The working hours that everybody here has.</summary>
    public FollowUpSettings Settings => playbook.FollowUps;

    /// <summary>Begins with the people on record; what is due is told as it comes, unless it is to gather.</summary>
    public static async Task<FaultStory> BeginAsync(int separateMessages = 100, TimeSpan gathering = default)
    {
        var story = new FaultStory(separateMessages, gathering);
        await new PeopleRepository(new Tables(story.Engine.Tables)).PutAsync(Tenant, [Rep, Manager, Director], default);
        return story;
    }

    /// <summary>The rep's opportunities; each falls due on Monday, 16 March at nine, then on the Wednesday and the Friday.</summary>
    public Task OpensAsync(params string[] accounts) => OpensAsync(_ => 100_000, accounts);

    /// <summary>The same, each worth what is said.</summary>
    public async Task OpensAsync(Func<string, decimal> worth, params string[] accounts)
    {
        var ledger = new OpportunityLedger(new Tables(Engine.Tables), Engine.Queues, playbook, Clock);
        foreach (var account in accounts)
        {
            var now = Clock.GetUtcNow();
            var context = new CommandContext(new CommandId("open"), Rep.Id, now, DateOnly.FromDateTime(now.UtcDateTime), "test");
            await ledger.RecordAsync(
                Tenant, Id(account), new OpportunityCommand.Open(account, "Pumps", new Money(worth(account), "EUR"), Rep.Id, null), context, company, default);
            Accounts.Add(account);
        }
    }

    /// <summary>The rep asks for time until an exact moment.</summary>
    public async Task SnoozesAsync(string account, DateTimeOffset until)
    {
        var ledger = new OpportunityLedger(new Tables(Engine.Tables), Engine.Queues, playbook, Clock);
        var chain = (await ledger.FindAsync(Tenant, Id(account), default))!.Opportunity.FollowUps[^1].Key;
        var now = Clock.GetUtcNow();
        var context = new CommandContext(new CommandId("snooze"), Rep.Id, now, DateOnly.FromDateTime(now.UtcDateTime), "test");
        await ledger.RecordAsync(Tenant, Id(account), new OpportunityCommand.AnswerFollowUp(chain, FollowUpAnswer.Snooze, until), context, company, default);
    }

    /// <summary>The rep says where it stands.</summary>
    public async Task ChecksInAsync(string account)
    {
        var ledger = new OpportunityLedger(new Tables(Engine.Tables), Engine.Queues, playbook, Clock);
        var now = Clock.GetUtcNow();
        var context = new CommandContext(new CommandId("check-in"), Rep.Id, now, DateOnly.FromDateTime(now.UtcDateTime), "test");
        await ledger.RecordAsync(Tenant, Id(account), new OpportunityCommand.CheckIn([], null), context, company, default);
    }

    /// <summary>Another process on the store; what befalls its calls is asked for at each.</summary>
    public Replica Starts(Func<StoreCall, Fault>? befalls = null)
    {
        var store = new FaultyStore(Engine, befalls ?? (_ => Fault.None));
        return Starts(store, store, store);
    }

    /// <summary>Another process, on queues of the test's own.</summary>
    public Replica Starts(ITableStore tables, IDelayedQueue queues, FaultyStore? store = null)
    {
        var services = FollowUpServices.On(Clock, tables, queues, playbook, Tenant)
            .Replace([.. Senders])
            .Replace(times)
            .Replace<ISlackWorkspace>(new FakeWorkspace())
            .BuildServiceProvider();
        var replica = new Replica(services, [.. services.GetServices<IHostedService>().OfType<QueueWorker>()], store);
        replicas.Add(replica);
        return replica;
    }

    /// <summary>Moves the clock step by step, and lets the replicas do at each what is due.</summary>
    public async Task ForwardAsync(TimeSpan span, TimeSpan step, params Replica[] working)
    {
        for (var until = Clock.GetUtcNow() + span; Clock.GetUtcNow() < until;)
        {
            Clock.Advance(step);
            await WorkAsync(working);
        }
    }

    /// <summary>The same where replicas wait for channels: while one works the clock goes on, a second at a time.</summary>
    public async Task ForwardWaitingAsync(TimeSpan span, TimeSpan step, Replica working)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        var end = Clock.GetUtcNow() + span;
        for (var at = Clock.GetUtcNow(); at <= end; at += step)
        {
            Clock.Advance(at > Clock.GetUtcNow() ? at - Clock.GetUtcNow() : TimeSpan.Zero);
            var work = WorkAsync(working);
            while (!work.IsCompleted)
            {
                await tick.WaitForNextTickAsync();
                Clock.Advance(TimeSpan.FromSeconds(1));
            }

            await work;
        }
    }

    /// <summary>To the moment before the first reminders fall due.</summary>
    public void ToTheEve() => Clock.SetUtcNow(new DateTimeOffset(2026, 3, 16, 8, 59, 59, TimeSpan.Zero));

    /// <summary>Lets the replicas work side by side until none finds anything more that is due.</summary>
    public static async Task WorkAsync(params Replica[] working)
    {
        for (var rounds = 0; rounds < 500; rounds++)
        {
            var found = await Task.WhenAll(working.Select(r => Task.Run(r.LooksAsync)));
            if (!found.Contains(true))
            {
                return;
            }
        }

        throw new InvalidOperationException("The queues do not drain: after 500 rounds there is still something due.");
    }

    /// <summary>What was to be told of an account, by the delivery's key.</summary>
    public async Task<IReadOnlyList<DeliveryRecord>> DeliveriesAsync(string account)
    {
        List<DeliveryRecord> records = [];
        await foreach (var row in Engine.Tables.QueryAsync(RowKeys.Opportunities, Partition(account), "delivery|", "delivery}", default))
        {
            records.Add(JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.DeliveryRecord)!);
        }

        return records;
    }

    /// <summary>The steps on record, oldest first.</summary>
    public async Task<IReadOnlyList<OpportunityEvent.FollowUpStepTaken>> StepsAsync(string account)
    {
        List<OpportunityEvent.FollowUpStepTaken> steps = [];
        await foreach (var row in Engine.Tables.QueryAsync(RowKeys.Opportunities, Partition(account), "event|", "event}", default))
        {
            if (JsonSerializer.Deserialize(row.Body.Span, StoredJson.Default.OpportunityEntry)!.What is OpportunityEvent.FollowUpStepTaken step)
            {
                steps.Add(step);
            }
        }

        return steps;
    }

    /// <summary>The messages on the queues that are due now, and with the dead letters.</summary>
    public async Task<(IReadOnlyList<string> Due, IReadOnlyList<string> Dead)> MessagesAsync()
    {
        List<string> due = [], dead = [];
        foreach (var queue in Queues)
        {
            due.AddRange((await Engine.Queues.ReceiveAsync(queue, 1000, TimeSpan.FromMinutes(1), default)).Select(m => $"{queue} {Encoding.UTF8.GetString(m.Body.Span)}"));
        }

        dead.AddRange((await new DeadLetters(new Tables(Engine.Tables), Clock).ListAsync(Tenant, default)).Select(l => l.Letter)
            .Select(l => l.Body is { } body ? Encoding.UTF8.GetString(body) : $"{l.Opportunity} {l.Key}"));
        return (due, dead);
    }

    /// <summary>The id of an account's opportunity.</summary>
    public static OpportunityId Id(string account) => new("o-" + account.Replace(' ', '-'));

    /// <summary>Where it is kept.</summary>
    public static string Partition(string account) => RowKeys.Partition(Tenant, Id(account));

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }

        await Engine.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
