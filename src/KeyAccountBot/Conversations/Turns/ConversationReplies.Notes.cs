using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Records;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Conversations.Turns;

/// <content>What is written after replies were sent, or at start of those that a dead process may not have sent.</content>
[SuppressMessage("Design", "CA1031", Justification = "What cannot be noted now is noted half a second later.")]
internal sealed partial class ConversationReplies
{
    // a conversation with a turn under way is passed over: the turn writes the row itself, and a note in between would make it begin anew
    private async Task NoteAsync(string conversation, SentReplies what, CancellationToken cancellationToken)
    {
        if (!gates.TryEnter(conversation, out var pass))
        {
            return;
        }

        using (pass)
        {
            if (!sent.TryGetValue(conversation, out var known) || !ReferenceEquals(known, what))
            {
                return;
            }

            try
            {
                if (what.Said is { } said)
                {
                    await ForgetAsync(conversation, what, said, cancellationToken).WaitAsync(cancellationToken);
                }
            }
            catch (StoreConflictException)
            {
                // another replica's turn wrote first, and put the replies on record by themselves
                late.Enqueue((conversation, what));
            }
            catch (Exception e)
            {
                LogNotNoted(log, e.Message);
                return;
            }

            sent.TryRemove(KeyValuePair.Create(conversation, what));
        }
    }

    private async Task ForgetAsync(string conversation, SentReplies what, OwedReplies said, CancellationToken cancellationToken)
    {
        remembered.Take(conversation);
        what.Record.Said = null;
        var etag = await WriteAsync(conversation, what.Record, what.ETag, LeftOf(said, what), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        remembered.Keep(conversation, what.Record, etag);
    }

    // from the rows as they stand: the replies are in the conversation's own, or in one of their own
    private async Task NoteLateAsync(string conversation, SentReplies what, CancellationToken cancellationToken)
    {
        try
        {
            var (said, left) = (what.Said!, LeftOf(what.Said!, what));
            if (await MoveAsync(conversation, found => found.Id == said.Id, _ => left, cancellationToken).WaitAsync(cancellationToken))
            {
                return;
            }

            if (left is null)
            {
                await rows.SubmitAsync([rows.Gone(conversation, said.Id)], cancellationToken).AsTask().WaitAsync(cancellationToken);
            }
            else if (clock.GetUtcNow() - said.At < ReplyLease.Holds)
            {
                // later than that the worker has them all
                await rows.SendAsync(conversation, left, what.NextAt, cancellationToken).AsTask().WaitAsync(cancellationToken);
                await rows.SubmitAsync([rows.Row(conversation, left)], cancellationToken).AsTask().WaitAsync(cancellationToken);
            }
        }
        catch (Exception e)
        {
            LogNotNoted(log, e.Message);
            late.Enqueue((conversation, what));
        }
    }

    private async Task TakeOverAsync(string conversation, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            await MoveAsync(
                conversation, found => lease.OverAt(found) <= clock.GetUtcNow(), found => found.HandOver(found.Replies, clock.GetUtcNow()), cancellationToken)
                .WaitAsync(cancellationToken);
            watched.TryRemove(KeyValuePair.Create(conversation, at));
        }
        catch (Exception e)
        {
            LogNotNoted(log, e.Message);
        }
    }

    // out of the conversation's row, within its turn: what is left of them becomes a row of its own. False where the row holds no such
    private async Task<bool> MoveAsync(
        string conversation, Func<OwedReplies, bool> isMeant, Func<OwedReplies, OwedReplies?> left, CancellationToken cancellationToken)
    {
        using var pass = await gates.EnterAsync(conversation, cancellationToken);
        return await OptimisticLoop.RunAsync(async _ =>
        {
            remembered.Take(conversation);
            if (await rows.StateAsync(conversation, cancellationToken) is not { Record: { } record, ETag: { } etag }
                || record.TakeOwed(clock.GetUtcNow()) is not { } found || !isMeant(found) || IsKnown(conversation, found))
            {
                return false;
            }

            await WriteAsync(conversation, record, etag, left(found), cancellationToken);
            return true;
        });
    }

    // what this process has just sent is noted in its own time
    private bool IsKnown(string conversation, OwedReplies found) => sent.TryGetValue(conversation, out var known) && known.Said?.Id == found.Id;

    // the message first: a row that no message speaks of would wait for the next start
    private async Task<string> WriteAsync(string conversation, ConversationRecord record, string etag, OwedReplies? left, CancellationToken cancellationToken)
    {
        if (left is null)
        {
            return (await rows.SubmitAsync([rows.State(conversation, record, etag)], cancellationToken))[0];
        }

        await rows.SendAsync(conversation, left, left.NextAt ?? clock.GetUtcNow(), cancellationToken);
        var etags = await rows.SubmitAsync([rows.State(conversation, record, etag), rows.Row(conversation, left)], cancellationToken);
        signal.Set();
        return etags[0];
    }

    private static OwedReplies? LeftOf(OwedReplies said, SentReplies what) => what.Left.Count > 0 ? said.HandOver(what.Left, what.NextAt) : null;

    private async Task SendMessageAsync((string Conversation, OwedReplies Owed, DateTimeOffset At) one, CancellationToken cancellationToken)
    {
        try
        {
            await rows.SendAsync(one.Conversation, one.Owed, one.At, cancellationToken).AsTask().WaitAsync(cancellationToken);
            signal.Set();
        }
        catch (Exception e)
        {
            LogNotNoted(log, e.Message);
            messages.Enqueue(one);
        }
    }

    private async Task BuryAsync((string Conversation, OwedReplies Said, JsonElement Reply, string Reason) one, CancellationToken cancellationToken)
    {
        try
        {
            await deadLetters.PutAsync((one.Said with { Attempts = 1 }).RefusedIn(one.Conversation, one.Reply), one.Reason, cancellationToken).AsTask().WaitAsync(cancellationToken);
        }
        catch (Exception e)
        {
            LogNotNoted(log, e.Message);
            refused.Enqueue(one);
        }
    }

    // at start: what a process that died may not have sent, and what nobody has a message of
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (conversation, own, replies) in rows.AllAsync(cancellationToken))
            {
                if (own?.TakeOwed(clock.GetUtcNow()) is { } owed)
                {
                    watched[conversation] = lease.OverAt(owed);
                }

                Moved(conversation, replies);
            }

            await NoteAsync(CancellationToken.None);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotNoted(log, e.Message);
        }
    }
}
