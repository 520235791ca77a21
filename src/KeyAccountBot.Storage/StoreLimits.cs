using System.Buffers;
using System.Text.Unicode;

namespace KeyAccountBot.Storage;

/// <summary>What every engine refuses, so that what works on one works on the other: Azure Tables' and Azure Queues' limits.</summary>
public static class StoreLimits
{
    private static readonly SearchValues<char> Refused = SearchValues.Create(
        ['/', '\\', '#', '?', .. Enumerable.Range(0, 0xa0).Select(c => (char)c).Where(char.IsControl)]);

    /// <summary>
    /// The largest row body, in bytes. Azure Tables takes 1 MiB a row, and keeps text in two bytes a character, so plain English
    /// doubles there.
    /// </summary>
    public const int Body = 450 * 1024;

    /// <summary>Operations in one batch.</summary>
    public const int Operations = 100;

    /// <summary>The largest batch, in bytes of bodies. Azure Tables takes 4 MiB of JSON, in which quotes and accents are escaped.</summary>
    public const int Batch = 1_800 * 1024;

    /// <summary>The largest queue message, in bytes: Azure Queues takes 48 KiB before Base64, of which the due time takes a line.</summary>
    public const int Message = (48 * 1024) - 64;

    /// <summary>Refuses a table name that Azure Tables would refuse.</summary>
    /// <exception cref="ArgumentException">It is not 3 to 63 letters and digits, a letter first.</exception>
    public static void CheckTable(string table)
    {
        if (table.Length is < 3 or > 63 || !char.IsAsciiLetter(table[0]) || !table.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException($"The table name '{table}' is not 3 to 63 letters and digits, a letter first.", nameof(table));
        }
    }

    /// <summary>Refuses a queue name that Azure Queues would refuse.</summary>
    /// <exception cref="ArgumentException">It is not 3 to 63 small letters, digits and single hyphens between them.</exception>
    public static void CheckQueue(string queue)
    {
        if (queue.Length is < 3 or > 63 || queue[0] == '-' || queue[^1] == '-' || queue.Contains("--", StringComparison.Ordinal)
            || !queue.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new ArgumentException($"The queue name '{queue}' is not 3 to 63 small letters, digits and single hyphens between them.", nameof(queue));
        }
    }

    /// <summary>Refuses a key that Azure Tables would refuse.</summary>
    /// <exception cref="ArgumentException">It is longer than 512 characters, or holds <c>/ \ # ?</c>, a control character or half a surrogate pair.</exception>
    public static void CheckKey(string key)
    {
        if (key.Length > 512 || key.AsSpan().ContainsAny(Refused) || HasHalfPair(key))
        {
            throw new ArgumentException("A key is longer than 512 characters, or holds / \\ # ? or a control character, or half a surrogate pair.", nameof(key));
        }
    }

    /// <summary>Refuses a batch that Azure Tables would refuse.</summary>
    /// <exception cref="StoreLimitException">It is too large, or empty.</exception>
    /// <exception cref="ArgumentException">It writes a row twice, has a bad key, or a body that is not UTF-8.</exception>
    public static void Check(string table, string partitionKey, IReadOnlyList<TableOperation> operations)
    {
        CheckTable(table);
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

            var body = BodyOf(operation);
            var size = body.Length;
            total += size;
            if (size > Body)
            {
                throw new StoreLimitException($"The row '{operation.RowKey}' has {size} bytes; {Body} are allowed.");
            }

            if (!Utf8.IsValid(body.Span))
            {
                throw new ArgumentException($"The body of the row '{operation.RowKey}' is not UTF-8.", nameof(operations));
            }
        }

        if (total > Batch)
        {
            throw new StoreLimitException($"The batch has {total} bytes; {Batch} are allowed.");
        }
    }

    /// <summary>Refuses a message that Azure Queues would refuse.</summary>
    /// <exception cref="StoreLimitException">It is too large.</exception>
    /// <exception cref="ArgumentException">The queue's name is bad.</exception>
    public static void CheckMessage(string queue, ReadOnlyMemory<byte> body)
    {
        CheckQueue(queue);
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

    private static bool HasHalfPair(string key)
    {
        var from = key.AsSpan().IndexOfAnyInRange('\ud800', '\udfff');
        for (var i = from; i >= 0 && i < key.Length; i++)
        {
            if (char.IsSurrogate(key[i]) && (i + 1 == key.Length || !char.IsSurrogatePair(key[i], key[++i])))
            {
                return true;
            }
        }

        return false;
    }
}
