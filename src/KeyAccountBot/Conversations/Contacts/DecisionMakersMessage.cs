using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Slack.BlockKit;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>What a pressed <c>Touched today</c> carries.</summary>
/// <param name="Account">At which customer.</param>
/// <param name="Contact">Whom.</param>
/// <param name="Tenant">Whose; Slack's buttons carry it.</param>
internal sealed record TouchPress(AccountId Account, ContactId Contact, TenantId? Tenant = null)
{
    /// <summary>Reads a button's data; <c>null</c> where it is no touch's.</summary>
    public static TouchPress? From(JsonElement data)
    {
        try
        {
            return data.ValueKind == JsonValueKind.Object && DialogJson.FromElement<TouchPress>(data) is { Account.Value.Length: > 0, Contact.Value.Length: > 0 } press
                ? press
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads a Slack button's value; <c>null</c> where it is no touch's.</summary>
    public static TouchPress? From(string? value)
    {
        try
        {
            using var document = JsonDocument.Parse(value ?? "null");
            return From(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The reader's decision makers: last touch, what to say next, and one press for a touch. Data in, message out, for both channels.</summary>
internal static class DecisionMakersMessage
{
    /// <summary>The verb of its buttons, in Slack their <c>action_id</c>.</summary>
    public const string Verb = "contacts/touched";

    /// <summary>Asked for in Slack.</summary>
    public const string Asked = "contacts/my-decision-makers";

    private const int Shown = 20;
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The message.</summary>
    /// <param name="scene">Who reads it.</param>
    /// <param name="theirs">Whom they look after.</param>
    /// <param name="news">What a press just did; <c>null</c> for none.</param>
    public static OutboundMessage Of(Scene scene, IReadOnlyList<MaintainedDecisionMaker> theirs, string? news = null)
    {
        var culture = scene.Culture;
        if (theirs.Count == 0)
        {
            var none = Texts["decision-makers.none", culture];
            return new OutboundMessage(none, Blocks: [new SectionBlock(none)]);
        }

        var title = Texts["decision-makers.title", culture, theirs.Count];
        var shown = theirs.Take(Shown).ToList();
        List<AdaptiveElement> body = [new TextBlock(title) { Heading = true, Weight = TextWeight.Bolder, Size = TextSize.Medium }];
        List<Block> blocks = [new SectionBlock(Marks.Bold(title))];
        if (news is not null)
        {
            body.Add(new TextBlock(news) { Color = CardTone.Good });
            blocks.Add(new ContextBlock(news));
        }

        List<string> words = news is null ? [title] : [news, title];
        foreach (var one in shown)
        {
            var (name, lines) = (NameOf(scene, one), LinesOf(scene, one));
            body.Add(new TextBlock(name) { Weight = TextWeight.Bolder, Separator = true, Spacing = Spacing.Medium });
            body.AddRange(lines.Select(l => new TextBlock(l) { Spacing = Spacing.Small }));
            blocks.Add(new SectionBlock(string.Join(Marks.Line, lines.Prepend(Marks.Bold(name)))));
            words.Add(string.Join(Marks.Paragraph, lines.Prepend(name)));
            if (!IsTouchedToday(scene, one))
            {
                var button = Texts["decision-makers.touched-today", culture];
                body.Add(new ActionSet([new ExecuteAction(Verb, button, DialogJson.ToElement(new TouchPress(one.Account, one.Contact.Id)))]));
                blocks.Add(new ActionsBlock(
                    new Button(button, Verb, DialogJson.ToElement(new TouchPress(one.Account, one.Contact.Id, scene.Tenant)).GetRawText())));
            }
        }

        if (theirs.Count > Shown)
        {
            var more = Texts["contacts.more", culture, theirs.Count - Shown];
            body.Add(new TextBlock(more));
            blocks.Add(new ContextBlock(more));
            words.Add(more);
        }

        return new OutboundMessage(
            string.Join(Marks.Paragraph, words), new AdaptiveCard(body) { FallbackText = title, Lang = culture.TwoLetterISOLanguageName }, blocks);
    }

    private static string NameOf(Scene scene, MaintainedDecisionMaker one) => Texts["touch.choice", scene.Culture, one.Contact.Name, one.AccountName];

    private static List<string> LinesOf(Scene scene, MaintainedDecisionMaker one)
    {
        var culture = scene.Culture;
        var last = one.Contact.LastTouch switch
        {
            null => Texts["decision-makers.never", culture],
            _ when IsTouchedToday(scene, one) => Texts["decision-makers.today", culture],
            { By: { } by } touch when scene.Company.Find(by) is { } person => Texts["decision-makers.last-by", culture, scene.Format(touch.On), person.Name],
            var touch => Texts["decision-makers.last", culture, scene.Format(touch.On)],
        };
        return [last, one.SayNext is { } next ? Texts["decision-makers.say-next", culture, next, one.About] : Texts["decision-makers.nothing-open", culture]];
    }

    private static bool IsTouchedToday(Scene scene, MaintainedDecisionMaker one) =>
        one.Contact.Touches.Any(t => t.By == scene.Person.Id && t.On == scene.Today);
}
