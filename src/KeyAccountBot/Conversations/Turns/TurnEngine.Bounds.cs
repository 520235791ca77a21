using System.Text.Json;
using KeyAccountBot.Channels;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Conversations.Turns;

/// <content>What becomes of a turn that fails, or that takes longer than anybody should wait.</content>
internal sealed partial class TurnEngine
{
    /// <summary>Says one sentence that is on no record, such as after a fault of ours: nothing is recorded, and the same may come again.</summary>
    public Task SayAsync(Arrival arrival, string sentence) =>
        replies.TrySendAsync(arrival.Over, channels.Of(arrival.Over).Draw(arrival, null, [Message.Of(sentence)]).Replies);

    /// <summary>The sentence for what kept us from answering.</summary>
    public static string SorryFor(string? locale, Exception fault, string trace) => fault is RecordsOutOfReachException
        ? Texts["sorry.records", Scene.CultureOf(locale)]
        : Texts["sorry.fault", Scene.CultureOf(locale), trace];

    // nobody waits longer for a store that hangs
    private async Task<CommittedTurn> CommitWithinAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        var commit = CommitAsync(arrival, cancellationToken);
        try
        {
            return await commit.WaitAsync(cancellationToken);
        }
        catch (Exception)
        {
            _ = commit.ContinueWith(done => Abandoned(arrival.Conversation, done), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    // should it be committed after all, what it said still goes out; where nobody can know, that is looked up
    private void Abandoned(string key, Task<CommittedTurn> commit)
    {
        if (!commit.IsCompletedSuccessfully)
        {
            _ = commit.Exception;
            replies.Watch(key);
        }
        else if (!commit.Result.IsRepeat)
        {
            replies.Leave(key, commit.Result);
        }
    }
}

/// <summary>A turn that is on record.</summary>
/// <param name="Record">The conversation's row as it was written.</param>
/// <param name="ETag">Of that row.</param>
/// <param name="Response">The answer to the call itself, where the channel waits for one.</param>
/// <param name="FoundId">Whose replies the row held before.</param>
/// <param name="Earlier">Those of them that are the worker's now.</param>
/// <param name="IsRepeat">The activity was answered before; nothing was written.</param>
internal sealed record CommittedTurn(
    ConversationRecord Record, string ETag, JsonElement? Response, string? FoundId = null, OwedReplies? Earlier = null, bool IsRepeat = false);
