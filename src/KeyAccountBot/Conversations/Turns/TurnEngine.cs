using System.Text.Json;
using KeyAccountBot.Channels;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>
/// Runs turns as transactions: what an activity leads to is recorded, then the conversation with its replies, then the
/// replies are sent. A repeated activity is recognised by its id and answered alike; a reply that could not be sent, or that a
/// crash kept from being sent, is left to the <c>ReplyWorker</c>. A turn whose records do not answer in time is given up.
/// </summary>
internal sealed partial class TurnEngine(
    OwedRows rows, ConversationReplies replies, KnownChannels channels, ReplyLease lease, TurnGates gates, RememberedRows remembered, TurnPatience patience,
    Conversation conversation, SentMessages sent, CompanyDirectory directory, Playbook playbook, TimeProvider clock, ILogger<TurnEngine> logger)
{
    private static readonly Texts Texts = new("Conversations.ConversationTexts");
    private const int Remembered = 16;

    /// <summary>Answers what came in; the answer to the call itself, where the channel waits for one.</summary>
    /// <exception cref="RecordsOutOfReachException">The records did not answer in time. What hangs is left behind, and others go on.</exception>
    public async Task<JsonElement?> RunAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        var (key, began) = (arrival.Conversation, patience.Clock.GetTimestamp());
        using var bound = new CancellationTokenSource(patience.Records, patience.Clock);
        using var either = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken) : null;
        var token = either?.Token ?? bound.Token;
        try
        {
            using var pass = await gates.EnterAsync(key, token);
            var turn = await CommitWithinAsync(arrival, token);
            if (!turn.IsRepeat)
            {
                bound.CancelAfter(patience.RepliesOf(began));
                await replies.SendAsync(key, turn, token);
            }

            remembered.Keep(key, turn.Record, turn.ETag);
            return turn.Response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RecordsOutOfReachException();
        }
    }

    // after a conflict another replica has answered an activity of this conversation: what stands now is seen
    private async Task<CommittedTurn> CommitAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        var key = arrival.Conversation;
        return await OptimisticLoop.RunAsync(async _ =>
        {
            var (record, written, outdated) = await ReadAsync(key, cancellationToken);
            if (arrival.Id is { } id && record.Answered.FirstOrDefault(a => a.Id == id) is { } answered)
            {
                return new CommittedTurn(record, written!, answered.Response, IsRepeat: true);
            }

            var (found, now) = (record.TakeOwed(clock.GetUtcNow()), clock.GetUtcNow());
            var (said, scene) = await RespondAsync(arrival, record, outdated, cancellationToken);
            var drawn = arrival.IsAside && scene is not null ? DrawAside(arrival, record, scene, said) : channels.Of(arrival.Over).Draw(arrival, scene?.Tenant, said);
            record.Said = drawn.Replies.Count == 0 ? null : new OwedReplies(
                OwedReplies.NewId(now), now, lease.Owner, drawn.Replies, scene?.Tenant, scene?.Person.Id, scene?.Culture.Name ?? arrival.Locale)
            {
                Channel = arrival.Over,
                IsAmongOthers = arrival.IsAmongOthers,
            };
            Remember(record, arrival, drawn.Response);
            cancellationToken.ThrowIfCancellationRequested();

            // what an earlier turn still owes is the worker's from now on: it is never in a later turn's way
            var earlier = replies.StillOwed(key, found);
            var state = rows.State(key, record, written);
            var etag = (await rows.SubmitAsync(earlier is null ? [state] : [state, rows.Row(key, earlier)], cancellationToken))[0];
            return new CommittedTurn(record, etag, drawn.Response, FoundId: found?.Id, Earlier: earlier);
        });
    }

    private async ValueTask<(IReadOnlyList<Message> Said, Scene? Scene)> RespondAsync(
        Arrival arrival, ConversationRecord record, bool outdated, CancellationToken cancellationToken)
    {
        if (arrival is { What: Incoming.Joined, IsAmongOthers: true })
        {
            return (GreetTeam(arrival, record), null);
        }

        var channel = channels.Of(arrival.Over);
        var unknown = new TurnContext(arrival.Turn, arrival.What) { IsAmongOthers = arrival.IsAmongOthers };
        if (await channel.FindAsync(arrival, unknown, record, cancellationToken) is not { } found)
        {
            return (unknown.Replies, null);
        }

        var (tenant, person) = found;
        var company = await directory.GetAsync(tenant, cancellationToken);
        var now = clock.GetUtcNow();
        var today = FollowUpPolicy.CalendarOf(person, playbook.FollowUps).DateAt(now);
        var scene = new Scene(tenant, person, company, Scene.CultureOf(person.Locale), now, today, arrival.Channel)
        {
            Subject = await SubjectAsync(arrival, record, tenant, person, cancellationToken),
            Lately = record.SpokenOf is { } lately && now - lately.At < SpokenOf.Kept ? lately : null,
        };
        if (arrival.IsAmongOthers && await AsideAsync(arrival, scene, cancellationToken) is { } aside)
        {
            return (aside, scene);
        }

        var turn = new TurnContext(TalkToken.Of(arrival.Turn, person.Id), ReadNow(arrival, record)) { IsAmongOthers = arrival.IsAmongOthers || arrival.IsAside };
        turn.Set(scene);
        if (outdated)
        {
            turn.Send(scene.Say("sorry.outdated"));
        }

        await channel.RememberAsync(arrival, record, tenant, person, cancellationToken);
        if (arrival.What is Incoming.Joined)
        {
            Greet(record, turn, scene);
            return (turn.Replies, scene);
        }

        try
        {
            await conversation.RespondAsync(turn, record.Dialogs, cancellationToken);
        }
        catch (OutdatedDialogStateException)
        {
            record.Dialogs = new DialogState();
            turn.Send(scene.Say("sorry.outdated"));
        }
        catch (UnknownStageException e)
        {
            StageNotInPlaybook(logger, e);
            record.Dialogs = new DialogState();
            turn.Send(scene.Say("refusal.stage-not-in-playbook"));
        }
        catch (RecordSetAsideException)
        {
            record.Dialogs = new DialogState();
            turn.Send(scene.Say("refusal.cannot-be-read"));
        }

        record.SpokenOf = turn.Find<SpokenOf>() is { } about ? about with { At = now } : record.SpokenOf;
        if (record.Dialogs.Token == turn.Id)
        {
            record.BegunBy = arrival.Message;
        }

        return (turn.Replies, scene);
    }

    private static void Greet(ConversationRecord record, TurnContext turn, Scene scene)
    {
        if (!record.Greeted)
        {
            record.Greeted = true;
            turn.Send(scene.Say("greeting", scene.Person.Name));
        }
    }

    private static void Remember(ConversationRecord record, Arrival arrival, JsonElement? response)
    {
        if (arrival.Id is not { } id)
        {
            return;
        }

        record.Answered.Add(new AnsweredActivity(id, response));
        if (record.Answered.Count > Remembered)
        {
            record.Answered.RemoveRange(0, record.Answered.Count - Remembered);
        }

        // only the last invoke's card is kept: rows stay small
        for (var i = 0; i < record.Answered.Count - 1; i++)
        {
            record.Answered[i] = record.Answered[i] with { Response = null };
        }
    }

    private async ValueTask<(ConversationRecord Record, string? ETag, bool Outdated)> ReadAsync(string key, CancellationToken cancellationToken)
    {
        if (remembered.Take(key) is { } known)
        {
            return (known.Record, known.ETag, false);
        }

        var row = await rows.StateAsync(key, cancellationToken);
        return row.Record is { Version: ConversationRecord.CurrentVersion } record
            ? (record, row.ETag, false)
            : (new ConversationRecord(), row.ETag, row.IsThere);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An opportunity stands in a stage that this replica's playbook does not know; the speaker was told so.")]
    private static partial void StageNotInPlaybook(ILogger logger, Exception exception);
}
