using System.Globalization;
using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.CheckIn;

/// <summary>The whole check-in on one card, for those who would rather tick than type.</summary>
internal static class CheckInCard
{
    /// <summary>The verb of its button.</summary>
    public const string Verb = "check-in/review";

    /// <summary>The card.</summary>
    public static Attachment Build(Scene scene, Opportunity opportunity, Stage stage, IReadOnlyList<Milestone> left, string command, string question)
    {
        List<AdaptiveElement> body =
        [
            new TextBlock(question) { Heading = true, Weight = TextWeight.Bolder, Size = TextSize.Default },
            new ChoiceSetInput(
                "milestones", scene.Say("label.milestones"),
                [.. left.Select((m, i) => new InputChoice(
                    $"{(i + 1).ToString(CultureInfo.InvariantCulture)}. {(stage.IsKey(m.Id) ? "★ " : "")}{m.Name.For(scene.Culture)}", m.Id.Value))])
            { Multi = true, Expanded = true },
            new DateInput("on", scene.Say("label.on")) { Value = scene.Today, Max = scene.Today },
            new TextInput("evidence", scene.Say("label.evidence")) { MaxLength = CardForm.LongestText },
            new TextInput("nextStep", scene.Say("label.next-step")) { MaxLength = CardForm.LongestText },
            new DateInput("due", scene.Say("label.due")),
        ];
        var data = DialogJson.ToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["opportunity"] = opportunity.Id.Value, ["token"] = command });
        return new AdaptiveCard(body, [new ExecuteAction(Verb, scene.Say("check-in.submit"), data, ActionStyle.Positive)])
        {
            FallbackText = question,
            Lang = scene.Culture.TwoLetterISOLanguageName,
        }.ToAttachment();
    }

    /// <summary>What was filled in; inputs left empty are absent, and unknown milestones are refused later by the domain.</summary>
    public static CheckInDraft Read(JsonElement data)
    {
        return new CheckInDraft(
            CardForm.Text(data, "opportunity") ?? "", CardForm.Text(data, "token") ?? "", CardForm.Ticked(data, "milestones"), CardForm.Day(data, "on"),
            CardForm.Text(data, "evidence"), CardForm.Text(data, "nextStep"), CardForm.Day(data, "due"));
    }
}
