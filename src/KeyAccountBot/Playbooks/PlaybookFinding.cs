namespace KeyAccountBot.Playbooks;

/// <summary>What a playbook does with something that is on record.</summary>
internal enum PlaybookEffect
{
    /// <summary>It neither has the stage nor had it.</summary>
    StageLost,

    /// <summary>It neither has the milestone nor had it.</summary>
    MilestoneLost,

    /// <summary>It neither has the question nor had it.</summary>
    QuestionLost,

    /// <summary>Opportunities that stand in a former stage stand in another one.</summary>
    StageMoves,

    /// <summary>By its gates, opportunities stand elsewhere from their next check-in on.</summary>
    GateMoves,

    /// <summary>A milestone is called otherwise; that it was reached still counts.</summary>
    MilestoneRenamed,

    /// <summary>A question is called otherwise; its answer still counts.</summary>
    QuestionRenamed,

    /// <summary>It says that it does without the milestone.</summary>
    MilestoneRemoved,

    /// <summary>It says that it does without the question.</summary>
    QuestionRemoved,
}

/// <summary>What a playbook does with one id on record.</summary>
/// <param name="Effect">What.</param>
/// <param name="From">The id on record.</param>
/// <param name="To">The id it leads to; <c>null</c> where it leads nowhere.</param>
/// <param name="Count">How many opportunities have it.</param>
/// <param name="First">The first ten of them by account and name.</param>
internal sealed record PlaybookFinding(PlaybookEffect Effect, string From, string? To, int Count, IReadOnlyList<string> First)
{
    /// <summary>With it, no service starts.</summary>
    public bool Refuses => Effect is PlaybookEffect.StageLost or PlaybookEffect.MilestoneLost or PlaybookEffect.QuestionLost;
}

/// <summary>What a playbook does with all that is on record.</summary>
/// <param name="Opportunities">How many that are open or on hold were looked at.</param>
/// <param name="Stranded">How many of them have something that the playbook does not know.</param>
/// <param name="Findings">What refuses first, then what moves; the most frequent of each first.</param>
internal sealed record PlaybookLook(int Opportunities, int Stranded, IReadOnlyList<PlaybookFinding> Findings);
