using System.Text.Json;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Slack.BlockKit;
using KeyAccountBot.Slack.Requests;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Storage.Engines;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace KeyAccountBot.Tests.FollowUps;

/// <summary>A small company, a clock to move, the real workers, and channels that only remember what they were given.</summary>
internal sealed class FollowUpStory : IAsyncDisposable
{
    public static readonly TenantId Tenant = new("contoso");
    public static readonly Person Rep = new(new("anna"), "Anna", Role.Rep, Manager: new("melvin"), TeamsId: "t-anna", SlackId: "U-anna", Email: "anna@contoso.example");
    public static readonly Person Manager = new(new("melvin"), "Melvin", Role.Manager, Manager: new("dora"), SlackId: "U-melvin");
    public static readonly Person Director = new(new("dora"), "Dora", Role.Director, SlackId: "U-dora", Locale: "zh-Hans");
    public static readonly Person Peer = new(new("ada"), "Ada Lind", Role.Manager, Manager: new("dora"), SlackId: "U-ada");
    private readonly ServiceProvider services;
    private readonly StorageEngine? engine;

    private FollowUpStory(string? folder)
    {
        Clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero)); // a Monday
        Store = new MemoryStore(Clock);
        engine = folder is null ? null : StorageEngine.Open(new StorageOptions { Path = folder }, Clock);
        Playbook = PlaybookFile.Load(PlaybookFile.Default);
        services = FollowUpServices.On(Clock, engine?.Tables ?? Store, engine?.Queues ?? Store, Playbook, Tenant)
            .Replace<IChannelSender>(Teams, Slack)
            .Replace<ISlackWorkspace>(Workspace)
            .Replace<IConversationChannel>()
            .AddSingleton<SlackConversations>(s => new(
                () => null, Workspace, s.GetRequiredService<CompanyDirectory>(), s.GetRequiredService<BotOptions>(), s.GetRequiredService<ILogger<SlackConversations>>()))
            .AddSingleton<IConversationChannel>(s => Chat = new SlackChat(s.GetRequiredService<SlackConversations>()))
            .BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; }

    public MemoryStore Store { get; }

    public Playbook Playbook { get; }

    public FakeChannel Teams { get; } = new(Channel.Teams);

    public FakeChannel Slack { get; } = new(Channel.Slack);

    public FakeWorkspace Workspace { get; } = new();

    /// <summary>What the bot answers in Slack.</summary>
    public SlackChat Chat { get; private set; } = null!;

    public OpportunityLedger Ledger => Get<OpportunityLedger>();

    public static async Task<FollowUpStory> BeginAsync(string? folder = null)
    {
        var story = new FollowUpStory(folder);
        await story.Get<PeopleRepository>().PutAsync(Tenant, [Rep, Manager, Director, Peer], default);
        return story;
    }

    public IServiceProvider Services => services;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public async Task<OpportunityId> OpensAsync(string account, decimal amount = 100_000)
    {
        var id = new OpportunityId("o-" + account);
        await RecordAsync(id, new OpportunityCommand.Open(account, "Pumps", new Money(amount, "EUR"), Rep.Id, null), Rep.Id);
        return id;
    }

    public Task<LedgerOutcome> CheckInAsync(OpportunityId id) => RecordAsync(id, new OpportunityCommand.CheckIn([], null), Rep.Id);

    /// <summary>The rep says something else.</summary>
    public Task<LedgerOutcome> SaysAsync(OpportunityId id, OpportunityCommand command) => RecordAsync(id, command, Rep.Id);

    /// <summary>Moves the clock hour by hour, as workers would see it, and lets them work.</summary>
    public async Task ForwardAsync(TimeSpan span)
    {
        for (var until = Clock.GetUtcNow() + span; Clock.GetUtcNow() < until;)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            await WorkAsync();
        }
    }

    /// <summary>Lets the workers work until nothing is visible on any queue; the clock goes on by seconds where a message waits its turn.</summary>
    public async Task WorkAsync()
    {
        do
        {
            for (var handled = 1; handled > 0;)
            {
                handled = 0;
                foreach (var worker in services.GetServices<QueueWorker>())
                {
                    handled += await worker.RunOnceAsync(default);
                }
            }
        }
        while (TurnComes());
    }

    /// <summary>Moves the clock until somebody has something new in Slack; what they have then.</summary>
    public async Task<Message> UntilSlackAsync(Person reader, string words = "")
    {
        for (var hours = 0; hours < 1000; hours++)
        {
            if (Slack.Sent.FirstOrDefault(s => s.To == reader.Id && s.Message.Notification.Contains(words, StringComparison.Ordinal)).Message is { } message)
            {
                return message;
            }

            await ForwardAsync(TimeSpan.FromHours(1));
        }

        throw new InvalidOperationException($"{reader.Name} never got “{words}”.");
    }

    /// <summary>Somebody writes to the bot in Slack; what it says.</summary>
    public async Task<SaidInSlack> WritesAsync(Person by, string text)
    {
        var said = new SlackEvent("message", null, "im", "D-" + by.SlackId, by.SlackId, text, "1.1", null, null);
        await Get<SlackInbox>().KeepAsync(SlackInboxItem.Of(new EventEnvelope.Callback("E" + Guid.NewGuid(), null, said))!, default);
        await WorkAsync();
        return Chat.Said[^1];
    }

    /// <summary>Somebody uses an element of a message in Slack: presses a button, chooses an option by its words, or a day.</summary>
    public Task<SaidInSlack> UsesAsync(Person by, Message message, string words, string? option = null, DateOnly? day = null) =>
        UsesAsync(by, SlackBlocks.Of(message, Tenant), words, option, day);

    /// <summary>The same on what the bot just said.</summary>
    public Task<SaidInSlack> UsesAsync(Person by, SaidInSlack said, string words) => UsesAsync(by, SlackBlocks.Of(said.Message, Tenant), words, null, null);

    private async Task<SaidInSlack> UsesAsync(Person by, BlockKitDocument message, string words, string? option, DateOnly? day)
    {
        var (row, used) = message.Blocks.OfType<ActionsBlock>().SelectMany(b => b.Elements.Select(e => (b, e))).First(e => WordsOf(e.e) == words);
        var chosen = (used as StaticSelect)?.Options.First(o => o.Text.Text == option).Value;
        var press = new Interaction(
            by.SlackId!, null, null, "D-" + by.SlackId, "9.9", [new InteractionAction(used.ActionId, row.BlockId, (used as Button)?.Value, "1.5", chosen, day)],
            null, null, Guid.NewGuid().ToString());
        await Get<SlackInbox>().KeepAsync(SlackInboxItem.Of(press), default);
        await WorkAsync();
        return Chat.Said[^1];
    }

    private static string WordsOf(ActionElement element) => element switch
    {
        Button button => button.Text.Text,
        StaticSelect list => list.Placeholder.Text,
        DatePicker calendar => calendar.Placeholder.Text,
        _ => "",
    };

    public async Task<FollowUpChain> ChainAsync(OpportunityId id) =>
        (await Ledger.FindAsync(Tenant, id, default))!.Opportunity.FollowUps.First(c => c.Cause == FollowUpCause.CheckInMissed);

    public IReadOnlyList<DeliveryRecord> Deliveries() =>
        [.. Store.Rows(RowKeys.Opportunities).Where(r => r.RowKey.StartsWith("delivery|", StringComparison.Ordinal))
            .Select(r => JsonSerializer.Deserialize(r.Body.Span, StoredJson.Default.DeliveryRecord)!)];

    private bool TurnComes()
    {
        if (Get<WorkSignal>().TakeSoon(Clock.GetUtcNow()) is not { } soon)
        {
            return false;
        }

        Clock.SetUtcNow(soon);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (engine is not null)
        {
            await engine.DisposeAsync();
        }
    }

    private async Task<LedgerOutcome> RecordAsync(OpportunityId id, OpportunityCommand command, PersonId by)
    {
        var now = Clock.GetUtcNow();
        var company = await Get<CompanyDirectory>().GetAsync(Tenant, default);
        var context = new CommandContext(new(Guid.NewGuid().ToString()), by, now, DateOnly.FromDateTime(now.UtcDateTime), "msteams");
        return await Ledger.RecordAsync(Tenant, id, command, context, company, default);
    }
}

