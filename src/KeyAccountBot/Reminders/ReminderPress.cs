using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Sales.Calendar;

namespace KeyAccountBot.Reminders;

/// <summary>How much later a reminder comes again.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Later>))]
internal enum Later
{
    /// <summary>In an hour.</summary>
    AnHour,

    /// <summary>At the start of tomorrow's work.</summary>
    Tomorrow,

    /// <summary>At the start of work on the next Monday.</summary>
    Monday,
}

/// <summary>Works out later moments. Pure.</summary>
internal static class LaterMoments
{
    /// <summary>The moment that is so much later, UTC, rounded to the minute.</summary>
    public static DateTimeOffset Of(Later later, WorkCalendar calendar, DateTimeOffset now)
    {
        var today = calendar.DateAt(now);
        return later switch
        {
            Later.AnHour => now.AddHours(1).AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)),
            Later.Tomorrow => calendar.StartOfWork(today.AddDays(1)),
            Later.Monday => calendar.StartOfWork(today.AddDays(DaysTo(DayOfWeek.Monday, today))),
            _ => throw new ArgumentOutOfRangeException(nameof(later), later, null),
        };
    }

    private static int DaysTo(DayOfWeek day, DateOnly today) => (((int)day - (int)today.DayOfWeek + 6) % 7) + 1;
}

/// <summary>What a button of a reminder carries.</summary>
/// <param name="Key">Which, in the mailbox of who presses it.</param>
/// <param name="At">The moment that it was told for: one that was put off since is another.</param>
/// <param name="Later">How much later; <c>null</c> where it is done.</param>
internal sealed record ReminderPress(string Key, DateTimeOffset At, Later? Later = null)
{
    /// <summary>The verb of all its buttons.</summary>
    public const string Verb = "reminder";

    /// <summary>Reads a button's data; <c>null</c> where it is no reminder's.</summary>
    public static ReminderPress? Of(JsonElement data)
    {
        try
        {
            return data.ValueKind == JsonValueKind.Object && data.Deserialize(ReminderJson.Default.ReminderPress) is { Key.Length: > 0 } press ? press : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What the button carries that sends an answer to a colleague's question.</summary>
/// <param name="Key">Which question, in the mailbox of who answers.</param>
/// <param name="Reply">What was filled in beside it.</param>
internal sealed record AnswerPress(string Key, string? Reply = null)
{
    /// <summary>The verb of the button.</summary>
    public const string Verb = "reminder/reply";

    /// <summary>Reads a button's data with what was filled in; <c>null</c> where it is no such button's.</summary>
    public static AnswerPress? Of(JsonElement data)
    {
        try
        {
            return data.ValueKind == JsonValueKind.Object && data.Deserialize(ReminderJson.Default.AnswerPress) is { Key.Length: > 0 } press ? press : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
