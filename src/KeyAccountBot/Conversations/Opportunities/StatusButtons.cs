using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Conversations.Opportunities;

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
            buttons.Add(Button("check-in", name) with { Style = ActionStyle.Positive });
        }
        else if (facts.Status is OpportunityStatus.OnHold or OpportunityStatus.Lost)
        {
            buttons.Add(Button("reopen", name) with { Style = ActionStyle.Positive });
        }

        if (isWorkedOn)
        {
            buttons.Add(Button("brief", name));
        }

        if (facts.Account.Length > 0)
        {
            buttons.Add(Button("contacts", facts.Account));
        }

        buttons.Add(Button("history", name));
        return buttons;

        SayAction Button(string what, string of) => new(scene.Say("status." + what), scene.Say($"status.{what}-says", of));
    }
}
