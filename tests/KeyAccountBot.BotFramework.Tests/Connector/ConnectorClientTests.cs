using System.Net;
using System.Text.Json;
using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.BotFramework.Schema;
using Xunit;

namespace KeyAccountBot.BotFramework.Tests.Connector;

public sealed class ConnectorClientTests : IAsyncLifetime
{
    private const string Thread = "19:abc/def@thread.tacv2;messageid=1700000000001";
    private const string Escaped = "19%3Aabc%2Fdef%40thread.tacv2%3Bmessageid%3D1700000000001";

    private ChannelFarEnd end = null!;

    public async ValueTask InitializeAsync() => end = await ChannelFarEnd.StartAsync();

    public ValueTask DisposeAsync() => end.DisposeAsync();

    [Fact]
    public async Task An_activity_is_sent_with_our_token_and_gives_its_id()
    {
        var id = await end.Connector().SendToConversationAsync(end.Address + "amer/", Thread, Activity.Message("签约"), default);

        var call = Assert.Single(end.Calls);
        Assert.Equal("new-id", id);
        Assert.Equal($"POST /amer/v3/conversations/{Escaped}/activities", call.Line);
        Assert.Equal("Bearer token-1", call.Token);
        Assert.Equal("签约", JsonDocument.Parse(call.Body).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_service_URL_without_its_last_slash_loses_nothing_of_its_path()
    {
        await end.Connector().SendToConversationAsync(end.Address + "amer", "a", Activity.Message("x"), default);

        Assert.Equal("POST /amer/v3/conversations/a/activities", Assert.Single(end.Calls).Line);
    }

    [Fact]
    public async Task An_activity_is_replaced_and_deleted_under_its_escaped_id()
    {
        await end.Connector().UpdateActivityAsync(end.Address, Thread, "1:2/3", Activity.Message("new"), default);
        await end.Connector().DeleteActivityAsync(end.Address, Thread, "1:2/3", default);

        Assert.Equal(
            [$"PUT /v3/conversations/{Escaped}/activities/1%3A2%2F3", $"DELETE /v3/conversations/{Escaped}/activities/1%3A2%2F3"], end.Calls.Select(c => c.Line));
        Assert.Equal("", end.Calls.Last().Body);
    }

    [Fact]
    public async Task A_personal_conversation_is_opened_with_a_user_of_a_tenant()
    {
        var id = await end.Connector().CreateConversationAsync(end.Address, "28:our-app", "their-tenant", "user-object-id", default);

        var call = Assert.Single(end.Calls);
        Assert.Equal("new-id", id);
        Assert.Equal("POST /v3/conversations", call.Line);
        Assert.True(JsonElement.DeepEquals(
            JsonDocument.Parse("""{"bot":{"id":"28:our-app"},"members":[{"id":"user-object-id"}],"isGroup":false,"tenantId":"their-tenant"}""").RootElement,
            JsonDocument.Parse(call.Body).RootElement), call.Body);
    }

    [Fact]
    public async Task A_member_comes_with_mail_address_and_principal_name()
    {
        end.Answers.Enqueue((200, """{"id":"29:x","name":"Rosa","email":"rosa@example.com","userPrincipalName":"rosa@corp.example","unknown":1}""", null));

        var member = await end.Connector().GetMemberAsync(end.Address, "a:1", "29:x", default);

        Assert.Equal("GET /v3/conversations/a%3A1/members/29%3Ax", Assert.Single(end.Calls).Line);
        Assert.Equal(("rosa@example.com", "rosa@corp.example"), (member!.Email, member.UserPrincipalName));
    }

    [Theory]
    [InlineData(412)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_pass_is_tried_again_ever_later(int status)
    {
        for (var i = 0; i < 3; i++)
        {
            end.Answers.Enqueue((status, "", null));
        }

        Assert.Equal("new-id", await Send());
        Assert.Equal(4, end.Calls.Count);
        Assert.Equal(3, end.Clock.Waits.Count);
        Assert.Equal(end.Clock.Waits.Order(), end.Clock.Waits);
    }

    [Fact]
    public async Task A_refusal_that_lasts_is_given_up_after_four_tries_and_is_not_for_good()
    {
        for (var i = 0; i < 4; i++)
        {
            end.Answers.Enqueue((503, "", null));
        }

        var refused = await Assert.ThrowsAsync<ConnectorException>(Send);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, false, 4), (refused.Status!.Value, refused.IsPermanent, end.Calls.Count));
    }

    [Fact]
    public async Task Retry_After_is_waited_for()
    {
        end.Answers.Enqueue((429, "", "7"));

        Assert.Equal("new-id", await Send());
        Assert.Equal([TimeSpan.FromSeconds(7)], end.Clock.Waits);
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, null, null)]
    public async Task Whoever_schedules_their_own_tries_is_told_at_once(int status, string? asks, int? seconds)
    {
        end.Answers.Enqueue((status, "", asks));

        var refused = await Assert.ThrowsAsync<ConnectorException>(
            () => end.Connector().WithoutWaiting().SendToConversationAsync(end.Address, "a:1", new Activity { Type = ActivityTypes.Message }, default));

        Assert.Equal((status, seconds, 1), ((int)refused.Status!.Value, (int?)refused.RetryAfter?.TotalSeconds, end.Calls.Count));
        Assert.Empty(end.Clock.Waits);
    }

