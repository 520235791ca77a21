using System.Net;
using KeyAccountBot.Slack.BlockKit;
using KeyAccountBot.Slack.WebApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace KeyAccountBot.Slack.Tests.WebApi;

public sealed class SlackWebApiTests : IDisposable
{
    private const string Posted = """{"ok":true,"channel":"D1","ts":"1732.1"}""";

    private readonly SlackFarEnd slack = new();

    public void Dispose() => slack.Dispose();

    [Fact]
    public async Task A_message_goes_out_with_token_text_and_blocks_into_its_thread()
    {
        slack.Answers(Posted);
        var posted = await slack.Api.PostMessageAsync("D1", "Cancity is silent", [new DividerBlock()], "1700.1");

        Assert.Equal(new PostedMessage("D1", "1732.1"), posted);
        Assert.Equal(
            ("https://slack.com/api/chat.postMessage", "Bearer xoxb-1", "application/json",
                """{"channel":"D1","text":"Cancity is silent","blocks":[{"type":"divider"}],"thread_ts":"1700.1","parse":"none"}"""),
            Assert.Single(slack.Requests));
    }

    [Fact]
    public async Task An_update_names_the_message_it_replaces_and_clears_its_buttons()
    {
        slack.Answers(Posted);
        await slack.Api.UpdateAsync("D1", "1732.1", "Melvin has taken it", blocks: null);
        var (path, _, _, body) = Assert.Single(slack.Requests);
        Assert.Equal("https://slack.com/api/chat.update", path);
        Assert.Equal("""{"channel":"D1","text":"Melvin has taken it","blocks":[],"ts":"1732.1","parse":"none"}""", body);
    }

    [Fact]
    public async Task What_one_user_only_is_to_see_names_them()
    {
        slack.Answers("""{"ok":true,"message_ts":"1732.1"}""");
        await slack.Api.PostEphemeralAsync("C1", "U7", "Noted & done");
        var (path, _, _, body) = Assert.Single(slack.Requests);
        Assert.Equal("https://slack.com/api/chat.postEphemeral", path);
        Assert.Equal("""{"channel":"C1","user":"U7","text":"Noted \u0026amp; done","parse":"none"}""", body);
    }

    [Fact]
    public async Task Opening_a_conversation_answers_its_channel()
    {
        slack.Answers("""{"ok":true,"channel":{"id":"D7"}}""");
        Assert.Equal("D7", await slack.Api.OpenConversationAsync("U7"));
        Assert.Equal("""{"users":"U7"}""", Assert.Single(slack.Requests).Body);
    }

    [Fact]
    public async Task A_person_is_found_by_address_and_the_address_stays_out_of_the_URL()
    {
        slack.Answers("""{"ok":true,"user":{"id":"U7","name":"wei","real_name":"Wei","tz":"Asia/Shanghai","deleted":false,"is_bot":false,"profile":{"email":"wei@example.com"}}}""");
        var user = await slack.Api.LookupByEmailAsync("wei+crm@example.com");
        Assert.Equal(new SlackUser("U7", "Wei", "wei@example.com", "Asia/Shanghai", IsDeactivated: false, IsBot: false), user);
        Assert.Equal(
            ("https://slack.com/api/users.lookupByEmail", "Bearer xoxb-1", "application/x-www-form-urlencoded", "email=wei%2Bcrm%40example.com"),
            Assert.Single(slack.Requests));
    }

    [Fact]
    public async Task A_person_and_the_bot_itself_can_be_asked_after()
    {
        slack.Answers("""{"ok":true,"user":{"id":"U7","name":"wei","tz":"Asia/Shanghai"}}""")
            .Answers("""{"ok":true,"team_id":"T1","team":"Us","user_id":"UBOT","bot_id":"B1"}""");
        Assert.Equal("Asia/Shanghai", (await slack.Api.UserInfoAsync("U7")).TimeZone);
        Assert.Equal(new SlackIdentity("T1", "Us", "UBOT", "B1"), await slack.Api.AuthTestAsync());
    }

    [Theory]
    [InlineData("channel_not_found", true, false)]
    [InlineData("user_not_found", true, false)]
    [InlineData("users_not_found", true, false)]
    [InlineData("account_inactive", true, false)]
    [InlineData("is_archived", true, false)]
    [InlineData("not_in_channel", true, false)]
    [InlineData("restricted_action", true, false)]
    [InlineData("invalid_auth", false, true)]
    [InlineData("token_revoked", false, true)]
    [InlineData("missing_scope", false, true)]
    [InlineData("token_expired", false, true)]
    [InlineData("not_authed", false, true)]
    [InlineData("org_login_required", false, true)]
    [InlineData("invalid_blocks", false, false)]
    public async Task Ok_false_is_a_failure_that_says_whether_trying_again_could_help(string error, bool recipient, bool app)
    {
        slack.Answers($$"""{"ok":false,"error":"{{error}}"}""");
        var failure = await Assert.ThrowsAsync<SlackApiException>(() => slack.Api.PostMessageAsync("D1", "x", null));
        Assert.Equal(("chat.postMessage", error), (failure.Method, failure.Error));
        Assert.Equal((recipient, app), (failure.IsPermanentForRecipient, failure.IsPermanentForApp));
        Assert.Single(slack.Requests);
    }

