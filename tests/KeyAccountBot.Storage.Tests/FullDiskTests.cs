using System.Globalization;
using System.Text;
using KeyAccountBot.Storage.Embedded;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.Storage.Tests;

/// <summary>The embedded store on a disk with no room left: said plainly, nothing half-written, and it goes on once there is room.</summary>
public sealed class FullDiskTests : IAsyncDisposable
{
    private const int Pages = 200; // of 4 KiB
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly byte[] Large = Encoding.UTF8.GetBytes(new string('x', 100 * 1024));
    private readonly TemporaryFolder folder = new();
    private readonly EmbeddedDatabase database;
    private readonly EmbeddedTableStore tables;
    private readonly EmbeddedDelayedQueue queues;
    private readonly FakeTimeProvider clock = new();

    public FullDiskTests()
    {
        database = new EmbeddedDatabase(folder.Path);
        tables = new EmbeddedTableStore(database);
        queues = new EmbeddedDelayedQueue(database, clock);
    }

    [Fact]
    public async Task A_write_that_finds_no_room_is_refused_in_plain_words_and_leaves_nothing_behind()
    {
        var written = await FillAsync();

        var refused = await Assert.ThrowsAsync<StoreFullException>(async () => await PutAsync("small", "large"));
        Assert.Contains("key-account-bot.db is full", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Make room", refused.Message, StringComparison.Ordinal);
        Assert.Null(await tables.GetAsync("things", "p", "small", None));
        Assert.Equal(written, await RowsAsync());

        var sent = 0;
        await Assert.ThrowsAsync<StoreFullException>(async () =>
        {
            for (; sent < 10; sent++)
            {
                await queues.SendAsync("queue", Large.AsMemory(0, StoreLimits.Message), clock.GetUtcNow(), None);
            }
        });
        await database.LimitAsync(Pages * 10);
        Assert.Equal(sent, (await queues.ReceiveAsync("queue", 20, TimeSpan.FromMinutes(1), None)).Count);
    }

    [Fact]
    public async Task What_would_share_a_commit_with_a_write_that_does_not_fit_is_written_all_the_same()
    {
        await FillAsync();
        await tables.SubmitAsync("things", "p", [new TableOperation.Delete("000")], None);

        // all wait for the same thread, so most share commits; of the large ones, one fits where a row was deleted
        var writes = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => FitsAsync(i % 10 == 0 ? $"large-{i}" : $"fits-{i}", i % 10 == 0))));

        var rows = await RowsAsync();
        Assert.Equal(90, rows.Count(r => r.StartsWith("fits-", StringComparison.Ordinal)));
        Assert.Equal(writes.Count(w => w), rows.Count(r => r.StartsWith("fits-", StringComparison.Ordinal) || r.StartsWith("large-", StringComparison.Ordinal)));
        Assert.Contains(false, writes);
    }

    [Fact]
    public async Task Once_there_is_room_the_same_write_succeeds_and_everything_goes_on()
    {
        await queues.SendAsync("queue", "waits"u8.ToArray(), clock.GetUtcNow(), None);
        var written = await FillAsync();
        await Assert.ThrowsAsync<StoreFullException>(async () => await PutAsync("small", "large"));

        await database.LimitAsync(Pages * 10);

        await PutAsync("small", "large");
        Assert.Equal([.. written, "large", "small"], await RowsAsync());
        var message = Assert.Single(await queues.ReceiveAsync("queue", 1, TimeSpan.FromMinutes(1), None));
        await queues.CompleteAsync(message, None);
        await tables.CheckAsync(None);
    }

    [Fact]
    public async Task What_was_refused_is_not_there_after_reopening_and_what_was_written_is()
    {
        var written = await FillAsync();
        await Assert.ThrowsAsync<StoreFullException>(async () => await PutAsync("small", "large"));
        await database.DisposeAsync();

        await using var again = new EmbeddedDatabase(folder.Path);
        Assert.Equal(written, await RowsAsync(new EmbeddedTableStore(again)));
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    private async Task<IReadOnlyList<string>> FillAsync()
    {
        await database.LimitAsync(Pages);
        List<string> written = [];
        while (await FitsAsync(written.Count.ToString("000", CultureInfo.InvariantCulture), isLarge: true))
        {
            written.Add(written.Count.ToString("000", CultureInfo.InvariantCulture));
        }

        Assert.NotEmpty(written);
        return written;
    }

    private async Task<bool> FitsAsync(string row, bool isLarge)
    {
        try
        {
            await tables.SubmitAsync("things", "p", [new TableOperation.Put(row, isLarge ? Large : "{}"u8.ToArray())], None);
            return true;
        }
        catch (StoreFullException)
        {
            return false;
        }
    }

    private async Task PutAsync(string small, string large) =>
        await tables.SubmitAsync("things", "p", [new TableOperation.Put(small, "{}"u8.ToArray()), new TableOperation.Add(large, Large)], None);

    private async Task<IReadOnlyList<string>> RowsAsync(EmbeddedTableStore? store = null)
    {
        List<string> rows = [];
        await foreach (var row in (store ?? tables).QueryAsync("things", "p", "", "\uffff", None))
        {
            rows.Add(row.RowKey);
        }

        return rows;
    }
}
