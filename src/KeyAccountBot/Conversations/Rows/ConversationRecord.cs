using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Channels;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Conversations.Rows;

/// <summary>A conversation's row: where its dialogs stand, what was answered, and what is still to be sent.</summary>
internal sealed class ConversationRecord : IConversationMemory
{
    /// <summary>Raised when the shape changes; an older one is reset with an apology.</summary>
    public const int CurrentVersion = 1;

    public int Version { get; set; } = CurrentVersion;

    /// <summary>The dialog stack.</summary>
    public DialogState Dialogs { get; set; } = new();

    /// <summary>Whose conversation this was at its last turn; <c>null</c> before anybody was found.</summary>
    public PersonId? Person { get; set; }

    /// <summary>What the connector said of users who match no object id on record, by user id.</summary>
    public Dictionary<string, ToldMember> Members { get; set; } = [];

    /// <summary>Who local clients said they are, by user id; counts at play and nowhere else.</summary>
    public Dictionary<string, PersonId> Claims { get; set; } = [];

    /// <summary>The address last noted for proactive messages.</summary>
    public TeamsAddress? Address { get; set; }

    /// <summary>Greeted once.</summary>
    public bool Greeted { get; set; }

    /// <summary>What the thread that this conversation is stands under; <c>null</c> until that was looked for.</summary>
    public ThreadRoot? Thread { get; set; }

    /// <summary>The message that the last talk began with, as the channel calls it; <c>null</c> where it began with a press.</summary>
    public string? BegunBy { get; set; }

    /// <summary>What it was about last; <c>null</c> before it was about anything.</summary>
    public SpokenOf? SpokenOf { get; set; }

    /// <summary>The last activities that were answered, oldest first.</summary>
    public List<AnsweredActivity> Answered { get; set; } = [];

    /// <summary>What the last turn said, until it is known to be sent.</summary>
    public OwedReplies? Said { get; set; }

    /// <summary>The same as earlier versions kept it; read, never written.</summary>
    public List<JsonElement>? Unsent { get; set; }

    /// <summary>What is owed from before, taken out.</summary>
    public OwedReplies? TakeOwed(DateTimeOffset now)
    {
        var owed = Said ?? (Unsent is { Count: > 0 } unsent ? new OwedReplies(OwedReplies.NewId(now), now, null, unsent) : null);
        (Said, Unsent) = (null, null);
        return owed;
    }

    /// <inheritdoc/>
    public void BelongsTo(PersonId person)
    {
        if (Person is { } before && before != person)
        {
            Dialogs = new DialogState();
            (Address, Thread, BegunBy, SpokenOf) = (null, null, null, null);
        }

        Person = person;
    }
}

/// <summary>What the connector's list of members said of a user.</summary>
/// <param name="ObjectId">The Entra object id, where it gave one.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="PrincipalName">The name they sign in with.</param>
/// <param name="At">When it was asked, UTC.</param>
internal sealed record ToldMember(string? ObjectId, string? Email, string? PrincipalName, DateTimeOffset At);

/// <summary>What a thread stands under.</summary>
/// <param name="Told">The delivery whose message it is; <c>null</c> where it is none's.</param>
internal sealed record ThreadRoot(MailboxItem? Told);

/// <summary>Something that was answered; the answer to the call itself, to answer a repeat alike.</summary>
internal sealed record AnsweredActivity(string Id, JsonElement? Response);

/// <summary>Serialization of conversation rows, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConversationRecord))]
[JsonSerializable(typeof(OwedReplies))]
[JsonSerializable(typeof(ReplyDue))]
internal sealed partial class ConversationJson : JsonSerializerContext;
