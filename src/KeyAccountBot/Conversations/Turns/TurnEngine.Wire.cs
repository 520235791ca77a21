using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;

namespace KeyAccountBot.Conversations.Turns;

/// <content>Between the wire and the dialogs: an activity as they read it, and what they say as the channel takes it.</content>
internal sealed partial class TurnEngine
{
    // an invoke is answered by its first card, which takes the pressed card's place; what else was said is sent
    private static (IReadOnlyList<Activity>, AdaptiveCardInvokeResponse?, Scene?) Answer(Activity activity, TurnContext turn, Scene? scene)
    {
        if (activity.Type != ActivityTypes.Invoke)
        {
            return (turn.Replies, null, scene);
        }

        var card = turn.Replies.FirstOrDefault(r => r.Attachments is [{ ContentType: Attachment.AdaptiveCard }, ..]);
        if (card is not null)
        {
            return ([.. turn.Replies.Where(r => r != card)], new AdaptiveCardInvokeResponse(200, Attachment.AdaptiveCard, card.Attachments![0].Content), scene);
        }

        var words = Marks.Plain(string.Join(Marks.Paragraph, turn.Replies.Select(r => r.Text)));
        return ([], new AdaptiveCardInvokeResponse(200, AdaptiveCardInvokeResponse.MessageType, DialogJson.ToElement(words)), scene);
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
}
