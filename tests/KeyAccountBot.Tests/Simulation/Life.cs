using System.Collections.Concurrent;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>How its rep keeps one opportunity.</summary>
internal enum Temper
{
    /// <summary>Says where it stands before anybody asks.</summary>
    Diligent,

    /// <summary>Sometimes does.</summary>
    Average,

    /// <summary>Hardly ever does.</summary>
    Silent,

    /// <summary>Says something every week so that nobody hears of it: snoozes far out, checks in with nothing, puts it on hold.</summary>
    Hiding,
}

/// <summary>One opportunity from its opening on: what will be done about it, and what the checks have seen of it.</summary>
internal sealed class Life(int index, Chance chance, Customer customer, PersonId opener)
{
    private int acts;

    public OpportunityId Id { get; } = new($"o-{index:D5}");

    public int Index => index;

    /// <summary>All chance of this opportunity comes from here, so that what happens to others does not change it.</summary>
    public Chance Chance => chance;

    public Customer Customer => customer;

    /// <summary>Who opened it.</summary>
    public PersonId Opener => opener;

    public Temper Temper { get; init; }

    public decimal Amount { get; init; }

    public StageId Stage { get; init; }

    /// <summary>Its entries folded, as far as they were seen; <c>null</c> before it is opened.</summary>
    public Opportunity? State { get; set; }

    /// <summary>When it was last spoken of, by anybody, UTC.</summary>
    public DateTimeOffset LastEntryAt { get; set; }

    /// <summary>When anything last changed that a rep's talk does not: opened, reopened, handed over, a milestone, a stage; UTC.</summary>
    public DateTimeOffset LastMovedAt { get; set; }

    /// <summary>The commands in which its owner answered a follow-up, whatever the engine made of them.</summary>
    public ConcurrentDictionary<CommandId, bool> SaidByOwner { get; } = [];

    /// <summary>Its entries' bytes in one number.</summary>
    public ulong Fingerprint { get; set; } = 14695981039346656037;

    /// <summary>Every chain that was ever seen.</summary>
    public Dictionary<string, SeenChain> Chains { get; } = new(StringComparer.Ordinal);

    /// <summary>What became of each delivery.</summary>
    public Dictionary<string, DeliveryStatus> Ends { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts what is done about it, to order it and to name its commands.</summary>
    public int NextAct() => Interlocked.Increment(ref acts);
}

/// <summary>What was seen of a chain.</summary>
internal sealed class SeenChain
{
    /// <summary>The step taken last.</summary>
    public required OpportunityEvent.FollowUpStepTaken Last { get; set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset LastAt { get; set; }

    /// <summary>How many steps were taken.</summary>
    public int Steps { get; set; }

    /// <summary>Who was told.</summary>
    public HashSet<PersonId> Told { get; } = [];

    /// <summary>The last answer of each who gave one, and whether it was the owner's.</summary>
    public Dictionary<PersonId, (OpportunityEvent.FollowUpAnswered Said, bool IsOwners)> Answers { get; } = [];

    /// <summary>Answered for good, by somebody above its owner.</summary>
    public bool IsOver { get; set; }
}
