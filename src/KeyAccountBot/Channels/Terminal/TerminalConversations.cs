using System.Text.Json;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Channels.Terminal;

/// <summary>Conversations in a terminal: words in, words out. Whoever has the terminal may say who they are.</summary>
internal sealed class TerminalConversations(BotOptions options, TerminalScreen screen) : IConversationChannel
{
    /// <summary>The channel's id.</summary>
    public const string ChannelId = "terminal";

    /// <inheritdoc/>
    public string Id => ChannelId;

    /// <inheritdoc/>
    public Channel? Paces => null;

    /// <inheritdoc/>
    public ValueTask<(TenantId Tenant, Person Person)?> FindAsync(
        Arrival arrival, TurnContext turn, ConversationRecord record, CancellationToken cancellationToken) =>
        ValueTask.FromResult<(TenantId, Person)?>((options.HomeTenant, ((TerminalArrival)arrival).Speaker));

    /// <inheritdoc/>
    public ValueTask RememberAsync(Arrival arrival, ConversationRecord record, TenantId tenant, Person person, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    /// <inheritdoc/>
    public DrawnTurn Draw(Arrival arrival, TenantId? tenant, IReadOnlyList<Message> said) => new([.. said.Select(m => DialogJson.ToElement(m))]);

    /// <inheritdoc/>
    public JsonElement Sentence(JsonElement like, string words) => DialogJson.ToElement(Message.Of(words));

    /// <inheritdoc/>
    public string WordsOf(JsonElement reply) => Marks.Plain(PlainText.Of(Read(reply)));

    /// <inheritdoc/>
    public Task SendAsync(JsonElement reply, CancellationToken cancellationToken) => screen.ShowAsync(Read(reply));

    private static Message Read(JsonElement reply) => DialogJson.FromElement<Message>(reply)!;
}
