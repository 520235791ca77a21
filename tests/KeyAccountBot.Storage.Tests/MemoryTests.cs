using KeyAccountBot.Storage.Memory;
using Xunit;

namespace KeyAccountBot.Storage.Tests;

public sealed class MemoryTableStoreTests : TableStoreContract
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly MemoryTableStore store = new();

    [Fact]
    public async Task What_is_written_to_a_copy_is_not_seen_in_the_other()
    {
        await store.SubmitAsync("things", "p", [new TableOperation.Add("r", "1"u8.ToArray())], None);
        var copy = store.Copy();
        await copy.SubmitAsync("things", "p", [new TableOperation.Put("r", "2"u8.ToArray()), new TableOperation.Put("s", "2"u8.ToArray())], None);

        Assert.Equal("1"u8.ToArray(), (await store.GetAsync("things", "p", "r", None))!.Body.ToArray());
        Assert.Null(await store.GetAsync("things", "p", "s", None));
        Assert.Equal([("things", "r"), ("things", "s")], copy.WrittenSince(store));
        Assert.NotEqual(store.Version, copy.Version);
    }

    protected override ValueTask<ITableStore> OpenAsync() => ValueTask.FromResult<ITableStore>(store);
}
