using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>How the customer buys: by tender, or by talking to us alone.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "branch")]
[JsonDerivedType(typeof(Bid), "bid")]
[JsonDerivedType(typeof(DirectNegotiation), "direct-negotiation")]
public abstract record BidBranch
{
    private BidBranch() { }

    /// <summary>A tender; bids are in by a local date.</summary>
    public sealed record Bid(DateOnly Deadline) : BidBranch;

    /// <summary>No tender.</summary>
    public sealed record DirectNegotiation : BidBranch;
}