    [Fact]
    public async Task A_Retry_After_too_long_to_wait_for_is_handed_to_the_caller()
    {
        end.Answers.Enqueue((429, "", "300"));

        var refused = await Assert.ThrowsAsync<ConnectorException>(Send);

        Assert.Equal((false, TimeSpan.FromMinutes(5)), (refused.IsPermanent, refused.RetryAfter));
        Assert.Empty(end.Clock.Waits);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    public async Task What_trying_again_cannot_mend_is_final_at_once(int status)
    {
        end.Answers.Enqueue((status, """{"error":{"code":"BotNotInConversationRoster"}}""", null));

        var refused = await Assert.ThrowsAsync<ConnectorException>(Send);

        Assert.Equal((status, true), ((int)refused.Status!.Value, refused.IsPermanent));
        Assert.Single(end.Calls);
    }

    [Fact]
    public async Task An_answer_without_an_id_is_an_answer()
    {
        end.Answers.Enqueue((202, "", null));
        end.Answers.Enqueue((200, "OK", null));

        Assert.Null(await Send());
        Assert.Null(await Send());
    }

    [Fact]
    public async Task A_far_end_that_is_gone_is_tried_again_and_is_not_for_good()
    {
        var address = end.Address;
        var connector = end.Connector();
        await connector.SendToConversationAsync(address, "a", Activity.Message("x"), default); // the token is held now
        var gone = new Uri("http://127.0.0.1:1/").AbsoluteUri;

        var refused = await Assert.ThrowsAsync<ConnectorException>(() => connector.SendToConversationAsync(gone, "a", Activity.Message("x"), default));

        Assert.Equal((false, 3), (refused.IsPermanent, end.Clock.Waits.Count));
    }

    [Fact]
    public async Task Nothing_is_sent_over_plain_http_to_anywhere_but_loopback()
    {
        var refused = await Assert.ThrowsAsync<ConnectorException>(
            () => end.Connector().SendToConversationAsync("http://connector.invalid/", "a", Activity.Message("x"), default));

        Assert.True(refused.IsPermanent);
        Assert.Empty(end.TokenForms);
    }

    private Task<string?> Send() => end.Connector().SendToConversationAsync(end.Address, "a", Activity.Message("x"), default);

    [Theory]
    [InlineData(401, "", "App")]
    [InlineData(401, """{"error":{"code":"BotNotRegistered","message":"No registration found for this bot."}}""", "App")]
    [InlineData(403, """{"error":{"code":"BotDisabledByAdmin","message":"The tenant admin disabled this bot."}}""", "App")]
    [InlineData(403, """{"error":{"code":"BotNotInConversationRoster","message":"The bot is not part of the conversation roster."}}""", "Reader")]
    [InlineData(403, """{"error":{"code":"ConversationBlockedByUser","message":"Rosa blocked the bot."}}""", "Reader")]
    [InlineData(403, "<html>", "Reader")]
    [InlineData(404, """{"error":{"code":"ConversationNotFound"}}""", "Reader")]
    [InlineData(503, "", "Outage")]
    [InlineData(409, "", "Neither")]
    public async Task A_failure_says_whether_it_speaks_of_the_app_of_the_reader_or_of_the_connector(int status, string body, string whom)
    {
        end.Answers.Enqueue((status, body, null));

        var failure = await Assert.ThrowsAsync<ConnectorException>(
            () => end.Connector().WithoutWaiting().SendToConversationAsync(end.Address, "a:1", Activity.Message("x"), default));

        Assert.Equal(whom, failure.IsPermanentForApp ? "App" : failure.IsPermanent ? "Reader" : failure.IsOutage ? "Outage" : "Neither");
        Assert.DoesNotContain("Rosa", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_401_another_token_is_asked_for_and_an_address_that_nobody_answers_at_is_an_outage()
    {
        var connector = end.Connector().WithoutWaiting();
        end.Answers.Enqueue((401, "", null));
        await Assert.ThrowsAsync<ConnectorException>(() => connector.SendToConversationAsync(end.Address, "a:1", Activity.Message("x"), default));
        await connector.SendToConversationAsync(end.Address, "a:1", Activity.Message("x"), default);
        Assert.Equal(2, end.TokenForms.Count);

        var nobody = await Assert.ThrowsAsync<ConnectorException>(() => connector.SendToConversationAsync("http://127.0.0.1:9/", "a:1", Activity.Message("x"), default));
        Assert.True(nobody is { IsOutage: true, IsPermanentForApp: false, IsPermanent: false });
    }
}
