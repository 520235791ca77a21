using KeyAccountBot.Channels;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>Something on record that somebody is to be told, while it is in hand. What it writes it writes only if nobody wrote since.</summary>
internal abstract class Errand(TenantId tenant, Person reader)
{
    /// <summary>Whose.</summary>
    public TenantId Tenant => tenant;

    /// <summary>Who is told, and in whose hours.</summary>
    public Person Reader => reader;

    /// <summary>What names it in its reader's conversation, the same each time.</summary>
    public abstract string Key { get; }

    /// <summary>What the log calls it; no person's data.</summary>
    public abstract string Name { get; }

    /// <summary>How far its sending was when it was read.</summary>
    public abstract SendingState State { get; }

    /// <summary>The room that many read, where it is for one.</summary>
    public virtual Room? Room => null;

    /// <summary>The channel it goes over of itself.</summary>
    public virtual Channel Wanted => reader.HearsIn;

    /// <summary>It goes over another channel rather than wait for one that is paused.</summary>
    public virtual bool IsPressing => false;

    /// <summary>What names the conversation where its pace is kept: the room, or the person.</summary>
    public string Conversation => NameOf(tenant, reader, Room);

    /// <summary>What names a conversation where its pace is kept: the room, or the person.</summary>
    public static string NameOf(TenantId tenant, Person reader, Room? room) => room?.Conversation ?? $"{tenant}|{reader.Id}";

    /// <summary>The queue of a channel; <c>null</c> where one queue carries all.</summary>
    public virtual string? LaneOn(Channel channel) => null;

    /// <summary>When it may be told, UTC.</summary>
    public abstract DateTimeOffset TellAt(DateTimeOffset now);

    /// <summary>Takes a place in its reader's day; <c>null</c> for what needs none.</summary>
    public virtual ValueTask<Placement?> PlaceAsync(CancellationToken cancellationToken) => ValueTask.FromResult<Placement?>(null);

    /// <summary>It has no place of its own today and is in a digest.</summary>
    public virtual ValueTask InDigestAsync(DateTimeOffset now) => ValueTask.CompletedTask;

    /// <summary>It has to wait for so long; for what must not be taken for lost meanwhile.</summary>
    public virtual ValueTask WaitsAsync(DateTimeOffset until, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>It is being sent from now on: others leave it alone.</summary>
    public abstract ValueTask ClaimAsync(SendingState state, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What is said; <c>null</c> where there is nothing to say any more.</summary>
    public abstract ValueTask<Message?> MessageAsync(CancellationToken cancellationToken);

    /// <summary>It is over without a word.</summary>
    public abstract ValueTask EndAsync(DateTimeOffset now);

    /// <summary>It was sent.</summary>
    public abstract ValueTask SentAsync(SentMessage sent, Channel channel, DateTimeOffset now);

    /// <summary>It was not sent and comes again.</summary>
    /// <param name="state">How far its sending is.</param>
    /// <param name="error">Why; <c>null</c> where nothing failed.</param>
    /// <param name="now">UTC.</param>
    public abstract ValueTask GiveBackAsync(SendingState state, string? error, DateTimeOffset now);

    /// <summary>No channel takes it: a dead letter.</summary>
    public abstract ValueTask DieAsync(LeasedMessage message, SendingState state, DateTimeOffset now);
}
