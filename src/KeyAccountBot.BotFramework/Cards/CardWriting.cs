using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Messages;

namespace KeyAccountBot.BotFramework.Cards;

/// <summary>Writes what is there and leaves out what is not.</summary>
internal static class CardWriting
{
    public static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    // read as Markdown
    public static void Words(this Utf8JsonWriter json, string name, string words) => json.WriteString(name, Markdown.Draw(words));

    // read as it stands
    public static void Plain(this Utf8JsonWriter json, string name, string? words) => json.Text(name, words is null ? null : Marks.Plain(words));

    public static void Flag(this Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }

    public static void Day(this Utf8JsonWriter json, string name, DateOnly? value) =>
        json.Text(name, value?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static void Clock(this Utf8JsonWriter json, string name, TimeOnly? value) =>
        json.Text(name, value?.ToString("HH:mm", CultureInfo.InvariantCulture));

    public static void Word<T>(this Utf8JsonWriter json, string name, T? value) where T : struct, Enum
    {
        if (value is { } word)
        {
            json.WriteString(name, JsonNamingPolicy.CamelCase.ConvertName(word.ToString()));
        }
    }

    public static void Items<T>(this Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T, Utf8JsonWriter> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(item, json);
        }

        json.WriteEndArray();
    }
}
