using KeyAccountBot.Dialogs;

namespace KeyAccountBot.Conversations;

/// <summary>What a conversation was about a moment ago, so that "there", "him" and "it" are understood.</summary>
/// <param name="Opportunity">The opportunity's id; <c>null</c> where only the customer was meant.</param>
/// <param name="Account">The customer's name; <c>null</c> where the opportunity tells it.</param>
/// <param name="At">When, UTC; set as the turn is kept.</param>
internal sealed record SpokenOf(string? Opportunity, string? Account, DateTimeOffset At = default)
{
    /// <summary>How long "there" means it.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromMinutes(30);

    /// <summary>Tells the turn what it is about.</summary>
    public static void Note(TurnContext turn, string? opportunity, string? account)
    {
        if (opportunity is not null || account is not null)
        {
            turn.Set(new SpokenOf(opportunity, account));
        }
    }
}
