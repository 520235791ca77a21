using System.Text.Json;
using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Calendar;

/// <summary>The days of the week on which somebody works; never none. Written as <c>mon-fri</c>, <c>sun-thu</c> or <c>mon tue thu</c>.</summary>
[JsonConverter(typeof(WorkingDaysJson))]
public readonly record struct WorkingDays
{
    private static readonly string[] Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    private static readonly char[] Between = [' ', ',', ';'];

    // a bit a day, Sunday the lowest; 0, which no text gives, is the default: Monday to Friday
    private readonly byte bits;

    private WorkingDays(byte bits) => this.bits = bits;

    /// <summary>Monday to Friday.</summary>
    public static WorkingDays MondayToFriday { get; } = Parse("mon-fri");

    /// <summary>Every day of the week.</summary>
    public static WorkingDays All { get; } = Parse("sun-sat");

    /// <summary>Whether this day is one of them.</summary>
    public bool Contains(DayOfWeek day) => ((bits == 0 ? MondayToFriday.bits : bits) & (1 << (int)day)) != 0;

    /// <summary>Reads days and ranges of days, three letters each, whatever their capitals.</summary>
    /// <exception cref="FormatException">A word is no day, or there is none.</exception>
    public static WorkingDays Parse(string text) =>
        TryParse(text, out var days) ? days : throw new FormatException($"'{text}' names no days of the week; write for example 'mon-fri' or 'mon tue thu'");

    /// <summary>Reads days and ranges of days.</summary>
    /// <returns>Whether every word is a day or a range.</returns>
    public static bool TryParse(string? text, out WorkingDays days)
    {
        var found = 0;
        foreach (var word in (text ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = word.Split('-');
            var (first, last) = (IndexOf(ends[0]), IndexOf(ends[^1]));
            if (ends.Length > 2 || first < 0 || last < 0)
            {
                days = default;
                return false;
            }

            for (var day = first; ; day = (day + 1) % 7)
            {
                found |= 1 << day;
                if (day == last)
                {
                    break;
                }
            }
        }

        days = new WorkingDays((byte)found);
        return found != 0;
    }

    /// <summary>The days by name, for example <c>mon tue wed thu fri</c>.</summary>
    public override string ToString()
    {
        var days = this;
        return string.Join(' ', Enumerable.Range(1, 7).Select(d => d % 7).Where(d => days.Contains((DayOfWeek)d)).Select(d => Names[d]));
    }

    private static int IndexOf(string name) => Array.FindIndex(Names, n => n.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Working days as text.</summary>
public sealed class WorkingDaysJson : JsonConverter<WorkingDays>
{
    /// <inheritdoc/>
    public override WorkingDays Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WorkingDays.TryParse(reader.GetString(), out var days) ? days : throw new JsonException("no days of the week; write for example 'mon-fri' or 'mon tue thu'");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, WorkingDays value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
