using System.Net;
using System.Text.Json;
using KeyAccountBot.BotFramework.Authentication;
using KeyAccountBot.BotFramework.Schema;
using Xunit;

namespace KeyAccountBot.BotFramework.Tests.Authentication;

public sealed class ActivityAuthenticatorTests : IAsyncLifetime
{
    private readonly ActivityAuthenticationOptions options = new() { AppId = "our-app", AllowPlainHttpLoopback = true };
    private ChannelFarEnd end = null!;
    private SigningKeys keys = null!;
    private ActivityAuthenticator authenticator = null!;

    public async ValueTask InitializeAsync()
    {
        end = await ChannelFarEnd.StartAsync();
        options.OpenIdMetadata = end.Address + "openid";
        keys = new SigningKeys(end.Http, options, end.Clock);
        authenticator = new ActivityAuthenticator(keys, options, end.Clock);
        end.Lists("k1", "msteams");
    }

    public ValueTask DisposeAsync()
    {
        keys.Dispose();
        return end.DisposeAsync();
    }

    [Theory]
    [InlineData("https://smba.example/")]
    [InlineData("https://SMBA.example")]
    public async Task A_token_of_the_connector_is_accepted_whatever_the_case_and_last_slash_of_its_address(string serviceUrl) =>
        Assert.True((await Judge(Said() with { ServiceUrl = serviceUrl })).Succeeded);

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("https://smba.example/more")]
    [InlineData(null)]
    public async Task An_activity_that_wants_its_replies_elsewhere_is_refused(string? serviceUrl) =>
        await Refuses(Said() with { ServiceUrl = serviceUrl }, "serviceUrl");

    [Fact]
    public async Task A_key_speaks_only_for_the_channels_it_is_endorsed_for()
    {
        end.Lists("k2", "webchat");

        await Refuses(Said() with { ChannelId = "webchat" }, "not endorsed");
        await Refuses(Said(), "not endorsed", end.Token("k2"));
        await Refuses(Said() with { ChannelId = null }, "not endorsed");
    }

    [Fact]
    public async Task A_single_tenant_bot_refuses_other_tenants()
    {
        options.TenantId = "our-tenant";

        Assert.True((await Judge(Said(tenant: "OUR-tenant"))).Succeeded);
        await Refuses(Said(tenant: "their-tenant"), "another tenant");
        await Refuses(Said(tenant: null) with { ChannelData = Names("their-tenant") }, "another tenant");
        Assert.True((await Judge(Said(tenant: null) with { ChannelData = Names("our-tenant") })).Succeeded);
    }

    [Theory]
    [InlineData(null, null, "names no tenant")]
    [InlineData("", "", "names no tenant")]
    [InlineData("our-tenant", "their-tenant", "names two tenants")]
    [InlineData("their-tenant", "our-tenant", "names two tenants")]
    public async Task A_single_tenant_bot_refuses_who_names_no_tenant_or_two(string? conversation, string? channel, string why)
    {
        options.TenantId = "our-tenant";

        await Refuses(Said(conversation) with { ChannelData = channel is null ? null : Names(channel) }, why);
    }

    [Fact]
    public async Task A_multi_tenant_bot_takes_every_tenant() => Assert.True((await Judge(Said(tenant: "their-tenant"))).Succeeded);

    [Fact]
    public async Task A_token_once_verified_counts_until_it_expires_and_no_longer()
    {
        var token = end.Token("k1");
        Assert.True((await Judge(Said(), token)).Succeeded);

        end.Down = true;
        end.Clock.Advance(TimeSpan.FromMinutes(64));
        Assert.True((await Judge(Said(), token)).Succeeded);
        end.Clock.Advance(TimeSpan.FromMinutes(2));
        await Refuses(Said(), "expired", token);
    }

    [Fact]
    public async Task After_a_rollover_tokens_of_the_old_and_of_the_new_key_count()
    {
        Assert.True((await Judge(Said())).Succeeded);
        end.Lists("k2", "msteams");

        Assert.True((await Judge(Said(), end.Token("k2"))).Succeeded);
        Assert.True((await Judge(Said(), end.Token("k1", "https://smba.example"))).Succeeded);
    }

    [Fact]
    public async Task A_key_taken_off_the_list_counts_no_longer_for_a_token_verified_before()
    {
        end.Lists("k2", "msteams");
        var token = end.Token("k1");
        Assert.True((await Judge(Said(), token)).Succeeded);

        end.Keys.TryRemove("k1", out var withdrawn);
        await ReadAgain();
        await Refuses(Said(), "does not list", token);
        withdrawn.Key.Dispose();
    }

    [Fact]
    public async Task Another_key_under_the_same_id_counts_no_longer_for_a_token_of_the_former()
    {
        var token = end.Token("k1");
        Assert.True((await Judge(Said(), token)).Succeeded);

        var (former, _) = end.Keys["k1"];
        end.Lists("k1", "msteams");
        await ReadAgain();
        await Refuses(Said(), "not valid", token);
        Assert.True((await Judge(Said(), end.Token("k1"))).Succeeded);
        former.Dispose();
    }

    [Fact]
    public async Task A_channel_that_a_key_no_longer_speaks_for_is_refused_to_a_token_verified_before()
    {
        var token = end.Token("k1");
        Assert.True((await Judge(Said(), token)).Succeeded);

        end.Keys["k1"] = (end.Keys["k1"].Key, ["webchat"]);
        await ReadAgain();
        await Refuses(Said(), "not endorsed", token);
    }

    [Fact]
    public async Task Only_at_play_and_only_from_loopback_to_loopback_no_token_is_needed()
    {
        var local = Said() with { ServiceUrl = "http://localhost:56150/" };
        Assert.False((await Judge(local, "", IPAddress.Loopback)).Succeeded);

        options.AllowAnonymousLoopback = true;
        Assert.True((await Judge(local, "", IPAddress.IPv6Loopback)).Succeeded);
        Assert.False((await Judge(local, "", IPAddress.Parse("192.0.2.7"))).Succeeded);
        Assert.False((await Judge(Said(), "", IPAddress.Loopback)).Succeeded);
        Assert.False((await Judge(local, "", null)).Succeeded);
    }

    [Theory]
    [InlineData("Basic abc")]
    [InlineData("Bearer ")]
    [InlineData("Bearer not.a.token")]
    [InlineData("Bearer eyJhbGciOiJub25lIiwia2lkIjoiazEifQ.e30.")]
    public async Task What_is_no_signed_bearer_token_is_refused(string header) =>
        Assert.False((await authenticator.AuthenticateAsync(header, Said(), IPAddress.Loopback, default)).Succeeded);

    private static JsonElement Names(string tenant) => JsonSerializer.SerializeToElement(new { tenant = new { id = tenant } });

    // a token of an unknown key has the list read
    private async Task ReadAgain()
    {
        end.Clock.Advance(TimeSpan.FromMinutes(1));
        await keys.FindAsync("nobody's", default);
    }

    private static Activity Said(string? tenant = "our-tenant") =>
        Activity.Message("hi") with { ChannelId = "msteams", ServiceUrl = "https://smba.example/", Conversation = new ConversationAccount("a:1", TenantId: tenant) };

    private async Task<ActivityAuthenticationResult> Judge(Activity activity, string? token = null, IPAddress? from = null)
    {
        var header = token is "" ? null : "Bearer " + (token ?? end.Token("k1"));
        return await authenticator.AuthenticateAsync(header, activity, from, default);
    }

    private async Task Refuses(Activity activity, string why, string? token = null)
    {
        var result = await Judge(activity, token);
        Assert.False(result.Succeeded);
        Assert.Contains(why, result.Failure, StringComparison.Ordinal);
    }
}
