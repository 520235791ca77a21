using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>The whole plan of a visit on one card.</summary>
internal static class PlanVisitCard
{
    /// <summary>The verb of its button.</summary>
    public const string Verb = "visit/plan/review";

    /// <summary>The card.</summary>
    public static Attachment Build(Scene scene, Playbook playbook, Dossier dossier, string command)
    {
        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        var title = VisitTexts.Say(scene, "plan.title", account);
        List<AdaptiveElement> body =
        [
            new TextBlock(title) { Heading = true, Weight = TextWeight.Bolder, Size = TextSize.Default },
            new ChoiceSetInput(
                "whom", VisitTexts.Say(scene, "plan.whom", account), ContactChoices.OnCard(scene, playbook, dossier.Contacts)) { Multi = true, Expanded = true },
            new DateInput("day", VisitTexts.Say(scene, "visit-label.day"))
            {
                Required = true,
                ErrorMessage = VisitTexts.Say(scene, "visit.when-again"),
                Min = scene.Today,
            },
            new TimeInput("time", VisitTexts.Say(scene, "visit-label.time")) { Value = VisitPrompts.UsualTime },
            new TextInput("aims", VisitTexts.Say(scene, "visit-label.aims")) { MaxLength = CardForm.LongestText },
        ];
        var data = DialogJson.ToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["opportunity"] = dossier.Opportunity.Id.Value, ["token"] = command });
        return new AdaptiveCard(body, [new ExecuteAction(Verb, VisitTexts.Say(scene, "plan.review"), data, ActionStyle.Positive)])
        {
            FallbackText = title,
            Lang = scene.Culture.TwoLetterISOLanguageName,
        }.ToAttachment();
    }

    /// <summary>What was filled in.</summary>
    public static PlanVisitDraft Read(JsonElement data) => new(
        CardForm.Text(data, "opportunity") ?? "", CardForm.Text(data, "token") ?? "", CardForm.Ticked(data, "whom"), CardForm.Day(data, "day"),
        CardForm.Time(data, "time"), CardForm.Text(data, "aims"));
}
