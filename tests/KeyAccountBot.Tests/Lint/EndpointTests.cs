using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.Tests.Lint;

/// <summary>Every door of the service, and who may come in by it.</summary>
public sealed class EndpointTests
{
    // the endpoint, who may call it, and what anybody else gets
    private static readonly (string Endpoint, string Who, HttpStatusCode ToAnybody)[] Doors =
    [
        ("POST /api/messages", "the Bot Connector, by its token", HttpStatusCode.Unauthorized),
        ("POST /slack/interactions", "Slack, by its signature", HttpStatusCode.Unauthorized),
        ("POST /slack/events", "Slack, by its signature", HttpStatusCode.Unauthorized),
        ("GET /health/live", "anybody", HttpStatusCode.OK),
        ("GET /operator", "whoever has the operator's key", HttpStatusCode.NotFound),
        ("POST /operator/sign-in", "whoever has the operator's key", HttpStatusCode.NotFound),
        ("POST /operator/replay", "whoever has the operator's key, signed in", HttpStatusCode.NotFound),
        // no signing key can be read here, and the service says so
        ("GET /health/ready", "anybody", HttpStatusCode.ServiceUnavailable),
    ];

    private static readonly (string, string)[] Configured =
    [
        ("Teams:AppId", "app"), ("Teams:AppPassword", "secret"), ("Teams:OpenIdMetadata", "https://127.0.0.1:1/"),
        ("Slack:BotToken", "xoxb-1"), ("Slack:SigningSecret", "secret"),
    ];

    public static TheoryData<string, string> Calls
    {
        get
        {
            var calls = new TheoryData<string, string>();
            foreach (var environment in new[] { "Development", "Production" })
            {
                foreach (var (endpoint, _, _) in Doors)
                {
                    calls.Add(environment, endpoint);
                }
            }

            return calls;
        }
    }

    [Fact]
    public async Task In_Production_these_doors_are_all_there_are()
    {
        await using var service = new StartedService("Production", Configured);

        Assert.Equal(Doors.Select(d => d.Endpoint).Order(StringComparer.Ordinal), Mapped(service).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task In_Development_the_sandbox_comes_on_top_and_nothing_else()
    {
        await using var service = new StartedService("Development", Configured);

        Assert.Equal(Doors.Select(d => d.Endpoint).Order(StringComparer.Ordinal), Mapped(service).Where(e => !IsSandbox(e)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    [InlineData("/sandbox")]
    [InlineData("/sandbox/clock")]
    [InlineData("/sandbox/connector/v3/conversations")]
    public async Task In_Production_there_is_no_sandbox(string path)
    {
        await using var service = new StartedService("Production", Configured);
        using var client = service.CreateClient();
        using var read = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        using var written = await client.PostAsync(new Uri(path, UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (read.StatusCode, written.StatusCode));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Who_has_no_token_and_no_signature_gets_what_is_anybodys(string environment, string endpoint)
    {
        const string activity = """{"type":"message","id":"1","serviceUrl":"https://x.invalid/","channelId":"msteams","from":{"id":"u"},"conversation":{"id":"c"},"text":"hi"}""";
        await using var service = new StartedService(environment, Configured);
        using var client = service.CreateClient();
        using var request = new HttpRequestMessage(new HttpMethod(endpoint.Split(' ')[0]), endpoint.Split(' ')[1]);
        request.Content = request.Method == HttpMethod.Post ? new StringContent(activity, Encoding.UTF8, "application/json") : null;
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(Doors.Single(d => d.Endpoint == endpoint).ToAnybody, response.StatusCode);
    }

    [Fact]
    public async Task While_Slack_is_not_configured_its_doors_are_shut()
    {
        await using var service = new StartedService("Production", ("Teams:AppId", "app"), ("Teams:AppPassword", "secret"));
        using var client = service.CreateClient();
        using var response = await client.PostAsync(new Uri("/slack/events", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static IEnumerable<string> Mapped(StartedService service) => service.Services.GetServices<EndpointDataSource>()
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(m => $"{m} /{e.RoutePattern.RawText!.TrimStart('/')}"));

    private static bool IsSandbox(string endpoint) =>
        endpoint.Split(' ')[1] is var path && (path == "/" || path == "/sandbox" || path.StartsWith("/sandbox/", StringComparison.Ordinal));
}
