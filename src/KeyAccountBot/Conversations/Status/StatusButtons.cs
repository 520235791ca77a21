using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Conversations.Status;

/// <summary>What can be done about an opportunity, from its status.</summary>
internal static class StatusButtons
{
    /// <summary>The buttons that make sense as it stands. Who may see an opportunity may do all of this.</summary>
    public static IReadOnlyList<MessageAction> Of(Scene scene, Opportunity opportunity)
    {
        var facts = opportunity.Facts;
        var name = $"{facts.Account} {facts.Name}".Trim();
        var isWorkedOn = facts.Status is OpportunityStatus.Open or OpportunityStatus.OnHold;
        List<MessageAction> buttons = [];
        if (opportunity.IsOpen)
        {
            buttons.Add(Button("status.check-in", "status.check-in-says", name) with { Style = ActionStyle.Positive });
        }
        else if (facts.Status is OpportunityStatus.OnHold or OpportunityStatus.Lost)
        {
            buttons.Add(Button("status.reopen", "status.reopen-says", name) with { Style = ActionStyle.Positive });
        }

        if (isWorkedOn)
        {
            buttons.Add(Button("status.brief", "status.brief-says", name));
        }

        if (facts.Account.Length > 0)
        {
            buttons.Add(Button("status.contacts", "status.contacts-says", facts.Account));
        }

        buttons.Add(Button("status.history", "status.history-says", name));
        return buttons;

        SayAction Button(string title, string says, string of) => new(scene.Say(title), scene.Say(says, of));
    }
}
