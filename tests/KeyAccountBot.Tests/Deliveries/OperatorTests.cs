using System.Net;
using System.Text.RegularExpressions;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Operations;
using KeyAccountBot.Storage;
using KeyAccountBot.Tests.Lint;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Deliveries;

public sealed partial class OperatorTests
{
    private const string Key = "a key of good length";
    private const string Queue = "nobody-works-here";

    private static readonly (string, string)[] Configured =
        [("Teams:AppId", "app"), ("Teams:AppPassword", "secret"), ("Teams:OpenIdMetadata", "https://127.0.0.1:1/")];

    [Theory]
    [InlineData("GET", "/operator")]
    [InlineData("POST", "/operator/sign-in")]
    [InlineData("POST", "/operator/replay")]
    public async Task Without_a_key_there_is_no_such_page(string method, string path)
    {
        await using var service = new StartedService("Production", Configured);
        using var client = service.CreateClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = method == "POST" ? new FormUrlEncodedContent([new("key", "")]) : null;
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Whoever_has_the_key_sees_what_was_given_up_and_has_it_tried_again()
    {
        await using var service = new StartedService("Production", [.. Configured, ("Operator:Key", Key)]);
        using var client = ClientOf(service);
        await service.Services.GetRequiredService<DeadLetters>().PutAsync(
            new LeasedMessage(Queue, "7", "r", "{\"tenant\":\"local\"}"u8.ToArray(), 10), new InvalidOperationException("<no> such thing"), default);
        var queues = service.Services.GetRequiredService<IDelayedQueue>();

        var asked = await ReadAsync(client);
        Assert.Contains("type=\"password\"", asked, StringComparison.Ordinal);
        Assert.DoesNotContain(Queue, asked, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(client, "sign-in", ("key", "a key of good lengtH")));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(client, "replay", ("letter", "all"), ("token", "guessed")));

        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(client, "sign-in", ("key", Key)));
        var page = await ReadAsync(client);
        Assert.Contains($"message of {Queue}", page, StringComparison.Ordinal);
        Assert.Contains("&lt;no&gt; such thing", page, StringComparison.Ordinal);
        Assert.Contains("deliveries-slack-first", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(client, "replay", ("letter", $"message|{Queue}|7"), ("partition", "local"), ("token", "guessed")));
        Assert.Empty(await queues.ReceiveAsync(Queue, 1, TimeSpan.FromMinutes(1), default));
        var token = Token().Match(page).Groups["token"].Value;
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(client, "replay", ("letter", $"message|{Queue}|7"), ("partition", "local"), ("token", token)));

        Assert.Single(await queues.ReceiveAsync(Queue, 1, TimeSpan.FromMinutes(1), default));
        Assert.DoesNotContain(Queue, await ReadAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_names_the_rows_that_cannot_be_read()
    {
        await using var service = new StartedService("Production", [.. Configured, ("Operator:Key", Key)]);
        using var client = ClientOf(service);
        await service.Services.GetRequiredService<ITableStore>().SubmitAsync("people", "local", [new TableOperation.Put("<rosa>", "{"u8.ToArray())], default);
        await PostAsync(client, "sign-in", ("key", Key));

        var page = await ReadAsync(client);

        Assert.Contains("Rows set aside: 1", page, StringComparison.Ordinal);
        Assert.Contains("people: local &lt;rosa&gt;", page, StringComparison.Ordinal);
        Assert.Contains("it is no JSON", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_is_slowed_down_and_logged_without_the_key_and_the_right_key_opens_after_the_wait()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var said = new List<string>();
        await using var service = new StartedService("Production", [.. Configured, ("Operator:Key", Key)]) { Clock = clock, Log = said.Add };
        using var client = ClientOf(service);
        List<HttpStatusCode> answers = [];
        for (var i = 0; i < 6; i++)
        {
            answers.Add(await PostAsync(client, "sign-in", ("key", "guess number " + i)));
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 3), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 3)], answers);
        Assert.Equal(HttpStatusCode.TooManyRequests, await PostAsync(client, "sign-in", ("key", Key)));
        Assert.Equal(3, said.Count(s => s.Contains("A wrong key was given", StringComparison.Ordinal)));
        Assert.DoesNotContain(said, s => s.Contains("guess", StringComparison.Ordinal) || s.Contains(Key, StringComparison.Ordinal) || s.Contains("127.0.0.1", StringComparison.Ordinal));

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.SeeOther, await PostAsync(client, "sign-in", ("key", Key)));
    }

    [Fact]
    public void A_session_ends_after_eight_hours_and_is_nobody_elses()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
        OperatorDoor door = new(Key, clock), other = new(Key + "!", clock);
        var session = door.Begin();

        Assert.True(door.Holds(session));
        Assert.False(other.Holds(session));
        Assert.False(door.Holds("9999999999." + session.Split('.')[1]));
        Assert.False(door.IsForm(door.Begin() + "x", door.FormToken(session)));
        clock.Advance(OperatorDoor.SessionHolds);
        Assert.False(door.Holds(session));
        Assert.False(new OperatorDoor("", clock).Holds(new OperatorDoor("", clock).Begin()));
        Assert.False(new OperatorDoor("", clock).IsKey(""));
    }

    [Fact]
    public async Task A_key_that_could_be_guessed_stops_the_start()
    {
        await using var service = new StartedService("Production", [.. Configured, ("Operator:Key", "short")]);

        // the program says it on standard error and ends, so the host is never built
        Assert.ThrowsAny<Exception>(() => service.Services);
    }

    private static HttpClient ClientOf(StartedService service) =>
        service.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost"), AllowAutoRedirect = false });

    private static async Task<string> ReadAsync(HttpClient client) => await client.GetStringAsync(new Uri("/operator", UriKind.Relative));

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var response = await client.PostAsync(new Uri($"/operator/{path}", UriKind.Relative), form);
        return response.StatusCode;
    }

    [GeneratedRegex("name=\"token\" value=\"(?<token>[0-9a-f]+)\"", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Token();
}
