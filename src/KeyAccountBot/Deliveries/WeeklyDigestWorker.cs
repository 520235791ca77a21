using System.Text.Json;
using KeyAccountBot.FollowUps;
using KeyAccountBot.People;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>
/// Sends the weekly digests, each once at its hour, and arms the next. Whoever is away gets none until they are back. What no channel takes
/// comes back later and later, and lies with the dead letters in the end.
/// </summary>
internal sealed class WeeklyDigestWorker(
    WeeklyDigests digests, WeeklyReview review, IDelayedQueue queues, CompanyDirectory directory, Playbook playbook, BotOptions options, Outbox outbox, Pace pace,
    DeadLetters deadLetters, WorkTimes times, TimeProvider clock, WorkSignal signal, ILogger<WeeklyDigestWorker> logger)
    : ArmedWorker(WeeklyDigests.Queue, queues, deadLetters, times, clock, signal, logger, Slots)
{
    private const int Slots = 4;

    /// <inheritdoc/>
    public override Task ArmAsync(CancellationToken cancellationToken) => digests.ArmAllAsync(options.HomeTenant, cancellationToken);

    /// <inheritdoc/>
    protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
    {
        var due = JsonSerializer.Deserialize(message.Body.Span, DeliveryJson.Default.WeeklyDigestDue)!;
        var now = Clock.GetUtcNow();
        var (state, etag, isNewer) = await digests.ReadAsync(due.Tenant, due.Person, cancellationToken);
        if (state is null && etag is not null && !isNewer)
        {
            // its row cannot be read: the message itself says when it was to come, and sending it writes the row anew
            state = new WeeklyDigestState(due.At);
        }

        var company = await directory.GetAsync(due.Tenant, cancellationToken);
        if (state is null || state.NextAt != due.At || company.Find(due.Person) is not { } reader
            || WeeklyDigests.NextFor(reader, playbook.FollowUps, now) is not { } next)
        {
            await Queues.CompleteAsync(message, cancellationToken);
            return;
        }

        if (Times.ClaimedUntil(state.ClaimedAt, now) is { } until)
        {
            await Queues.PutOffAsync(message, until, cancellationToken);
            return;
        }

        try
        {
            if (!company.IsAway(reader))
            {
                etag = await digests.WriteAsync(due.Tenant, due.Person, state with { ClaimedAt = now }, etag, cancellationToken);
                await SendAsync(due, reader, company, cancellationToken);
            }

            await digests.ArmAsync(due.Tenant, due.Person, next, etag, CancellationToken.None);
            await Queues.CompleteAsync(message, CancellationToken.None);
        }
        catch (StoreConflictException)
        {
            await Queues.PutOffAsync(message, Later(1), CancellationToken.None);
        }
        catch (NotSentException e)
        {
            await digests.WriteAsync(due.Tenant, due.Person, state, etag, CancellationToken.None);
            if (e.Throttled is not { } wait)
            {
                throw;
            }

            await Queues.PutOffAsync(message, Clock.GetUtcNow() + wait, CancellationToken.None);
        }
    }

    private async Task SendAsync(WeeklyDigestDue due, Person reader, Company company, CancellationToken cancellationToken)
    {
        var message = WeeklyDigestMessage.Of(await review.OfAsync(due.Tenant, reader, company, cancellationToken), reader, playbook, company);
        try
        {
            await outbox.SendAsync(due.Tenant, reader.HearsIn, reader, null, message, cancellationToken);
        }
        catch (NotSentException e) when (e.IsPermanent)
        {
            await outbox.SendAsync(due.Tenant, reader.HearsIn == Channel.Teams ? Channel.Slack : Channel.Teams, reader, null, message, cancellationToken);
        }
        catch (NotSentException e) when (e.Throttled is { } wait)
        {
            pace.Rest(reader.HearsIn, DeliveryWorker.ConversationOf(due.Tenant, reader, null), wait);
            throw;
        }
    }
}
