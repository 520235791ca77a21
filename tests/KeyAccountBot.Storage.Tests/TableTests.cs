using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CsCheck;
using KeyAccountBot.Records;
using Xunit;

namespace KeyAccountBot.Storage.Tests;

/// <summary>What a typed table promises to those who read and change rows.</summary>
public sealed class TableTests
{
    private const string Name = "counters";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly CounterKey Key = new("a", "1");
    private static readonly RowKind<Counter> Kind = new(
        Name, r => r.RowKey != "other", (JsonTypeInfo<Counter>)JsonSerializerOptions.Default.GetTypeInfo(typeof(Counter)), c => c.Value >= 0);

    private static readonly KeyShape<CounterKey> Keys = new(k => new RowPlace(k.Partition, k.Row), p => new CounterKey(p.Partition, p.Row));

    [Fact]
    public async Task However_many_change_a_row_at_once_no_change_is_lost() => await Gen.Int[1, 9].Array[1, 40].SampleAsync(async amounts =>
    {
        var store = new RacingStore(async _ => await Task.Yield());
        var table = TableIn(store);
        var changes = await Task.WhenAll(amounts.Select(amount => Task.Run(async () =>
        {
            try
            {
                await table.ChangeAsync(Key, c => new Counter((c?.Value ?? 0) + amount), None);
                return amount;
            }
            catch (StoreConflictException e) when (e.GaveUp)
            {
                return 0;
            }
        })));
        Assert.Equal(changes.Sum(), await ValueIn(table));
        Assert.All(changes.Take(amounts.Length <= OptimisticLoop.Tries ? changes.Length : 0), change => Assert.NotEqual(0, change));
    }, iter: 200);

    [Fact]
    public async Task A_change_is_tried_again_while_others_write_first_and_is_given_up_at_the_bound() => await Gen.Int[0, 2 * OptimisticLoop.Tries].SampleAsync(async others =>
    {
        var written = 0;
        var store = new RacingStore(async store =>
        {
            if (written < others)
            {
                written++;
                await TableIn(store).PutAsync(Key, new Counter(written), None);
            }
        });
        var change = TableIn(store).ChangeAsync(Key, c => new Counter((c?.Value ?? 0) + 100), None).AsTask();
        if (others < OptimisticLoop.Tries)
        {
            Assert.Equal(new RowChange<Counter>(others == 0 ? null : new Counter(others), new Counter(others + 100)), await change);
        }
        else
        {
            Assert.True((await Assert.ThrowsAsync<StoreConflictException>(() => change)).GaveUp);
            Assert.Equal(OptimisticLoop.Tries, written);
        }

        written = others;
        Assert.Equal(others < OptimisticLoop.Tries ? others + 100 : OptimisticLoop.Tries, await ValueIn(TableIn(store)));
    });

    [Fact]
    public async Task What_gave_up_within_another_loop_is_not_tried_again()
    {
        var tries = 0;
        await Assert.ThrowsAsync<StoreConflictException>(() => OptimisticLoop.RunAsync(_ => OptimisticLoop.RunAsync(_ =>
        {
            tries++;
            throw new StoreConflictException();
        })).AsTask());
        Assert.Equal(OptimisticLoop.Tries, tries);
    }

    [Fact]
    public async Task A_change_to_nothing_deletes_the_row_as_it_stands()
    {
        var added = false;
        var store = new RacingStore(async store =>
        {
            if (!added)
            {
                added = true;
                await TableIn(store).PutAsync(Key, new Counter(2), None);
            }
        });
        var table = TableIn(store);
        await table.PutAsync(Key, new Counter(1), None);
        Assert.Equal(new RowChange<Counter>(new Counter(2), null), await table.ChangeAsync(Key, _ => null, None));
        Assert.False(await table.HasAsync(Key, None));
    }

    [Fact]
    public async Task The_same_record_again_writes_nothing()
    {
        var store = new RacingStore();
        var table = TableIn(store);
        await table.PutAsync(Key, new Counter(1), None);
        await table.ChangeAsync(Key, _ => new Counter(1), None);
        await table.ChangeAsync(new CounterKey("a", "none"), _ => null, None);
        Assert.Equal(1, store.Writes);
    }

