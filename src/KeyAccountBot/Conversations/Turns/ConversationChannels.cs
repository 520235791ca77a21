namespace KeyAccountBot.Conversations.Turns;

/// <summary>The channels that conversations are held over, by their ids.</summary>
internal sealed class ConversationChannels(IEnumerable<IConversationChannel> channels)
{
    private readonly Dictionary<string, IConversationChannel> byId = channels.ToDictionary(c => c.Id, StringComparer.Ordinal);

    /// <summary>The channel with this id.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public IConversationChannel Of(string id) =>
        byId.GetValueOrDefault(id) ?? throw new InvalidOperationException($"Conversations are held over {string.Join(", ", byId.Keys.Order(StringComparer.Ordinal))}, not over '{id}'.");
}
