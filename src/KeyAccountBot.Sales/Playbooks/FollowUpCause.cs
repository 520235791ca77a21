using System.Text.Json;
using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>
/// Why the bot follows up, by the name that the record keeps, for example <c>CheckInMissed</c>. What a cause is stands in its own file:
/// see <see cref="FollowUps.Causes"/>.
/// </summary>
[JsonConverter(typeof(FollowUpCauseJson))]
public readonly record struct FollowUpCause(string Value)
{
    /// <summary>The same name as the playbook's file writes it, for example <c>checkInMissed</c>.</summary>
    public string InPlaybook => char.ToLowerInvariant(Value[0]) + Value[1..];

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Writes a cause as its name on record, and reads it as a property of the playbook too.</summary>
public sealed class FollowUpCauseJson : JsonConverter<FollowUpCause>
{
    /// <inheritdoc/>
    public override FollowUpCause Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Named(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FollowUpCause value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override FollowUpCause ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Named(ref reader);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, FollowUpCause value, JsonSerializerOptions options) => writer.WritePropertyName(value.Value);

    private static FollowUpCause Named(ref Utf8JsonReader reader) =>
        reader.GetString() is { Length: > 0 } name ? new FollowUpCause(char.ToUpperInvariant(name[0]) + name[1..]) : throw new JsonException("A cause has a name.");
}
