using KeyAccountBot.Channels;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Reminders;

/// <summary>One personal reminder in hand.</summary>
internal sealed class ReminderErrand(ReminderErrands errands, ReminderDue due, PersonalReminder reminder, string etag, Person reader) : Errand(due.Key.Tenant, reader)
{
    private PersonalReminder reminder = reminder;
    private string etag = etag;

    /// <inheritdoc/>
    public override string Key => $"reminder|{due.Key.Key}|{due.At:yyyy-MM-ddTHH:mm:ss}";

    /// <inheritdoc/>
    public override string Name => "a personal reminder";

    /// <inheritdoc/>
    public override SendingState State { get; } = reminder.Sending ?? SendingState.New;

    /// <inheritdoc/>
    public override DateTimeOffset TellAt(DateTimeOffset now) => errands.TellAt(reminder, Reader, now);

    /// <inheritdoc/>
    public override ValueTask ClaimAsync(SendingState state, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(reminder with { ClaimedAt = now }, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask<Message?> MessageAsync(CancellationToken cancellationToken) => await errands.MessageAsync(due, reminder, Reader, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask EndAsync(DateTimeOffset now) => WriteAsync(reminder with { Status = ReminderStatus.Told, ClaimedAt = null, Sending = null });

    /// <inheritdoc/>
    public override ValueTask SentAsync(SentMessage sent, Channel channel, DateTimeOffset now) => EndAsync(now);

    /// <inheritdoc/>
    public override ValueTask GiveBackAsync(SendingState state, string? error, DateTimeOffset now) => WriteAsync(reminder with { ClaimedAt = null, Sending = state });

    /// <summary>A dead letter; the reminder stays open and begins anew once an operator has its message sent again.</summary>
    public override async ValueTask DieAsync(LeasedMessage message, SendingState state, DateTimeOffset now)
    {
        await errands.BuryAsync(message, state);
        await WriteAsync(reminder with { ClaimedAt = null, Sending = null });
    }

    private async ValueTask WriteAsync(PersonalReminder next, CancellationToken cancellationToken = default)
    {
        etag = await errands.WriteAsync(due, next, etag, cancellationToken);
        reminder = next;
    }
}
