using System.Text;
using Xunit;

namespace KeyAccountBot.Storage.Tests;

/// <summary>What every engine's tables promise.</summary>
public abstract class TableStoreContract
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string table = "t" + Guid.NewGuid().ToString("N")[..12];

    protected abstract ValueTask<ITableStore> OpenAsync();

    [Fact]
    public async Task An_added_row_reads_back_as_written()
    {
        var store = await OpenAsync();
        var etags = await store.SubmitAsync(table, "p", [new TableOperation.Add("r", Body("{\"a\":\"Zürich ✓\"}"), "open")], None);
        var row = await store.GetAsync(table, "p", "r", None);
        Assert.NotNull(row);
        Assert.Equal(("p", "r", "{\"a\":\"Zürich ✓\"}", "open", etags[0]), (row.PartitionKey, row.RowKey, Text(row), row.Label, row.ETag));
        Assert.Null(await store.GetAsync(table, "p", "other", None));
        Assert.Null(await store.GetAsync(table, "other", "r", None));
    }

    [Fact]
    public async Task An_engine_in_order_says_so() => await (await OpenAsync()).CheckAsync(None);

    [Fact]
    public async Task Adding_a_row_that_exists_conflicts()
    {
        var store = await OpenAsync();
        await store.SubmitAsync(table, "p", [new TableOperation.Add("r", Body("1"))], None);
        await Conflicts(store, new TableOperation.Add("r", Body("2")));
        Assert.Equal("1", Text((await store.GetAsync(table, "p", "r", None))!));
    }

    [Fact]
    public async Task Replacing_or_deleting_with_a_stale_etag_conflicts()
    {
        var store = await OpenAsync();
        var first = (await store.SubmitAsync(table, "p", [new TableOperation.Add("r", Body("1"), "open")], None))[0];
        var second = (await store.SubmitAsync(table, "p", [new TableOperation.Replace("r", Body("2"), first)], None))[0];
        Assert.NotEqual(first, second);
        await Conflicts(store, new TableOperation.Replace("r", Body("3"), first));
        await Conflicts(store, new TableOperation.Delete("r", first));
        await Conflicts(store, new TableOperation.Replace("r", Body("3"), "*"));
        await Conflicts(store, new TableOperation.Replace("missing", Body("3"), first));
        var row = await store.GetAsync(table, "p", "r", None);
        Assert.Equal(("2", null, second), (Text(row!), row!.Label, row.ETag));
        await store.SubmitAsync(table, "p", [new TableOperation.Delete("r", second)], None);
        Assert.Null(await store.GetAsync(table, "p", "r", None));
    }

    [Fact]
    public async Task An_etag_does_not_return_when_a_row_is_deleted_and_added_again()
    {
        var store = await OpenAsync();
        var first = (await store.SubmitAsync(table, "p", [new TableOperation.Add("r", Body("1"))], None))[0];
        await store.SubmitAsync(table, "p", [new TableOperation.Delete("r")], None);
        await store.SubmitAsync(table, "p", [new TableOperation.Add("r", Body("1"))], None);
        await Conflicts(store, new TableOperation.Replace("r", Body("2"), first));
    }

    [Fact]
    public async Task Put_writes_whatever_is_there()
    {
        var store = await OpenAsync();
        var first = (await store.SubmitAsync(table, "p", [new TableOperation.Put("r", Body("1"), "open")], None))[0];
        var second = (await store.SubmitAsync(table, "p", [new TableOperation.Put("r", Body("2"))], None))[0];
        var row = await store.GetAsync(table, "p", "r", None);
        Assert.Equal(("2", null, second), (Text(row!), row!.Label, row.ETag));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Deleting_a_row_that_is_gone_is_no_conflict_alone_or_in_a_batch()
    {
        var store = await OpenAsync();
        var etag = (await store.SubmitAsync(table, "p", [new TableOperation.Add("was", Body("1"))], None))[0];
        await store.SubmitAsync(table, "p", [new TableOperation.Delete("was", etag)], None);
        await store.SubmitAsync(table, "p", [new TableOperation.Delete("was", etag)], None);
        await store.SubmitAsync(table, "p", [new TableOperation.Delete("never")], None);
        var etags = await store.SubmitAsync(
            table, "p", [new TableOperation.Delete("x"), new TableOperation.Add("a", Body("1")), new TableOperation.Delete("y"), new TableOperation.Put("b", Body("2"))], None);
        Assert.Equal(["", (await store.GetAsync(table, "p", "a", None))!.ETag, "", (await store.GetAsync(table, "p", "b", None))!.ETag], etags);
    }

    [Fact]
    public async Task A_batch_that_fails_leaves_nothing_behind()
    {
        var store = await OpenAsync();
        await store.SubmitAsync(table, "p", [new TableOperation.Add("there", Body("1"))], None);
        await Conflicts(store, new TableOperation.Put("new", Body("1")), new TableOperation.Delete("there"), new TableOperation.Replace("gone", Body("1"), "5"));
        await Conflicts(store, new TableOperation.Add("new", Body("1")), new TableOperation.Add("there", Body("2")));
        Assert.Null(await store.GetAsync(table, "p", "new", None));
        Assert.Equal("1", Text((await store.GetAsync(table, "p", "there", None))!));
    }

    [Fact]
    public async Task A_query_reads_its_range_in_key_order()
    {
        var store = await OpenAsync();
        await store.SubmitAsync(table, "p", [.. new[] { "b", "event|2", "a", "event|10", "Z", "event|1", "O'Brien" }.Select(k => new TableOperation.Put(k, Body(k)))], None);
        await store.SubmitAsync(table, "other", [new TableOperation.Put("event|3", Body("x"))], None);
        Assert.Equal(["event|1", "event|10", "event|2"], await Keys(store.QueryAsync(table, "p", "event|", "event}", None)));
        Assert.Equal(["O'Brien", "Z", "a", "b"], await Keys(store.QueryAsync(table, "p", "", "event|", None)));
        Assert.Equal(["a"], await Keys(store.QueryAsync(table, "p", "a", "b", None)));
        Assert.Empty(await Keys(store.QueryAsync(table, "p", "c", "d", None)));
    }

    [Fact]
    public async Task A_query_reads_beyond_one_page()
    {
        var store = await OpenAsync();
        for (var hundred = 0; hundred < 12; hundred++)
        {
            await store.SubmitAsync(table, "p", [.. Enumerable.Range(hundred * 100, 100).Select(i => new TableOperation.Put($"{i:D5}", Body("1"), "l"))], None);
        }

        var all = Enumerable.Range(0, 1200).Select(i => $"{i:D5}");
        Assert.Equal(all, await Keys(store.QueryAsync(table, "p", "", "\uffff", None)));
        Assert.Equal(all, (await Keys(store.ScanAsync(table, "l", None))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_scan_finds_rows_by_label_in_every_partition()
    {
        var store = await OpenAsync();
        await store.SubmitAsync(table, "p", [new TableOperation.Put("1", Body("1"), "open"), new TableOperation.Put("2", Body("1"), "done")], None);
        await store.SubmitAsync(table, "q", [new TableOperation.Put("3", Body("1"), "open"), new TableOperation.Put("4", Body("1"))], None);
        Assert.Equal(["1", "3"], (await Keys(store.ScanAsync(table, "open", None))).Order());
        Assert.Equal(["1", "2", "3", "4"], (await Keys(store.ScanAsync(table, null, None))).Order());
        Assert.Empty(await Keys(store.ScanAsync(table, "never", None)));
    }

    [Theory]
    [InlineData("x", 100 * 1024)]
    [InlineData("大客户", 12_000)]
    [InlineData("a😀", 20_000)]
    [InlineData("x", StoreLimits.Body)]
    [InlineData("", 0)]
    public async Task Big_bodies_and_foreign_scripts_come_back_unchanged(string text, int times)
    {
        var store = await OpenAsync();
        var body = string.Concat(Enumerable.Repeat(text, times));
        await store.SubmitAsync(table, "p", [new TableOperation.Add("r", Body(body))], None);
        Assert.Equal(body, Text((await store.GetAsync(table, "p", "r", None))!));
    }

    [Fact]
    public async Task What_is_too_large_is_refused_and_nothing_written()
    {
        var store = await OpenAsync();
        await Refuses([new TableOperation.Put("ok", Body("1")), new TableOperation.Put("r", new byte[StoreLimits.Body + 1])]);
        await Refuses([.. Enumerable.Range(0, 101).Select(i => new TableOperation.Put($"{i}", Body("1")))]);
        await Refuses([.. Enumerable.Range(0, 5).Select(i => new TableOperation.Put($"{i}", new byte[StoreLimits.Body]))]);
        Assert.Empty(await Keys(store.ScanAsync(table, null, None)));

        async Task Refuses(TableOperation[] operations) =>
            await Assert.ThrowsAsync<StoreLimitException>(async () => await store.SubmitAsync(table, "p", operations, None));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    [InlineData("a\u0085b")]
    public async Task Keys_that_azure_would_refuse_are_refused(string key)
    {
        var store = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.SubmitAsync(table, "p", [new TableOperation.Put(key, Body("1"))], None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.SubmitAsync(table, key, [new TableOperation.Put("r", Body("1"))], None));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.GetAsync(table, "p", key, None));
    }

    [Fact]
    public async Task Long_names_double_rows_and_bodies_that_are_no_text_are_refused()
    {
        var store = await OpenAsync();
        await Refuses(table, new TableOperation.Put(new string('k', 513), Body("1")));
        await Refuses(table, new TableOperation.Put("r", Body("1")), new TableOperation.Delete("r"));
        await Refuses(table, new TableOperation.Put("r", new byte[] { 0xff }));
        await Refuses("no-table", new TableOperation.Put("r", Body("1")));

        async Task Refuses(string name, params TableOperation[] operations) =>
            await Assert.ThrowsAsync<ArgumentException>(async () => await store.SubmitAsync(name, "p", operations, None));
    }

    [Fact]
    public async Task Of_many_who_write_the_same_row_at_once_one_wins()
    {
        var store = await OpenAsync();
        var etag = (await store.SubmitAsync(table, "p", [new TableOperation.Add("r", Body("0"))], None))[0];
        for (var round = 0; round < 5; round++)
        {
            var seen = etag;
            var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
            {
                try
                {
                    return (await store.SubmitAsync(table, "p", [new TableOperation.Replace("r", Body($"{i}"), seen)], None))[0];
                }
                catch (StoreConflictException)
                {
                    return null;
                }
            })));
            etag = Assert.Single(tries, t => t is not null)!;
            Assert.Equal(etag, (await store.GetAsync(table, "p", "r", None))!.ETag);
        }
    }

    private async Task Conflicts(ITableStore store, params TableOperation[] operations) =>
        await Assert.ThrowsAsync<StoreConflictException>(async () => await store.SubmitAsync(table, "p", operations, None));

    private static byte[] Body(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(TableRow row) => Encoding.UTF8.GetString(row.Body.Span);

    private static async Task<List<string>> Keys(IAsyncEnumerable<TableRow> rows)
    {
        List<string> keys = [];
        await foreach (var row in rows)
        {
            keys.Add(row.RowKey);
        }

        return keys;
    }
}
