using KeyAccountBot.Storage.Embedded;

namespace KeyAccountBot.Storage;

/// <summary>Where records are kept.</summary>
public sealed class StorageOptions
{
    /// <summary>A folder for the embedded engine.</summary>
    public string Path { get; set; } = "./data";
}

/// <summary>An open store: its tables and its queues.</summary>
/// <param name="Tables">Rows.</param>
/// <param name="Queues">Messages that become visible at a time.</param>
/// <param name="Owned">Closed with the engine.</param>
public sealed record StorageEngine(ITableStore Tables, IDelayedQueue Queues, IAsyncDisposable? Owned) : IAsyncDisposable
{
    /// <summary>Opens the engine that the options name.</summary>
    /// <param name="options">Which.</param>
    /// <param name="clock">Decides which messages are visible.</param>
    public static StorageEngine Open(StorageOptions options, TimeProvider clock)
    {
        var database = new EmbeddedDatabase(options.Path);
        return new StorageEngine(new EmbeddedTableStore(database), new EmbeddedDelayedQueue(database, clock), database);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Owned?.DisposeAsync() ?? ValueTask.CompletedTask;
}
