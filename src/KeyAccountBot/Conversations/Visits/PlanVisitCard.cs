using System.Text.Json;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>The whole plan of a visit on one card.</summary>
internal static class PlanVisitCard
{
    /// <summary>The verb of its button.</summary>
    public const string Verb = "visit/plan/review";

    /// <summary>The card.</summary>
    public static Message Build(Scene scene, Playbook playbook, Dossier dossier, string token, PlanVisitDraft? said = null)
    {
        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        var data = DialogJson.ToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["opportunity"] = dossier.Opportunity.Id.Value, ["token"] = token });
        return new Message
        {
            Language = scene.Culture.Name,
            Title = VisitTexts.Say(scene, "plan.title", account),
            Form = new Form(
                [
                    new ChoiceField(
                        "whom", VisitTexts.Say(scene, "plan.whom", account), ContactChoices.OnCard(scene, playbook, dossier.Contacts)) { IsMulti = true, IsExpanded = true },
                    new DateField("day", VisitTexts.Say(scene, "visit-label.day"))
                    {
                        IsRequired = true,
                        Missing = VisitTexts.Say(scene, "visit.when-again"),
                        Earliest = scene.Today,
                        Value = said?.Day,
                    },
                    new TimeField("time", VisitTexts.Say(scene, "visit-label.time")) { Value = said?.Time ?? VisitPrompts.UsualTime },
                    new TextField("aims", VisitTexts.Say(scene, "visit-label.aims")) { Longest = CardForm.LongestText },
                ],
                new PressAction(VisitTexts.Say(scene, "plan.review"), Verb, data) { Style = ActionStyle.Positive }),
        };
    }

    /// <summary>What was filled in.</summary>
    public static PlanVisitDraft Read(JsonElement data) => new()
    {
        Opportunity = CardForm.Text(data, "opportunity") ?? "",
        Whom = CardForm.Ticked(data, "whom"),
        Day = CardForm.Day(data, "day"),
        Time = CardForm.Time(data, "time"),
        Aims = CardForm.Text(data, "aims"),
    };
}
