using System.Diagnostics;
using System.Runtime.CompilerServices;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Engines;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>Storage that hangs under the running service, and one person who writes everywhere at once.</summary>
public sealed class OutageAttacks : IAsyncDisposable
{
    private const string Sorry = "I cannot get at my records just now; please say it again in a minute.";
    private static readonly TimeSpan Answered = TimeSpan.FromSeconds(10);
    private HangingTables tables = null!;
    private Service? service;

    public ValueTask DisposeAsync() => service?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_yes_into_storage_that_hangs_is_answered_within_ten_seconds_and_said_again_it_is_recorded_once()
    {
        service = await Service.StartAsync(services =>
        {
            services.AddSingleton<ITableStore>(s => tables = new HangingTables(s.GetRequiredService<StorageEngine>().Tables));
            services.AddSingleton(TurnPatience.Usual with { Records = TimeSpan.FromSeconds(2) });
        });
        var rep = service.Teams("ravi");
        await rep.SaysAsync("check in Nordwind Dairies");
        await rep.SaysAsync("none");
        await rep.SaysAsync("none");
        await rep.SeesAsync("Shall I record it?");

        tables.Hang("opportunities");
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(rep.SaysAsync("yes"), service.Teams("rita").SaysAsync("who am i"));
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, Answered);
        Assert.Contains(rep.Heard(), a => a.Text == Sorry);
        Assert.DoesNotContain(service.Teams("rita").Heard(), a => a.Text == Sorry);
        tables.LetGo();

        await rep.SaysAsync("yes");
        await Eventually.FindAsync(() => rep.Heard().FirstOrDefault(a => TeamsUser.Words(a).Contains("Nordwind Dairies", StringComparison.Ordinal) && a != rep.Heard()[0]), () => "nothing");
        Assert.Single((await service.EntriesAsync("s-01")).Select(e => e.What).OfType<OpportunityEvent.CheckedIn>());
    }

    [Fact]
    public async Task One_person_in_eight_chats_at_once_is_answered_in_each()
    {
        service = await Service.StartAsync();
        var rep = service.Teams("ravi");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(chat => service.PostAsync(rep.Activity("status Nordwind Dairies") with
        {
            Id = service.NextId(),
            Conversation = new ConversationAccount($"chat-{chat}", "personal", "tenant-of-teams"),
        })));

        Assert.All(answers, a => Assert.True(a.IsSuccessStatusCode));
        for (var chat = 0; chat < 8; chat++)
        {
            var said = Assert.Single(service.Ends.ToTeams, a => a.Conversation!.Id == $"chat-{chat}");
            Assert.Contains("Nordwind Dairies", TeamsUser.Words(said), StringComparison.Ordinal);
        }
    }

    /// <summary>Tables of which one hangs until it is let go, whatever it is told.</summary>
    private sealed class HangingTables(ITableStore inner) : ITableStore
    {
        private readonly TaskCompletionSource letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile string? hangs;

        public void Hang(string table) => hangs = table;

        public void LetGo()
        {
            hangs = null;
            letGo.SetResult();
        }

        public async ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
        {
            await WaitAsync(table);
            return await inner.GetAsync(table, partitionKey, rowKey, default);
        }

        public async IAsyncEnumerable<TableRow> QueryAsync(
            string table, string partitionKey, string fromRowKey, string toRowKey, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await WaitAsync(table);
            await foreach (var row in inner.QueryAsync(table, partitionKey, fromRowKey, toRowKey, default))
            {
                yield return row;
            }
        }

        public IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, CancellationToken cancellationToken) => inner.ScanAsync(table, label, cancellationToken);

        public async ValueTask<IReadOnlyList<string>> SubmitAsync(
            string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
        {
            await WaitAsync(table);
            return await inner.SubmitAsync(table, partitionKey, operations, default);
        }

        public ValueTask CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);

        private Task WaitAsync(string table) => table == hangs ? letGo.Task : Task.CompletedTask;
    }
}
