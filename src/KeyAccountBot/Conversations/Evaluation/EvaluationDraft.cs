using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using CustomerEvaluation = KeyAccountBot.Sales.Opportunities.Evaluation;

namespace KeyAccountBot.Conversations.Evaluation;

/// <summary>A score that was said.</summary>
/// <param name="Criterion">By what.</param>
/// <param name="Score">0 to 4.</param>
/// <param name="Note">Why.</param>
internal sealed record SaidScore(EvaluationCriterion Criterion, int Score, string? Note);

/// <summary>What a person has said of a customer so far.</summary>
/// <param name="Opportunity">Of which opportunity's.</param>
/// <param name="Scores">In the order asked.</param>
internal sealed record EvaluationDraft(string Opportunity, IReadOnlyList<SaidScore> Scores)
{
    /// <summary>The evaluation; <c>null</c> while a criterion is missing.</summary>
    public CustomerEvaluation? Whole()
    {
        CriterionScore? Of(EvaluationCriterion criterion) =>
            Scores.FirstOrDefault(s => s.Criterion == criterion) is { } said ? new CriterionScore(said.Score, said.Note) : null;
        return Of(EvaluationCriterion.Fit) is { } fit && Of(EvaluationCriterion.Budget) is { } budget && Of(EvaluationCriterion.Urgency) is { } urgency
            && Of(EvaluationCriterion.Competition) is { } competition && Of(EvaluationCriterion.Relationship) is { } relationship
            ? new CustomerEvaluation(fit, budget, urgency, competition, relationship)
            : null;
    }
}
