using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>What a rep thinks of a customer in one respect.</summary>
/// <param name="Score">0 (bad for us) to 4 (good for us).</param>
/// <param name="Note">Why.</param>
public sealed record CriterionScore(int Score, string? Note = null);

/// <summary>What a rep thinks of a customer.</summary>
/// <param name="Fit">How well what we sell suits them.</param>
/// <param name="Budget">Whether the money is there.</param>
/// <param name="Urgency">How soon they need it.</param>
/// <param name="Competition">How well we stand against others.</param>
/// <param name="Relationship">How well we know each other.</param>
public sealed record Evaluation(CriterionScore Fit, CriterionScore Budget, CriterionScore Urgency, CriterionScore Competition, CriterionScore Relationship)
{
    private const int Best = 4;

    /// <summary>The score by one criterion.</summary>
    public CriterionScore Of(EvaluationCriterion criterion) => criterion switch
    {
        EvaluationCriterion.Fit => Fit,
        EvaluationCriterion.Budget => Budget,
        EvaluationCriterion.Urgency => Urgency,
        EvaluationCriterion.Competition => Competition,
        EvaluationCriterion.Relationship => Relationship,
        _ => throw new ArgumentOutOfRangeException(nameof(criterion), criterion, null),
    };

    /// <summary>The weighted score, 0 to 100; halves round up.</summary>
    public int Score(Playbook playbook)
    {
        var criteria = playbook.Evaluation.Criteria;
        decimal reached = criteria.Sum(c => c.Weight * Of(c.Id).Score);
        return (int)Math.Round(100 * reached / (Best * criteria.Sum(c => c.Weight)), MidpointRounding.AwayFromZero);
    }

    internal CriterionScore? Outside() =>
        new[] { Fit, Budget, Urgency, Competition, Relationship }.FirstOrDefault(s => s.Score is < 0 or > Best);
}
