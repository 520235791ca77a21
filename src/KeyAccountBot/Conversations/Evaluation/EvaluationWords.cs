using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;
using CustomerEvaluation = KeyAccountBot.Sales.Opportunities.Evaluation;

namespace KeyAccountBot.Conversations.Evaluation;

/// <summary>Says what an evaluation comes to.</summary>
internal static class EvaluationWords
{
    private static readonly Texts Texts = new("Conversations.Evaluation.EvaluationTexts");

    /// <summary>What it is called beside its value.</summary>
    public static string Label(Scene scene) => Texts["evaluation.label", scene.Culture];

    /// <summary>The score at the end of a line in a list.</summary>
    public static string Short(Scene scene, int score) => Texts["evaluation.short", scene.Culture, score];

    /// <summary>The score, and whether it makes a key account with this amount.</summary>
    public static string Verdict(Scene scene, Playbook playbook, CustomerEvaluation evaluation, Money amount)
    {
        var score = evaluation.Score(playbook);
        return playbook.Evaluation.IsKeyAccount(score, amount)
            ? Texts["evaluation.key-account", scene.Culture, score]
            : Texts["evaluation.no-key-account", scene.Culture, score];
    }

    /// <summary>Why it is no key account; <c>null</c> where it is one.</summary>
    public static string? Shortfall(Scene scene, Playbook playbook, CustomerEvaluation evaluation, Money amount)
    {
        var settings = playbook.Evaluation;
        return evaluation.Score(playbook) < settings.KeyAccountScore ? Texts["evaluation.score-short", scene.Culture, settings.KeyAccountScore]
            : amount.Amount < settings.KeyAccountAmount ? Texts["evaluation.amount-short", scene.Culture, scene.Format(new Money(settings.KeyAccountAmount, amount.Currency))]
            : null;
    }

    /// <summary>Every criterion with its score and note.</summary>
    public static IReadOnlyList<(string Label, string Value)> Facts(Scene scene, Playbook playbook, CustomerEvaluation evaluation) =>
        [.. playbook.Evaluation.Criteria.Select(c => (c.Name.For(scene.Culture), ScoreOf(scene, evaluation.Of(c.Id))))];

    /// <summary>What changed since the time before; <c>null</c> where it is the first, or nothing did.</summary>
    public static string? Changes(Scene scene, Playbook playbook, CustomerEvaluation? before, CustomerEvaluation after)
    {
        if (before is null)
        {
            return null;
        }

        string[] changed = [.. playbook.Evaluation.Criteria.Where(c => before.Of(c.Id).Score != after.Of(c.Id).Score)
            .Select(c => Texts["evaluation.changed", scene.Culture, c.Name.For(scene.Culture), before.Of(c.Id).Score, after.Of(c.Id).Score])];
        return changed.Length == 0
            ? Texts["evaluation.unchanged", scene.Culture, before.Score(playbook)]
            : Texts["evaluation.since", scene.Culture, before.Score(playbook), string.Join(Words.Separator(scene.Culture), changed)];
    }

    private static string ScoreOf(Scene scene, CriterionScore score) =>
        score.Note is { } note ? Texts["evaluation.with-note", scene.Culture, score.Score, note] : score.Score.ToString(scene.Culture);
}
