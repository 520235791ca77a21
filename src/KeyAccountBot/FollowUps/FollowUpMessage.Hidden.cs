using System.Globalization;
using Delivery = KeyAccountBot.Sales.FollowUps.Delivery;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.FollowUps;

/// <content>What those above the rep read so that nothing is hidden from them: who wanted quiet, and what rests until when.</content>
internal sealed partial class FollowUpMessage
{
    /// <summary>What came of the time that the owner asked for.</summary>
    public static string TimeOf(TimeAsked asked, Person reader, Company company, Playbook playbook) => Texts[
        asked.Allowed == true ? "Did.TimeAllowed" : "Did.TimeRefused", CultureOf(reader), NameOf(company, asked.AnsweredBy, CultureOf(reader)),
        DateOf(FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).DateAt(asked.Until), reader)];

    /// <summary>The follow-up once more, with a sentence on why an answer does not do and what may be pressed instead.</summary>
    public Message With(Delivery delivery, Opportunity opportunity, string sentence, IEnumerable<MessageAction> instead, Person reader, Company company)
    {
        var words = WordsOf(delivery, opportunity, reader, company);
        return MessageOf(words with { Lines = [.. words.Lines.SkipLast(1), sentence] }, reader, sentence) with
        {
            Actions = [.. instead, .. actions.Of(delivery, opportunity, reader, company)],
        };
    }

    // what the rep and those in between said of it: it does not keep it from anybody above them
    private IEnumerable<string> SaidBelow(Delivery delivery, Opportunity opportunity, Person reader, Company company) =>
        delivery.Kind is not (DeliveryKind.Nudge or DeliveryKind.Alert or DeliveryKind.NobodyFound)
        || opportunity.FollowUps.FirstOrDefault(c => c.Key == delivery.Chain) is not { } chain
            ? []
            : chain.All.Where(a => a.By != reader.Id && (a.IsOwners || a.Answer == FollowUpAnswer.Snooze))
                .Select(a => DidOf(a, chain, reader, company, playbook));

    private static string HeldOf(Delivery delivery, Opportunity opportunity, Person reader, string who)
    {
        var (culture, facts) = (CultureOf(reader), opportunity.Facts);
        var until = facts.HeldUntil is { } day ? DateOf(day, reader) : "";
        var line = Texts["Ask.Held", culture, who, until, delivery.Note ?? facts.StatusReason ?? ""];
        return facts.HoldsProlonged == 0 ? line : Wording.Words.Sentences(culture, line, Prolonged(facts.HoldsProlonged, culture));
    }

    /// <summary>How often another day was named.</summary>
    public static string Prolonged(int times, CultureInfo culture) =>
        times == 1 ? Texts["Hold.ProlongedOnce", culture] : Texts["Hold.Prolonged", culture, times];
}
