using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>The owner asked for more time than is theirs to take.</summary>
/// <param name="By">Who asked: the owner, or who stands in for them.</param>
/// <param name="Until">Until when, UTC.</param>
/// <param name="Of">Who is asked.</param>
/// <param name="Allowed">Whether it was allowed; <c>null</c> while nobody has said.</param>
/// <param name="AnsweredBy">Who said so.</param>
public sealed record TimeAsked(PersonId? By, DateTimeOffset Until, PersonId Of, bool? Allowed = null, PersonId? AnsweredBy = null)
{
    /// <summary>Nobody has said yes or no.</summary>
    [JsonIgnore]
    public bool IsOpen => Allowed is null;
}
