namespace KeyAccountBot.BotFramework.Authentication;

/// <summary>Whose tokens are accepted on inbound activities.</summary>
public sealed class ActivityAuthenticationOptions
{
    /// <summary>Our app id: the audience a token must name.</summary>
    public string AppId { get; set; } = "";

    /// <summary>Our tenant where the app is single-tenant: activities that name another, two or none are refused; empty for multi-tenant.</summary>
    public string TenantId { get; set; } = "";

    /// <summary>Where the channel's signing keys are listed (Bot Framework <c>ChannelValidation</c>).</summary>
    public string OpenIdMetadata { get; set; } = ChannelCloud.Public.OpenIdMetadata;

    /// <summary>The issuers a token may name.</summary>
    public IList<string> Issuers { get; } = [ChannelCloud.Public.Issuer];

    /// <summary>How long a token with an unknown key waits for the list of keys to be read. Short of the channel's own patience, about 15 s.</summary>
    public TimeSpan KeyPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Plain http is followed to loopback addresses; for Development.</summary>
    public bool AllowPlainHttpLoopback { get; set; }

    /// <summary>An activity without a token is accepted from loopback, when it wants its replies on loopback; for a bot at play.</summary>
    public bool AllowAnonymousLoopback { get; set; }
}

/// <summary>Whether an activity comes from whom it says.</summary>
/// <param name="Succeeded">It may be answered, at its service URL.</param>
/// <param name="Failure">Why not, in words that hold nothing of the token.</param>
public readonly record struct ActivityAuthenticationResult(bool Succeeded, string? Failure = null)
{
    /// <summary>Accepted.</summary>
    public static ActivityAuthenticationResult Accepted { get; } = new(true);

    internal static ActivityAuthenticationResult Refused(string why) => new(false, why);
}
