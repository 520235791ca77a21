using System.Text.Json.Serialization;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Deliveries;

/// <summary>A delivery that a person's day holds.</summary>
/// <param name="Opportunity">Which.</param>
/// <param name="Key">The delivery's key.</param>
internal sealed record MailboxItem(OpportunityId Opportunity, string Key);

/// <summary>A delivery that gathers with others, or waits for a digest: a row each, so that thousands cost each no more than one.</summary>
/// <param name="Item">Which delivery.</param>
/// <param name="Amount">What its opportunity is worth.</param>
/// <param name="Since">Since when it is due, UTC.</param>
internal sealed record MailboxLine(MailboxItem Item, Money Amount, DateTimeOffset? Since)
{
    /// <summary>What settles the order of two that weigh the same.</summary>
    [JsonIgnore]
    public string Key => $"{Item.Opportunity}|{Item.Key}";

    /// <summary>What it weighs to its reader at a moment.</summary>
    public TellingWeight WeightAt(WorkCalendar calendar, DateTimeOffset now) => new(Amount, TellingWeight.DaysLateAt(Since, calendar, now), Key);
}

/// <summary>What a person is told on one day; what waits for the digest has rows of its own beside it.</summary>
/// <param name="Separate">What they get one by one.</param>
/// <param name="Digest">What waits for the digest, where an older version of the service put it here.</param>
/// <param name="More">What an older version could not list.</param>
/// <param name="ClaimedAt">Since when the digest is being sent, UTC; <c>null</c> while it is not.</param>
/// <param name="Attempts">How often sending the digest was tried.</param>
/// <param name="Closed">The digest is sent, or given up.</param>
/// <param name="RefusedBy">The channel that does not take the digest.</param>
/// <param name="Throttled">How often a channel asked to wait with the digest.</param>
/// <param name="Beside">What does not count and waits for a word of theirs: a question, a colleague's request.</param>
/// <param name="DecideAt">When it is decided which of those that gather now are told one by one, UTC; <c>null</c> while none do.</param>
/// <param name="Again">They gather a second time, since nobody was there to decide when the first was over.</param>
/// <param name="DecidedAt">When that was last decided, UTC.</param>
/// <param name="Lines">How many rows wait for the digest.</param>
/// <param name="Shown">What the digest named, the first first; the rest it counted.</param>
/// <param name="Refused">The channels that do not take the digest, and why.</param>
internal sealed record MailboxDay(
    IReadOnlyList<MailboxItem> Separate, IReadOnlyList<MailboxItem> Digest, int More = 0, DateTimeOffset? ClaimedAt = null, int Attempts = 0, bool Closed = false,
    Channel? RefusedBy = null, int Throttled = 0, IReadOnlyList<MailboxItem>? Beside = null, DateTimeOffset? DecideAt = null, bool Again = false,
    DateTimeOffset? DecidedAt = null, int Lines = 0, IReadOnlyList<MailboxItem>? Shown = null, IReadOnlyList<ChannelRefusal>? Refused = null)
{
    /// <summary>How many deliveries wait for the digest.</summary>
    [JsonIgnore]
    public int InDigest => Digest.Count + More + Lines;
}

/// <summary>What becomes of a delivery that counts towards its reader's separate messages.</summary>
internal abstract record Placement
{
    /// <summary>It is sent by itself, now.</summary>
    internal sealed record Separate : Placement;

    /// <summary>It is in a digest.</summary>
    internal sealed record InDigest : Placement;

    /// <summary>It is not decided, or others go before it: ask again then.</summary>
    /// <param name="Until">UTC.</param>
    internal sealed record Waits(DateTimeOffset Until) : Placement;
}

/// <summary>A digest on the queue.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Person">The reader.</param>
/// <param name="Day">The reader's local date.</param>
internal sealed record DigestDue(TenantId Tenant, PersonId Person, DateOnly Day);
