using System.Text.Json;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>The whole report of a visit on one card.</summary>
internal static class ReportVisitCard
{
    /// <summary>The verb of its button.</summary>
    public const string Verb = "visit/report/review";

    private const string AnswerPrefix = "answer-to-";

    /// <summary>The card. Its question stands on it where it is not the one about whom they met.</summary>
    public static Message Build(Scene scene, Playbook playbook, Dossier dossier, PlannedVisit? visit, DateOnly on, string token, string? question = null)
    {
        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        var carried = new Dictionary<string, string>(StringComparer.Ordinal) { ["opportunity"] = dossier.Opportunity.Id.Value, ["token"] = token };
        if (visit is not null)
        {
            carried["visit"] = visit.Id.Value;
        }

        return new Message
        {
            Language = scene.Culture.Name,
            Title = VisitTexts.Say(scene, "report.title", account),
            Body = question is not null ? [new Paragraph(question) { GoesOn = true }] : [],
            Form = new Form(
                [.. FieldsOf(scene, playbook, dossier, visit, on)],
                new PressAction(VisitTexts.Say(scene, "plan.review"), Verb, DialogJson.ToElement(carried)) { Style = ActionStyle.Positive }),
        };
    }

    /// <summary>What was filled in; what no longer holds is refused later by the domain.</summary>
    public static ReportVisitDraft Read(JsonElement data)
    {
        var answers = data.EnumerateObject()
            .Where(p => p.Name.StartsWith(AnswerPrefix, StringComparison.Ordinal))
            .Select(p => (Question: p.Name[AnswerPrefix.Length..], Text: CardForm.Text(data, p.Name)))
            .Where(a => a.Text is not null)
            .Select(a => new AnswerDraft(a.Question, a.Text!));
        return new ReportVisitDraft
        {
            Opportunity = CardForm.Text(data, "opportunity") ?? "",
            Visit = CardForm.Text(data, "visit"),
            On = CardForm.Day(data, "on"),
            Met = CardForm.Ticked(data, "met"),
            Answers = [.. answers],
            Milestones = CardForm.Ticked(data, "milestones"),
            NextStep = CardForm.Text(data, "nextStep"),
            Due = CardForm.Day(data, "due"),
            Notes = CardForm.Text(data, "notes"),
        };
    }

    private static IEnumerable<Field> FieldsOf(Scene scene, Playbook playbook, Dossier dossier, PlannedVisit? visit, DateOnly on)
    {
        var stage = playbook.Stage(dossier.Opportunity.Facts.Stage);
        if (dossier.Contacts.Count > 0)
        {
            var met = VisitTexts.Say(scene, "report.met", scene.AccountOf(dossier.Opportunity.Facts.Account), scene.Format(on));
            yield return new ChoiceField("met", met, ContactChoices.OnCard(scene, playbook, dossier.Contacts))
            {
                IsMulti = true,
                IsExpanded = true,
                Value = visit is { Contacts.Count: > 0 } ? string.Join(',', visit.Contacts.Select(c => c.Value)) : null,
            };
        }

        yield return new DateField("on", VisitTexts.Say(scene, "visit-label.on")) { Value = on, Latest = scene.Today };
        var heading = VisitTexts.Say(scene, "report.which-answered");
        foreach (var question in Reportable.Questions(dossier, playbook, [.. (visit?.Contacts ?? []).Select(c => c.Value)]))
        {
            yield return new TextField(AnswerPrefix + question.Id.Value, question.Text.For(scene.Culture)) { Longest = CardForm.LongestText, Heading = heading };
            heading = null;
        }

        if (Reportable.Milestones(dossier, playbook) is { Count: > 0 } left)
        {
            yield return new ChoiceField(
                "milestones", scene.Say("label.milestones"),
                [.. left.Select(m => new FieldChoice((stage.IsKey(m.Id) ? "★ " : "") + m.Name.For(scene.Culture), m.Id.Value))]) { IsMulti = true, IsExpanded = true };
        }

        yield return new TextField("nextStep", scene.Say("label.next-step")) { Longest = CardForm.LongestText };
        yield return new DateField("due", scene.Say("label.due"));
        yield return new TextField("notes", VisitTexts.Say(scene, "visit-label.notes")) { Longest = CardForm.LongestText, IsMultiline = true };
    }
}
