using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Records;

/// <summary>Why a row cannot be read.</summary>
public enum RowFault
{
    /// <summary>Its body is no JSON.</summary>
    NotJson,

    /// <summary>A member is missing, or holds what this version does not know.</summary>
    Unfit,

    /// <summary>A newer version of the program wrote it; it is never written over.</summary>
    Newer,
}

/// <summary>What came of reading a row.</summary>
/// <param name="Record">What it holds; <c>null</c> where it cannot be read.</param>
/// <param name="Fault">Why it cannot be read.</param>
/// <param name="Reason">The same in words, without anything the row says.</param>
public readonly record struct RowReading<T>(T? Record, RowFault? Fault = null, string Reason = "")
    where T : class
{
    /// <summary>A newer version wrote it.</summary>
    public bool IsNewer => Fault == RowFault.Newer;
}

/// <summary>A kind of row, whatever it holds: for who looks through all rows.</summary>
public interface IRowKind
{
    /// <summary>The table it lies in.</summary>
    string Table { get; }

    /// <summary>Its key names one of our people or a customer, so a log does not repeat it.</summary>
    bool NamesSomebody { get; }

    /// <summary>Whether a row of that table is of this kind, by its key.</summary>
    bool Holds(TableRow row);

    /// <summary>Whether a row can be read, and why not.</summary>
    RowReading<object> Try(TableRow row);
}

/// <summary>
/// How one kind of row is written and read. Its version stands first in the body, <c>{"v":2,…</c>; the first version writes none, so a
/// body without it is of version 1. Raise the version when an older program would misread what is written from then on.
/// </summary>
/// <param name="table">The table it lies in.</param>
/// <param name="holds">Which rows of the table, by their key.</param>
/// <param name="type">How its body is read.</param>
/// <param name="isWhole">Whether no member is missing that the program relies on.</param>
/// <param name="namesSomebody">Its key names one of our people or a customer.</param>
/// <param name="version">What is written, and the newest that is read.</param>
public sealed class RowKind<T>(
    string table, Func<TableRow, bool> holds, JsonTypeInfo<T> type, Func<T, bool> isWhole, bool namesSomebody = false, int version = 1) : IRowKind
    where T : class
{
    private const int LongestPath = 80;

    /// <inheritdoc/>
    public string Table => table;

    /// <inheritdoc/>
    public bool NamesSomebody => namesSomebody;

    private static ReadOnlySpan<byte> VersionFirst => "{\"v\":"u8;

    /// <inheritdoc/>
    public bool Holds(TableRow row) => holds(row);

    /// <inheritdoc/>
    public RowReading<object> Try(TableRow row)
    {
        var reading = Read(row);
        return new RowReading<object>(reading.Record, reading.Fault, reading.Reason);
    }

    /// <summary>A row's record, or why there is none; never throws for what the row holds.</summary>
    public RowReading<T> Read(TableRow row)
    {
        var body = row.Body.Span;
        if (VersionOf(body) is var written && written > version)
        {
            return new RowReading<T>(null, RowFault.Newer, string.Create(
                CultureInfo.InvariantCulture, $"a newer version of the program wrote it: it has version {written}, and this program reads up to {version}"));
        }

        try
        {
            return JsonSerializer.Deserialize(body, type) is { } record && isWhole(record)
                ? new RowReading<T>(record)
                : new RowReading<T>(null, RowFault.Unfit, "a member is missing");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException or ArgumentException or FormatException)
        {
            return IsJson(row.Body)
                ? new RowReading<T>(null, RowFault.Unfit, "a member holds what this version does not know" + PlaceOf(e))
                : new RowReading<T>(null, RowFault.NotJson, "it is no JSON");
        }
    }

    /// <summary>Whether a newer version of the program wrote a row.</summary>
    public bool IsNewer(TableRow row) => VersionOf(row.Body.Span) > version;

    /// <summary>A record as it is stored.</summary>
    public byte[] BytesOf(T record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, type);
        return version == 1 ? json : [.. VersionFirst, .. Encoding.ASCII.GetBytes(version.ToString(CultureInfo.InvariantCulture)), (byte)',', .. json.AsSpan(1)];
    }

    private static int VersionOf(ReadOnlySpan<byte> body) =>
        body.StartsWith(VersionFirst) && Utf8Parser.TryParse(body[VersionFirst.Length..], out int version, out _) ? version : 1;

    private static bool IsJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // only the path: the rest of the message may repeat what the row says
    private static string PlaceOf(Exception e) =>
        e is JsonException { Path: { Length: > 1 and < LongestPath } path } && !path.Contains('\'', StringComparison.Ordinal) ? $" ({path[2..]})" : "";
}
