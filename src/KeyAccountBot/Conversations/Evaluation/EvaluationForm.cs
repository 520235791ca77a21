using System.Globalization;
using System.Text.Json;
using CustomerEvaluation = KeyAccountBot.Sales.Opportunities.Evaluation;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Evaluation;

/// <summary>The whole evaluation on one card.</summary>
internal static class EvaluationForm
{
    /// <summary>The verb of its button.</summary>
    public const string Verb = "evaluation/review";

    private const int LongestNote = 500;
    private static readonly Texts Texts = new("Conversations.Evaluation.EvaluationTexts");

    /// <summary>The card, filled in as it was last time; it ends with the first question, for those who would rather type.</summary>
    public static Attachment Build(
        Scene scene, Playbook playbook, string opportunity, string command, CustomerEvaluation? before, string title, string question)
    {
        var culture = scene.Culture;
        List<AdaptiveElement> body = [new TextBlock(title) { Heading = true, Weight = TextWeight.Bolder, Size = TextSize.Default }];
        foreach (var criterion in playbook.Evaluation.Criteria)
        {
            var name = criterion.Name.For(culture);
            body.Add(new ChoiceSetInput("score" + criterion.Id, name, [.. Scale(scene).Select((s, i) => new InputChoice(s, i.ToString(CultureInfo.InvariantCulture)))])
            {
                Value = before?.Of(criterion.Id).Score.ToString(CultureInfo.InvariantCulture),
                Placeholder = Texts["evaluation.choose", culture],
                Required = true,
                ErrorMessage = Texts["evaluation.missing", culture],
                Separator = true,
            });
            body.Add(new TextInput("note" + criterion.Id, Texts["evaluation.note", culture, name])
            {
                MaxLength = LongestNote,
                Value = before?.Of(criterion.Id).Note,
                Spacing = Spacing.Small,
            });
        }

        body.Add(new TextBlock(Texts["evaluate.or-type", culture, question]) { Size = TextSize.Small, Subtle = true, Separator = true });
        var data = DialogJson.ToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["opportunity"] = opportunity, ["token"] = command });
        return new AdaptiveCard(body, [new ExecuteAction(Verb, scene.Say("check-in.submit"), data, ActionStyle.Positive)])
        {
            FallbackText = title,
            Lang = culture.TwoLetterISOLanguageName,
        }.ToAttachment();
    }

    /// <summary>The steps from 0 to 4, in words.</summary>
    public static IReadOnlyList<string> Scale(Scene scene) =>
        [.. Enumerable.Range(0, 5).Select(s => Texts["evaluation.scale." + s.ToString(CultureInfo.InvariantCulture), scene.Culture])];

    /// <summary>What was filled in; a criterion left out is missing.</summary>
    public static EvaluationDraft Read(JsonElement data) => new(
        Text(data, "opportunity") ?? "", Text(data, "token") ?? "",
        [.. Enum.GetValues<EvaluationCriterion>()
            .Select(c => (Criterion: c, Score: Text(data, "score" + c), Note: Text(data, "note" + c)))
            .Where(s => s.Score is [>= '0' and <= '4'])
            .Select(s => new SaidScore(s.Criterion, s.Score![0] - '0', s.Note))]);

    private static string? Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } text
            ? text[..Math.Min(text.Length, LongestNote)]
            : null;
}
