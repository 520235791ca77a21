using System.Text.Json;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>What a pressed <c>Touched today</c> carries.</summary>
/// <param name="Account">At which customer.</param>
/// <param name="Contact">Whom.</param>
internal sealed record TouchPress(AccountId Account, ContactId Contact)
{
    /// <summary>Reads a button's data; <c>null</c> where it is no touch's.</summary>
    public static TouchPress? Of(JsonElement data)
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
}

/// <summary>The reader's decision makers: last touch, what to say next, and one press for a touch.</summary>
internal static class DecisionMakersMessage
{
    /// <summary>The verb of its buttons.</summary>
    public const string Verb = "contacts/touched";

    private const int Shown = 20;
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The message.</summary>
    /// <param name="scene">Who reads it.</param>
    /// <param name="theirs">Whom they look after.</param>
    /// <param name="news">What a press just did; <c>null</c> for none.</param>
    public static Message Of(Scene scene, IReadOnlyList<MaintainedDecisionMaker> theirs, string? news = null)
    {
        var culture = scene.Culture;
        if (theirs.Count == 0)
        {
            return Message.Of(Texts["decision-makers.none", culture]) with { Language = culture.Name };
        }

        return new Message
        {
            Language = culture.Name,
            Title = Texts["decision-makers.title", culture, theirs.Count],
            Body =
            [
                .. news is null ? Array.Empty<Part>() : [new Paragraph(news) { Tone = Tone.Good }],
                .. theirs.Take(Shown).Select(one => SectionOf(scene, one)),
                .. theirs.Count > Shown ? [new Paragraph(Texts["contacts.more", culture, theirs.Count - Shown])] : Array.Empty<Part>(),
            ],
        };
    }

    private static Section SectionOf(Scene scene, MaintainedDecisionMaker one) =>
        Section.Of(Texts["touch.choice", scene.Culture, one.Contact.Name, one.AccountName], LinesOf(scene, one)) with
        {
            IsSeparate = true,
            Actions = IsTouchedToday(scene, one)
                ? []
                : [new PressAction(Texts["decision-makers.touched-today", scene.Culture], Verb, DialogJson.ToElement(new TouchPress(one.Account, one.Contact.Id)))],
        };

    private static IReadOnlyList<string> LinesOf(Scene scene, MaintainedDecisionMaker one)
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
