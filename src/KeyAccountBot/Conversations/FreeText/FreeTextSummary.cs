using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>What the bot would record of a report in the rep's own words, and yes, no or change.</summary>
internal static class FreeTextSummary
{
    private static readonly Texts Texts = new("Conversations.FreeText.FreeTextTexts");

    /// <summary>One of the feature's texts in the speaker's language.</summary>
    public static string Say(Scene scene, string key, params ReadOnlySpan<object?> values) => Texts[key, scene.Culture, values];

    /// <summary>The summary of a draft.</summary>
    /// <param name="scene">Who reads it.</param>
    /// <param name="playbook">What milestones and questions are called.</param>
    /// <param name="opportunity">What it is about.</param>
    /// <param name="account">What contacts are called.</param>
    /// <param name="draft">What would be recorded.</param>
    /// <param name="token">Makes the card's buttons stale once it is answered.</param>
    public static Message Of(Scene scene, Playbook playbook, Opportunity opportunity, Account? account, FreeTextDraft draft, string token)
    {
        List<(string Label, string Value)> facts = [];
        if (draft.Met.Count > 0)
        {
            facts.Add((Say(scene, "free-text.met"), string.Join(Words.Separator(scene.Culture), draft.Met.Select(m => account?.Find(new ContactId(m))?.Name ?? ""))));
            facts.Add((Say(scene, "free-text.on"), scene.Format(draft.On)));
        }

        facts.AddRange(draft.Milestones.Select(m => (
            scene.Say("label.reached"), Say(scene, "free-text.milestone", NameOf(scene, playbook, m.Milestone), scene.Format(m.On), m.Evidence))));
        facts.AddRange(draft.Answers.Select(a => (
            Say(scene, "free-text.answered"), Say(scene, "free-text.answer", playbook.Find(a.Question)?.Text.For(scene.Culture), a.Text))));
        if (draft.NextStep is { } next)
        {
            facts.Add((scene.Say("label.next-step"), scene.Say("check-in.by", next.What, scene.Format(next.Due))));
        }

        var title = Say(scene, "free-text.title", scene.AccountOf(opportunity.Facts.Account));
        List<string> sentences = [.. Later(scene, playbook, opportunity, draft), scene.Say("check-in.record")];
        var change = Say(scene, "free-text.change");
        var message = ConversationCard.Confirm(
            scene, title, facts, string.Join(Marks.Paragraph, sentences), token, more: ConversationCard.Answer(change, "change", token));
        return message.Offering([.. message.ReadyAnswers, new ReadyAnswer(change, change)]);
    }

    /// <summary>Why milestones of a later stage are not recorded, a sentence each.</summary>
    public static IEnumerable<string> Later(Scene scene, Playbook playbook, Opportunity opportunity, FreeTextDraft draft)
    {
        var reached = opportunity.Facts.Reached.Keys.Concat(draft.Milestones.Select(m => m.Milestone)).ToHashSet();
        var stage = playbook.StandingAt(reached, opportunity.Facts.StartedIn);
        return draft.Later.Select(m => Refusals.Explain(
            scene, playbook, new Refusal.StageNotReached(new MilestoneId(m), stage, playbook.Stage(stage).Gate.Missing(reached))));
    }

    private static string NameOf(Scene scene, Playbook playbook, MilestoneId milestone) => playbook.Find(milestone)?.Name.For(scene.Culture) ?? "";
}
