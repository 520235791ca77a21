using KeyAccountBot.BotFramework.Authentication;
using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.Deliveries;

namespace KeyAccountBot.Channels.Teams;

/// <summary>Registers Teams: the Bot Connector's protocol, who may speak to the bot over it, and how it answers there.</summary>
internal static class TeamsRegistration
{
    /// <summary>Adds Teams with the settings <c>Teams:*</c>.</summary>
    public static void AddTeams(this WebApplicationBuilder builder)
    {
        var teams = builder.Settings().Teams;
        var development = builder.Environment.IsDevelopment();
        var cloud = teams.KnownCloud();
        var services = builder.Services;
        services.AddSingleton(IdentityChannels.From(teams.IdentityChannels));
        services.AddSingleton(s =>
        {
            var isAtPlay = s.GetRequiredService<BotOptions>().IsAtPlay;
            var options = new ActivityAuthenticationOptions
            {
                AppId = teams.AppId,

                // at play every tenant is the one at home
                TenantId = isAtPlay ? "" : teams.TenantId,
                AllowPlainHttpLoopback = development,
                AllowAnonymousLoopback = isAtPlay,
                OpenIdMetadata = teams.OpenIdMetadata is { Length: > 0 } metadata ? metadata : cloud.OpenIdMetadata,
            };
            options.Issuers.Clear();
            options.Issuers.Add(teams.Issuer is { Length: > 0 } issuer ? issuer : cloud.Issuer);
            return options;
        });
        services.AddSingleton(_ => new ConnectorCredentialsOptions
        {
            Cloud = cloud,
            AppId = teams.AppId,
            AppPassword = teams.AppPassword,
            TenantId = teams.TenantId,
            TokenEndpoint = teams.TokenEndpoint,
            AllowPlainHttpLoopback = development,
            Credential = teams.AppPassword.Length == 0 && teams.AppId.Length > 0
                ? new Azure.Identity.DefaultAzureCredential()
                : null,
        });
        services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            AllowAutoRedirect = false,
        }));
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<ActivityAuthenticator>();
        services.AddSingleton<ConnectorToken>();
        services.AddSingleton<ConnectorClient>();
        services.AddSingleton<PersonFinder>();
        services.AddSingleton<TeamsTurns>();
        services.AddSingleton<IReplyChannel>(s => new ConnectorReplies(s.GetService<ConnectorClient>));
        services.AddSingleton<IChannel>(s => new TeamsChannel(
            s.GetRequiredService<PersonFinder>(), s.GetRequiredService<PersonAddresses>(), s.GetRequiredService<IReplyChannel>(), s.GetService<ConnectorClient>,
            teams));
    }
}
