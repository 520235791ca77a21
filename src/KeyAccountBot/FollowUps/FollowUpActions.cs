using System.Globalization;
using Delivery = KeyAccountBot.Sales.FollowUps.Delivery;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.Conversations.Visits;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Slack.BlockKit;

namespace KeyAccountBot.FollowUps;

/// <summary>What the reader of a follow-up can do about it there and then, in Teams and in Slack.</summary>
internal sealed class FollowUpActions(Playbook playbook)
{
    private static Texts Texts => FollowUpMessage.Texts;

    /// <summary>The buttons of a card in Teams.</summary>
    public IReadOnlyList<AdaptiveAction> OnCard(Delivery delivery, Opportunity opportunity, Person reader, Company company)
    {
        var culture = FollowUpMessage.CultureOf(reader);
        List<AdaptiveAction> actions = [];
        if (delivery is { Kind: DeliveryKind.Question, Chain: { } asked })
        {
            actions.Add(new AnswerCard(opportunity.Id, asked, culture).Reply());
        }

        if (WantsCheckIn(delivery))
        {
            var style = actions.Count == 0 ? ActionStyle.Positive : (ActionStyle?)null;
            actions.Add(AsksForReport(delivery) ? ImBackData.Button(Texts["Button.Report", culture], ReportSaysOf(opportunity, culture))
                : AsksForHold(delivery) ? ImBackData.Button(Texts["Button.Reopen", culture], Texts["Reopen.Says", culture, FollowUpMessage.AccountOf(opportunity)])
                : AsksForContacts(delivery) ? ImBackData.Button(Texts["Button.Contacts", culture], ContactsSaysOf(opportunity, culture))
                : ImBackData.Button(Texts["Button.CheckIn", culture], SaysOf(opportunity, culture), style));
        }

        if (AsksForHold(delivery))
        {
            actions.Add(ImBackData.Button(Texts["Button.HoldLonger", culture], Texts["Hold.Says", culture, FollowUpMessage.AccountOf(opportunity)], null));
        }

        if (delivery.Chain is { } chain)
        {
            var answers = new AnswerCard(opportunity.Id, chain, culture);
            actions.AddRange(delivery.Kind switch
            {
                DeliveryKind.Reminder => [answers.Snooze(OwnersSnoozes, mayTake: false)],
                DeliveryKind.TimeAsked => answers.Time(),
                _ when IsForThoseAbove(delivery) => answers.All(Snoozes, ColleaguesToAsk.Of(company, reader, opportunity.Facts.Owner)),
                _ => [],
            });
        }

        return actions;
    }

    /// <summary>The rows of buttons, lists and calendars of a message in Slack.</summary>
    public IEnumerable<Block> InSlack(TenantId tenant, Delivery delivery, Opportunity opportunity, Person reader, Company company)
    {
        if (delivery.Chain is not { } chain)
        {
            return [];
        }

        var answers = new AnswerBlocks(tenant, opportunity.Id, chain, FollowUpMessage.CultureOf(reader));
        return delivery.Kind == DeliveryKind.Reminder ? answers.OfTheRep(OwnersSnoozes)
            : delivery.Kind == DeliveryKind.TimeAsked ? answers.Time()
            : IsForThoseAbove(delivery) ? answers.All(Snoozes, ColleaguesToAsk.Of(company, reader, opportunity.Facts.Owner))
            : [];
    }

    private static bool IsForThoseAbove(Delivery delivery) =>
        delivery.Kind is DeliveryKind.Nudge or DeliveryKind.Alert or DeliveryKind.NobodyFound or DeliveryKind.Reassigned;

    // a day, and what a snooze lasts where nobody says how long
    private IReadOnlyList<int> Snoozes => [.. new[] { 1, playbook.FollowUps.SnoozeDays }.Distinct()];

    private IReadOnlyList<int> OwnersSnoozes => [.. Snoozes.Select(days => Math.Min(days, playbook.FollowUps.Owner.SnoozeDays)).Distinct()];

    private static bool WantsCheckIn(Delivery delivery) => delivery.Kind is DeliveryKind.Reminder or DeliveryKind.Question or DeliveryKind.HandedOver;

    /// <summary>In Slack nobody checks in: who reads there what asks for one is told where; <c>null</c> where nothing asks.</summary>
    public static string? HintOf(Delivery delivery, Opportunity opportunity, Person reader) =>
        AsksForReport(delivery) ? Texts["Report.InTeams", FollowUpMessage.CultureOf(reader), ReportSaysOf(opportunity, FollowUpMessage.CultureOf(reader))]
        : AsksForHold(delivery) ? Texts["Hold.InTeams", FollowUpMessage.CultureOf(reader), Texts["Reopen.Says", FollowUpMessage.CultureOf(reader), FollowUpMessage.AccountOf(opportunity)]]
        : AsksForContacts(delivery) ? Texts["Contacts.InTeams", FollowUpMessage.CultureOf(reader), ContactsSaysOf(opportunity, FollowUpMessage.CultureOf(reader))]
        : delivery.Kind == DeliveryKind.Question ? Texts["Reply.InSlack", FollowUpMessage.CultureOf(reader), FollowUpMessage.AccountOf(opportunity), SaysOf(opportunity, FollowUpMessage.CultureOf(reader))]
        : WantsCheckIn(delivery) ? Texts["CheckIn.InTeams", FollowUpMessage.CultureOf(reader), SaysOf(opportunity, FollowUpMessage.CultureOf(reader))]
        : null;

    private static string SaysOf(Opportunity opportunity, CultureInfo culture) => Texts["CheckIn.Says", culture, FollowUpMessage.AccountOf(opportunity)];

    /// <summary>A report counts as a check-in, so the rep is asked for that alone.</summary>
    public static bool AsksForReport(Delivery delivery) => delivery is { Kind: DeliveryKind.Reminder, Cause: FollowUpCause.VisitNotReported };

    /// <summary>No check-in names a contact, so the rep is asked for those.</summary>
    public static bool AsksForContacts(Delivery delivery) =>
        delivery is { Kind: DeliveryKind.Reminder, Cause: FollowUpCause.CoverageGap or FollowUpCause.DecisionMakerUnidentified };

    /// <summary>What rests cannot be checked in on: the rep reopens it or names another day.</summary>
    public static bool AsksForHold(Delivery delivery) => delivery is { Kind: DeliveryKind.Reminder, Cause: FollowUpCause.HoldOver };

    private static string ContactsSaysOf(Opportunity opportunity, CultureInfo culture) => Texts["Contacts.Says", culture, FollowUpMessage.AccountOf(opportunity)];

    /// <summary>What the rep says to report a visit.</summary>
    public static string ReportSaysOf(Opportunity opportunity, CultureInfo culture) => VisitTexts.Texts["report.says", culture, FollowUpMessage.AccountOf(opportunity)];
}