/// <summary>A channel that remembers, and refuses when told to.</summary>
internal sealed class FakeChannel(Channel channel) : IChannelSender
{
    private readonly Lock gate = new();

    public Channel Channel => channel;

    public List<(PersonId To, Message Message)> Sent { get; } = [];

    public List<(string Room, Message Message)> Posted { get; } = [];

    public List<(SentMessage Sent, Message Message)> Updated { get; } = [];

    public Func<NotSentException?> Refuses { get; set; } = () => null;

    /// <summary>What happens before a message to a person is taken or refused; waits for nothing where it is not set.</summary>
    public Func<PersonId, Task> Meanwhile { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether a person can be tried here.</summary>
    public Func<Person, bool> Reaches { get; set; } = _ => true;

    public ValueTask<bool> ReachesAsync(TenantId tenant, Person person, CancellationToken cancellationToken) => ValueTask.FromResult(Reaches(person));

    public async Task<SentMessage> SendAsync(TenantId tenant, Person person, Message message, CancellationToken cancellationToken)
    {
        await Meanwhile(person.Id);
        lock (gate)
        {
            if (Refuses() is { } refusal)
            {
                throw refusal;
            }

            Sent.Add((person.Id, message));
            return new SentMessage($"c-{person.Id}", $"m-{channel}-{Sent.Count}");
        }
    }

    public Task<SentMessage> PostAsync(TenantId tenant, string conversation, Message message, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (Refuses() is { } refusal)
            {
                throw refusal;
            }

            Posted.Add((conversation, message));
            return Task.FromResult(new SentMessage(conversation, $"p-{channel}-{Posted.Count}"));
        }
    }

    public Task UpdateAsync(TenantId tenant, Person person, SentMessage sent, Message message, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            Updated.Add((sent, message));
        }

        return Task.CompletedTask;
    }
}

/// <summary>A workspace of which everybody is a member, and that knows nobody's address.</summary>
internal sealed class FakeWorkspace : ISlackWorkspace
{
    /// <summary>Our own workspace.</summary>
    public const string Team = "T1";

    public Task<bool> IsOursAsync(SlackOrigin? origin, CancellationToken cancellationToken) => Task.FromResult(origin?.TeamId is null or Team);

    public Task<SlackMember?> MemberAsync(string user, CancellationToken cancellationToken) => Task.FromResult<SlackMember?>(new SlackMember(null));
}
