using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Reminders;

/// <summary>What people want to be reminded of: a row each in their mailbox, whose messages wait on a queue of their own.</summary>
internal sealed class PersonalReminders(Tables tables, IDelayedQueue queues, TimeProvider clock, WorkSignal signal)
{
    /// <summary>The queue of personal reminders.</summary>
    public const string Queue = "reminders";

    /// <summary>The label of rows whose time is still to come.</summary>
    public const string Waiting = "waiting-reminder";

    /// <summary>What the keys of their rows begin with.</summary>
    public const string Prefix = "reminder|";

    /// <summary>The most that a person may have open at once.</summary>
    public const int Most = 100;

    /// <summary>Where a reminder lies: in its person's mailbox.</summary>
    public static KeyShape<ReminderKey> Keys { get; } = new(
        k => new RowPlace(RowKeys.Mailbox(k.Tenant, k.Person), Prefix + RowKeys.Escape(k.Key)),
        p => p.Row.StartsWith(Prefix, StringComparison.Ordinal) && p.Partition.Split('|') is [var tenant, var person]
            ? new ReminderKey(new TenantId(RowKeys.Unescape(tenant)), new PersonId(RowKeys.Unescape(person)), RowKeys.Unescape(p.Row[Prefix.Length..]))
            : null);

    private readonly Table<ReminderKey, PersonalReminder> rows = tables.Of(ReminderRowKinds.Reminder, Keys, r => r.Status == ReminderStatus.Waiting ? Waiting : null);

    /// <summary>Puts a reminder on its queue and on record; the same key again changes nothing.</summary>
    /// <returns>It as it stands; <c>null</c> where the person has too many open ones.</returns>
    public ValueTask<PersonalReminder?> PutAsync(ReminderKey key, string text, DateTimeOffset at, OpportunityId? opportunity, CancellationToken cancellationToken) =>
        PutAsync(key, new PersonalReminder(text, at, ReminderStatus.Waiting, clock.GetUtcNow(), opportunity), cancellationToken);

    /// <summary>The same of one that says more than a reminder of one's own.</summary>
    /// <param name="key">Which, in whose mailbox.</param>
    /// <param name="reminder">What it says; waiting.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async ValueTask<PersonalReminder?> PutAsync(ReminderKey key, PersonalReminder reminder, CancellationToken cancellationToken)
    {
        if (await FindAsync(key, cancellationToken) is { } there)
        {
            return there;
        }

        if ((await OpenAsync(key.Tenant, key.Person, cancellationToken)).Count >= Most)
        {
            return null;
        }

        // before the row: a message without a row does nothing, a row without a message would wait until it is looked for
        await SendAsync(new ReminderDue(key, reminder.At), reminder.At, cancellationToken);
        await rows.AddAsync(key, reminder, cancellationToken);
        signal.Set();
        return await FindAsync(key, cancellationToken) ?? reminder;
    }

    /// <summary>A reminder as it stands; <c>null</c> where there is none that can be read.</summary>
    public async ValueTask<PersonalReminder?> FindAsync(ReminderKey key, CancellationToken cancellationToken) => (await rows.FindAsync(key, cancellationToken)).Record;

    /// <summary>A reminder and its ETag; <c>null</c> where there is none that can be read.</summary>
    public async ValueTask<(PersonalReminder Reminder, string ETag)?> ReadAsync(ReminderKey key, CancellationToken cancellationToken) =>
        await rows.FindAsync(key, cancellationToken) is { Record: { } reminder, ETag: { } etag } ? (reminder, etag) : null;

    /// <summary>A person's reminders that are not done, the next one first.</summary>
    public async ValueTask<IReadOnlyList<KeptReminder>> OpenAsync(TenantId tenant, PersonId person, CancellationToken cancellationToken)
    {
        List<KeptReminder> open = [];
        await foreach (var row in rows.QueryAsync(RowRange.Starting(RowKeys.Mailbox(tenant, person), Prefix), cancellationToken))
        {
            if (row.Record is { IsOpen: true } reminder)
            {
                open.Add(new KeptReminder(row.Key.Key, reminder));
            }
        }

        return [.. open.OrderBy(r => r.Reminder.At).ThenBy(r => r.Key, StringComparer.Ordinal)];
    }

    /// <summary>It is done, or not wanted any more.</summary>
    /// <returns>As it stands now; <c>null</c> where there is none.</returns>
    public async ValueTask<PersonalReminder?> EndAsync(ReminderKey key, CancellationToken cancellationToken) =>
        (await rows.ChangeAsync(key, r => r is { IsOpen: true } ? r with { Status = ReminderStatus.Done, ClaimedAt = null, Sending = null } : r, cancellationToken)).After;

    /// <summary>Tells it again later, if it is still open and nobody put it off since.</summary>
    /// <param name="key">Which.</param>
    /// <param name="told">The moment it was told for.</param>
    /// <param name="at">When, UTC.</param>
    /// <param name="cancellationToken">Stops before the write.</param>
    /// <returns>As it stands now; <c>null</c> where there is none.</returns>
    public async ValueTask<PersonalReminder?> PutOffAsync(ReminderKey key, DateTimeOffset told, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await SendAsync(new ReminderDue(key, at), at, cancellationToken);
        var change = await rows.ChangeAsync(
            key, r => r is { IsOpen: true } && r.At == told ? r with { At = at, Status = ReminderStatus.Waiting, ClaimedAt = null, Sending = null } : r, cancellationToken);
        signal.Set();
        return change.After;
    }

    /// <summary>Writes a reminder if nobody wrote it since; answers the new ETag.</summary>
    /// <exception cref="StoreConflictException">Somebody wrote first.</exception>
    public ValueTask<string> WriteAsync(ReminderKey key, PersonalReminder reminder, string etag, CancellationToken cancellationToken) =>
        rows.WriteAsync(key, reminder, etag, cancellationToken);

    /// <summary>Puts the messages of reminders on the queue again whose time came so long ago; twice does no harm.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ResendAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var resent = 0;
        await foreach (var row in rows.ScanAsync(Waiting, cancellationToken))
        {
            if (row.Record is { } reminder && reminder.At + patience < clock.GetUtcNow())
            {
                await SendAsync(new ReminderDue(row.Key, reminder.At), clock.GetUtcNow(), cancellationToken);
                resent++;
            }
        }

        return resent;
    }

    private ValueTask SendAsync(ReminderDue due, DateTimeOffset at, CancellationToken cancellationToken) =>
        queues.SendAsync(Queue, JsonSerializer.SerializeToUtf8Bytes(due, ReminderJson.Default.ReminderDue), at, cancellationToken);
}
