using System.Text.Json;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Deliveries;

/// <content>Which deliveries a person is told one by one: what is due together gathers, and the heaviest take the places that are left.</content>
internal sealed partial class Mailboxes
{
    // one at a time in this process for each reader; between processes the ETag of the day's row settles it
    private const int Turns = 64;

    // those that are told one by one come a second apart, the heaviest first
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim[] turns = [.. Enumerable.Range(0, Turns).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>
    /// What becomes of a delivery that counts. The first of a batch opens it, and until its time is over the others join; then the
    /// heaviest take the places left, and once none is left all others are in a digest. The same delivery is answered the same all day.
    /// </summary>
    public async ValueTask<Placement> PlaceAsync(TenantId tenant, Person reader, MailboxLine line, CancellationToken cancellationToken)
    {
        var turn = turns[(uint)HashCode.Combine(tenant, reader.Id) % Turns];
        var isMine = await turn.WaitAsync(Patience, cancellationToken);
        try
        {
            return await PlaceInTurnAsync(tenant, reader, line, cancellationToken);
        }
        finally
        {
            if (isMine)
            {
                turn.Release();
            }
        }
    }

    // in a conflict another process placed a delivery of the same reader
    private ValueTask<Placement> PlaceInTurnAsync(TenantId tenant, Person reader, MailboxLine line, CancellationToken cancellationToken) => OptimisticLoop.RunAsync(async _ =>
    {
        Placement? placement;
        do
        {
            placement = await PlaceOnceAsync(tenant, reader, line, cancellationToken);
        }
        while (placement is null);

        return placement;
    });

    // null once a batch was decided: the day then says what became of this delivery
    private async ValueTask<Placement?> PlaceOnceAsync(TenantId tenant, Person reader, MailboxLine line, CancellationToken cancellationToken)
    {
        var calendar = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps);
        var now = clock.GetUtcNow();
        var today = calendar.DateAt(now);
        var (day, etag, _) = await ReadAsync(tenant, reader.Id, today, cancellationToken);
        if (day is null)
        {
            return new Placement.Separate();
        }

        if (day.Separate.Contains(line.Item))
        {
            return InOrder(day, line.Item, now);
        }

        if (day.Digest.Contains(line.Item))
        {
            return new Placement.InDigest();
        }

        if (day.Separate.Count >= playbook.FollowUps.SeparateMessagesADay)
        {
            return await AddToDigestAsync(tenant, reader.Id, calendar, line, now, cancellationToken);
        }

        var until = DecidedFrom(now, calendar);
        if (day.DecideAt is null && until <= now)
        {
            await WriteAsync(tenant, reader.Id, today, day with { Separate = [.. day.Separate, line.Item], DecidedAt = null }, etag, cancellationToken);
            return new Placement.Separate();
        }

        var row = lines.Putting(MailboxLineKey.Of(tenant, reader.Id, Gathers, today, line), line);
        if (day.DecideAt is not { } at)
        {
            await tables.SubmitAsync([row, Writing(tenant, reader.Id, today, day with { DecideAt = until }, etag)], cancellationToken);
            return new Placement.Waits(until);
        }

        if (now - at > times.Gathering && until > now && !day.Again)
        {
            // the service was down: what piled up meanwhile comes all at once now, and is decided together
            await tables.SubmitAsync([row, Writing(tenant, reader.Id, today, day with { DecideAt = until, Again = true }, etag)], cancellationToken);
            return new Placement.Waits(until);
        }

        await tables.SubmitAsync([row], cancellationToken);
        if (at > now && at <= until)
        {
            return new Placement.Waits(at);
        }

        await DecideAsync(tenant, reader.Id, calendar, today, day, etag, now, cancellationToken);
        return null;
    }

    // who comes to it last in the working day is not kept until the next
    private DateTimeOffset DecidedFrom(DateTimeOffset now, WorkCalendar calendar)
    {
        var until = now + times.Gathering;
        return calendar.NextWorkingMoment(until) == until && calendar.DateAt(until) == calendar.DateAt(now) ? until : now;
    }

    private static Placement InOrder(MailboxDay day, MailboxItem item, DateTimeOffset now)
    {
        var rank = day.Separate.TakeWhile(i => i != item).Count();
        return day.DecidedAt + (rank * Apart) is { } at && at > now && at - now <= rank * Apart ? new Placement.Waits(at) : new Placement.Separate();
    }

    // what joined while this was read is not lost: it finds places left and opens the next batch, or none and goes to the digest
    private async ValueTask DecideAsync(
        TenantId tenant, PersonId person, WorkCalendar calendar, DateOnly today, MailboxDay day, string? etag, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var heaviest = new HeaviestFirst<MailboxItem>(playbook.FollowUps.SeparateMessagesADay - day.Separate.Count);
        await foreach (var line in LinesAsync(tenant, person, Gathers, today, cancellationToken))
        {
            if (!day.Separate.Contains(line.Item))
            {
                heaviest.Add(line.Item, line.WeightAt(calendar, now));
            }
        }

        await WriteAsync(
            tenant, person, today,
            day with { Separate = [.. day.Separate, .. heaviest.InOrder()], DecideAt = null, Again = false, DecidedAt = now },
            etag, cancellationToken);
    }

    // the row and the day are one batch, so nothing joins a digest that is being sent
    private async ValueTask<Placement> AddToDigestAsync(
        TenantId tenant, PersonId person, WorkCalendar calendar, MailboxLine line, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var today = calendar.DateAt(now);
        var date = today;
        var (day, etag, _) = await ReadAsync(tenant, person, date, cancellationToken);
        while (day is not null && (day.Closed || day.ClaimedAt is not null || now >= calendar.At(date, playbook.FollowUps.DigestAt)))
        {
            date = calendar.AddBusinessDays(date, 1);
            (day, etag, _) = await ReadAsync(tenant, person, date, cancellationToken);
        }

        if (day is null)
        {
            return new Placement.Separate();
        }

        if (await IsInDigestAsync(date) || (date != today && await IsInDigestAsync(today)))
        {
            return new Placement.InDigest();
        }

        if (day.InDigest == 0)
        {
            // before the row: a message without a digest does nothing, a digest without a message would never be sent
            var due = JsonSerializer.SerializeToUtf8Bytes(new DigestDue(tenant, person, date), DeliveryJson.Default.DigestDue);
            await queues.SendAsync(Digests, due, calendar.At(date, playbook.FollowUps.DigestAt), cancellationToken);
        }

        await tables.SubmitAsync(
            [
                lines.Writing(MailboxLineKey.Of(tenant, person, InDigest, date, line), line, null),
                Writing(tenant, person, date, day with { Lines = day.Lines + 1 }, etag),
            ],
            cancellationToken);
        return new Placement.InDigest();

        ValueTask<bool> IsInDigestAsync(DateOnly of) => lines.HasAsync(MailboxLineKey.Of(tenant, person, InDigest, of, line), cancellationToken);
    }
}
