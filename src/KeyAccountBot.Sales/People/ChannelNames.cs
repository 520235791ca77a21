namespace KeyAccountBot.Sales.People;

/// <summary>What channels are called in playbooks, people files and queues: their names in lower case. The one place that reads and writes them.</summary>
public static class ChannelNames
{
    private static readonly Dictionary<string, Channel> ByName = Enum.GetValues<Channel>().ToDictionary(Of, StringComparer.Ordinal);

    /// <summary>A channel's name, for example <c>teams</c>.</summary>
    public static string Of(Channel channel) => channel.ToString().ToLowerInvariant();

    /// <summary>The channel of that name, written as <see cref="Of"/> writes it; <c>null</c> where there is none.</summary>
    public static Channel? Find(string name) => ByName.TryGetValue(name, out var channel) ? channel : null;
}
