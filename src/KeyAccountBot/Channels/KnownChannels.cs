using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Channels;

/// <summary>The channels that this process has, by their ids and by the addresses that people have there.</summary>
internal sealed class KnownChannels(IEnumerable<IChannel> channels)
{
    private readonly Dictionary<string, IChannel> byId = channels.ToDictionary(c => c.Id, StringComparer.Ordinal);

    /// <summary>Those that people can be told something over by itself, in no order of preference.</summary>
    public IReadOnlyList<Channel> Reaching { get; } = [.. channels.Select(c => c.Reaches).OfType<Channel>()];

    /// <summary>The channel with this id.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public IChannel Of(string id) =>
        Find(id) ?? throw new InvalidOperationException($"Conversations are held over {string.Join(", ", byId.Keys.Order(StringComparer.Ordinal))}, not over '{id}'.");

    /// <summary>The channel with this id; <c>null</c> where there is none.</summary>
    public IChannel? Find(string? id) => id is null ? null : byId.GetValueOrDefault(id);

    /// <summary>The channel that reaches people at these addresses; <c>null</c> where there is none.</summary>
    public IChannel? Find(Channel reaches) => byId.Values.FirstOrDefault(c => c.Reaches == reaches);
}
