namespace KeyAccountBot.Storage;

/// <summary>What every engine refuses, so that what works on one works on the other: Azure Tables' and Azure Queues' limits.</summary>
public static class StoreLimits
{
    /// <summary>The largest row body, in bytes; Azure Tables takes 1 MiB a row, keys and chunking included.</summary>
    public const int Body = 450 * 1024;

    /// <summary>Operations in one batch.</summary>
    public const int Operations = 100;

    /// <summary>The largest batch, in bytes of bodies.</summary>
    public const int Batch = 1_800 * 1024;

    /// <summary>The largest queue message, in bytes before Base64.</summary>
    public const int Message = 48 * 1024;

    /// <summary>Refuses a key that Azure Tables would refuse.</summary>
    /// <exception cref="ArgumentException">It is longer than 512 characters, or holds <c>/ \ # ?</c> or a control character.</exception>
    public static void CheckKey(string key)
    {
        if (key.Length > 512 || key.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)))
        {
            throw new ArgumentException("A key is longer than 512 characters or holds / \\ # ? or a control character.", nameof(key));
        }
    }

    /// <summary>Refuses a batch that Azure Tables would refuse.</summary>
    /// <exception cref="StoreLimitException">It is too large.</exception>
    /// <exception cref="ArgumentException">It is empty, writes a row twice, or has a bad key.</exception>
    public static void Check(string partitionKey, IReadOnlyList<TableOperation> operations)
    {
        CheckKey(partitionKey);
        if (operations.Count is 0 or > Operations)
        {
            throw new StoreLimitException($"A batch has {operations.Count} operations; between 1 and {Operations} are allowed.");
        }

        var total = 0;
        var rows = operations.Count > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
        foreach (var operation in operations)
        {
            CheckKey(operation.RowKey);
            if (rows?.Add(operation.RowKey) == false)
            {
                throw new ArgumentException($"The batch writes the row '{operation.RowKey}' twice.", nameof(operations));
            }

            var size = BodyOf(operation).Length;
            total += size;
            if (size > Body)
            {
                throw new StoreLimitException($"The row '{operation.RowKey}' has {size} bytes; {Body} are allowed.");
            }
        }

        if (total > Batch)
        {
            throw new StoreLimitException($"The batch has {total} bytes; {Batch} are allowed.");
        }
    }

    /// <summary>Refuses a message that Azure Queues would refuse.</summary>
    /// <exception cref="StoreLimitException">It is too large.</exception>
    public static void CheckMessage(ReadOnlyMemory<byte> body)
    {
        if (body.Length > Message)
        {
            throw new StoreLimitException($"The message has {body.Length} bytes; {Message} are allowed.");
        }
    }

    internal static ReadOnlyMemory<byte> BodyOf(TableOperation operation) => operation switch
    {
        TableOperation.Add add => add.Body,
        TableOperation.Replace replace => replace.Body,
        TableOperation.Put put => put.Body,
        TableOperation.Delete => default,
        _ => throw new ArgumentException($"Unknown operation {operation.GetType().Name}.", nameof(operation)),
    };
}
