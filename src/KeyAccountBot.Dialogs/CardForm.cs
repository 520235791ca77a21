using System.Globalization;
using System.Text.Json;

namespace KeyAccountBot.Dialogs;

/// <summary>Reads what was filled in on a form. A field left empty is absent.</summary>
public static class CardForm
{
    /// <summary>The most that a text field takes. What comes longer is cut, for no client lets anybody write it.</summary>
    public const int LongestText = 1000;

    /// <summary>The words, or <c>null</c>.</summary>
    public static string? Text(JsonElement data, string name, int longest = LongestText) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } text
            ? text[..Math.Min(text.Length, longest)]
            : null;

    /// <summary>The chosen values.</summary>
    public static IReadOnlyList<string> Ticked(JsonElement data, string name) =>
        Text(data, name, int.MaxValue)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>The day, or <c>null</c>.</summary>
    public static DateOnly? Day(JsonElement data, string name) =>
        DateOnly.TryParseExact(Text(data, name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The time of day, or <c>null</c>.</summary>
    public static TimeOnly? Time(JsonElement data, string name) =>
        TimeOnly.TryParseExact(Text(data, name), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
