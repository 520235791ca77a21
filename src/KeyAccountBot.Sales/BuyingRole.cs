using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales;

/// <summary>What a contact does in the purchase.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BuyingRole>))]
public enum BuyingRole
{
    /// <summary>Will work with it.</summary>
    User,

    /// <summary>Judges whether it works.</summary>
    TechnicalEvaluator,

    /// <summary>Judges whether it is good enough.</summary>
    QualityInspector,

    /// <summary>Runs the purchase.</summary>
    Purchaser,

    /// <summary>Says yes or no in the end.</summary>
    DecisionMaker,
}
