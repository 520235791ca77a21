using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using KeyAccountBot.Records;
using KeyAccountBot.Sandbox.FarEnds;

namespace KeyAccountBot.Sandbox;

/// <summary>What only the sandbox keeps: the lines of its chats, and how far its clock was moved.</summary>
internal sealed class SandboxRows(Tables tables)
{
    private const string TableName = "sandbox";
    private const string Chats = "chats";
    private const string ClockRow = "clock";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly RowKind<TranscriptLine> LineKind = new(TableName, r => r.PartitionKey == Chats, InfoOf<TranscriptLine>(), _ => true);
    private static readonly RowKind<MovedClock> ClockKind = new(TableName, r => r.PartitionKey == ClockRow, InfoOf<MovedClock>(), _ => true);

    private readonly Table<ChatLineKey, TranscriptLine> lines = tables.Of(LineKind, Lines);
    private readonly Table<OnlyRow, MovedClock> clock = tables.Of(ClockKind, OnlyRow.At(ClockRow, ClockRow));

    /// <summary>Where the lines of chats lie.</summary>
    public static KeyShape<ChatLineKey> Lines { get; } = new(
        k => new RowPlace(Chats, k.Number.ToString("D10", CultureInfo.InvariantCulture)),
        p => p.Partition == Chats && long.TryParse(p.Row, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new ChatLineKey(number) : null);

    /// <summary>All lines of the chats, in order.</summary>
    public async Task<List<TranscriptLine>> ChatsAsync(CancellationToken cancellationToken)
    {
        List<TranscriptLine> all = [];
        await foreach (var row in lines.QueryAsync(RowRange.Whole(Chats), cancellationToken))
        {
            if (row.Record is { } line)
            {
                all.Add(line);
            }
        }

        return all;
    }

    /// <summary>Keeps a line as it is now; one that was removed is forgotten.</summary>
    public async ValueTask KeepAsync(TranscriptLine line, CancellationToken cancellationToken)
    {
        var key = new ChatLineKey(line.Number);
        await tables.SubmitAsync([line.Removed ? lines.Deleting(key) : lines.Putting(key, line)], cancellationToken);
    }

    /// <summary>Keeps how far the clock has been moved, so that a restart does not turn it back.</summary>
    public async Task KeepClockAsync(SandboxClock moved, CancellationToken cancellationToken) =>
        await clock.PutAsync(OnlyRow.Key, new MovedClock(moved.Ahead.Ticks), cancellationToken);

    /// <summary>How far the clock had been moved; <c>null</c> where no sandbox has opened on this store yet.</summary>
    public async Task<TimeSpan?> KeptAheadAsync(CancellationToken cancellationToken) =>
        (await clock.FindAsync(OnlyRow.Key, cancellationToken)).Record is { } kept ? new TimeSpan(kept.Ticks) : null;

    private static JsonTypeInfo<T> InfoOf<T>() => (JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T));
}

/// <summary>The key of a line of the chats.</summary>
/// <param name="Number">Which.</param>
internal sealed record ChatLineKey(long Number);

/// <summary>How far the sandbox's clock was moved; stored as a number.</summary>
/// <param name="Ticks">How far.</param>
[JsonConverter(typeof(MovedClockJson))]
internal sealed record MovedClock(long Ticks);

/// <summary>Writes a moved clock as a number.</summary>
internal sealed class MovedClockJson : JsonConverter<MovedClock>
{
    /// <inheritdoc/>
    public override MovedClock Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MovedClock value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Ticks);
}
