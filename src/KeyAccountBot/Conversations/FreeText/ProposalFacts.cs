using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Which changed facts can go on record from a proposal.</summary>
internal static class ProposalFacts
{
    /// <summary>Whether a command records it.</summary>
    public static bool IsRecordable(FactToRecord fact, OpportunityProposal part) => fact.Field switch
    {
        FactField.Amount => fact.Amount > 0,
        FactField.ExpectedClose or FactField.BidDeadline => fact.On is not null,
        FactField.Competitor => fact.Value.Length > 0,
        FactField.DecisionMaker => fact.Contact is not null || part.NewContacts.Any(c => string.Equals(c.Name, fact.Value, StringComparison.OrdinalIgnoreCase)),
        FactField.Coach or FactField.ContactLeft => fact.Contact is not null,
        FactField.Evaluation => fact.Scores is { } scores && EvaluationOf(scores) is not null,
        FactField.ContactChanged or FactField.Maintainer => false,
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.Field, null),
    };

    /// <summary>The score by one criterion; <c>null</c> where none was said.</summary>
    public static int? ScoreOf(IReadOnlyDictionary<string, int> scores, EvaluationCriterion criterion)
    {
        foreach (var (name, score) in scores)
        {
            if (string.Equals(name, criterion.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return score;
            }
        }

        return null;
    }

    /// <summary>The evaluation; <c>null</c> where a score is missing.</summary>
    public static Sales.Opportunities.Evaluation? EvaluationOf(IReadOnlyDictionary<string, int> scores) =>
        (ScoreOf(scores, EvaluationCriterion.Fit), ScoreOf(scores, EvaluationCriterion.Budget), ScoreOf(scores, EvaluationCriterion.Urgency), ScoreOf(scores, EvaluationCriterion.Competition), ScoreOf(scores, EvaluationCriterion.Relationship))
            is ({ } fit, { } budget, { } urgency, { } competition, { } relationship)
            ? new Sales.Opportunities.Evaluation(new(fit), new(budget), new(urgency), new(competition), new(relationship))
            : null;
}
