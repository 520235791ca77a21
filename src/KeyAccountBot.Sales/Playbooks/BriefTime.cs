using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>When a rep gets the brief of a planned visit.</summary>
[JsonConverter(typeof(BriefTimeJson))]
public abstract record BriefTime
{
    private BriefTime() { }

    /// <summary>The day before, at this local time of the rep: <c>{"at": "eveningBefore", "time": "17:00"}</c>.</summary>
    public sealed record EveningBefore(TimeOnly Time) : BriefTime;

    /// <summary>So many minutes before: <c>{"minutesBefore": 60}</c>.</summary>
    public sealed record MinutesBefore(int Minutes) : BriefTime;

    private sealed class BriefTimeJson : JsonConverter<BriefTime>
    {
        public override BriefTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var brief = document.RootElement;
            if (brief.ValueKind == JsonValueKind.Object)
            {
                if (brief.TryGetProperty("minutesBefore", out var minutes) && minutes.TryGetInt32(out var count))
                {
                    return new MinutesBefore(count);
                }

                if (brief.TryGetProperty("at", out var at) && at.ValueEquals("eveningBefore") && brief.TryGetProperty("time", out var time)
                    && TimeOnly.TryParseExact(time.GetString(), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var evening))
                {
                    return new EveningBefore(evening);
                }
            }

            throw new JsonException("""A brief is due at {"at": "eveningBefore", "time": "17:00"} or {"minutesBefore": 60}.""");
        }

        public override void Write(Utf8JsonWriter writer, BriefTime value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            switch (value)
            {
                case EveningBefore evening:
                    writer.WriteString("at", "eveningBefore");
                    writer.WriteString("time", evening.Time.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
                    break;
                case MinutesBefore before:
                    writer.WriteNumber("minutesBefore", before.Minutes);
                    break;
                default:
                    throw new JsonException($"No rule for {value.GetType().Name}.");
            }

            writer.WriteEndObject();
        }
    }
}
