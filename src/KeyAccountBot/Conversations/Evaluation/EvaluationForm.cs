using System.Globalization;
using System.Text.Json;
using CustomerEvaluation = KeyAccountBot.Sales.Opportunities.Evaluation;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Evaluation;

/// <summary>The whole evaluation on one form.</summary>
internal static class EvaluationForm
{
    /// <summary>The verb of its button.</summary>
    public const string Verb = "evaluation/review";

    private const int LongestNote = 500;
    private static readonly Texts Texts = new("Conversations.Evaluation.EvaluationTexts");

    /// <summary>
    /// The question with the form, filled in as it was last time. The form ends with the first question, for those who would rather type;
    /// where no form is, that question stands there with its scale.
    /// </summary>
    public static Message Of(Scene scene, Playbook playbook, string opportunity, string token, CustomerEvaluation? before, string title, string question) => new()
    {
        Language = scene.Culture.Name,
        Title = title,
        Form = new Form(
            [.. playbook.Evaluation.Criteria.SelectMany(c => FieldsOf(scene, c, before))],
            new PressAction(
                scene.Say("check-in.submit"), Verb,
                DialogJson.ToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["opportunity"] = opportunity, ["token"] = token }))
            {
                Style = ActionStyle.Positive,
            })
        {
            Note = Texts["evaluate.or-type", scene.Culture, question],
        },
        Hint = string.Join(Marks.Line, Scale(scene).Prepend(question)),
    };

    /// <summary>The steps from 0 to 4, in words.</summary>
    public static IReadOnlyList<string> Scale(Scene scene) =>
        [.. Enumerable.Range(0, 5).Select(s => Texts["evaluation.scale." + s.ToString(CultureInfo.InvariantCulture), scene.Culture])];

    /// <summary>What was filled in; a criterion left out is missing.</summary>
    public static EvaluationDraft Read(JsonElement data) => new(
        CardForm.Text(data, "opportunity") ?? "",
        [.. Enum.GetValues<EvaluationCriterion>()
            .Select(c => (Criterion: c, Score: CardForm.Text(data, "score" + c), Note: CardForm.Text(data, "note" + c, LongestNote)))
            .Where(s => s.Score is [>= '0' and <= '4'])
            .Select(s => new SaidScore(s.Criterion, s.Score![0] - '0', s.Note))]);

    private static IEnumerable<Field> FieldsOf(Scene scene, Criterion criterion, CustomerEvaluation? before)
    {
        var name = criterion.Name.For(scene.Culture);
        yield return new ChoiceField(
            "score" + criterion.Id, name, [.. Scale(scene).Select((s, i) => new FieldChoice(s, i.ToString(CultureInfo.InvariantCulture)))])
        {
            Value = before?.Of(criterion.Id).Score.ToString(CultureInfo.InvariantCulture),
            Placeholder = Texts["evaluation.choose", scene.Culture],
            IsRequired = true,
            Missing = Texts["evaluation.missing", scene.Culture],
            IsSeparate = true,
        };
        yield return new TextField("note" + criterion.Id, Texts["evaluation.note", scene.Culture, name])
        {
            Longest = LongestNote,
            Value = before?.Of(criterion.Id).Note,
            GoesOn = true,
        };
    }
}
