using System.Net;
using System.Text.Json.Nodes;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
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

    /// <summary>An address belongs to a workspace and a user: nobody reads what is for who had the name before.</summary>
    [Fact]
    public async Task A_direct_message_opened_with_another_user_than_the_one_on_record_is_opened_anew()
    {
        using var slack = new FakeSlack("""{"ok":true,"ts":"1.1"}""") { Answers = Person };
        var ned = new Person(new("ned"), "Ned", Role.Rep, SlackId: "U7");
        Assert.Equal("D-U7", (await SendAsync(slack, ned)).ConversationId);
        Assert.Equal("D-U7", (await SendAsync(slack, ned)).ConversationId);
        Assert.Single(slack.Calls, c => c.Path == "/api/conversations.open");

        Assert.Equal("D-U8", (await SendAsync(slack, ned with { SlackId = "U8" })).ConversationId);
        Assert.Equal("D-U8", (await SendAsync(slack, ned with { SlackId = "U8" })).ConversationId);
        Assert.Equal(2, slack.Calls.Count(c => c.Path == "/api/conversations.open"));
    }

    [Fact]
    public async Task A_direct_message_that_is_gone_is_opened_anew_and_a_reader_who_is_gone_is_refused()
    {
        using var slack = new FakeSlack("""{"ok":true,"ts":"1.1"}""") { Answers = Person };
        var ned = new Person(new("ned"), "Ned", Role.Rep, SlackId: "U7");
        await SendAsync(slack, ned);
        var gone = 1;
        slack.Answers = (path, body) => path == "/api/chat.postMessage" && Interlocked.Exchange(ref gone, 0) == 1 ? """{"ok":false,"error":"channel_not_found"}""" : Person(path, body);

        Assert.Equal("D-U7", (await SendAsync(slack, ned)).ConversationId);
        Assert.Equal(2, slack.Calls.Count(c => c.Path == "/api/conversations.open"));

        slack.Answers = (path, body) => path is "/api/chat.postMessage" ? """{"ok":false,"error":"channel_not_found"}""" : path is "/api/users.info" ? """{"ok":false,"error":"user_not_found"}""" : Person(path, body);
        var refused = await Assert.ThrowsAsync<NotSentException>(() => SendAsync(slack, ned));
        Assert.Equal(("user_not_found", Blame.Reader), (refused.Message, refused.Blame));
    }

    /// <summary>Slack's reference says that the token's account is closed; of a person asked for it may be theirs, and who we are settles it.</summary>
    [Theory]
    [InlineData("""{"ok":true,"team_id":"T1","user_id":"UBOT"}""", "account_inactive", "Reader")]
    [InlineData("""{"ok":false,"error":"account_inactive"}""", "account_inactive", "App")]
    [InlineData("""{"ok":false,"error":"token_revoked"}""", "token_revoked", "App")]
    [InlineData("""{"ok":false,"error":"service_unavailable"}""", "service_unavailable", "Outage")]
    public async Task An_account_that_is_inactive_is_the_readers_only_while_ours_is_not(string whoWeAre, string reason, string blame)
    {
        using var slack = new FakeSlack("""{"ok":true,"ts":"1.1"}""") { Answers = Person };
        var ned = new Person(new("ned"), "Ned", Role.Rep, SlackId: "U7");
        await SendAsync(slack, ned);
        slack.Answers = (path, body) => path == "/api/auth.test" ? whoWeAre : """{"ok":false,"error":"account_inactive"}""";

        var failure = await Assert.ThrowsAsync<NotSentException>(() => SendAsync(slack, ned));

        Assert.Equal((reason, blame, blame == "Reader"), (failure.Message, failure.Blame.ToString(), failure.IsPermanent));
    }

    [Theory]
    [InlineData("invalid_auth", "App")]
    [InlineData("not_authed", "App")]
    [InlineData("token_expired", "App")]
    [InlineData("missing_scope", "App")]
    [InlineData("org_login_required", "App")]
    [InlineData("internal_error", "Outage")]
    [InlineData("user_disabled", "Reader")]
    [InlineData("invalid_blocks", "Message")]
    public async Task A_failure_says_whom_it_speaks_of(string error, string blame)
    {
        using var slack = new FakeSlack($$"""{"ok":false,"error":"{{error}}"}""");
        var failure = await Assert.ThrowsAsync<NotSentException>(() => slack.Sender.PostAsync(new("local"), "C1", Message.Of("Hello."), TestContext.Current.CancellationToken));
        Assert.Equal(blame, failure.Blame.ToString());
    }

    [Fact]
    public async Task Somebody_can_be_tried_in_Slack_by_id_by_address_or_where_they_were_reached()
    {
        using var slack = new FakeSlack("");
        var ned = new Person(new("ned"), "Ned", Role.Rep);
        Assert.False(await ReachesAsync(ned));
        Assert.True(await ReachesAsync(ned with { SlackId = "U7" }));
        Assert.True(await ReachesAsync(ned with { Email = "ned@contoso.example" }));

        ValueTask<bool> ReachesAsync(Person person) => slack.Sender.ReachesAsync(new("local"), person, TestContext.Current.CancellationToken);
    }

    private static Task<SentMessage> SendAsync(FakeSlack slack, Person person) =>
        slack.Sender.SendAsync(new("local"), person, Message.Of("Hello."), TestContext.Current.CancellationToken);

    // every user is a full member and has a direct message of their own
    private static string Person(string path, string body) => path switch
    {
        "/api/auth.test" => """{"ok":true,"team_id":"T1","user_id":"UBOT"}""",
        "/api/users.info" => $$$"""{"ok":true,"user":{"id":"{{{body["user=".Length..]}}}","team_id":"T1"}}""",
        "/api/conversations.open" => $$$"""{"ok":true,"channel":{"id":"D-{{{(string)JsonNode.Parse(body)!["users"]!}}}"}}""",
        _ => $$"""{"ok":true,"ts":"1.1","channel":"{{(string)JsonNode.Parse(body)!["channel"]!}}"}""",
    };

    private sealed class FakeSlack(string answer, string? opened = null) : HttpMessageHandler
    {
        private SlackSender? sender;

        /// <summary>What it answers to a path and a body; the same to all where it is not set.</summary>
        public Func<string, string, string>? Answers { get; set; }

        public List<(string Path, JsonNode Body)> Calls { get; } = [];

        public SlackSender Sender => sender ??= new(
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
            var text = await request.Content.ReadAsStringAsync(cancellationToken);
            Calls.Add((path, isJson ? JsonNode.Parse(text)! : new JsonObject()));
            if (Answers is { } answers)
            {
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(answers(path, text)) };
            }

            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(path == "/api/conversations.open" && opened is not null ? opened : answer) };
        }
    }
}
