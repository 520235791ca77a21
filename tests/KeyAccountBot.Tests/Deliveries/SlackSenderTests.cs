using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Slack;
using KeyAccountBot.Slack.WebApi;
using KeyAccountBot.Tests.FollowUps;
using Microsoft.Extensions.Options;
using Xunit;

namespace KeyAccountBot.Tests.Deliveries;

public class SlackSenderTests
{
    /// <summary>Promised: what is said to somebody who pressed a button is read by nobody else, also where many read the message.</summary>
    [Theory]
    [InlineData("D024BE91L", "/api/chat.postMessage", null)]
    [InlineData("C024BE91L", "/api/chat.postEphemeral", "U7")]
    [InlineData("G012AC86C", "/api/chat.postEphemeral", "U7")]
    public async Task In_a_channel_only_whoever_pressed_sees_what_is_said_to_them(string channel, string method, string? user)
    {
        using var slack = new FakeSlack("""{"ok":true,"ts":"1732.1","message_ts":"1732.1"}""");
        await slack.Sender.SayAsync(channel, "U7", "Noted.", TestContext.Current.CancellationToken);

        var (path, body) = Assert.Single(slack.Calls);
        Assert.Equal((method, channel, user, "Noted."), (path, (string?)body["channel"], (string?)body["user"], (string?)body["text"]));
    }

    [Fact]
    public async Task Somebody_who_has_left_the_channel_is_told_nothing_and_nothing_fails()
    {
        using var slack = new FakeSlack("""{"ok":false,"error":"user_not_in_channel"}""");
        await slack.Sender.SayAsync("C024BE91L", "U7", "Noted.", TestContext.Current.CancellationToken);
        Assert.Single(slack.Calls);
    }

    private sealed class FakeSlack(string answer) : HttpMessageHandler
    {
        public List<(string Path, JsonNode Body)> Calls { get; } = [];

        public SlackSender Sender => new(
            () => new SlackWebApi(new HttpClient(this), Options.Create(new SlackOptions { BotToken = "xoxb-test" }), TimeProvider.System),
            new PersonAddresses(new MemoryStore(TimeProvider.System)));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls.Add((request.RequestUri!.AbsolutePath, (await request.Content!.ReadFromJsonAsync<JsonNode>(cancellationToken))!));
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answer) };
        }
    }
}
