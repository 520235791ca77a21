using System.Text.Json.Serialization;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Records;

/// <summary>An opportunity's snapshot row.</summary>
/// <param name="Opportunity">Its entries folded.</param>
/// <param name="WakeUpAt">The earliest wake-up known to be on the queue, UTC.</param>
public sealed record OpportunitySnapshot(Opportunity Opportunity, DateTimeOffset? WakeUpAt);

/// <summary>A snapshot and the ETag it was read with.</summary>
/// <param name="Opportunity">Its entries folded.</param>
/// <param name="WakeUpAt">The earliest wake-up known to be on the queue, UTC.</param>
/// <param name="ETag">A commit on this state succeeds only while it holds.</param>
/// <param name="IsFolded">The snapshot cannot be read: this was folded anew from the entries.</param>
/// <param name="IsNewer">A newer version of the program wrote the snapshot: nothing may be written over it.</param>
public sealed record StoredOpportunity(Opportunity Opportunity, DateTimeOffset? WakeUpAt, string ETag, bool IsFolded = false, bool IsNewer = false);

/// <summary>A line in a rep's list; a projection that can be rebuilt.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Owner">The rep.</param>
/// <param name="Account">The customer company; empty where not known yet.</param>
/// <param name="Name">What is to be sold.</param>
/// <param name="Amount">What it is worth.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Status">Whether it is alive.</param>
/// <param name="Won">Whether the contract was signed.</param>
/// <param name="ExpectedClose">Local date.</param>
/// <param name="Score">Of the customer's evaluation, 0 to 100, by the playbook of that day; <c>null</c> while not evaluated.</param>
/// <param name="Times">What saves a weekly digest from reading its record; <c>null</c> in lines of older versions, until a reconciliation brings them in line.</param>
public sealed record OpportunityListing(
    OpportunityId Id, PersonId Owner, string Account, string Name, Money Amount, StageId Stage, OpportunityStatus Status, bool Won, DateOnly? ExpectedClose,
    int? Score = null, DigestTimes? Times = null)
{
    /// <summary>The line of an opportunity as it stands.</summary>
    public static OpportunityListing Of(Opportunity o, Playbook playbook) =>
        new(
            o.Id, o.Facts.Owner, o.Facts.Account, o.Facts.Name, o.Facts.Amount, o.Facts.Stage, o.Facts.Status, o.Facts.WonAt is not null, o.Facts.ExpectedClose,
            o.Facts.Evaluation?.Score(playbook), DigestTimes.Of(o, playbook));

    /// <summary>The line in today's ids.</summary>
    public OpportunityListing Now(Playbook playbook) => playbook.Former.Now(Stage) is var stage && stage == Stage ? this : this with { Stage = stage };

    /// <summary>Whether this line, written earlier, does for an opportunity whose line would be another now.</summary>
    public bool DoesFor(OpportunityListing now) => ShowsAs(now) && Times is not null && now.Times is not null && Times.DoFor(now.Times);

    /// <summary>Whether people, and the search for what is late, find the same by both.</summary>
    internal bool FindsAs(OpportunityListing now) => ShowsAs(now) && Times is not null && now.Times is not null && !Times.IsLaterThan(now.Times);

    private bool ShowsAs(OpportunityListing other) => this with { Times = null } == other with { Times = null };
}

/// <summary>That a person may maintain contacts of an account; one that proves stale is passed over.</summary>
/// <param name="Account">Which.</param>
public sealed record MaintainedAccount(AccountId Account);

/// <summary>How far a delivery is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeliveryStatus>))]
public enum DeliveryStatus
{
    /// <summary>To be sent.</summary>
    Pending,

    /// <summary>Being sent; who claimed it may have died since.</summary>
    Claimed,

    /// <summary>Sent.</summary>
    Sent,

    /// <summary>Waiting for the reader's digest.</summary>
    InDigest,

    /// <summary>What it would say no longer holds.</summary>
    Dropped,

    /// <summary>No channel takes it.</summary>
    Dead,
}

/// <summary>Why a channel does not take a delivery.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RefusalReason>))]
public enum RefusalReason
{
    /// <summary>It refuses this reader, or us, for good.</summary>
    Refused,

    /// <summary>No address of the reader is on record.</summary>
    NoAddress,

    /// <summary>The bot is not connected to it.</summary>
    NotConnected,

    /// <summary>It failed however often it was tried.</summary>
    NoAnswer,
}

/// <summary>A channel that does not take a delivery.</summary>
/// <param name="Channel">Which.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">In the channel's own words, such as <c>account_inactive</c>; no person's data.</param>
public sealed record ChannelRefusal(Channel Channel, RefusalReason Reason, string Detail);

/// <summary>A delivery's row; labelled <see cref="Unsent"/> until it is final.</summary>
/// <param name="Delivery">What is to be told to whom.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Channel">Where it was sent, <c>msteams</c> or <c>slack</c>.</param>
/// <param name="ConversationId">The conversation it was sent in.</param>
/// <param name="MessageId">The message, to update it.</param>
/// <param name="Error">Why it is dead.</param>
/// <param name="Attempts">How often sending was tried.</param>
/// <param name="At">Since when it is so far, UTC.</param>
/// <param name="Refused">The channels that do not take it; <c>null</c> for none.</param>
/// <param name="Throttled">How often a channel asked to wait; this uses up no attempt.</param>
/// <param name="Instead">The channel it goes over while its own is paused; <c>null</c> for its own.</param>
public sealed record DeliveryRecord(
    Delivery Delivery, DeliveryStatus Status, string? Channel = null, string? ConversationId = null, string? MessageId = null, string? Error = null, int Attempts = 0,
    DateTimeOffset? At = null, IReadOnlyList<ChannelRefusal>? Refused = null, int Throttled = 0, Channel? Instead = null)
{
    /// <summary>The label of rows whose delivery is still to be sent.</summary>
    public const string Unsent = "unsent";

    /// <summary>Nothing more will be done about it, unless an operator has it sent again.</summary>
    [JsonIgnore]
    public bool IsFinal => Status is not (DeliveryStatus.Pending or DeliveryStatus.Claimed);

    /// <summary>The label its row carries.</summary>
    [JsonIgnore]
    public string? Label => IsFinal ? null : Unsent;
}

/// <summary>A wake-up on the queue.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Opportunity">Which.</param>
/// <param name="Mends">It was sent to bring the list in line with the record as well.</param>
/// <param name="At">When it is to come, UTC; <c>null</c> in those sent by older versions.</param>
public sealed record WakeUp(TenantId Tenant, OpportunityId Opportunity, bool Mends = false, DateTimeOffset? At = null);

/// <summary>A delivery on the queue.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Opportunity">Which.</param>
/// <param name="Key">The delivery's key.</param>
public sealed record DeliveryDue(TenantId Tenant, OpportunityId Opportunity, string Key);

/// <summary>Serialization of what is stored, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(OpportunitySnapshot))]
[JsonSerializable(typeof(OpportunityEntry))]
[JsonSerializable(typeof(OpportunityListing))]
[JsonSerializable(typeof(DeliveryRecord))]
[JsonSerializable(typeof(WakeUp))]
[JsonSerializable(typeof(DeliveryDue))]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(AccountEntry))]
[JsonSerializable(typeof(MaintainedAccount))]
[JsonSerializable(typeof(ActInName))]
public sealed partial class StoredJson : JsonSerializerContext;
