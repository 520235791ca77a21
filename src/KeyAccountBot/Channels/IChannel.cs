using System.Text.Json;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Channels;

/// <summary>
/// A channel, in one place: what it can do, how it finds who speaks, how it draws and sends an answer, and how it tells people something
/// by itself. Each has a folder of its own beside this file.
/// </summary>
internal interface IChannel
{
    /// <summary>Its id, as arrivals, rows and logs name it.</summary>
    string Id { get; }

    /// <summary>At which of their addresses it reaches people who did not speak first; <c>null</c> for one that has no addresses.</summary>
    Channel? Reaches { get; }

    /// <summary>What it can do.</summary>
    ChannelAbilities Abilities { get; }

    /// <summary>How much it takes from us.</summary>
    ChannelPace Takes { get; }

    /// <summary>Finds who speaks.</summary>
    /// <param name="arrival">What came in.</param>
    /// <param name="turn">To tell somebody who is not on record whom to ask.</param>
    /// <param name="memory">What the conversation remembers of its users.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns><c>null</c> for nobody on record.</returns>
    ValueTask<(TenantId Tenant, Person Person)?> FindAsync(Arrival arrival, TurnContext turn, IConversationMemory memory, CancellationToken cancellationToken);

    /// <summary>Remembers where the speaker is reached from now on, where that is new.</summary>
    ValueTask RememberAsync(Arrival arrival, IConversationMemory memory, TenantId tenant, Person person, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// The same in the speaker's own conversation, for what came in where others read; <c>null</c> where the bot has none with them. What
    /// may stand before all is answered where it was said.
    /// </summary>
    ValueTask<Arrival?> AsideAsync(Arrival arrival, TenantId tenant, Person person, CancellationToken cancellationToken) => ValueTask.FromResult<Arrival?>(null);

    /// <summary>Draws what a turn said.</summary>
    DrawnTurn Draw(Arrival arrival, TenantId? tenant, IReadOnlyList<Message> said);

    /// <summary>Draws a sentence for the conversation that another reply belongs to.</summary>
    JsonElement Sentence(JsonElement like, string words);

    /// <summary>The words of a reply, for an operator.</summary>
    string WordsOf(JsonElement reply);

    /// <summary>Sends one reply; tries once.</summary>
    /// <exception cref="NotSentException">The channel did not take it.</exception>
    Task SendAsync(JsonElement reply, CancellationToken cancellationToken);

    /// <summary>Whether a person has an address here that can be tried; asks nobody outside.</summary>
    ValueTask<bool> ReachesAsync(TenantId tenant, Person person, CancellationToken cancellationToken) => ValueTask.FromResult(Reaches is not null);

    /// <summary>Sends a message to a person who did not speak first.</summary>
    /// <exception cref="NotSentException">The channel did not take it.</exception>
    Task<SentMessage> SendAsync(TenantId tenant, Person person, Message message, CancellationToken cancellationToken) => throw Without("addresses");

    /// <summary>Posts a message to a room that many read.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="conversation">The room's id; opaque.</param>
    /// <param name="message">What.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="NotSentException">The channel did not take it.</exception>
    Task<SentMessage> PostAsync(TenantId tenant, string conversation, Message message, CancellationToken cancellationToken) => throw Without("rooms");

    /// <summary>Puts another message in the place of one sent earlier.</summary>
    /// <exception cref="NotSentException">The channel did not take it.</exception>
    Task UpdateAsync(TenantId tenant, Person person, SentMessage sent, Message message, CancellationToken cancellationToken) => throw Without("messages to replace");

    private NotSentException Without(string what) => new($"{Id} has no {what}", isPermanent: true, why: RefusalReason.NoAddress);
}

/// <summary>What a conversation remembers, as far as every channel needs it.</summary>
internal interface IConversationMemory
{
    /// <summary>Notes whose conversation it is; what another person began here is forgotten.</summary>
    void BelongsTo(PersonId person);
}

/// <summary>What a turn said, ready for the wire of its channel.</summary>
/// <param name="Replies">Sent one by one, in order; opaque to all but the channel.</param>
/// <param name="Response">The answer to the call itself, where the channel waits for one.</param>
internal sealed record DrawnTurn(IReadOnlyList<JsonElement> Replies, JsonElement? Response = null);
