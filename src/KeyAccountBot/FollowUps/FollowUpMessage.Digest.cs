using System.Globalization;
using Delivery = KeyAccountBot.Sales.FollowUps.Delivery;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.FollowUps;

/// <content>The digest of a day.</content>
internal sealed partial class FollowUpMessage
{
    // sums in more currencies than these say nothing
    private const int MostCurrencies = 3;

    /// <summary>One message for what did not go out one by one: the heaviest by name, the rest counted; and whom it was for, where that person is away.</summary>
    public Message Digest(DigestContent content, Person reader, Person? inPlaceOf = null)
    {
        var culture = CultureOf(reader);
        var title = content.Count == 1 ? Texts["Digest.TitleOne", culture] : Texts["Digest.Title", culture, content.Count];
        List<string> lines = [.. content.First.Select(i => DigestLine(i.Delivery, i.Opportunity, reader, culture))];
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

        return MessageOf(new Words(title, "", lines), reader, title);
    }

    private string DigestLine(Delivery delivery, Opportunity opportunity, Person reader, CultureInfo culture) => Texts[
        "Digest.Line", culture, AccountOf(opportunity), AmountOf(opportunity, culture), DateOf(delivery.Since, reader),
        delivery.Cause is { } cause ? ShortOf(cause, culture) : Texts["Digest.Undelivered", culture]];
}
