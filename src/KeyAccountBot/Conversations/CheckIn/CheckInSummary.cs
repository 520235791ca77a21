using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.CheckIn;

/// <summary>What the bot understood of a check-in, before it records.</summary>
internal static class CheckInSummary
{
    /// <summary>The summary of a draft, and yes or no.</summary>
    public static Message Of(Scene scene, Playbook playbook, Opportunity opportunity, CheckInDraft draft, string token)
    {
        var milestones = draft.Milestones.Count == 0
            ? scene.Say("check-in.no-milestone")
            : string.Join(Words.Separator(scene.Culture), draft.Milestones.Select(m => playbook.Find(new MilestoneId(m))?.Name.For(scene.Culture) ?? m));
        List<(string Label, string Value)> facts = [(scene.Say("label.reached"), milestones)];
        if (draft.Milestones.Count > 0)
        {
            facts.Add((scene.Say("label.on"), scene.Format(draft.On ?? scene.Today)));
            facts.Add((scene.Say("label.evidence"), draft.Evidence ?? scene.Say("nothing")));
        }

        facts.Add((
            scene.Say("label.next-step"),
            draft is { NextStep: { } next, Due: { } due } ? scene.Say("check-in.by", next, scene.Format(due)) : scene.Say("nothing")));
        return ConversationCard.Confirm(
            scene, scene.Say("check-in.understood", scene.AccountOf(opportunity.Facts.Account)), facts, scene.Say("check-in.record"), token);
    }
}
