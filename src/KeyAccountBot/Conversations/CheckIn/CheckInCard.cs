using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.CheckIn;

/// <summary>The whole check-in on one form, for those who would rather tick than type.</summary>
internal static class CheckInCard
{
    /// <summary>The verb of its button.</summary>
    public const string Verb = "check-in/review";

    /// <summary>The question, with the form and the choices for who types.</summary>
    public static Message Of(Scene scene, Opportunity opportunity, Stage stage, IReadOnlyList<Milestone> left, string token, string question) => new()
    {
        Language = scene.Culture.Name,
        Title = question,
        Form = new Form(
            [
                new ChoiceField(
                    "milestones", scene.Say("label.milestones"),
                    [.. left.Select((m, i) => new FieldChoice($"{(i + 1).ToString(CultureInfo.InvariantCulture)}. {NameOf(scene, stage, m)}", m.Id.Value))])
                { IsMulti = true, IsExpanded = true },
                new DateField("on", scene.Say("label.on")) { Value = scene.Today, Latest = scene.Today },
                new TextField("evidence", scene.Say("label.evidence")) { Longest = CardForm.LongestText },
                new TextField("nextStep", scene.Say("label.next-step")) { Longest = CardForm.LongestText },
                new DateField("due", scene.Say("label.due")),
            ],
            new PressAction(
                scene.Say("check-in.submit"), Verb,
                DialogJson.ToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["opportunity"] = opportunity.Id.Value, ["token"] = token }))
            {
                Style = ActionStyle.Positive,
            }),
        Choices = [.. left.Select(m => NameOf(scene, stage, m))],
        Hint = scene.Say("check-in.how-to-answer"),
        IsAnsweredInWords = true,
    };

    /// <summary>A milestone as it is listed; a star opens the gate.</summary>
    public static string NameOf(Scene scene, Stage stage, Milestone milestone) => (stage.IsKey(milestone.Id) ? "★ " : "") + milestone.Name.For(scene.Culture);

    /// <summary>What was filled in; fields left empty are absent, and unknown milestones are refused later by the domain.</summary>
    public static CheckInDraft Read(JsonElement data) => new()
    {
        Opportunity = CardForm.Text(data, "opportunity") ?? "",
        Milestones = CardForm.Ticked(data, "milestones"),
        On = CardForm.Day(data, "on"),
        Evidence = CardForm.Text(data, "evidence"),
        NextStep = CardForm.Text(data, "nextStep"),
        Due = CardForm.Day(data, "due"),
    };
}
