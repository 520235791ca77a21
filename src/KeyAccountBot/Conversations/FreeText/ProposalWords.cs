using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Says what stands on a proposal.</summary>
internal static class ProposalWords
{
    private static readonly Texts Texts = new("Conversations.FreeText.FreeTextTexts");

    /// <summary>One of the feature's texts in the speaker's language.</summary>
    public static string Say(Scene scene, string key, params ReadOnlySpan<object?> values) => Texts[key, scene.Culture, values];

    /// <summary>An opportunity in one line.</summary>
    public static string LineOf(Scene scene, Opportunity opportunity) =>
        $"{scene.AccountOf(opportunity.Facts.Account)} · {opportunity.Facts.Name} · {scene.Format(opportunity.Facts.Amount)}";

    /// <summary>What a field of the proposal is called.</summary>
    public static string FieldName(Scene scene, string field) => Texts["field." + field, scene.Culture];

    /// <summary>Why something that was said would not be recorded.</summary>
    public static string WhyLeft(Scene scene, LeftFor why) => Texts["left." + why, scene.Culture];

    /// <summary>Something that stands on a proposal.</summary>
    public static string ItemName(Scene scene, Playbook playbook, string field, string value) => field switch
    {
        ProposalFields.Milestones => playbook.Find(new MilestoneId(value))?.Name.For(scene.Culture) ?? value,
        ProposalFields.Answers => playbook.Find(new QuestionId(value))?.Text.For(scene.Culture) ?? value,
        ProposalFields.NextStep or ProposalFields.NewContacts => value,
        _ => scene.Say("fact", FieldName(scene, field), value),
    };

    /// <summary>By when the next step is; with the days that are mostly meant.</summary>
    public static PromptOptions AskDue(Scene scene, string what)
    {
        var days = new[] { Next(scene.Today, DayOfWeek.Friday), Next(scene.Today, DayOfWeek.Monday) }.Order().Distinct();
        return new PromptOptions
        {
            Prompt = Message.Of(scene.Say("check-in.due-of", what)).Offering([.. days.Select(d => new ReadyAnswer(scene.Format(d), scene.Format(d)))]),
            RetryPrompt = Message.Of(scene.Say("check-in.due-again")),
            Field = ProposalFields.NextStepDate,
            MayBeLeftOut = true,
        };
    }

    // the next such day, at least a day from now
    private static DateOnly Next(DateOnly today, DayOfWeek day)
    {
        var next = today.AddDays(1);
        while (next.DayOfWeek != day)
        {
            next = next.AddDays(1);
        }

        return next;
    }

    /// <summary>Who may see what is recorded.</summary>
    public static string WhoSees(Scene scene)
    {
        List<string> names = [];
        for (var person = scene.Person; person.Manager is { } manager && scene.Company.Find(manager) is { } above && !names.Contains(above.Name); person = above)
        {
            names.Add(above.Name);
        }

        return names.Count == 0 ? Say(scene, "free-text.only-you") : Say(scene, "free-text.who-sees", string.Join(Words.Separator(scene.Culture), names));
    }
}
