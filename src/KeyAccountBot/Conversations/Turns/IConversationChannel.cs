using System.Text.Json;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>A channel as conversations need it: who speaks, how an answer is drawn, and how it is sent.</summary>
internal interface IConversationChannel
{
    /// <summary>Its id, as arrivals and rows name it.</summary>
    string Id { get; }

    /// <summary>Whose pace its replies keep to; <c>null</c> for one that takes everything.</summary>
    Channel? Paces { get; }

    /// <summary>Finds who speaks.</summary>
    /// <param name="arrival">What came in.</param>
    /// <param name="turn">To tell somebody who is not on record whom to ask.</param>
    /// <param name="record">What the conversation remembers of its users.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns><c>null</c> for nobody on record.</returns>
    ValueTask<(TenantId Tenant, Person Person)?> FindAsync(Arrival arrival, TurnContext turn, ConversationRecord record, CancellationToken cancellationToken);

    /// <summary>Remembers where the speaker is reached from now on, where that is new.</summary>
    ValueTask RememberAsync(Arrival arrival, ConversationRecord record, TenantId tenant, Person person, CancellationToken cancellationToken);

    /// <summary>Draws what a turn said.</summary>
    DrawnTurn Draw(Arrival arrival, TenantId? tenant, IReadOnlyList<Message> said);

    /// <summary>Draws a sentence for the conversation that another reply belongs to.</summary>
    JsonElement Sentence(JsonElement like, string words);

    /// <summary>The words of a reply, for an operator.</summary>
    string WordsOf(JsonElement reply);

    /// <summary>Sends one reply; tries once.</summary>
    /// <exception cref="NotSentException">The channel did not take it.</exception>
    Task SendAsync(JsonElement reply, CancellationToken cancellationToken);
}

/// <summary>What a turn said, ready for the wire of its channel.</summary>
/// <param name="Replies">Sent one by one, in order; opaque to all but the channel.</param>
/// <param name="Response">The answer to the call itself, where the channel waits for one.</param>
internal sealed record DrawnTurn(IReadOnlyList<JsonElement> Replies, JsonElement? Response = null);
