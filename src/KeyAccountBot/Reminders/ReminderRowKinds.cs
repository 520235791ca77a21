using KeyAccountBot.Records;

namespace KeyAccountBot.Reminders;

/// <summary>The kinds of rows that personal reminders keep.</summary>
internal static class ReminderRowKinds
{
    /// <summary>What a person wants to be reminded of.</summary>
    public static RowKind<PersonalReminder> Reminder { get; } = new(
        RowKeys.Mailboxes, r => r.RowKey.StartsWith(PersonalReminders.Prefix, StringComparison.Ordinal), ReminderJson.Default.PersonalReminder,
        r => r.Text is { Length: > 0 } && r.At != default, namesSomebody: true);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<IRowKind> All { get; } = [Reminder];
}
