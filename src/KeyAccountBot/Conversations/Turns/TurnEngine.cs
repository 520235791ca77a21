using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Replies;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Operations;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>
/// Runs turns as transactions: what an activity leads to is recorded, then the conversation with its replies, then the
/// replies are sent. A repeated activity is recognised by its id and answered alike; a reply that could not be sent, or that a
/// crash kept from being sent, is left to the <see cref="ReplyWorker"/>. A turn whose records do not answer in time is given up.
/// </summary>
internal sealed partial class TurnEngine(
    ITableStore tables, ConversationReplies replies, ReplyLease lease, TurnGates gates, RememberedRows remembered, TurnPatience patience, Conversation conversation,
    PersonFinder finder, CompanyDirectory directory, PressedAnswers pressed, PersonAddresses addresses, Playbook playbook, TimeProvider clock,
    RowReader rows, ILogger<TurnEngine> logger)
{
    /// <summary>The table of conversations.</summary>
    public const string Table = "conversations";

    /// <summary>The one row of a conversation's partition.</summary>
    public const string Row = "state";

    /// <summary>The label of conversations whose replies may not have been sent.</summary>
    public const string UnsentLabel = "unsent";

    private static readonly Texts Texts = new("Conversations.ConversationTexts");
    private const int Remembered = 16;
    private const int Tries = 5;

    /// <summary>Answers one activity; the invoke response where it was an invoke.</summary>
    /// <exception cref="RecordsOutOfReachException">The records did not answer in time. What hangs is left behind, and others go on.</exception>
    public async Task<AdaptiveCardInvokeResponse?> RunAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (!finder.CanTell(activity))
        {
            return await DeclineAsync(activity);
        }

        var (key, began) = (KeyOf(activity), patience.Clock.GetTimestamp());
        using var bound = new CancellationTokenSource(patience.Records, patience.Clock);
        using var either = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken) : null;
        var token = either?.Token ?? bound.Token;
        try
        {
            using var pass = await gates.EnterAsync(key, token);
            var turn = await CommitWithinAsync(key, activity, token);
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

    private async Task<CommittedTurn> CommitAsync(string key, Activity activity, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (record, written, outdated) = await ReadAsync(key, cancellationToken);
            if (activity.Id is { } id && record.Answered.FirstOrDefault(a => a.Id == id) is { } answered)
            {
                return new CommittedTurn(record, written!, answered.Response, IsRepeat: true);
            }

            var (found, now) = (record.TakeOwed(clock.GetUtcNow()), clock.GetUtcNow());
            var (said, response, scene) = await RespondAsync(activity, record, outdated, cancellationToken);
            record.Said = said.Count == 0 ? null : new OwedReplies(
                OwedReplies.NewId(now), now, lease.Owner, [.. said.Select(r => AsReply(r, activity))], scene?.Tenant, scene?.Person.Id,
                scene?.Culture.Name ?? activity.Locale);
            Remember(record, activity, response);
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                // what an earlier turn still owes is the worker's from now on: it is never in a later turn's way
                var earlier = replies.StillOwed(key, found);
                TableOperation[] writes = earlier is null ? [OwedRows.State(record, written)] : [OwedRows.State(record, written), OwedRows.Row(earlier)];
                var etag = (await tables.SubmitAsync(Table, key, writes, cancellationToken))[0];
                return new CommittedTurn(record, etag, response, FoundId: found?.Id, Earlier: earlier);
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // another replica answered an activity of this conversation in between: see what stands now
            }
        }
    }

    // on a channel that cannot tell who somebody is: nothing is read, kept or looked up
    private async Task<AdaptiveCardInvokeResponse?> DeclineAsync(Activity activity)
    {
        var words = Texts["unknown-channel", Scene.CultureOf(activity.Locale)];
        switch (activity.Type)
        {
            case ActivityTypes.Message:
                await replies.TrySendAsync(AsReply(Activity.Message(words), activity));
                return null;
            case ActivityTypes.Invoke:
                return new AdaptiveCardInvokeResponse(200, AdaptiveCardInvokeResponse.MessageType, DialogJson.ToElement(words));
            default:
                return null;
        }
    }

    /// <summary>The partition of a conversation. Among others each has one of their own: nobody answers what another was asked.</summary>
    public static string KeyOf(Activity activity) =>
        RowKeys.Escape(activity.ChannelId ?? "") + "|" + RowKeys.Escape(activity.Conversation!.Id!)
        + (activity.IsAmongOthers ? "|" + RowKeys.Escape(activity.From!.Id!) : "");

    private async ValueTask<(IReadOnlyList<Activity> Replies, AdaptiveCardInvokeResponse? Response, Scene? Scene)> RespondAsync(
        Activity activity, ConversationRecord record, bool outdated, CancellationToken cancellationToken)
    {
        var spoken = Spoken(activity);
        var turn = new TurnContext(spoken);
        if (await finder.FindAsync(turn, record, cancellationToken) is not { } found)
        {
            return Answer(activity, turn, null);
        }

        var (tenant, person) = found;
        var company = await directory.GetAsync(tenant, cancellationToken);
        var now = clock.GetUtcNow();
        var culture = Scene.CultureOf(person.Locale);
        var today = FollowUpPolicy.CalendarOf(person, playbook.FollowUps).DateAt(now);
        var scene = new Scene(tenant, person, company, culture, now, today, activity.ChannelId ?? "");
        turn.Set(scene);
        if (outdated)
        {
            turn.Send(scene.Say("sorry.outdated"));
        }

        await RememberAddressAsync(activity, record, tenant, person, cancellationToken);
        if (activity.Type is ActivityTypes.ConversationUpdate or ActivityTypes.InstallationUpdate)
        {
            Greet(activity, record, turn, scene);
        }
        else if (await pressed.AnswerAsync(tenant, person, spoken.Value, new CommandId(CommandIds.Of(turn)), activity.ChannelId ?? "", cancellationToken) is { } result)
        {
            turn.Send(result.Card is { } card
                ? Activity.Message(result.Sentence) with { Attachments = [card.ToAttachment()] }
                : Activity.Message(result.Sentence));
        }
        else
        {
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
        }

        return Answer(activity, turn, scene);
    }

    // written only when it changes: most turns write nothing here
    private async ValueTask RememberAddressAsync(
        Activity activity, ConversationRecord record, TenantId tenant, Person person, CancellationToken cancellationToken)
    {
        var objectId = activity.From?.AadObjectId;
        var address = new TeamsAddress(
            activity.ServiceUrl!, activity.Conversation!.Id!, activity.Recipient?.Id, activity.From?.Id, activity.Conversation.TenantId,
            person.TeamsId is null || string.Equals(person.TeamsId, objectId, StringComparison.OrdinalIgnoreCase) ? objectId : null);
        if (!activity.IsAmongOthers && record.Address != address && await addresses.PutAsync(tenant, person.Id, address, cancellationToken))
        {
            record.Address = address;
        }
    }

    private static void Greet(Activity activity, ConversationRecord record, TurnContext turn, Scene scene)
    {
        var bot = activity.Recipient?.Id;
        var added = activity.Type == ActivityTypes.InstallationUpdate
            ? activity.Action is "add" or "add-upgrade"
            : activity.MembersAdded?.Any(m => m.Id == bot) == true;
        if (added && !record.Greeted)
        {
            record.Greeted = true;
            turn.Send(scene.Say("greeting", scene.Person.Name));
        }
    }

    private static void Remember(ConversationRecord record, Activity activity, AdaptiveCardInvokeResponse? response)
    {
        if (activity.Id is null)
        {
            return;
        }

        record.Answered.Add(new AnsweredActivity(activity.Id, response));
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

        if (await tables.GetAsync(Table, key, Row, cancellationToken) is not { } row)
        {
            return (new ConversationRecord(), null, false);
        }

        return rows.Read(ServiceRowKinds.Conversation, row).Record is { Version: ConversationRecord.CurrentVersion } record
            ? (record, row.ETag, false)
            : (new ConversationRecord(), row.ETag, true);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An opportunity stands in a stage that this replica's playbook does not know; the speaker was told so.")]
    private static partial void StageNotInPlaybook(ILogger logger, Exception exception);
}
