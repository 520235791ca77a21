using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

/// <summary>What a reply to a shown proposal was read as.</summary>
/// <param name="Effect">What it does: an answer records it, a correction changes it.</param>
/// <param name="After">The proposal with what was corrected; as shown where nothing was.</param>
public sealed record CorrectionReading(ReplyEffect Effect, Proposal After)
{
    /// <summary>What was changed, each field with its whole value after the change.</summary>
    public IReadOnlyList<ReplyField> Changes { get; init; } = [];

    /// <summary>It said yes as well: what was corrected is recorded at once.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>What has to be asked before it can go on; <c>null</c> for nothing.</summary>
    public CorrectionDoubt? Doubt { get; init; }

    /// <summary>The words that speak of something else, such as a second wish; <c>null</c> where there are none.</summary>
    public string? Rest { get; init; }

    /// <summary>It asks who may see what is recorded.</summary>
    public bool AsksWhoSees { get; init; }

    /// <summary>It only says that something is to be changed, not what.</summary>
    public bool WantsForm { get; init; }
}

/// <summary>A correction that can be meant in more than one way.</summary>
/// <param name="About">What is not clear.</param>
/// <param name="Words">The words that it comes from; empty where there are none to show.</param>
/// <param name="Options">What may be meant; none where only the person can say it.</param>
public sealed record CorrectionDoubt(DoubtAbout About, string Words, IReadOnlyList<DoubtOption> Options);

/// <summary>One way a correction can be meant.</summary>
/// <param name="Field">What it changes, one of <see cref="ProposalFields"/>.</param>
/// <param name="Value">To what, in invariant form.</param>
/// <param name="After">The proposal then.</param>
public sealed record DoubtOption(string Field, string Value, Proposal After);

/// <summary>What of a correction is not clear.</summary>
public enum DoubtAbout
{
    /// <summary>Which opportunity.</summary>
    Opportunity,

    /// <summary>Which of the dates.</summary>
    WhichDate,

    /// <summary>Which day.</summary>
    Day,

    /// <summary>Who somebody is.</summary>
    Person,

    /// <summary>Which of the things shown.</summary>
    Item,

    /// <summary>What is to change at all.</summary>
    Change,
}
