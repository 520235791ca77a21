using System.Text.Json;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>What would be recorded on a form, filled with what was read: for those who would rather tick than type.</summary>
internal static class ProposalForm
{
    /// <summary>The verb of its button.</summary>
    public const string Verb = "free-text/review";

    private const string AnswerPrefix = "answer-to-";

    /// <summary>The form, and that it can be said in words as well.</summary>
    public static Message Of(Scene scene, Playbook playbook, Dossier dossier, OpportunityProposal part, string token) => new()
    {
        Language = scene.Culture.Name,
        Title = ProposalWords.Say(scene, "free-text.what-to-change"),
        Form = new Form(
            [.. FieldsOf(scene, playbook, dossier, part)],
            new PressAction(
                scene.Say("check-in.submit"), Verb,
                DialogJson.ToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = token, ["answer"] = Verb }))
            {
                Style = ActionStyle.Positive,
            }),
        IsAnsweredInWords = true,
    };

    /// <summary>The proposal with what was filled in; what the form does not show stays.</summary>
    public static Proposal Read(JsonElement data, Proposal shown)
    {
        var part = shown.Opportunities[0];
        var on = CardForm.Day(data, "on");
        var former = part.Milestones.ToDictionary(m => m.Milestone.Value, StringComparer.Ordinal);
        var answers = data.EnumerateObject()
            .Where(p => p.Name.StartsWith(AnswerPrefix, StringComparison.Ordinal))
            .Select(p => (Question: p.Name[AnswerPrefix.Length..], Text: CardForm.Text(data, p.Name)))
            .Where(a => a.Text is not null)
            .Select(a => part.Answers.FirstOrDefault(f => f.Question.Value == a.Question) is { } given ? given with { Text = a.Text! } : new GivenAnswer(new QuestionId(a.Question), a.Text!));
        var what = CardForm.Text(data, "nextStep");
        return new Proposal(shown.Text,
        [
            part with
            {
                On = on ?? part.On,
                Met = [.. CardForm.Ticked(data, "met").Select(m => new ContactId(m))],
                Milestones = [.. CardForm.Ticked(data, "milestones").Select(m => (former.GetValueOrDefault(m) ?? new MilestoneToRecord(new MilestoneId(m), null, null)) with { On = former.GetValueOrDefault(m)?.On is { } said && on == part.On ? said : on })],
                Answers = [.. answers],
                NextSteps = what is null ? [] : [new StepToCome(what, CardForm.Day(data, "due")), .. part.NextSteps.Skip(1)],
            },
        ]);
    }

    private static IEnumerable<Field> FieldsOf(Scene scene, Playbook playbook, Dossier dossier, OpportunityProposal part)
    {
        if (dossier.Contacts.Count > 0)
        {
            yield return new ChoiceField("met", ProposalWords.Say(scene, "free-text.met"), ContactChoices.OnCard(scene, playbook, dossier.Contacts))
            {
                IsMulti = true, IsExpanded = true, Value = part.Met.Count > 0 ? string.Join(',', part.Met.Select(m => m.Value)) : null,
            };
        }

        yield return new DateField("on", ProposalWords.Say(scene, "free-text.on")) { Value = part.On ?? scene.Today, Latest = scene.Today };
        foreach (var answer in part.Answers)
        {
            yield return new TextField(AnswerPrefix + answer.Question.Value, ProposalWords.ItemName(scene, playbook, ProposalFields.Answers, answer.Question.Value)) { Longest = CardForm.LongestText, Value = answer.Text };
        }

        var stage = playbook.Stage(dossier.Opportunity.Facts.Stage);
        var proposed = part.Milestones.Select(m => m.Milestone).ToHashSet();
        List<Milestone> milestones = [.. playbook.Stages.SelectMany(s => s.Milestones).Where(m =>
            !dossier.Opportunity.Facts.Reached.ContainsKey(m.Id) && (proposed.Contains(m.Id) || playbook.StageOf(m.Id)!.Id == stage.Id))];
        if (milestones.Count > 0)
        {
            yield return new ChoiceField("milestones", scene.Say("label.milestones"), [.. milestones.Select(m => new FieldChoice((stage.IsKey(m.Id) ? "★ " : "") + m.Name.For(scene.Culture), m.Id.Value))])
            {
                IsMulti = true, IsExpanded = true, Value = proposed.Count > 0 ? string.Join(',', proposed.Select(m => m.Value)) : null,
            };
        }

        yield return new TextField("nextStep", scene.Say("label.next-step")) { Longest = CardForm.LongestText, Value = part.NextSteps is [var step, ..] ? step.What : null };
        yield return new DateField("due", scene.Say("label.due")) { Value = part.NextSteps is [{ Due: { } due }, ..] ? due : null };
    }
}
