using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.FollowUps.Causes;

/// <summary>What a cause looks at to say what is the matter.</summary>
/// <param name="Opportunity">As it stands.</param>
/// <param name="Account">Its customer, where that was read.</param>
/// <param name="Playbook">The method.</param>
/// <param name="Calendar">The owner's.</param>
/// <param name="Since">When it fell due, UTC.</param>
/// <param name="IsToOwner">Whether the owner reads it, and nobody else.</param>
/// <param name="IsReminder">Whether it reminds the owner.</param>
public sealed record Telling(
    Opportunity Opportunity, Account? Account, Playbook Playbook, WorkCalendar Calendar, DateTimeOffset? Since, bool IsToOwner = false, bool IsReminder = false)
{
    /// <summary>What is known of the opportunity.</summary>
    public OpportunityFacts Facts => Opportunity.Facts;
}

/// <summary>A sentence: the text, and what stands in its places.</summary>
public sealed record CauseSentence(string Text, params IReadOnlyList<CauseWord> Words);

/// <summary>What stands in a place of a sentence. Each reader gets it in their own language and time zone.</summary>
public abstract record CauseWord
{
    private CauseWord() { }

    /// <summary>The reader's local date of an instant; nothing for <c>null</c>.</summary>
    public sealed record Moment(DateTimeOffset? At) : CauseWord;

    /// <summary>A local date.</summary>
    public sealed record Day(DateOnly On) : CauseWord;

    /// <summary>One of our people.</summary>
    public sealed record Who(PersonId Person) : CauseWord;

    /// <summary>A stage.</summary>
    public sealed record Where(StageId Stage) : CauseWord;

    /// <summary>Milestones, one after the other.</summary>
    public sealed record Which(IReadOnlyList<MilestoneId> Milestones) : CauseWord;

    /// <summary>A number.</summary>
    public sealed record Count(int Number) : CauseWord;

    /// <summary>What somebody said, as it was said.</summary>
    public sealed record Said(string Words) : CauseWord;
}
