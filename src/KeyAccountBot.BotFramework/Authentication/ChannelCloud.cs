namespace KeyAccountBot.BotFramework.Authentication;

/// <summary>A cloud that the Bot Connector runs in: whose tokens count there, and where a bot gets its own.</summary>
/// <param name="Name">As settings name it.</param>
/// <param name="Issuer">Of the tokens on inbound activities.</param>
/// <param name="OpenIdMetadata">Where the channel's signing keys are listed.</param>
/// <param name="Login">Where tokens for outbound calls come from, without the tenant.</param>
/// <param name="SharedTenant">The tenant that a multi-tenant app asks for its token.</param>
/// <param name="Scope">What that token is for.</param>
public sealed record ChannelCloud(string Name, string Issuer, string OpenIdMetadata, string Login, string SharedTenant, string Scope)
{
    /// <summary>Everybody's (Bot Framework <c>AuthenticationConstants</c>).</summary>
    public static ChannelCloud Public { get; } = new(
        nameof(Public), "https://api.botframework.com", "https://login.botframework.com/v1/.well-known/openidconfiguration",
        "https://login.microsoftonline.com", "botframework.com", "https://api.botframework.com/.default");

    /// <summary>The United States government's (Bot Framework <c>GovernmentAuthenticationConstants</c>).</summary>
    public static ChannelCloud UsGovernment { get; } = new(
        nameof(UsGovernment), "https://api.botframework.us", "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
        "https://login.microsoftonline.us", "MicrosoftServices.onmicrosoft.us", "https://api.botframework.us/.default");

    /// <summary>China's, operated by 21Vianet (Azure documentation, <c>how-to-deploy-china-cloud</c>).</summary>
    public static ChannelCloud China { get; } = new(
        nameof(China), "https://api.botframework.azure.cn", "https://login.botframework.azure.cn/v1/.well-known/openidconfiguration",
        "https://login.partner.microsoftonline.cn", "microsoftservices.partner.onmschina.cn", "https://api.botframework.azure.cn/.default");

    /// <summary>Every cloud there is.</summary>
    public static IReadOnlyList<ChannelCloud> All { get; } = [Public, UsGovernment, China];

    /// <summary>The cloud of this name, whatever its case; <c>null</c> where there is none.</summary>
    public static ChannelCloud? Find(string name) => All.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Where the app of a tenant gets its token; empty for a multi-tenant app.</summary>
    public Uri TokenEndpointOf(string tenant) => new($"{Login}/{Uri.EscapeDataString(tenant.Length > 0 ? tenant : SharedTenant)}/oauth2/v2.0/token");
}
