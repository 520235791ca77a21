using System.Globalization;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Wording;

/// <summary>How the customer buys, in words.</summary>
internal static class BidWords
{
    private static readonly Texts Texts = new("Wording.BidTexts");

    /// <summary>By tender until a date, or by direct negotiation.</summary>
    public static string Of(CultureInfo culture, BidBranch branch) => branch switch
    {
        BidBranch.Bid bid => Texts["bidding.until", culture, Words.DateOf(culture, bid.Deadline)],
        BidBranch.DirectNegotiation => Texts["bidding.directly", culture],
        _ => throw new InvalidOperationException($"No words for {branch.GetType().Name}."),
    };
}