    [Fact]
    public async Task An_account_that_is_inactive_is_ours_where_we_ask_who_we_are_and_in_doubt_elsewhere()
    {
        slack.Answers("""{"ok":false,"error":"account_inactive"}""").Answers("""{"ok":false,"error":"account_inactive"}""");
        var elsewhere = await Assert.ThrowsAsync<SlackApiException>(() => slack.Api.PostMessageAsync("D1", "x", null));
        var ours = await Assert.ThrowsAsync<SlackApiException>(() => slack.Api.AuthTestAsync());
        Assert.Equal((true, true, false), (elsewhere.IsInDoubt, elsewhere.IsPermanentForRecipient, elsewhere.IsPermanentForApp));
        Assert.Equal((false, false, true), (ours.IsInDoubt, ours.IsPermanentForRecipient, ours.IsPermanentForApp));
    }

    [Theory]
    [InlineData("", 503, true, false)]
    [InlineData("", 404, true, false)]
    [InlineData("<html>", 200, true, false)]
    [InlineData("""{"ok":false,"error":"fatal_error"}""", 200, true, false)]
    [InlineData("", 403, false, true)]
    [InlineData("", 400, false, false)]
    public async Task What_Slack_does_not_answer_sensibly_is_an_outage_of_Slack(string body, int status, bool isOutage, bool isOfApp)
    {
        slack.Answers(body, (HttpStatusCode)status);
        var failure = await Assert.ThrowsAsync<SlackApiException>(() => slack.Api.WithoutWaiting().PostMessageAsync("D1", "x", null));
        Assert.Equal((isOutage, isOfApp), (failure.IsOutage, failure.IsPermanentForApp));
    }

    [Fact]
    public async Task Too_many_requests_waits_as_long_as_Slack_asks()
    {
        slack.Answers("", HttpStatusCode.TooManyRequests, "30").Answers(Posted);
        var call = slack.Api.PostMessageAsync("D1", "x", null);
        Assert.Equal(TimeSpan.FromSeconds(30), await slack.TimeUntilDone(call));
        Assert.Equal("1732.1", (await call).Ts);
    }

    [Fact]
    public async Task A_long_wait_is_handed_to_the_caller()
    {
        slack.Answers("", HttpStatusCode.TooManyRequests, "600");
        var failure = await Assert.ThrowsAsync<SlackApiException>(() => slack.Api.PostMessageAsync("D1", "x", null));
        Assert.Equal(("ratelimited", TimeSpan.FromMinutes(10)), (failure.Error, failure.RetryAfter));
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "30", "ratelimited", 30)]
    [InlineData(HttpStatusCode.BadGateway, null, "http_502", null)]
    public async Task Whoever_schedules_their_own_tries_is_told_at_once(HttpStatusCode status, string? asks, string error, int? seconds)
    {
        slack.Answers("", status, asks);
        var failure = await Assert.ThrowsAsync<SlackApiException>(() => slack.Api.WithoutWaiting().PostMessageAsync("D1", "x", null));
        Assert.Equal((error, seconds), (failure.Error, (int?)failure.RetryAfter?.TotalSeconds));
        Assert.Single(slack.Requests);
    }

    [Fact]
    public async Task Server_errors_and_a_lost_network_are_tried_again()
    {
        slack.Answers("", HttpStatusCode.BadGateway).Breaks().Answers("""{"ok":false,"error":"internal_error"}""").Answers(Posted);
        var call = slack.Api.PostMessageAsync("D1", "x", null);
        Assert.InRange((await slack.TimeUntilDone(call)).TotalSeconds, 3.4, 7);
        Assert.Equal("1732.1", (await call).Ts);
        Assert.Single(slack.Requests.Distinct());
    }

    [Fact]
    public async Task After_four_tries_of_ten_seconds_it_gives_up()
    {
        slack.KeepsSilent().KeepsSilent().KeepsSilent().KeepsSilent();
        var call = slack.Api.PostMessageAsync("D1", "x", null);
        Assert.InRange((await slack.TimeUntilDone(call)).TotalSeconds, 43.4, 47);
        Assert.Equal("unreachable", (await Assert.ThrowsAsync<SlackApiException>(() => call)).Error);
        Assert.Equal(SlackWebApi.Tries, slack.Requests.Count);
    }

    [Fact]
    public async Task Other_refusals_and_unreadable_answers_are_not_tried_again()
    {
        slack.Answers("", HttpStatusCode.Forbidden).Answers("<html>").Answers("""{"ok":true}""").Answers("null");
        foreach (var error in new[] { "http_403", "unreadable", "unreadable", "unreadable" })
        {
            Assert.Equal(error, (await Assert.ThrowsAsync<SlackApiException>(() => slack.Api.PostMessageAsync("D1", "x", null))).Error);
        }
    }

    [Fact]
    public async Task The_callers_cancellation_ends_the_call_at_once()
    {
        using var cancellation = new CancellationTokenSource();
        slack.KeepsSilent();
        var call = slack.Api.PostMessageAsync("D1", "x", null, cancellation: cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Single(slack.Requests);
    }

    [Fact]
    public void The_wire_registers_and_refuses_settings_without_secrets()
    {
        var whole = new ServiceCollection().AddSlackWire(options => (options.BotToken, options.SigningSecret) = ("xoxb-1", "s")).BuildServiceProvider();
        Assert.NotNull(whole.GetRequiredService<SlackWebApi>());
        Assert.Equal("xoxb-1", whole.GetRequiredService<IOptions<SlackOptions>>().Value.BotToken);

        var bare = new ServiceCollection().AddSlackWire(options => options.ApiBaseUrl = new Uri("http://example.com")).BuildServiceProvider();
        var refusal = Assert.Throws<OptionsValidationException>(() => bare.GetRequiredService<IOptions<SlackOptions>>().Value);
        Assert.Equal(3, refusal.Failures.Count());
    }
}
