using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;

namespace KeyAccountBot.Conversations;

/// <summary>What is spoken of where nobody names it: the message of ours that the thread stands under.</summary>
/// <param name="Opportunity">The opportunity that it told of.</param>
/// <param name="Delivery">What it told.</param>
internal sealed record Subject(OpportunityId Opportunity, Delivery Delivery);
