using KeyAccountBot.Sales.FollowUps;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>Something a person or the clock wants recorded.</summary>
public abstract record OpportunityCommand
{
    private OpportunityCommand() { }

    /// <summary>Puts a new opportunity on record, in a stage and status of its own where it comes from elsewhere.</summary>
    public sealed record Open(
        string Account, string Name, Money Amount, PersonId Owner, DateOnly? ExpectedClose,
        StageId? Stage = null, DateTimeOffset? StageEnteredAt = null,
        OpportunityStatus Status = OpportunityStatus.Open, DateOnly? ClosedOn = null) : OpportunityCommand;

    /// <summary>Says where it stands.</summary>
    public sealed record CheckIn(IReadOnlyList<MilestoneClaim> Milestones, NextStep? NextStep) : OpportunityCommand;

    /// <summary>Takes a milestone back.</summary>
    public sealed record TakeBack(MilestoneId Milestone, string Reason) : OpportunityCommand;

    /// <summary>The contract is signed.</summary>
    public sealed record Win(DateOnly On, string? Evidence) : OpportunityCommand;

    /// <summary>It is lost.</summary>
    public sealed record Lose(string Reason) : OpportunityCommand;

    /// <summary>It rests.</summary>
    public sealed record Hold(string Reason) : OpportunityCommand;

    /// <summary>It is alive again.</summary>
    public sealed record Reopen(string Reason) : OpportunityCommand;

    /// <summary>It goes to another rep.</summary>
    public sealed record HandOver(PersonId To, string Reason) : OpportunityCommand;

    /// <summary>Takes back the last entry, if the same person made it.</summary>
    public sealed record Undo : OpportunityCommand;

    /// <summary>The clock: these steps are due.</summary>
    public sealed record TakeFollowUpSteps(IReadOnlyList<DueStep> Steps) : OpportunityCommand;

    /// <summary>Somebody answers a follow-up.</summary>
    public sealed record AnswerFollowUp(string Chain, FollowUpAnswer Answer, DateTimeOffset? QuietUntil) : OpportunityCommand;
}

/// <summary>What a rep says of one milestone.</summary>
/// <param name="Milestone">Which.</param>
/// <param name="On">When it was reached, local date.</param>
/// <param name="Evidence">Free text or a link.</param>
public sealed record MilestoneClaim(MilestoneId Milestone, DateOnly On, string? Evidence);
