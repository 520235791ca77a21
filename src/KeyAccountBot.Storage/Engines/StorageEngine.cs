using global::Azure.Core;
using global::Azure.Data.Tables;
using global::Azure.Identity;
using global::Azure.Storage.Queues;
using KeyAccountBot.Storage.Azure;
using KeyAccountBot.Storage.Embedded;
using KeyAccountBot.Storage.Memory;

namespace KeyAccountBot.Storage.Engines;

/// <summary>An open store: its tables and its queues.</summary>
/// <param name="Tables">Rows.</param>
/// <param name="Queues">Messages that become visible at a time.</param>
/// <param name="Owned">Closed with the engine.</param>
public sealed record StorageEngine(ITableStore Tables, IDelayedQueue Queues, IAsyncDisposable? Owned = null) : IAsyncDisposable
{
    /// <summary>Other replicas of the service may write what this one reads.</summary>
    public bool IsShared => Owned is not EmbeddedDatabase;

    /// <summary>Opens the engine that the options name; an Azure account is first reached when it is first used.</summary>
    /// <param name="options">Which.</param>
    /// <param name="clock">Decides which messages are visible.</param>
    /// <exception cref="ArgumentException">The account's URL is not one.</exception>
    public static StorageEngine Open(StorageOptions options, TimeProvider clock)
    {
        if (!string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            return new StorageEngine(
                new AzureTableStore(new TableServiceClient(options.ConnectionString)),
                new AzureDelayedQueue(new QueueServiceClient(options.ConnectionString), clock));
        }

        if (!string.IsNullOrWhiteSpace(options.AccountUrl))
        {
            TokenCredential credential = new DefaultAzureCredential();
            return new StorageEngine(
                new AzureTableStore(new TableServiceClient(EndpointOf(options.AccountUrl, "table"), credential)),
                new AzureDelayedQueue(new QueueServiceClient(EndpointOf(options.AccountUrl, "queue"), credential), clock));
        }

        var database = new EmbeddedDatabase(options.Path);
        return new StorageEngine(new EmbeddedTableStore(database), new EmbeddedDelayedQueue(database, clock), database);
    }

    /// <summary>A trial's engine: rows in memory, and nothing ever falls due.</summary>
    public static StorageEngine InMemory(MemoryTableStore tables) => new(tables, new SilentQueue());

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Owned?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>An account's endpoint for a service, given any of its endpoints: <c>https://ACCOUNT.SERVICE.core.windows.net</c>, in any cloud.</summary>
    internal static Uri EndpointOf(string accountUrl, string service)
    {
        if (!Uri.TryCreate(accountUrl, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps
            || url.HostNameType != UriHostNameType.Dns || !url.Host.Contains('.', StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{accountUrl}' is not an account's URL like https://ACCOUNT.table.core.windows.net.", nameof(accountUrl));
        }

        List<string> host = [.. url.Host.Split('.')];
        var at = host.FindIndex(1, part => part is "blob" or "table" or "queue" or "file" or "dfs");
        if (at < 0)
        {
            host.Insert(1, service);
        }
        else
        {
            host[at] = service;
        }

        return new Uri($"https://{string.Join('.', host)}/");
    }
}
