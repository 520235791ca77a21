using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using KeyAccountBot.Storage;
using Microsoft.Extensions.Caching.Memory;

namespace KeyAccountBot.Records;

/// <summary>A row that cannot be read.</summary>
/// <param name="Table">Where.</param>
/// <param name="PartitionKey">Where in the table.</param>
/// <param name="RowKey">Where in the partition.</param>
/// <param name="Fault">Why.</param>
/// <param name="Reason">The same in words, without anything the row says.</param>
/// <param name="NamesSomebody">Its key names one of our people or a customer, so a log does not repeat it.</param>
public sealed record SetAsideRow(string Table, string PartitionKey, string RowKey, RowFault Fault, string Reason, bool NamesSomebody)
{
    /// <summary>Names the row where its key must not stand: the same in the log, in <c>doctor</c> and on the operator's page.</summary>
    public string Mark => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Table}\n{PartitionKey}\n{RowKey}")).AsSpan(0, 6));
}

/// <summary>
/// The one place where stored rows become records. A row that cannot be read is set aside: named once, counted, kept in mind until it
/// can be read. Nobody gets an exception for it, so nothing but the row itself stops.
/// </summary>
/// <param name="found">Told of each row once.</param>
[SuppressMessage("Design", "CA1001", Justification = "What it owns holds memory alone.")]
public sealed class RowReader(Action<SetAsideRow>? found = null)
{
    private const int Most = 500;
    private static readonly Meter Meter = new("KeyAccountBot");
    private static readonly Counter<long> SetAsideRows =
        Meter.CreateCounter<long>("keyaccountbot.rows.set_aside", "{row}", "Rows that could not be read and were passed over.");

    // by table, partition and row
    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = Most });
    private volatile bool any;

    /// <summary>The rows set aside by this process that could not be read since; so many at most.</summary>
    public IReadOnlyList<SetAsideRow> SetAside => [.. known.Keys.Select(known.Get<SeenRow>).OfType<SeenRow>().Select(s => s.Row)];

    /// <summary>A row's record, or why it is set aside.</summary>
    public RowReading<T> Read<T>(RowKind<T> kind, TableRow row)
        where T : class
    {
        var reading = kind.Read(row);
        if (reading.Fault is { } fault)
        {
            Keep(new SetAsideRow(kind.Table, row.PartitionKey, row.RowKey, fault, reading.Reason, kind.NamesSomebody), row.ETag);
        }
        else if (any)
        {
            known.Remove((kind.Table, row.PartitionKey, row.RowKey));
        }

        return reading;
    }

    /// <summary>Keeps in mind a row that is set aside; it is named and counted once, and again when it changed and still cannot be read.</summary>
    public void Keep(SetAsideRow row, string etag)
    {
        var key = (row.Table, row.PartitionKey, row.RowKey);
        if (known.TryGetValue(key, out SeenRow? before) && before!.ETag == etag)
        {
            return;
        }

        any = true;
        known.Set(key, new SeenRow(row, etag), new MemoryCacheEntryOptions { Size = 1 });
        SetAsideRows.Add(1, new KeyValuePair<string, object?>("table", row.Table));
        found?.Invoke(row);
    }

    private sealed record SeenRow(SetAsideRow Row, string ETag);
}

/// <summary>A newer version of the program wrote a row, so this one does not write over it.</summary>
public sealed class NewerRowException : Exception
{
    /// <summary>With no further word.</summary>
    public NewerRowException() { }

    /// <summary>Which row, and what to do.</summary>
    public NewerRowException(string message) : base(message) { }

    /// <summary>With what stands behind it.</summary>
    public NewerRowException(string message, Exception inner) : base(message, inner) { }
}
