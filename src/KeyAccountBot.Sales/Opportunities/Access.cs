namespace KeyAccountBot.Sales.Opportunities;

/// <summary>What somebody wants of an opportunity that is on record.</summary>
public abstract record Access
{
    private Access() { }

    /// <summary>Find it, read it, see it in a list.</summary>
    public sealed record Read : Access;

    /// <summary>Hear again what a follow-up told them of it.</summary>
    public sealed record Told : Access;

    /// <summary>Answer one of its follow-ups.</summary>
    public sealed record Answer(string Chain) : Access;

    /// <summary>Have a command recorded.</summary>
    public sealed record Record(OpportunityCommand Command) : Access;
}
