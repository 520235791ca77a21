using System.Collections.Concurrent;
using System.Text.Json;
using KeyAccountBot.Channels;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Startup;
using KeyAccountBot.Storage.Engines;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KeyAccountBot.Benchmarks.FollowUps;

/// <summary>The service's own workers on a store, and channels that only note what they are given and when.</summary>
internal sealed class Pipeline : IAsyncDisposable
{
    private readonly ServiceProvider services;

    /// <summary>Makes them; none works before it is started.</summary>
    public Pipeline(StorageEngine engine, TimeProvider clock)
    {
        var collection = new ServiceCollection()
            .AddLogging(l => l.AddConsole().SetMinimumLevel(LogLevel.Warning))
            .AddSingleton(clock)
            .AddSingleton(engine.Tables)
            .AddSingleton(engine.Queues)
            .AddSingleton(PipelineStore.Playbook)
            .AddSingleton(new BotOptions { HomeTenant = PipelineStore.Tenant(0) })
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(new RowReader())
            .AddSingleton<Tables>()
            .AddSingleton<PeopleRepository>()
            .AddSingleton<CompanyDirectory>()
            .AddSingleton<OpportunityLedger>()
            .AddSingleton<AccountLedger>()
            .AddSingleton<Dossiers>()
            .AddSingleton<DecisionMakers>()
            // how long the machinery takes is measured, not how long what is due gathers
            .AddSingleton(WorkTimes.Usual with { Gathering = TimeSpan.Zero })
            .AddFollowUps();
        collection.RemoveAll<IChannel>();
        collection.AddSingleton<IChannel>(new NotingChannel(Channel.Teams, clock, Sent));
        collection.AddSingleton<IChannel>(new NotingChannel(Channel.Slack, clock, Sent));
        services = collection.BuildServiceProvider();
    }

    /// <summary>What was sent: the text, and when, UTC.</summary>
    public ConcurrentQueue<(string Text, DateTimeOffset At)> Sent { get; } = [];

    /// <summary>One of the workers.</summary>
    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Wakes the started workers until all that is due was done.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => Get<WorkSignal>().SettleAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => services.DisposeAsync();

    private sealed class NotingChannel(Channel channel, TimeProvider clock, ConcurrentQueue<(string, DateTimeOffset)> sent) : IChannel
    {
        public string Id => channel.ToString();

        public Channel? Reaches => channel;

        public ChannelAbilities Abilities => ChannelAbilities.UpdateInPlace | ChannelAbilities.Rooms;

        public ChannelPace Takes => channel == Channel.Teams ? TeamsChannel.Pace : SlackChannel.Pace;

        public ValueTask<(TenantId Tenant, Person Person)?> FindAsync(
            Arrival arrival, TurnContext turn, IConversationMemory memory, CancellationToken cancellationToken) => throw new NotSupportedException();

        public DrawnTurn Draw(Arrival arrival, TenantId? tenant, IReadOnlyList<Message> said) => throw new NotSupportedException();

        public JsonElement Sentence(JsonElement like, string words) => throw new NotSupportedException();

        public string WordsOf(JsonElement reply) => throw new NotSupportedException();

        public Task SendAsync(JsonElement reply, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SentMessage> SendAsync(TenantId tenant, Person person, Message message, CancellationToken cancellationToken)
        {
            sent.Enqueue((PlainText.Of(message), clock.GetUtcNow()));
            return Task.FromResult(new SentMessage(person.Id.Value, "m"));
        }

        public Task<SentMessage> PostAsync(TenantId tenant, string conversation, Message message, CancellationToken cancellationToken) =>
            Task.FromResult(new SentMessage(conversation, "m"));

        public Task UpdateAsync(TenantId tenant, Person person, SentMessage sent, Message message, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
