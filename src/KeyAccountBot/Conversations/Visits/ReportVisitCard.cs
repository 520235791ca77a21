using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Visits;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>The whole report of a visit on one card.</summary>
internal static class ReportVisitCard
{
    /// <summary>The verb of its button.</summary>
    public const string Verb = "visit/report/review";

    private const string AnswerPrefix = "answer-to-";

    /// <summary>The card; whoever would rather type answers the question on it, or else the one about whom they met.</summary>
    public static Attachment Build(Scene scene, Playbook playbook, Dossier dossier, PlannedVisit? visit, DateOnly on, string command, string? question = null)
    {
        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        var title = VisitTexts.Say(scene, "report.title", account);
        var stage = playbook.Stage(dossier.Opportunity.Facts.Stage);
        List<AdaptiveElement> body = [new TextBlock(title) { Heading = true, Weight = TextWeight.Bolder, Size = TextSize.Default }];
        if (question is not null)
        {
            body.Add(new TextBlock(question) { Spacing = Spacing.None });
        }

        if (dossier.Contacts.Count > 0)
        {
            body.Add(new ChoiceSetInput(
                "met", VisitTexts.Say(scene, "report.met", account, scene.Format(on)), ContactChoices.OnCard(scene, playbook, dossier.Contacts))
            {
                Multi = true,
                Expanded = true,
                Value = visit is { Contacts.Count: > 0 } ? string.Join(',', visit.Contacts.Select(c => c.Value)) : null,
            });
        }

        body.Add(new DateInput("on", VisitTexts.Say(scene, "visit-label.on")) { Value = on, Max = scene.Today });
        var questions = Reportable.Questions(dossier, playbook, [.. (visit?.Contacts ?? []).Select(c => c.Value)]);
        if (questions.Count > 0)
        {
            body.Add(new TextBlock(VisitTexts.Say(scene, "report.which-answered")) { Weight = TextWeight.Bolder });
            body.AddRange(questions.Select(q => new TextInput(AnswerPrefix + q.Id.Value, q.Text.For(scene.Culture)) { MaxLength = CardForm.LongestText }));
        }

        if (Reportable.Milestones(dossier, playbook) is { Count: > 0 } left)
        {
            body.Add(new ChoiceSetInput(
                "milestones", scene.Say("label.milestones"),
                [.. left.Select(m => new InputChoice((stage.IsKey(m.Id) ? "★ " : "") + m.Name.For(scene.Culture), m.Id.Value))]) { Multi = true, Expanded = true });
        }

        body.Add(new TextInput("nextStep", scene.Say("label.next-step")) { MaxLength = CardForm.LongestText });
        body.Add(new DateInput("due", scene.Say("label.due")));
        body.Add(new TextInput("notes", VisitTexts.Say(scene, "visit-label.notes")) { MaxLength = CardForm.LongestText, Multiline = true });
        var carried = new Dictionary<string, string>(StringComparer.Ordinal) { ["opportunity"] = dossier.Opportunity.Id.Value, ["token"] = command };
        if (visit is not null)
        {
            carried["visit"] = visit.Id.Value;
        }

        return new AdaptiveCard(body, [new ExecuteAction(Verb, VisitTexts.Say(scene, "plan.review"), DialogJson.ToElement(carried), ActionStyle.Positive)])
        {
            FallbackText = title,
            Lang = scene.Culture.TwoLetterISOLanguageName,
        }.ToAttachment();
    }

    /// <summary>What was filled in; what no longer holds is refused later by the domain.</summary>
    public static ReportVisitDraft Read(JsonElement data)
    {
        var answers = data.EnumerateObject()
            .Where(p => p.Name.StartsWith(AnswerPrefix, StringComparison.Ordinal))
            .Select(p => (Question: p.Name[AnswerPrefix.Length..], Text: CardForm.Text(data, p.Name)))
            .Where(a => a.Text is not null)
            .Select(a => new AnswerDraft(a.Question, a.Text!));
        return new ReportVisitDraft(
            CardForm.Text(data, "opportunity") ?? "", CardForm.Text(data, "token") ?? "", CardForm.Text(data, "visit"), CardForm.Day(data, "on"),
            CardForm.Ticked(data, "met"), [.. answers], CardForm.Ticked(data, "milestones"), CardForm.Text(data, "nextStep"), CardForm.Day(data, "due"),
            CardForm.Text(data, "notes"));
    }
}
