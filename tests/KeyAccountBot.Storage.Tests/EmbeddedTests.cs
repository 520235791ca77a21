using KeyAccountBot.Storage.Embedded;
using KeyAccountBot.Storage.Engines;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.Storage.Tests;

public sealed class EmbeddedTableStoreTests : TableStoreContract, IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryFolder folder = new();
    private readonly EmbeddedDatabase database;

    public EmbeddedTableStoreTests() => database = new EmbeddedDatabase(folder.Path);

    [Fact]
    public async Task Rows_and_messages_survive_reopening()
    {
        var options = new StorageOptions { Path = Path.Combine(folder.Path, "again") };
        var clock = new FakeTimeProvider();
        string etag;
        await using (var engine = StorageEngine.Open(options, clock))
        {
            etag = (await engine.Tables.SubmitAsync("things", "p", [new TableOperation.Add("r", "1"u8.ToArray())], None))[0];
            await engine.Queues.SendAsync("queue", "m"u8.ToArray(), clock.GetUtcNow(), None);
        }

        await using (var engine = StorageEngine.Open(options, clock))
        {
            Assert.Equal(etag, (await engine.Tables.GetAsync("things", "p", "r", None))!.ETag);
            Assert.NotEqual(etag, (await engine.Tables.SubmitAsync("things", "p", [new TableOperation.Replace("r", "2"u8.ToArray(), etag)], None))[0]);
            Assert.Single(await engine.Queues.ReceiveAsync("queue", 1, TimeSpan.FromMinutes(1), None));
        }
    }

    [Fact]
    public async Task Two_who_opened_the_same_file_see_and_respect_each_others_writes()
    {
        await using var otherDatabase = new EmbeddedDatabase(folder.Path);
        ITableStore[] stores = [await OpenAsync(), new EmbeddedTableStore(otherDatabase)];
        var etag = (await stores[0].SubmitAsync("things", "p", [new TableOperation.Add("counter", "0"u8.ToArray())], None))[0];
        await stores[1].SubmitAsync("things", "p", [new TableOperation.Replace("counter", "0"u8.ToArray(), etag)], None);
        await Assert.ThrowsAsync<StoreConflictException>(
            async () => await stores[0].SubmitAsync("things", "p", [new TableOperation.Replace("counter", "0"u8.ToArray(), etag)], None));

        await Task.WhenAll(stores.Select(store => Task.Run(() => CountUp(store, 100))));
        var row = await stores[0].GetAsync("things", "p", "counter", None);
        Assert.Equal("200", System.Text.Encoding.UTF8.GetString(row!.Body.Span));
    }

    [Fact]
    public async Task A_write_that_fails_does_not_harm_those_it_shares_a_commit_with()
    {
        var store = await OpenAsync();
        await store.SubmitAsync("things", "p", [new TableOperation.Add("taken", "0"u8.ToArray())], None);
        var writes = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            TableOperation[] batch = [new TableOperation.Add($"a{i}", "1"u8.ToArray()), new TableOperation.Put(i % 3 == 0 ? "x" : $"b{i}", "1"u8.ToArray())];
            TableOperation[] bad = [.. batch, new TableOperation.Add("taken", "1"u8.ToArray())];
            try
            {
                await store.SubmitAsync("things", "p", i % 2 == 0 ? batch : bad, None);
                return true;
            }
            catch (StoreConflictException)
            {
                return false;
            }
        }));
        for (var i = 0; i < 200; i++)
        {
            Assert.Equal(i % 2 == 0, writes[i]);
            Assert.Equal(i % 2 == 0, await store.GetAsync("things", "p", $"a{i}", None) is not null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    protected override ValueTask<ITableStore> OpenAsync() => ValueTask.FromResult<ITableStore>(new EmbeddedTableStore(database));

    private static async Task CountUp(ITableStore store, int times)
    {
        while (times > 0)
        {
            var row = await store.GetAsync("things", "p", "counter", None);
            var next = int.Parse(row!.Body.Span, System.Globalization.CultureInfo.InvariantCulture) + 1;
            try
            {
                await store.SubmitAsync("things", "p", [new TableOperation.Replace("counter", System.Text.Encoding.UTF8.GetBytes($"{next}"), row.ETag)], None);
                times--;
            }
            catch (StoreConflictException)
            {
                // the other one counted: read and decide again
            }
        }
    }
}

public sealed class EmbeddedDelayedQueueTests : DelayedQueueContract, IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly EmbeddedDatabase database;
    private readonly FakeTimeProvider clock = new();

    public EmbeddedDelayedQueueTests() => database = new EmbeddedDatabase(folder.Path);

    protected override DateTimeOffset Now => clock.GetUtcNow();

    [Fact]
    public async Task A_message_may_wait_for_longer_than_seven_days()
    {
        var queue = await OpenAsync();
        await queue.SendAsync(Queue, Body("next quarter"), Now.AddDays(90), CancellationToken.None);
        Assert.Empty(await ReceiveAfter(TimeSpan.FromDays(89), queue));
        Assert.Equal("next quarter", Text(Assert.Single(await ReceiveAfter(TimeSpan.FromDays(1), queue))));
    }

    [Fact]
    public async Task Many_receivers_never_share_a_message()
    {
        var queue = await OpenAsync();
        for (var i = 0; i < 100; i++)
        {
            await queue.SendAsync(Queue, Body($"{i}"), Now, CancellationToken.None);
        }

        var received = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => queue.ReceiveAsync(Queue, 5, Minute, CancellationToken.None).AsTask())));
        Assert.Equal(100, received.SelectMany(r => r).Select(m => m.Id).Distinct().Count());
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    protected override ValueTask<IDelayedQueue> OpenAsync() => OpenAsync(clock);

    protected override ValueTask<IDelayedQueue> OpenAsync(TimeProvider clock) => ValueTask.FromResult<IDelayedQueue>(new EmbeddedDelayedQueue(database, clock));

    protected override async Task<IReadOnlyList<LeasedMessage>> ReceiveAfter(TimeSpan wait, IDelayedQueue queue)
    {
        clock.Advance(wait);
        return await queue.ReceiveAsync(Queue, 10, Minute, CancellationToken.None);
    }
}
