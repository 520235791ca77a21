using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Channels.Terminal;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.FreeText;
using KeyAccountBot.Conversations.Replies;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Operations;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Engines;
using KeyAccountBot.Tests.FollowUps;
using KeyAccountBot.Tests.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace KeyAccountBot.Tests.Turns;

/// <summary>Replicas of the service on one store, between a clock to move and a connector that can refuse; a test says when each of them works.</summary>
internal sealed class TurnStory : IAsyncDisposable
{
    public static readonly TenantId Tenant = new("contoso");
    public static readonly Person Rep = new(new("rosa"), "Rosa", Role.Rep, Manager: new("melvin"), TeamsId: "aad-rosa", Email: "rosa@contoso.example");
    public static readonly Person Manager = new(new("melvin"), "Melvin", Role.Manager, TeamsId: "aad-melvin", SlackId: "U-melvin", Locale: "zh-Hans");
    private readonly List<TurnReplica> replicas = [];
    private readonly DirectoryInfo? folder;
    private readonly StorageEngine engine;

    private TurnStory(bool isEmbedded)
    {
        Store = new MemoryStore(Clock);
        folder = isEmbedded ? Directory.CreateTempSubdirectory("key-account-bot-turns-") : null;
        engine = folder is null ? new StorageEngine(Store, Store) : StorageEngine.Open(new StorageOptions { Path = folder.FullName }, Clock);
        Diary = new Diary(engine.Queues, Clock);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    public MemoryStore Store { get; }

    public RecordingConnector Connector { get; } = new();

    /// <summary>The embedded store's file.</summary>
    public string Database => Path.Combine(folder!.FullName, "key-account-bot.db");

    /// <summary>When the next message of a queue comes.</summary>
    public Diary Diary { get; }

    public static async Task<TurnStory> BeginAsync(bool isEmbedded = false, params Person[] others)
    {
        var story = new TurnStory(isEmbedded);
        await new PeopleRepository(story.engine.Tables).PutAsync(Tenant, [Rep, Manager, .. others], default);
        return story;
    }

    /// <summary>Another process on the store, or on its own view of it.</summary>
    public TurnReplica Starts(Func<StorageEngine, ITableStore>? seen = null, TurnPatience? patience = null, IReplyChannel? connector = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = "Production",
            ContentRootPath = AppContext.BaseDirectory,
            Args = ["--hostBuilder:reloadConfigOnChange=false", "--Teams:AppId=app", "--Teams:AppPassword=secret", $"--Teams:TenantId={Tenant}"],
        });
        builder.AddSettings(listens: false, isAtPlay: false);
        builder.AddRecords();
        builder.AddTeams();
        builder.Services.AddConversations();
        builder.AddFreeText();
        builder.AddSlack();
        builder.Services.AddTerminal();
        builder.Services.AddFollowUps();
        builder.AddOperations();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(new StorageEngine(engine.Tables, Diary, folder is null ? null : engine.Owned));
        builder.Services.AddSingleton(seen?.Invoke(engine) ?? engine.Tables);
        builder.Services.AddSingleton(connector ?? Connector);
        builder.Services.AddSingleton(patience ?? TurnPatience.Usual);
        var replica = new TurnReplica(builder.Build());
        replicas.Add(replica);
        return replica;
    }

    /// <summary>An opportunity of the rep.</summary>
    public async Task OpensAsync(TurnReplica replica, string account)
    {
        var now = Clock.GetUtcNow();
        var company = await replica.Get<CompanyDirectory>().GetAsync(Tenant, default);
        await replica.Get<OpportunityLedger>().RecordAsync(
            Tenant, new OpportunityId("o-" + account), new OpportunityCommand.Open(account, "Pumps", new Money(100_000, "EUR"), Rep.Id, null),
            new CommandContext(new CommandId("open-" + account), Rep.Id, now, DateOnly.FromDateTime(now.UtcDateTime), "test"), company, default);
    }

    /// <summary>What was recorded of it since it was opened.</summary>
    public static async Task<int> CheckInsAsync(TurnReplica replica, string account)
    {
        var count = 0;
        await foreach (var entry in replica.Get<OpportunityLedger>().EntriesAsync(Tenant, new OpportunityId("o-" + account), default))
        {
            count += entry.What is OpportunityEvent.CheckedIn ? 1 : 0;
        }

        return count;
    }

    /// <summary>Moves the clock step by step, and lets the replicas do at each what is due.</summary>
    public async Task ForwardAsync(TimeSpan span, params TurnReplica[] working)
    {
        var step = span / 150 > TimeSpan.FromSeconds(5) ? span / 150 : TimeSpan.FromSeconds(5);
        for (var until = Clock.GetUtcNow() + span; Clock.GetUtcNow() < until;)
        {
            Clock.Advance(step);
            foreach (var replica in working)
            {
                await replica.WorksAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }

        await engine.DisposeAsync();
        folder?.Delete(recursive: true);
    }
}

/// <summary>One process of the service. Nothing runs by itself.</summary>
internal sealed class TurnReplica(WebApplication app) : IAsyncDisposable
{
    private int said;

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>Somebody says something.</summary>
    public async Task SaysAsync(string text, Person? who = null, string? chat = null, string? id = null) => await RunAsync(Activity(text, who, chat, id));

    public Task<JsonElement?> RunAsync(Activity activity) => Get<TeamsTurns>().RunAsync(activity, CancellationToken.None);

    public Activity Activity(string text, Person? who = null, string? chat = null, string? id = null)
    {
        who ??= TurnStory.Rep;
        return new()
        {
            Type = ActivityTypes.Message,
            Id = id ?? $"{GetHashCode()}-{Interlocked.Increment(ref said)}",
            ChannelId = ChannelIds.Teams,
            ServiceUrl = "https://connector.invalid/",
            Text = text,
            From = new ChannelAccount("29:" + who.Id, who.Name, who.TeamsId),
            Recipient = new ChannelAccount("28:bot"),
            Conversation = new ConversationAccount(chat ?? "a:" + who.Id, "personal", TurnStory.Tenant.Value),
            Locale = who.Locale,
        };
    }

    /// <summary>Starts as a process does: looks for what a dead one left.</summary>
    public Task BeginsAsync() => Get<ConversationReplies>().LookAsync(default);

    /// <summary>Does what is due: notes what was sent, and works through the queue of replies.</summary>
    public async Task WorksAsync()
    {
        await Get<ConversationReplies>().NoteAsync(default);
        while (await Get<ReplyWorker>().RunOnceAsync(default) > 0)
        {
            // until nothing is due
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
