using System.Globalization;
using Delivery = KeyAccountBot.Sales.FollowUps.Delivery;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.FollowUps;

/// <content>What a cause says of itself, in the words of its reader.</content>
internal sealed partial class FollowUpMessage
{
    /// <summary>A cause in two or three words; its name, where only another version of the bot knows it.</summary>
    public static string ShortOf(FollowUpCause name, CultureInfo culture) =>
        FollowUpCauses.Find(name) is { } cause ? Texts[cause.Short, culture] : name.Value;

    // what was due at the same moment is told in the same message
    private IEnumerable<string> CausesOf(Delivery delivery, Opportunity opportunity, Person reader, Company company, Account? account)
    {
        // of time that is asked for, the moment says until when
        delivery = delivery.Kind is DeliveryKind.TimeAsked or DeliveryKind.TimeAllowed or DeliveryKind.TimeRefused
            ? delivery with { Since = opportunity.FollowUps.FirstOrDefault(c => c.Key == delivery.Chain)?.Since }
            : delivery;
        var together = delivery.Chain is { } chain ? opportunity.FollowUps.Where(c => !c.IsOver && c.IsToldWith(chain)) : [];
        return together.Select(c => delivery with { Chain = c.Key, Cause = c.Cause, Since = c.Since })
            .Prepend(delivery)
            .Select(d => CauseOf(d, opportunity, reader, company, account))
            .OfType<string>();
    }

    private string? CauseOf(Delivery delivery, Opportunity opportunity, Person reader, Company company, Account? account)
    {
        if (delivery.Cause is not { } name || FollowUpCauses.Find(name) is not { } cause)
        {
            return null;
        }

        var owner = opportunity.Facts.Owner;
        var said = cause.Says(new Telling(
            opportunity, account, playbook, FollowUpPolicy.CalendarOf(company.Find(owner), playbook.FollowUps), delivery.Since,
            IsToOwner: reader.Id == owner && delivery.Room is null, IsReminder: delivery.Kind == DeliveryKind.Reminder));
        var culture = CultureOf(reader);
        string[] sentences = [.. said.Select(s => Texts[s.Text, culture, [.. s.Words.Select(w => WordOf(w, reader, company))]])];
        return sentences.Length > 1 ? Wording.Words.Sentences(culture, sentences) : sentences.FirstOrDefault();
    }

    private object WordOf(CauseWord word, Person reader, Company company)
    {
        var culture = CultureOf(reader);
        return word switch
        {
            CauseWord.Moment moment => DateOf(moment.At, reader),
            CauseWord.Day day => DateOf(day.On, reader),
            CauseWord.Who who => NameOf(company, who.Person, culture),
            CauseWord.Where where => Wording.Words.StageOf(playbook, where.Stage, culture),
            CauseWord.Which which => string.Join(
                Texts["Told.Separator", culture], which.Milestones.Select(m => playbook.Find(m)?.Name.For(culture) ?? m.Value)),
            CauseWord.Count count => count.Number,
            CauseWord.Said said => said.Words,
            _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
        };
    }
}
