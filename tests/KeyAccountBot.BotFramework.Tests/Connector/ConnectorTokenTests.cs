using Azure.Core;
using Azure.Identity;
using KeyAccountBot.BotFramework.Connector;
using Xunit;

namespace KeyAccountBot.BotFramework.Tests.Connector;

public sealed class ConnectorTokenTests : IAsyncLifetime
{
    private ChannelFarEnd end = null!;

    public async ValueTask InitializeAsync() => end = await ChannelFarEnd.StartAsync();

    public ValueTask DisposeAsync() => end.DisposeAsync();

    [Fact]
    public async Task A_token_is_asked_for_with_the_apps_own_credentials()
    {
        using var token = new ConnectorToken(end.Http, end.Credentials, end.Clock);

        Assert.Equal("token-1", await token.GetAsync(default));
        Assert.Equal(
            "grant_type=client_credentials&client_id=our-app&client_secret=secret&scope=https%3A%2F%2Fapi.botframework.com%2F.default", Assert.Single(end.TokenForms));
    }

    [Fact]
    public async Task Of_many_callers_one_refreshes_the_token()
    {
        using var token = new ConnectorToken(end.Http, end.Credentials, end.Clock);

        var tokens = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => token.GetAsync(default).AsTask()));

        Assert.All(tokens, t => Assert.Equal("token-1", t));
        Assert.Single(end.TokenForms);
    }

    [Fact]
    public async Task A_token_is_kept_until_shortly_before_it_expires()
    {
        using var token = new ConnectorToken(end.Http, end.Credentials, end.Clock);
        await token.GetAsync(default);

        end.Clock.Advance(TimeSpan.FromMinutes(54));
        Assert.Equal("token-1", await token.GetAsync(default));
        end.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("token-2", await token.GetAsync(default));
    }

    [Fact]
    public async Task A_refused_token_says_which_settings_to_look_at_and_nothing_of_the_secret()
    {
        end.Down = true;
        using var token = new ConnectorToken(end.Http, end.Credentials, end.Clock);

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => token.GetAsync(default).AsTask());

        Assert.Contains("Teams:AppPassword", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
        Assert.False(refused.IsPermanent);
        end.Down = false;
        Assert.Equal("token-1", await token.GetAsync(default));
    }

    [Fact]
    public async Task Without_any_credential_there_is_no_token()
    {
        using var token = new ConnectorToken(end.Http, new ConnectorCredentialsOptions(), end.Clock);

        Assert.Null(await token.GetAsync(default));
    }

    [Fact]
    public async Task A_managed_identity_stands_for_the_secret()
    {
        var options = new ConnectorCredentialsOptions { AppId = "our-app", Credential = new Identity(() => new AccessToken("managed", end.Clock.GetUtcNow().AddHours(1))) };
        using var token = new ConnectorToken(end.Http, options, end.Clock);

        Assert.Equal("managed", await token.GetAsync(default));
        Assert.Empty(end.TokenForms);
    }

    [Fact]
    public async Task A_managed_identity_that_cannot_be_had_is_a_fault_of_the_connector_and_not_for_good()
    {
        var options = new ConnectorCredentialsOptions { AppId = "our-app", Credential = new Identity(() => throw new CredentialUnavailableException("no identity here")) };
        using var token = new ConnectorToken(end.Http, options, end.Clock);

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => token.GetAsync(default).AsTask());

        Assert.False(refused.IsPermanent);
        Assert.Contains("managed identity", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Identity(Func<AccessToken> give) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => give();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(give());
    }
}
