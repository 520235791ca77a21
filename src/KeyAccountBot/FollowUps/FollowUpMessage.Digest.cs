using System.Globalization;
using Delivery = KeyAccountBot.Sales.FollowUps.Delivery;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Wording;

namespace KeyAccountBot.FollowUps;

/// <content>The digest of a day.</content>
internal sealed partial class FollowUpMessage
{
    // sums in more currencies than these say nothing
    private const int MostCurrencies = 3;

    /// <summary>One message for what did not go out one by one: the heaviest by name, each with a button that opens it, the rest counted; and whom it was for, where that person is away.</summary>
    public Message Digest(DigestContent content, Person reader, Person? inPlaceOf = null)
    {
        var culture = CultureOf(reader);
        var title = content.Count == 1 ? Texts["Digest.TitleOne", culture] : Texts["Digest.Title", culture, content.Count];
        List<string> lines = [];
        if (content.More > 0)
        {
            lines.Add(content.Worth is { Count: > 0 and <= MostCurrencies } worth
                ? Texts["Digest.MoreWorth", culture, content.More, string.Join(Texts["Told.Separator", culture], worth.Select(w => Texts["Money", culture, w.Amount, w.Currency]))]
                : Texts["Digest.More", culture, content.More]);
        }

        if (inPlaceOf is not null)
        {
            lines.Add(Texts["StandingIn", culture, inPlaceOf.Name]);
        }

        var message = MessageOf(new Words(title, "", lines), reader, title);
        return message with
        {
            Body =
            [
                .. content.First.Select(i => new Paragraph(DigestLine(i.Delivery, i.Opportunity, reader, culture)) { Opens = OpenedFollowUps.Button(i.Delivery, i.Opportunity, reader) }),
                .. message.Body,
            ],
            Hint = OpenButton.Hint(culture),
        };
    }

    private string DigestLine(Delivery delivery, Opportunity opportunity, Person reader, CultureInfo culture) => Texts[
        "Digest.Line", culture, Marks.Bold(Wording.Words.NameOf(opportunity)), AmountOf(opportunity, culture), DateOf(delivery.Since, reader),
        delivery.Cause is { } cause ? ShortOf(cause, culture) : Texts["Digest.Undelivered", culture]];
}
