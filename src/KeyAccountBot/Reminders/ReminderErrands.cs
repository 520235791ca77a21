using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Reminders;

/// <summary>Personal reminders: each once at the moment its person named. Who is away hears of it on their first morning back.</summary>
internal sealed class ReminderErrands(PersonalReminders reminders, CompanyDirectory directory, Playbook playbook, DeadLetters deadLetters, WorkTimes times) : IErrands
{
    // what comes later than that waits for its reader's hours
    private static readonly TimeSpan OnTime = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public int Slots => 4;

    /// <inheritdoc/>
    public async ValueTask<Called> ReadAsync(LeasedMessage message, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, ReminderJson.Default.ReminderDue)!;
        if (await reminders.ReadAsync(due.Key, cancellationToken) is not var (reminder, etag))
        {
            return new Called.NotYet();
        }

        if (reminder.Status != ReminderStatus.Waiting || reminder.At != due.At)
        {
            return new Called.Over();
        }

        if (times.ClaimedUntil(reminder.ClaimedAt, now) is { } until)
        {
            return new Called.Waits(until);
        }

        var company = await directory.GetAsync(due.Key.Tenant, cancellationToken);
        if (company.Find(due.Key.Person) is not { } reader)
        {
            return new Called.Over();
        }

        if (company.IsAway(reader))
        {
            var calendar = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps);
            return new Called.Waits(calendar.StartOfWork(calendar.AddBusinessDays(calendar.DateAt(now).AddDays(1), 0)));
        }

        return new Called.Due(new ReminderErrand(this, due, reminder, etag, reader));
    }

    /// <summary>When its person may be told, UTC: at the moment they named, or in their hours where that is long past or somebody else asks.</summary>
    internal DateTimeOffset TellAt(PersonalReminder reminder, Person reader, DateTimeOffset now) =>
        reminder.At > now ? reminder.At
        : now - reminder.At < OnTime && reminder.From is null ? now
        : FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).NextWorkingMoment(now);

    /// <summary>What is said.</summary>
    internal async ValueTask<Message> MessageAsync(ReminderDue due, PersonalReminder reminder, Person reader, CancellationToken cancellationToken) =>
        ReminderMessage.Of(due.Key.Key, reminder, reader, await directory.GetAsync(due.Key.Tenant, cancellationToken));

    /// <summary>Writes the row if nobody wrote it since.</summary>
    internal ValueTask<string> WriteAsync(ReminderDue due, PersonalReminder reminder, string etag, CancellationToken cancellationToken) =>
        reminders.WriteAsync(due.Key, reminder, etag, cancellationToken);

    /// <summary>Keeps a dead letter.</summary>
    internal ValueTask BuryAsync(LeasedMessage message, SendingState state) => deadLetters.PutAsync(message, state, CancellationToken.None);
}
