using Azure.Data.Tables;
using Azure.Storage.Queues;
using KeyAccountBot.Storage.Azure;
using KeyAccountBot.Storage.Engines;
using KeyAccountBot.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace KeyAccountBot.Storage.Tests;

public sealed class AzureTableStoreTests(Azurite azurite) : TableStoreContract
{
    protected override async ValueTask<ITableStore> OpenAsync() => new AzureTableStore(new TableServiceClient(await azurite.ConnectionStringAsync()));
}

public sealed class AzureDelayedQueueTests(Azurite azurite) : DelayedQueueContract
{
    protected override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_message_that_surfaces_before_it_is_due_is_hidden_again_and_that_does_not_count()
    {
        var receiver = await OpenAsync();
        var due = Now.AddSeconds(3);
        await (await OpenAsync(new FakeTimeProvider(due))).SendAsync(Queue, Body("long wait"), due, CancellationToken.None);
        Assert.Empty(await receiver.ReceiveAsync(Queue, 1, Minute, CancellationToken.None));
        var message = Assert.Single(await ReceiveAfter(TimeSpan.FromSeconds(3), receiver));
        Assert.True(Now >= due);
        Assert.Equal(("long wait", 1), (Text(message), message.DequeueCount));
    }

    [Fact]
    public async Task However_often_a_long_wait_surfaces_it_is_hidden_again_and_the_delivery_after_it_is_the_first()
    {
        // the service let it surface: seven days have passed, again and again, and it is due in half a second only
        var due = Now.AddDays(30);
        var nearly = new FakeTimeProvider(due.AddMilliseconds(-500));
        await (await OpenAsync(new FakeTimeProvider(due))).SendAsync(Queue, Body("next month"), due, CancellationToken.None);
        var receiver = await OpenAsync(nearly);
        var service = new QueueServiceClient(await azurite.ConnectionStringAsync()).GetQueueClient(Queue);
        for (var surfaced = 1; surfaced <= 3; surfaced++)
        {
            Assert.Empty(await receiver.ReceiveAsync(Queue, 1, Minute, CancellationToken.None));
            await Eventually.Sees(async () => (await service.PeekMessagesAsync(1)).Value.Length == 1, TimeSpan.FromSeconds(20));
        }

        nearly.SetUtcNow(due);
        var message = Assert.Single(await receiver.ReceiveAsync(Queue, 1, Minute, CancellationToken.None));
        Assert.Equal(("next month", 1), (Text(message), message.DequeueCount));
    }

    // the service keeps the time of leases; the embedded engine serves one machine, which has one clock
    [Fact]
    public async Task A_lease_holds_though_another_process_clock_is_minutes_ahead()
    {
        var queue = await OpenAsync();
        await queue.SendAsync(Queue, Body("m"), Now, CancellationToken.None);
        Assert.Single(await queue.ReceiveAsync(Queue, 1, Minute, CancellationToken.None));
        Assert.Empty(await (await OpenAsync(new FakeTimeProvider(Now.AddMinutes(5)))).ReceiveAsync(Queue, 1, Minute, CancellationToken.None));
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_before_anything_is_sent()
    {
        // nobody listens there, so anything sent would fail in another way
        var queue = new AzureDelayedQueue(
            new QueueServiceClient("DefaultEndpointsProtocol=http;AccountName=nobody;AccountKey=bm9ib2R5;QueueEndpoint=http://127.0.0.1:1/nobody;"), TimeProvider.System);
        await Assert.ThrowsAsync<StoreLimitException>(async () => await queue.SendAsync(Queue, new byte[48 * 1024], Now, CancellationToken.None));
    }

    protected override ValueTask<IDelayedQueue> OpenAsync() => OpenAsync(TimeProvider.System);

    protected override async ValueTask<IDelayedQueue> OpenAsync(TimeProvider clock) =>
        new AzureDelayedQueue(new QueueServiceClient(await azurite.ConnectionStringAsync()), clock);

    protected override async Task<IReadOnlyList<LeasedMessage>> ReceiveAfter(TimeSpan wait, IDelayedQueue queue)
    {
        IReadOnlyList<LeasedMessage> received = [];
        await Eventually.Sees(async () => (received = await queue.ReceiveAsync(Queue, 10, Minute, CancellationToken.None)).Count > 0, wait + TimeSpan.FromSeconds(20));
        return received;
    }
}

public sealed class StorageEngineTests(Azurite azurite)
{
    [Theory]
    [InlineData("https://acme.table.core.windows.net", "https://acme.queue.core.windows.net/")]
    [InlineData("https://acme.blob.core.windows.net/", "https://acme.queue.core.windows.net/")]
    [InlineData("https://acme.core.windows.net", "https://acme.queue.core.windows.net/")]
    [InlineData("https://acme.table.core.chinacloudapi.cn", "https://acme.queue.core.chinacloudapi.cn/")]
    [InlineData("https://acme.z12.blob.storage.azure.net", "https://acme.z12.queue.storage.azure.net/")]
    public void An_accounts_endpoints_follow_from_any_of_them(string given, string expected) =>
        Assert.Equal(new Uri(expected), StorageEngine.EndpointOf(given, "queue"));

    [Theory]
    [InlineData("acme")]
    [InlineData("http://acme.table.core.windows.net")]
    [InlineData("https://localhost")]
    public void What_is_no_accounts_url_is_refused(string given) =>
        Assert.Throws<ArgumentException>(() => StorageEngine.Open(new StorageOptions { AccountUrl = given }, TimeProvider.System));

    [Fact]
    public async Task A_connection_string_opens_azure_and_comes_first()
    {
        await using var engine = StorageEngine.Open(
            new StorageOptions { ConnectionString = await azurite.ConnectionStringAsync(), AccountUrl = "https://acme.table.core.windows.net" }, TimeProvider.System);
        Assert.IsType<AzureTableStore>(engine.Tables);
        await engine.Tables.CheckAsync(CancellationToken.None);
    }
}
