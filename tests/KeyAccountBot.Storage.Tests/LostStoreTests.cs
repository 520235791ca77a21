using KeyAccountBot.Storage.Embedded;
using Xunit;

namespace KeyAccountBot.Storage.Tests;

/// <summary>The embedded store whose file is taken away, replaced, spoilt or locked under it: nothing is confirmed that would be lost, and the check says so.</summary>
public sealed class LostStoreTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryFolder folder = new();
    private readonly EmbeddedDatabase database;
    private readonly EmbeddedTableStore tables;

    public LostStoreTests()
    {
        database = new EmbeddedDatabase(folder.Path);
        tables = new EmbeddedTableStore(database);
    }

    private string File => Path.Combine(folder.Path, "key-account-bot.db");

    [Fact]
    public async Task A_store_that_can_be_written_and_read_is_fit_and_the_check_leaves_nothing_behind()
    {
        await tables.CheckAsync(None);
        await tables.CheckAsync(None);

        Assert.Empty(await tables.ScanAsync("check", null, None).ToListAsync());
    }

    [Fact]
    public async Task A_write_after_the_file_was_deleted_is_refused_and_not_confirmed_into_nothing()
    {
        await PutAsync("before");
        System.IO.File.Delete(File);

        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => PutAsync("after"));
        Assert.Contains("key-account-bot.db was deleted, moved or replaced", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnusableException>(async () => await tables.CheckAsync(None));
        Assert.False(System.IO.File.Exists(File), "An empty store was made in its place.");
    }

    [Fact]
    public async Task A_write_after_the_whole_folder_was_deleted_is_refused()
    {
        await PutAsync("before");
        Directory.Delete(folder.Path, recursive: true);

        await Assert.ThrowsAsync<StoreUnusableException>(() => PutAsync("after"));
        Directory.CreateDirectory(folder.Path);
    }

    [Fact]
    public async Task A_write_after_the_log_was_deleted_is_refused()
    {
        await PutAsync("before");
        System.IO.File.Delete(File + "-wal");

        var refused = await Assert.ThrowsAsync<StoreUnusableException>(() => PutAsync("after"));
        Assert.Contains("-wal was deleted", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_after_another_file_took_its_place_is_refused()
    {
        await PutAsync("before");
        System.IO.File.Move(File, File + ".old");
        System.IO.File.Copy(File + ".old", File);

        await Assert.ThrowsAsync<StoreUnusableException>(() => PutAsync("after"));
        await Assert.ThrowsAsync<StoreUnusableException>(async () => await tables.CheckAsync(None));
    }

    [Fact]
    public async Task A_write_that_shares_a_commit_with_many_is_refused_with_them()
    {
        await PutAsync("before");
        System.IO.File.Delete(File);

        var writes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Record.ExceptionAsync(() => PutAsync($"r{i}")).AsTask()));
        Assert.All(writes, w => Assert.IsType<StoreUnusableException>(w));
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(0)]
    public async Task A_file_that_is_spoilt_under_us_fails_the_check(int left)
    {
        await PutAsync("before");
        await using (var spoil = new FileStream(File, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            spoil.SetLength(0);
            await spoil.WriteAsync(new byte[left]);
        }

        await Assert.ThrowsAsync<StoreUnusableException>(async () => await tables.CheckAsync(None));
    }

    [Fact]
    public async Task A_full_store_fails_the_check_and_says_so()
    {
        await database.LimitAsync(100);
        var row = 0;
        while (await Record.ExceptionAsync(() => PutAsync($"r{row++}", new byte[20 * 1024])) is null)
        {
        }

        await Assert.ThrowsAsync<StoreFullException>(async () => await tables.CheckAsync(None));
        await database.LimitAsync(10_000);
        await tables.CheckAsync(None);
    }

    [Fact]
    public async Task A_store_that_may_only_be_read_fails_the_check_and_says_so()
    {
        await PutAsync("before");
        await database.ForbidWritesAsync();

        var unfit = await Assert.ThrowsAsync<StoreUnusableException>(async () => await tables.CheckAsync(None));
        Assert.Contains("can only be read", unfit.Message, StringComparison.Ordinal);
        Assert.NotNull(await tables.GetAsync("things", "p", "before", None));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_in_plain_words()
    {
        using var other = new TemporaryFolder();
        System.IO.File.WriteAllText(Path.Combine(other.Path, "key-account-bot.db"), new string('x', 10_000));

        var refused = Assert.Throws<StoreUnusableException>(() => new EmbeddedDatabase(other.Path));
        Assert.Contains("is no whole database", refused.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    private async Task PutAsync(string row, byte[]? body = null)
    {
        body ??= "{}"u8.ToArray();
        Array.Fill(body, (byte)' ');
        await tables.SubmitAsync("things", "p", [new TableOperation.Put(row, body)], None);
    }
}
