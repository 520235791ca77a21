using KeyAccountBot.Records;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Bidding;

/// <summary>How the customer buys and who approves, in words.</summary>
internal static class BiddingWords
{
    /// <summary>What is said of bidding.</summary>
    public static Texts Texts { get; } = new("Conversations.Bidding.BiddingTexts");

    /// <summary>A text in the speaker's language.</summary>
    public static string Say(Scene scene, string key, params ReadOnlySpan<object?> values) => Texts[key, scene.Culture, values];

    /// <summary>A line of the status, once it is known how they buy.</summary>
    public static IEnumerable<(string Label, string Value)> Status(Scene scene, Opportunity opportunity)
    {
        if (opportunity.Facts.BidBranch is { } branch)
        {
            yield return (Say(scene, "bidding.label"), BidWords.Of(scene.Culture, branch));
        }
    }

    /// <summary>Asks who approved the contract where that was said to be done and nobody was named.</summary>
    public static IEnumerable<string> WhoApproved(Scene scene, Playbook playbook, LedgerOutcome outcome)
    {
        if (outcome.Opportunity is { Facts.ContractApprover: null } opportunity
            && outcome.Entries.Any(e => e.What is OpportunityEvent.MilestoneReached reached && reached.Milestone == ContractApprovalWaitingCause.ApprovedBy.In(playbook)))
        {
            yield return Say(scene, "bidding.who-approved", Words.AccountOf(opportunity));
        }
    }
}
