using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Slack;
using KeyAccountBot.Slack.Requests;
using KeyAccountBot.Storage;
using KeyAccountBot.Tests.FollowUps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace KeyAccountBot.Tests.SlackRequests;

public class SlackEndpointTests
{
    private const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    [Theory]
    [InlineData("another secret", 0)]
    [InlineData(Secret, -301)]
    public async Task A_wrong_or_stale_signature_is_refused_and_nothing_is_kept(string secret, int seconds)
    {
        await using var story = await FollowUpStory.BeginAsync();
        await using var app = await HostAsync(story, Secret);
        using var response = await PostAsync(app, story, "/slack/interactions", Press("x", "{}"), secret, seconds);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(0, story.Store.Count(SlackInbox.Name));
    }

    [Fact]
    public async Task Without_Slack_there_is_nothing_here()
    {
        await using var story = await FollowUpStory.BeginAsync();
        await using var app = await HostAsync(story, "");
        using var response = await PostAsync(app, story, "/slack/events", "{}", Secret, 0);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Slack_hears_its_own_challenge()
    {
        await using var story = await FollowUpStory.BeginAsync();
        await using var app = await HostAsync(story, Secret);
        using var response = await PostAsync(app, story, "/slack/events", """{"type":"url_verification","challenge":"abc"}""", Secret, 0);
        Assert.Equal("""{"challenge":"abc"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_press_is_recorded_once_however_often_Slack_brings_it()
    {
        await using var story = await FollowUpStory.BeginAsync();
        await using var app = await HostAsync(story, Secret);
        var id = await story.OpensAsync("Cancity");
        while (story.Slack.Sent.Count == 0)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
        }

        var chain = await story.ChainAsync(id);

        // as an earlier version sent it: such messages wait for days
        var value = JsonSerializer.Serialize(new { o = id.Value, c = chain.Key, a = "Snooze", t = FollowUpStory.Tenant.Value });
        for (var i = 0; i < 3; i++)
        {
            using var response = await PostAsync(app, story, "/slack/interactions", Press($"{FollowUpAnswers.Verb}/Snooze", value), Secret, 0);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            await story.WorkAsync();
        }

        Assert.Equal(("U-melvin", FollowUpAnswer.Snooze), (Assert.Single(story.Chat.Said).User, (await story.ChainAsync(id)).Answer));
    }

    [Fact]
    public async Task An_unknown_button_and_a_message_get_a_polite_sentence()
    {
        await using var story = await FollowUpStory.BeginAsync();
        await using var app = await HostAsync(story, Secret);
        using var pressed = await PostAsync(app, story, "/slack/interactions", Press("old", "1"), Secret, 0);
        using var written = await PostAsync(app, story, "/slack/events",
            """{"type":"event_callback","event_id":"E1","team_id":"T1","event":{"type":"message","channel_type":"im","channel":"D1","user":"U-dora","text":"hi","ts":"1.1"}}""", Secret, 0);
        await story.WorkAsync();

        Assert.Contains(story.Chat.Said, s => s.User == "U-melvin" && s.Text.Contains("do not know this button", StringComparison.Ordinal));
        Assert.Contains(story.Chat.Said, s => s.User == "U-dora" && s.Text.Contains("您好", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_another_workspace_tells_is_passed_over_without_a_word()
    {
        await using var story = await FollowUpStory.BeginAsync();
        await using var app = await HostAsync(story, Secret);
        using var pressed = await PostAsync(app, story, "/slack/interactions", Press("old", "1", "T-OTHER"), Secret, 0);
        await story.WorkAsync();

        Assert.Equal((HttpStatusCode.OK, 0), (pressed.StatusCode, story.Chat.Said.Count));
        Assert.Equal(0, story.Store.Count(SlackInbox.Name));
    }

    [Fact]
    public async Task A_request_that_names_no_workspace_is_refused_and_nothing_is_kept()
    {
        await using var story = await FollowUpStory.BeginAsync();
        await using var app = await HostAsync(story, Secret);
        using var pressed = await PostAsync(app, story, "/slack/interactions", Press("old", "1", null), Secret, 0);

        Assert.Equal((HttpStatusCode.BadRequest, 0), (pressed.StatusCode, story.Store.Count(SlackInbox.Name)));
    }

    /// <summary>Slack gives up after three seconds, so it must hear before that to come again.</summary>
    [Fact]
    public async Task A_store_that_hangs_makes_Slack_come_again_after_two_seconds()
    {
        await using var story = await FollowUpStory.BeginAsync();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hanging = new SendOnlyQueue((_, _, _) =>
        {
            begun.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan);
        });
        await using var app = await HostAsync(story, Secret, new SlackInbox(hanging, story.Clock));
        var pressing = PostAsync(app, story, "/slack/interactions", Press("old", "1"), Secret, 0);
        await begun.Task;
        story.Clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(pressing.IsCompleted);
        story.Clock.Advance(TimeSpan.FromSeconds(0.1));

        using var response = await pressing;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task What_was_kept_after_all_counts_once_when_Slack_has_come_again()
    {
        await using var story = await FollowUpStory.BeginAsync();
        await using var app = await HostAsync(story, Secret, new SlackInbox(
            new SendOnlyQueue(async (queue, body, at) =>
            {
                await story.Get<IDelayedQueue>().SendAsync(queue, body, at, default);
                throw new TimeoutException("It is kept, and no answer came.");
            }),
            story.Clock));
        using var first = await PostAsync(app, story, "/slack/interactions", Press("old", "1"), Secret, 0);
        using var again = await PostAsync(app, story, "/slack/interactions", Press("old", "1"), Secret, 0);
        while (story.Store.Count(SlackInbox.Name) > 0)
        {
            await story.WorkAsync();
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (first.StatusCode, again.StatusCode));
        Assert.Single(story.Chat.Said);
    }

    /// <summary>A queue that can only be sent to, and that as the test likes.</summary>
    private sealed class SendOnlyQueue(Func<string, ReadOnlyMemory<byte>, DateTimeOffset, Task> send) : IDelayedQueue
    {
        public async ValueTask SendAsync(string queue, ReadOnlyMemory<byte> body, DateTimeOffset visibleAt, CancellationToken cancellationToken) => await send(queue, body, visibleAt);

        public ValueTask<IReadOnlyList<LeasedMessage>> ReceiveAsync(string queue, int max, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask CompleteAsync(LeasedMessage message, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask ReturnAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask PutOffAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private static string Press(string action, string value, string? team = FakeWorkspace.Team) => "payload=" + Uri.EscapeDataString(JsonSerializer.Serialize(new
    {
        type = "block_actions",
        team = new { id = team },
        user = new { id = "U-melvin" },
        channel = new { id = "D1" },
        actions = new[] { new { action_id = action, value, action_ts = "1.0" } },
        trigger_id = "T1.2",
    }));

    private static async Task<WebApplication> HostAsync(FollowUpStory story, string secret, SlackInbox? inbox = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(story.Clock)
            .AddSingleton(inbox ?? story.Get<SlackInbox>())
            .AddSingleton(story.Get<KeyAccountBot.Deliveries.WorkSignal>())
            .Configure<SlackOptions>(o => o.SigningSecret = secret);
        var app = builder.Build();
        app.MapSlack();
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpResponseMessage> PostAsync(
        WebApplication app, FollowUpStory story, string path, string body, string secret, int seconds)
    {
        var timestamp = (story.Clock.GetUtcNow().ToUnixTimeSeconds() + seconds).ToString(CultureInfo.InvariantCulture);
        using var content = new StringContent(body, Encoding.UTF8, path.EndsWith("events", StringComparison.Ordinal) ? "application/json" : "application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add(SlackSignature.TimestampHeader, timestamp);
        request.Headers.Add(SlackSignature.SignatureHeader, SlackSignature.Sign(Encoding.UTF8.GetBytes(body), timestamp, secret));
        return await app.GetTestClient().SendAsync(request);
    }
}
