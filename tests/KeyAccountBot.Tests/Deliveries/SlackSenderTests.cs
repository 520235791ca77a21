using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Slack;
using KeyAccountBot.Slack.WebApi;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Tests.FollowUps;
using Microsoft.Extensions.Logging.Abstractions;
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
        await slack.AnswersAsync(channel, "U7", "Noted.");

        var (path, body) = Assert.Single(slack.Calls);
        Assert.Equal((method, channel, user, "Noted."), (path, (string?)body["channel"], (string?)body["user"], (string?)body["text"]));
    }

    [Fact]
    public async Task Somebody_who_has_left_the_channel_is_told_nothing_and_nothing_fails()
    {
        using var slack = new FakeSlack("""{"ok":false,"error":"user_not_in_channel"}""");
        await slack.AnswersAsync("C024BE91L", "U7", "Noted.");
        Assert.Single(slack.Calls);
    }

    [Theory]
    [InlineData("""{"team_id":"T1"}""", true)]
    [InlineData("""{"team_id":"T-OTHER"}""", false)]
    [InlineData("""{"team_id":"T-OTHER","is_stranger":true}""", false)]
    [InlineData("""{"team_id":"T1","is_restricted":true}""", false)]
    [InlineData("""{"team_id":"T1","is_ultra_restricted":true,"is_restricted":true}""", false)]
    [InlineData("""{"team_id":"T1","is_bot":true}""", false)]
    [InlineData("""{"team_id":"T1","deleted":true}""", false)]
    [InlineData("""{"team_id":"T1","is_app_user":true}""", true)]
    public async Task Only_a_full_member_of_our_workspace_is_written_to_whether_by_id_or_by_address(string user, bool isWrittenTo)
    {
        foreach (var person in (Person[])[new(new("ned"), "Ned", Role.Rep, SlackId: "U7"), new(new("ned"), "Ned", Role.Rep, Email: "ned@contoso.example")])
        {
            using var slack = new FakeSlack($$"""{"ok":true,"team_id":"T1","user_id":"UBOT","ts":"1.1","channel":"D7","user":{"id":"U7",{{user[1..]}}}""", opened: """{"ok":true,"channel":{"id":"D7"}}""");
            var sending = slack.Sender.SendAsync(new("local"), person, Message.Of("Hello."), TestContext.Current.CancellationToken);
            if (isWrittenTo)
            {
                Assert.Equal("D7", (await sending).ConversationId);
            }
            else
            {
                Assert.True((await Assert.ThrowsAsync<NotSentException>(() => sending)).IsPermanent);
                Assert.DoesNotContain(slack.Calls, c => c.Path is "/api/conversations.open" or "/api/chat.postMessage");
            }
        }
    }

    private sealed class FakeSlack(string answer, string? opened = null) : HttpMessageHandler
    {
        public List<(string Path, JsonNode Body)> Calls { get; } = [];

        public SlackSender Sender => new(
            Client, new PersonAddresses(new MemoryStore(TimeProvider.System)), new SlackMembers(Options.Create(new SlackOptions()), TimeProvider.System));

        /// <summary>A press in a channel is answered in these words.</summary>
        public async Task AnswersAsync(string channel, string user, string words)
        {
            var conversations = new SlackConversations(Client, Sender, null!, new BotOptions(), NullLogger<SlackConversations>.Instance);
            var press = SlackArrival.Of(new SlackInboxItem(SlackInboxItem.Pressed, "1", user, channel, "x#0", "{}", "1731.1"))!;
            foreach (var reply in conversations.Draw(press, null, [Message.Of(words)]).Replies)
            {
                await conversations.SendAsync(reply, TestContext.Current.CancellationToken);
            }
        }

        private SlackWebApi Client() => new(new HttpClient(this), Options.Create(new SlackOptions { BotToken = "xoxb-test" }), TimeProvider.System);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            var isJson = request.Content!.Headers.ContentType?.MediaType == "application/json";
            Calls.Add((path, isJson ? (await request.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))! : new JsonObject()));
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(path == "/api/conversations.open" && opened is not null ? opened : answer) };
        }
    }
}
