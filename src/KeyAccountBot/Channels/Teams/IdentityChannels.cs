using KeyAccountBot.BotFramework.Schema;

namespace KeyAccountBot.Channels.Teams;

/// <summary>
/// The channels whose word counts for who somebody is: they have signed the user in to Entra ID and say so in the activity. On any
/// other channel of the Bot Connector, such as web chat, the user's own page writes the object id and tenant.
/// </summary>
/// <param name="Names">As activities name them.</param>
internal sealed record IdentityChannels(IReadOnlySet<string> Names)
{
    /// <summary>As set, separated by commas; Teams alone where nothing is set.</summary>
    public static IdentityChannels From(string? names) =>
        new((names ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase) is { Count: > 0 } set
            ? set
            : [ChannelIds.Teams]);

    /// <summary>Whether this channel vouches for who its users are.</summary>
    public bool VouchFor(string? channel) => channel is not null && Names.Contains(channel);
}
