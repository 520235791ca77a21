using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Playbooks;

/// <summary>What a customer is scored by.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvaluationCriterion>))]
public enum EvaluationCriterion
{
    /// <summary>How well what we sell suits them.</summary>
    Fit,

    /// <summary>Whether the money is there.</summary>
    Budget,

    /// <summary>How soon they need it.</summary>
    Urgency,

    /// <summary>How well we stand against others; a high score is good for us.</summary>
    Competition,

    /// <summary>How well we know each other.</summary>
    Relationship,
}

/// <summary>How customers are scored, and what makes one a key account.</summary>
/// <param name="Criteria">Every criterion once, in the order asked.</param>
/// <param name="KeyAccountScore">From this score on, 0 to 100.</param>
/// <param name="KeyAccountAmount">And from this amount on, whatever the currency.</param>
public sealed record EvaluationSettings(IReadOnlyList<Criterion> Criteria, int KeyAccountScore, decimal KeyAccountAmount)
{
    /// <summary>Whether a customer of this score with an opportunity of this amount is a key account.</summary>
    public bool IsKeyAccount(int score, Money amount) => score >= KeyAccountScore && amount.Amount >= KeyAccountAmount;
}

/// <summary>One thing a customer is scored by.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">As shown.</param>
/// <param name="Weight">Against the others; not negative, and not 0 for all.</param>
public sealed record Criterion(EvaluationCriterion Id, LocalizedText Name, int Weight);
