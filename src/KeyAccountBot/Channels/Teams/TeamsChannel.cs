using System.Globalization;
using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Channels.Teams;

/// <summary>Teams over the Bot Connector, and at play any client that speaks its protocol: conversations, and news in personal chats and rooms.</summary>
/// <param name="people">Finds who speaks.</param>
/// <param name="addresses">Knows where each person last wrote from, and keeps what was opened.</param>
/// <param name="replies">Sends replies.</param>
/// <param name="client">Makes a client for news.</param>
/// <param name="settings">The address and the app id for people who never wrote, and for rooms.</param>
internal sealed partial class TeamsChannel(
    PersonFinder people, PersonAddresses addresses, IReplyChannel replies, Func<ConnectorClient?> client, TeamsSection settings) : IChannel
{
    private const int MostSuggested = 3;
    private const int MostOnCard = 6;
    private const int LongestButton = 80;

    /// <summary>
    /// The limits of a conversation, and fifty messages a second in a tenant
    /// (<see href="https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit">rate limits</see>).
    /// </summary>
    public static ChannelPace Pace { get; } = new(
        [new(7, TimeSpan.FromSeconds(1)), new(8, TimeSpan.FromSeconds(2)), new(60, TimeSpan.FromSeconds(30)), new(1800, TimeSpan.FromHours(1))],
        [new(50, TimeSpan.FromSeconds(1))]);

    /// <inheritdoc/>
    public string Id => ChannelIds.Teams;

    /// <inheritdoc/>
    public Channel? Reaches => Channel.Teams;

    /// <inheritdoc/>
    public ChannelAbilities Abilities => ChannelAbilities.Dialogs | ChannelAbilities.Forms | ChannelAbilities.UpdateInPlace | ChannelAbilities.Rooms;

    /// <inheritdoc/>
    public ChannelPace Takes => Pace;

    /// <inheritdoc/>
    public ValueTask<(TenantId Tenant, Person Person)?> FindAsync(
        Arrival arrival, TurnContext turn, IConversationMemory memory, CancellationToken cancellationToken) =>
        people.FindAsync((TeamsArrival)arrival, turn, (ConversationRecord)memory, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RememberAsync(Arrival arrival, IConversationMemory memory, TenantId tenant, Person person, CancellationToken cancellationToken)
    {
        var (activity, record) = (((TeamsArrival)arrival).Activity, (ConversationRecord)memory);
        var objectId = activity.From?.AadObjectId;
        var address = new TeamsAddress(
            activity.ServiceUrl!, activity.Conversation!.Id!, activity.Recipient?.Id, activity.From?.Id, activity.Conversation.TenantId,
            person.TeamsId is null || string.Equals(person.TeamsId, objectId, StringComparison.OrdinalIgnoreCase) ? objectId : null);

        // written only when it changes: most turns write nothing here
        if (!activity.IsAmongOthers && !arrival.IsAside && record.Address != address && await addresses.PutAsync(tenant, person.Id, address, cancellationToken))
        {
            record.Address = address;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Where they never wrote personally, Teams opens the conversation if the bot is theirs.</remarks>
    public async ValueTask<Arrival?> AsideAsync(Arrival arrival, TenantId tenant, Person person, CancellationToken cancellationToken)
    {
        var from = (TeamsArrival)arrival;
        if (await addresses.GetTeamsAsync(tenant, person.Id, cancellationToken) is { } known && !known.IsOfAnother(person))
        {
            return from.Aside(known.ServiceUrl, known.ConversationId);
        }

        if (client() is not { } web)
        {
            return null;
        }

        var (service, speaker) = (from.Activity.ServiceUrl!, from.Activity.From!);
        try
        {
            var opened = await web.WithoutWaiting().CreateConversationAsync(
                service, from.Activity.Recipient?.Id ?? "", from.Activity.TenantId, speaker.AadObjectId ?? speaker.Id!, cancellationToken);
            return opened is { Length: > 0 } ? from.Aside(service, opened) : null;
        }
        catch (ConnectorException e) when (e.IsPermanent)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// An invoke is answered by its first card, which takes the pressed card's place; what else was said is sent. So is all of it where the
    /// pressed card stays: then the answer only names it.
    /// </remarks>
    public DrawnTurn Draw(Arrival arrival, TenantId? tenant, IReadOnlyList<Message> said)
    {
        var activity = ((TeamsArrival)arrival).Activity;
        if (activity.Type != ActivityTypes.Invoke)
        {
            return new DrawnTurn([.. said.Select(m => Element(ActivityOf(m, activity)))]);
        }

        if (said.FirstOrDefault(m => m.LeavesPressed) is { } under)
        {
            return new DrawnTurn([.. said.Select(m => Element(ActivityOf(m, activity)))], Element(Briefly(under.Notification)));
        }

        if (said.FirstOrDefault(m => (m.InPlace ?? m).IsCard) is { } card && AdaptiveCards.Of(card.InPlace ?? card) is { } drawn)
        {
            return new DrawnTurn(
                [.. said.Where(m => !ReferenceEquals(m, card)).Select(m => Element(ActivityOf(m, activity)))],
                Element(new AdaptiveCardInvokeResponse(200, Attachment.AdaptiveCard, drawn.ToJson())));
        }

        return new DrawnTurn([], Element(Briefly(Marks.Plain(string.Join(Marks.Paragraph, said.Select(PlainText.Of))))));
    }

    /// <inheritdoc/>
    public JsonElement Sentence(JsonElement like, string words) =>
        Element(Read(like) with { Text = Markdown.Draw(words), Summary = null, Attachments = null, SuggestedActions = null, ReplyToId = null });

    /// <inheritdoc/>
    public string WordsOf(JsonElement reply) => Read(reply) is var said ? said.Text ?? said.Summary ?? "a card" : "";

    /// <inheritdoc/>
    public Task SendAsync(JsonElement reply, CancellationToken cancellationToken) => replies.SendAsync(reply, cancellationToken);

    /// <summary>The answer to an invoke in words, shown for a moment.</summary>
    public static AdaptiveCardInvokeResponse Briefly(string words) => new(200, AdaptiveCardInvokeResponse.MessageType, DialogJson.ToElement(words));

    /// <summary>A message as a reply to an activity.</summary>
    public static Activity ActivityOf(Message message, Activity to)
    {
        var card = AdaptiveCards.Of(Offered(message));
        return new Activity
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
            Text = card is not null && to.ChannelId == ChannelIds.Teams ? null : Markdown.Draw(PlainText.Of(message)),
            Summary = card is not null || message.Summary is not null ? message.Notification : null,
            Attachments = card is null ? null : [card.ToAttachment()],
            SuggestedActions = Suggested(message),
        };
    }

    // Teams shows three suggested actions; more are buttons of a card, as many as a card shows, and beyond that the words alone do
    private static Message Offered(Message message)
    {
        var buttons = Buttons(message);
        return !message.IsCard && buttons.Count is > MostSuggested and <= MostOnCard && buttons.All(b => b.Title.Length <= LongestButton) && message.Body is [Paragraph question, ..]
            ? message with { Title = Marks.FirstLine(question.Words), Body = [], Actions = buttons }
            : message;
    }

    private static SuggestedActions? Suggested(Message message)
    {
        var ready = message.ReadyAnswers.Count > 0 ? message.ReadyAnswers
            : message.Form?.Submit is not null || message.IsAnsweredInWords ? []
            : [.. message.Choices.Select((c, i) => new ReadyAnswer(c, (i + 1).ToString(CultureInfo.InvariantCulture)))];
        return ready.Count is > 0 and <= MostSuggested
            ? new SuggestedActions([.. ready.Select(a => new CardAction("imBack", Marks.Plain(a.Title), a.Says))])
            : null;
    }

    private static IReadOnlyList<MessageAction> Buttons(Message message) => message.ReadyAnswers.Count > 0
        ? [.. message.ReadyAnswers.Select(a => message.Token is null ? new SayAction(a.Title, a.Says) : (MessageAction)PressAction.Answer(a.Title, a.Says, message.Token))]
        : message.ChoiceButtons;

    private static Activity Read(JsonElement reply) => reply.Deserialize(ActivityJson.Default.Activity)!;

    private static JsonElement Element(Activity activity) => JsonSerializer.SerializeToElement(activity, ActivityJson.Default.Activity);

    private static JsonElement Element(AdaptiveCardInvokeResponse response) =>
        JsonSerializer.SerializeToElement(response, ActivityJson.Default.AdaptiveCardInvokeResponse);
}
