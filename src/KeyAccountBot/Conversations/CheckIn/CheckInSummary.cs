using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.CheckIn;

/// <summary>What the bot understood, before it records: as text and as a card.</summary>
internal sealed record CheckInSummary(string Text, Attachment Card)
{
    /// <summary>The summary of a draft.</summary>
    public static CheckInSummary Of(Scene scene, Playbook playbook, Opportunity opportunity, CheckInDraft draft)
    {
        var milestones = draft.Milestones.Count == 0
            ? scene.Say("check-in.no-milestone")
            : string.Join(scene.Say("separator"), draft.Milestones.Select(m => playbook.Find(new MilestoneId(m))?.Name.For(scene.Culture) ?? m));
        List<(string Label, string Value)> facts = [(scene.Say("label.reached"), milestones)];
        if (draft.Milestones.Count > 0)
        {
            facts.Add((scene.Say("label.on"), scene.Format(draft.On ?? scene.Today)));
            facts.Add((scene.Say("label.evidence"), draft.Evidence ?? scene.Say("nothing")));
        }

        facts.Add((
            scene.Say("label.next-step"),
            draft is { NextStep: { } next, Due: { } due } ? scene.Say("check-in.by", next, scene.Format(due)) : scene.Say("nothing")));

        var title = scene.Say("check-in.understood", scene.AccountOf(opportunity.Facts.Account));
        var text = string.Join(Marks.Paragraph, [title, .. facts.Select(f => scene.Say("fact", f.Label, f.Value)), scene.Say("check-in.record")]);
        return new CheckInSummary(text, ConversationCard.Of(
            scene,
            title,
            facts,
            scene.Say("check-in.record"),
            [
                ConversationCard.Answer(scene.Say("yes"), "yes", draft.Command, ActionStyle.Positive),
                ConversationCard.Answer(scene.Say("no"), "no", draft.Command),
            ]));
    }
}
