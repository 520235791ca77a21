using System.Globalization;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.FollowUps;

/// <summary>What the reader of a follow-up can do about it there and then.</summary>
internal sealed class FollowUpActions(Playbook playbook)
{
    private static Texts Texts => FollowUpMessage.Texts;

    /// <summary>The buttons of the message.</summary>
    public IReadOnlyList<MessageAction> Of(Delivery delivery, Opportunity opportunity, Person reader, Company company)
    {
        var culture = FollowUpMessage.CultureOf(reader);
        var task = TaskOf(delivery);
        List<MessageAction> actions = [];
        if (delivery is { Kind: DeliveryKind.Question, Chain: { } asked })
        {
            actions.Add(new ChainActions(opportunity.Id, asked, culture).Reply());
        }

        if (WantsCheckIn(delivery))
        {
            var style = actions.Count == 0 ? ActionStyle.Positive : ActionStyle.Plain;
            actions.Add(task switch
            {
                OwnersTask.Report => new SayAction(Texts["Button.Report", culture], ReportSaysOf(opportunity, culture)) { Style = ActionStyle.Positive },
                OwnersTask.Hold => new SayAction(Texts["Button.Reopen", culture], Texts["Reopen.Says", culture, Wording.Words.AccountOf(opportunity)]) { Style = ActionStyle.Positive },
                OwnersTask.Contacts => new SayAction(Texts["Button.Contacts", culture], ContactsSaysOf(opportunity, culture)) { Style = ActionStyle.Positive },
                OwnersTask.CheckIn => new SayAction(Texts["Button.CheckIn", culture], SaysOf(opportunity, culture)) { Style = style },
                _ => throw new ArgumentOutOfRangeException(nameof(delivery), task, null),
            });
        }

        if (task == OwnersTask.Hold)
        {
            actions.Add(new SayAction(Texts["Button.HoldLonger", culture], Texts["Hold.Says", culture, Wording.Words.AccountOf(opportunity)]));
        }

        if (delivery.Chain is { } chain)
        {
            var answers = new ChainActions(opportunity.Id, chain, culture);
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

    /// <summary>The field that the reader of a question replies in; <c>null</c> where nothing was asked.</summary>
    public static Form? FormOf(Delivery delivery, CultureInfo culture) =>
        delivery.Kind == DeliveryKind.Question ? new Form([ChainActions.ReplyField(culture)]) : null;

    /// <summary>How a question is replied to in words; <c>null</c> where nothing was asked.</summary>
    public static string? HintOf(Delivery delivery, Opportunity opportunity, CultureInfo culture) =>
        delivery.Kind == DeliveryKind.Question ? Texts["Reply.InWords", culture, Wording.Words.AccountOf(opportunity)] : null;

    private static bool IsForThoseAbove(Delivery delivery) =>
        delivery.Kind is DeliveryKind.Nudge or DeliveryKind.Alert or DeliveryKind.NobodyFound or DeliveryKind.Reassigned;

    // a day, and what a snooze lasts where nobody says how long
    private IReadOnlyList<int> Snoozes => [.. new[] { 1, playbook.FollowUps.SnoozeDays }.Distinct()];

    private IReadOnlyList<int> OwnersSnoozes => [.. Snoozes.Select(days => Math.Min(days, playbook.FollowUps.Owner.SnoozeDays)).Distinct()];

    private static bool WantsCheckIn(Delivery delivery) => delivery.Kind is DeliveryKind.Reminder or DeliveryKind.Question or DeliveryKind.HandedOver;

    private static string SaysOf(Opportunity opportunity, CultureInfo culture) => Texts["CheckIn.Says", culture, Wording.Words.AccountOf(opportunity)];

    // what a cause asks for is asked in its reminder alone
    private static OwnersTask TaskOf(Delivery delivery) =>
        delivery is { Kind: DeliveryKind.Reminder, Cause: { } name } && FollowUpCauses.Find(name) is { } cause ? cause.Task : OwnersTask.CheckIn;

    private static string ContactsSaysOf(Opportunity opportunity, CultureInfo culture) => Texts["Contacts.Says", culture, Wording.Words.AccountOf(opportunity)];

    /// <summary>What the rep says to report a visit.</summary>
    public static string ReportSaysOf(Opportunity opportunity, CultureInfo culture) => BriefWords.Texts["report.says", culture, Wording.Words.AccountOf(opportunity)];
}
