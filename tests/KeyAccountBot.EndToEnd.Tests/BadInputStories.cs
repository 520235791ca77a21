using System.Security.Cryptography;
using System.Text;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.EndToEnd.Tests.Harness;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

public sealed class BadInputStories : IAsyncLifetime
{
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData("{ not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"type":"message","from":{"id":"u"},"serviceUrl":"http://localhost/"}""")]
    [InlineData("""{"type":"message","conversation":{"id":"c"},"serviceUrl":"http://localhost/"}""")]
    public async Task What_is_no_activity_gets_a_problem_document(string body)
    {
        using var response = await service.PostAsync(new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_text_of_one_mebibyte_is_refused_as_too_large()
    {
        using var response = await service.PostAsync(service.Teams("ravi").Activity(new string('x', 1024 * 1024)) with { Id = "big" });

        Assert.Equal(413, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_name_or_a_sentence_too_long_for_a_card_is_asked_for_again()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("open opportunity");
        await rep.SaysAsync(new string('x', 201));
        await rep.SeesAsync("fewer than 201 characters");
        await rep.SaysAsync(new string('x', 200));
        await rep.SaysAsync(new string('y', 200));
        await rep.SaysAsync("1000");
        await rep.SaysAsync("in 3 months");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Recorded for xxx");

        await rep.SaysAsync("hold Halden Paper");
        await rep.SaysAsync(new string('z', 1001));
        await rep.SeesAsync("fewer than 1001 characters");
        await rep.SaysAsync(new string('z', 1000));
        await rep.SeesAsync("When is it to be looked at again?");
        await rep.SaysAsync("in 4 weeks");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("on hold");
    }

    [Fact]
    public async Task What_a_card_submits_beyond_its_own_limits_is_cut()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("check in Nordwind Dairies");
        var summary = await rep.PressesAsync("Review", new() { ["milestones"] = "customer-profile", ["evidence"] = new string('z', 100_000) });

        Assert.Contains("this is what I understood", summary, StringComparison.Ordinal);
        Assert.True(summary.Length < 10_000, $"The card has {summary.Length} characters.");
    }

    [Fact]
    public async Task Forged_expired_misdirected_and_missing_tokens_are_refused()
    {
        var activity = service.Teams("ravi").Activity("who am i") with { Id = "x" };
        var now = service.Clock.GetUtcNow();
        using var other = RSA.Create(2048);
        string[] bad =
        [
            service.Ends.Token(now: now, key: other),
            service.Ends.Token(now: now.AddHours(-2)),
            service.Ends.Token(now: now, audience: "another-bot"),
            service.Ends.Token(now: now, issuer: "https://evil.invalid"),
            service.Ends.Token(now: now, serviceUrl: "https://evil.invalid/"),
            "not.a.token",
        ];

        foreach (var token in bad)
        {
            using var response = await service.PostAsync(activity, token);
            Assert.Equal(401, (int)response.StatusCode);
        }

        using var none = await service.PostAsync(activity, anonymous: true);
        Assert.Equal(401, (int)none.StatusCode);
        Assert.Empty(service.Ends.ToTeams);
    }

    [Fact]
    public async Task An_unknown_button_gets_a_polite_sentence()
    {
        var rep = service.Teams("ravi");
        var body = await rep.PressAsync(System.Text.Json.Nodes.JsonNode.Parse("""{"verb":"drop-tables","data":{}}""")!);

        Assert.Contains("I do not know this button", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_unknown_is_told_whom_to_ask()
    {
        var stranger = service.Teams("nobody");
        await stranger.SaysAsync("my opportunities");
        await stranger.SeesAsync("I do not know you yet");
    }

    [Theory]
    [InlineData(ActivityTypes.MessageReaction)]
    [InlineData(ActivityTypes.Typing)]
    [InlineData("somethingNew")]
    public async Task Other_activities_are_answered_properly_and_ignored(string type)
    {
        using var response = await service.PostAsync(service.Teams("ravi").Activity(null) with { Type = type, Id = "x" });

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Empty(service.Ends.ToTeams);
    }

    [Fact]
    public async Task The_service_says_that_it_is_alive_and_ready()
    {
        using var live = await service.GetAsync("/health/live");
        using var ready = await service.GetAsync("/health/ready");

        Assert.Equal(200, (int)live.StatusCode);
        Assert.Equal(200, (int)ready.StatusCode);
    }

    [Fact]
    public async Task The_service_is_not_ready_while_it_knows_no_signing_key()
    {
        var folder = Path.Combine(Path.GetTempPath(), "key-account-bot-" + Guid.NewGuid().ToString("N"));
        await using (var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(builder =>
        {
            builder.UseEnvironment("Production");
            builder.UseSetting("Teams:AppId", FarEnds.AppId);
            builder.UseSetting("Teams:AppPassword", "secret");
            builder.UseSetting("Teams:OpenIdMetadata", "https://127.0.0.1:1/nobody-listens-here");
            builder.UseSetting("Storage:Path", folder);
            builder.UseSetting("Logging:LogLevel:Default", "Error");
        }))
        {
            using var http = factory.CreateClient();
            using var live = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
            using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));

            Assert.Equal(200, (int)live.StatusCode);
            Assert.Equal(503, (int)ready.StatusCode);
            Assert.Contains("signing keys", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }
}