    [Theory]
    [InlineData("{\"Value\":", false, false)]
    [InlineData("{\"Value\":", true, true)]
    [InlineData("{\"v\":2,\"Value\":1}", false, false)]
    [InlineData("{\"v\":2,\"Value\":1}", true, false)]
    public async Task A_row_that_cannot_be_read_is_written_anew_only_by_a_table_that_mends_and_never_over_a_newer_version(string body, bool mends, bool isWritten)
    {
        var store = new RacingStore();
        List<SetAsideRow> aside = [];
        await store.SubmitAsync(Name, Key.Partition, [new TableOperation.Put(Key.Row, System.Text.Encoding.UTF8.GetBytes(body))], None);
        var table = new Tables(store, new RowReader(aside.Add)).Of(Kind, Keys, mends: mends);
        var change = await table.ChangeAsync(Key, c => new Counter((c?.Value ?? 0) + 1), None);
        Assert.Equal(isWritten ? new RowChange<Counter>(null, new Counter(1)) : new RowChange<Counter>(null, null, IsSetAside: true), change);
        Assert.Equal(isWritten ? 2 : 1, store.Writes);
        Assert.Single(aside);
    }

    [Fact]
    public async Task A_batch_is_written_whole_or_not_at_all()
    {
        var (store, other) = (new RacingStore(), new CounterKey(Key.Partition, "2"));
        var (tables, table) = (new Tables(store), TableIn(store));
        var etag = await table.PutAsync(Key, new Counter(1), None);
        await Assert.ThrowsAsync<StoreConflictException>(
            () => tables.SubmitAsync([table.Writing(other, new Counter(5), null), table.Writing(Key, new Counter(6), "stale")], None).AsTask());
        Assert.False(await table.HasAsync(other, None));
        await tables.SubmitAsync([table.Writing(other, new Counter(5), null), table.Deleting(Key, etag)], None);
        Assert.Equal([new Counter(5)], await table.QueryAsync(RowRange.Whole(Key.Partition), None).Select(r => r.Record).ToListAsync(None));
    }

    [Fact]
    public async Task Rows_of_two_partitions_are_no_batch()
    {
        var store = new RacingStore();
        var table = TableIn(store);
        await Assert.ThrowsAsync<ArgumentException>(
            () => new Tables(store).SubmitAsync([table.Putting(Key, new Counter(1)), table.Putting(new CounterKey("b", "1"), new Counter(1))], None).AsTask());
        Assert.Equal(0, store.Writes);
    }

    [Fact]
    public async Task A_scan_passes_over_other_kinds_and_other_labels()
    {
        var store = new RacingStore();
        var table = new Tables(store).Of(Kind, Keys, c => c.Value > 1 ? "large" : null);
        await table.PutAsync(Key, new Counter(1), None);
        await table.PutAsync(new CounterKey("b", "2"), new Counter(2), None);
        await store.SubmitAsync(Name, "a", [new TableOperation.Put("other", "7"u8.ToArray(), "large")], None);
        Assert.Equal([new Counter(2)], await table.ScanAsync("large", None).Select(r => r.Record).ToListAsync(None));
        Assert.Equal([Key], await table.ScanAsync(null, None, k => k.Partition == "a").Select(r => r.Key).ToListAsync(None));
    }

    [Fact]
    public void A_range_holds_just_the_keys_that_start_with_its_prefix() => Gen.Select(Gen.Char['!', '~'].Array[1, 4], Gen.Char['!', '~'].Array[0, 6]).Sample((prefix, row) =>
    {
        var (start, key) = (new string(prefix), new string(row));
        var range = RowRange.Starting("p", start);
        Assert.Equal(key.StartsWith(start, StringComparison.Ordinal), string.CompareOrdinal(range.From, key) <= 0 && string.CompareOrdinal(key, range.To) < 0);
    });

    private static Table<CounterKey, Counter> TableIn(ITableStore store) => new Tables(store).Of(Kind, Keys);

    private static async Task<int> ValueIn(Table<CounterKey, Counter> table) => (await table.FindAsync(Key, None)).Record?.Value ?? 0;

    private sealed record CounterKey(string Partition, string Row);

    private sealed record Counter(int Value);
}
