using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>
/// Runs turns as transactions: what an activity leads to is recorded, then the conversation with its replies, then the
/// replies are sent. A repeated activity is recognised by its id and answered alike; a reply that a crash kept from being
/// sent is sent later.
/// </summary>
internal sealed class TurnEngine(
    ITableStore tables, ConversationReplies replies, TurnGates gates, RememberedRows remembered, Conversation conversation,
    PersonFinder finder, CompanyDirectory directory, PressedAnswers pressed, PersonAddresses addresses, Playbook playbook, TimeProvider clock)
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
    public async Task<AdaptiveCardInvokeResponse?> RunAsync(Activity activity, CancellationToken cancellationToken)
    {
        var key = KeyOf(activity);
        using var pass = await gates.EnterAsync(key, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var (record, written, outdated) = await ReadAsync(key, cancellationToken);
            if (activity.Id is { } id && record.Answered.FirstOrDefault(a => a.Id == id) is { } answered)
            {
                await replies.SendAsync(key, record, written!, cancellationToken);
                remembered.Keep(key, record, written!);
                return answered.Response;
            }

            // replies of an earlier turn that a crash kept back come first
            List<Activity> owed = written is not null && !replies.WereSent(key, written) ? record.Unsent : [];
            var (said, response) = await RespondAsync(activity, record, outdated, cancellationToken);
            record.Unsent = [.. owed, .. said.Select(r => AsReply(r, activity))];
            Remember(record, activity, response);
            try
            {
                var etag = await WriteAsync(key, record, written, cancellationToken);
                await replies.SendAsync(key, record, etag, cancellationToken);
                remembered.Keep(key, record, etag);
                return response;
            }
            catch (StoreConflictException) when (attempt < Tries)
            {
                // another replica answered an activity of this conversation in between: see what stands now
            }
        }
    }

    /// <summary>Says one sentence after a fault of ours; nothing is recorded, and the activity may come again.</summary>
    public Task ApologiseAsync(Activity activity, string trace) =>
        replies.TrySendAsync(AsReply(Activity.Message(Texts["sorry.fault", Scene.CultureOf(activity.Locale), trace]), activity));

    /// <summary>The partition of a conversation. Among others each has one of their own: nobody answers what another was asked.</summary>
    public static string KeyOf(Activity activity) =>
        RowKeys.Escape(activity.ChannelId ?? "") + "|" + RowKeys.Escape(activity.Conversation!.Id!)
        + (activity.IsAmongOthers ? "|" + RowKeys.Escape(activity.From!.Id!) : "");

    private async ValueTask<(IReadOnlyList<Activity> Replies, AdaptiveCardInvokeResponse? Response)> RespondAsync(
        Activity activity, ConversationRecord record, bool outdated, CancellationToken cancellationToken)
    {
        var spoken = Spoken(activity);
        var turn = new TurnContext(spoken);
        if (await finder.FindAsync(turn, record, cancellationToken) is not { } found)
        {
            return Answer(activity, turn);
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
        }

        return Answer(activity, turn);
    }

    // written only when it changes: most turns write nothing here
    private async ValueTask RememberAddressAsync(
        Activity activity, ConversationRecord record, TenantId tenant, Person person, CancellationToken cancellationToken)
    {
        var address = new TeamsAddress(
            activity.ServiceUrl!, activity.Conversation!.Id!, activity.Recipient?.Id, activity.From?.Id, activity.Conversation.TenantId);
        if (!activity.IsAmongOthers && record.Address != address)
        {
            await addresses.PutAsync(tenant, person.Id, address, cancellationToken);
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

    // an invoke is answered by its first card, which takes the pressed card's place; what else was said is sent
    private static (IReadOnlyList<Activity>, AdaptiveCardInvokeResponse?) Answer(Activity activity, TurnContext turn)
    {
        if (activity.Type != ActivityTypes.Invoke)
        {
            return (turn.Replies, null);
        }

        var card = turn.Replies.FirstOrDefault(r => r.Attachments is [{ ContentType: Attachment.AdaptiveCard }, ..]);
        if (card is not null)
        {
            return ([.. turn.Replies.Where(r => r != card)], new AdaptiveCardInvokeResponse(200, Attachment.AdaptiveCard, card.Attachments![0].Content));
        }

        var words = Marks.Plain(string.Join(Marks.Paragraph, turn.Replies.Select(r => r.Text)));
        return ([], new AdaptiveCardInvokeResponse(200, AdaptiveCardInvokeResponse.MessageType, DialogJson.ToElement(words)));
    }

    // a card's action as the dialogs read it: its data as the value, its verb among them
    private static Activity Spoken(Activity activity)
    {
        if (activity.Type == ActivityTypes.Invoke
            && activity.Value is { ValueKind: JsonValueKind.Object } value
            && value.TryGetProperty("action", out var action) && action.ValueKind == JsonValueKind.Object
            && action.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object)
        {
            var values = data.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.Clone(), StringComparer.Ordinal);
            if (action.TryGetProperty("verb", out var verb))
            {
                values["verb"] = verb.Clone();
            }

            return activity with { Value = Unmarked(DialogJson.ToElement(values)), Text = null };
        }

        activity = activity with { Value = activity.Value is { } given ? Unmarked(given) : null };
        return activity.Text is null ? activity : activity with { Text = Mentions.WithoutMentionOf(activity, activity.Recipient?.Id ?? "") is { } said ? Marks.Without(said) : null };
    }

    // no character that a person sends passes for one of our marks
    private static JsonElement Unmarked(JsonElement value) => value.ValueKind == JsonValueKind.Object
        && value.GetRawText() is var raw && (raw.Any(Marks.IsMark) || raw.Contains("\\ufdd", StringComparison.OrdinalIgnoreCase))
        ? DialogJson.ToElement(value.EnumerateObject().GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(
            p => p.Key,
            p => p.Last().Value is { ValueKind: JsonValueKind.String } words ? DialogJson.ToElement(Marks.Without(words.GetString()!)) : p.Last().Value,
            StringComparer.Ordinal))
        : value;

    private static Activity AsReply(Activity reply, Activity to) => reply with
    {
        Type = ActivityTypes.Message,
        ChannelId = to.ChannelId,
        ServiceUrl = to.ServiceUrl,
        From = to.Recipient,
        Recipient = to.From,
        Conversation = to.Conversation,
        ReplyToId = to.Id,
        TextFormat = "markdown",
        // a card is its own text where cards are shown: the same words twice help nobody
        Text = reply.Text is null || (reply.Attachments is { Count: > 0 } && to.ChannelId == ChannelIds.Teams) ? null : Markdown.Draw(reply.Text),
        Summary = (reply.Summary ?? (reply.Attachments is { Count: > 0 } ? reply.Text : null)) is { } said ? Marks.Plain(Marks.FirstLine(said)) : null,
        Attachments = to.ChannelId == ChannelIds.Slack ? null : reply.Attachments,
    };

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

        try
        {
            var record = JsonSerializer.Deserialize(row.Body.Span, ConversationJson.Default.ConversationRecord)!;
            return record.Version == ConversationRecord.CurrentVersion ? (record, row.ETag, false) : (new ConversationRecord(), row.ETag, true);
        }
        catch (JsonException)
        {
            return (new ConversationRecord(), row.ETag, true);
        }
    }

    private async ValueTask<string> WriteAsync(string key, ConversationRecord record, string? etag, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(record, ConversationJson.Default.ConversationRecord);
        var label = record.Unsent.Count > 0 ? UnsentLabel : null;
        TableOperation write = etag is null ? new TableOperation.Add(Row, body, label) : new TableOperation.Replace(Row, body, etag, label);
        return (await tables.SubmitAsync(Table, key, [write], cancellationToken))[0];
    }
}
