using System.Text.Json;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Channels.Terminal;

/// <summary>Conversations in a terminal: words in, words out. Who has the terminal may say who they are.</summary>
internal sealed class TerminalChannel(BotOptions options, PeopleRepository people, TerminalScreen screen) : IChannel
{
    /// <summary>The channel's id.</summary>
    public const string ChannelId = "terminal";

    /// <inheritdoc/>
    public string Id => ChannelId;

    /// <inheritdoc/>
    /// <remarks>Nobody is told anything in a terminal who did not sit down at it.</remarks>
    public Channel? Reaches => null;

    /// <inheritdoc/>
    public ChannelAbilities Abilities => ChannelAbilities.Dialogs;

    /// <inheritdoc/>
    public ChannelPace Takes => ChannelPace.Unlimited;

    /// <inheritdoc/>
    public async ValueTask<(TenantId Tenant, Person Person)?> FindAsync(
        Arrival arrival, TurnContext turn, IConversationMemory memory, CancellationToken cancellationToken)
    {
        // as they are on record by now: what they set for themselves holds from the next line on
        var speaker = ((TerminalArrival)arrival).Speaker;
        var company = await people.LoadAsync(options.HomeTenant, cancellationToken);
        return (options.HomeTenant, company.People.FirstOrDefault(p => p.Id == speaker.Id) ?? speaker);
    }

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
