using KeyAccountBot.Language;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Conversations.Understanding;

/// <summary>What is on record that a message of the speaker may name: only what they may see.</summary>
/// <param name="Lines">Their opportunities and those of everybody below them.</param>
/// <param name="Names">Everything that has a name: customers, opportunities, contacts, our own people, competitors.</param>
internal sealed record Sight(IReadOnlyList<OpportunityListing> Lines, NameIndex Names)
{
    /// <summary>The customer of a line; <c>null</c> where it is not known.</summary>
    public static string? AccountOf(OpportunityListing line) => string.IsNullOrWhiteSpace(line.Account) ? null : AccountId.OfName(line.Account).Value;

    /// <summary>What the opportunities of a customer call it; <c>null</c> where the speaker sees none of them.</summary>
    public string? NameOf(string account) => Lines.FirstOrDefault(l => AccountOf(l) == account)?.Account;

    /// <summary>The line of an opportunity.</summary>
    public OpportunityListing? Find(string opportunity) => Lines.FirstOrDefault(l => l.Id == new OpportunityId(opportunity));
}
