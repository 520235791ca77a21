using System.Text;
using CsCheck;
using KeyAccountBot.Slack.Requests;
using Xunit;

namespace KeyAccountBot.Slack.Tests.Requests;

public sealed class EnvelopeTests
{
    private const string Press = """
        {"type":"block_actions","user":{"id":"U1","username":"melvin","team_id":"T1"},"team":{"id":"T1","domain":"x"},
         "container":{"type":"message","message_ts":"1732.0001","channel_id":"D1"},"channel":{"id":"D1","name":"directmessage"},
         "message":{"ts":"1732.0001"},"trigger_id":"13.37.abc","response_url":"https://hooks.slack.com/actions/1",
         "actions":[{"type":"button","action_id":"take","block_id":"b","value":"o-1","action_ts":"1733.5"},
                    {"type":"static_select","action_id":"choose","block_id":"c","action_ts":"1733.6","selected_option":{"value":"two","text":{"type":"plain_text","text":"Two"}}},
                    {"type":"datepicker","action_id":"day","block_id":"c","action_ts":"1733.7","selected_date":"2026-03-05"}]}
        """;

    private const string Message = """
        {"type":"event_callback","event_id":"Ev1","team_id":"T1","api_app_id":"A1",
         "event":{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"check in Cancity","ts":"1732.1"}}
        """;

    [Fact]
    public void A_press_is_read_from_the_form()
    {
        Assert.True(Interaction.TryParse(Form(Press), out var press, out var failure), failure);
        Assert.Equal(("U1", "melvin", "T1", "D1", "1732.0001"), (press.UserId, press.UserName, press.TeamId, press.ChannelId, press.MessageTs));
        Assert.Equal(("13.37.abc", "https://hooks.slack.com/actions/1"), (press.TriggerId, press.ResponseUrl));
        Assert.Equal(
            [new InteractionAction("take", "b", "o-1", "1733.5", null), new InteractionAction("choose", "c", null, "1733.6", "two"),
                new InteractionAction("day", "c", null, "1733.7", SelectedDate: new DateOnly(2026, 3, 5))],
            press.Actions);
    }

    [Fact]
    public void A_request_names_the_workspace_it_comes_from_and_the_one_its_user_is_at_home_in()
    {
        Assert.True(Interaction.TryParse(Form(Press), out var press, out _));
        Assert.True(Interaction.TryParse(Form(Press.Replace("\"team\":{\"id\":\"T1\",\"domain\":\"x\"}", "\"team\":null,\"enterprise\":{\"id\":\"E1\"}")), out var ofOrganisation, out _));
        Assert.True(EventEnvelope.TryParse(Encoding.UTF8.GetBytes(Message.Replace("\"ts\":\"1732.1\"", "\"ts\":\"1732.1\",\"team\":\"T1\",\"user_team\":\"T2\"")), out var told, out _));

        Assert.Equal(new SlackOrigin("T1", null, "T1"), press.Origin);
        Assert.Equal(new SlackOrigin(null, "E1", "T1"), ofOrganisation.Origin);
        Assert.Equal(new SlackOrigin("T1", null, "T2"), Assert.IsType<EventEnvelope.Callback>(told).Origin);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"next week\"")]
    public void A_calendar_that_was_emptied_carries_no_day(string day)
    {
        Assert.True(Interaction.TryParse(Form(Press.Replace("\"2026-03-05\"", day)), out var press, out var failure), failure);
        Assert.Null(press.Actions[2].SelectedDate);
    }

    [Fact]
    public void The_same_press_delivered_twice_has_one_repeat_key()
    {
        Assert.True(Interaction.TryParse(Form(Press), out var first, out _));
        Assert.True(Interaction.TryParse(Form(Press.Replace("\"take\"", "\"take\" ")), out var again, out _));
        Assert.True(Interaction.TryParse(Form(Press.Replace("13.37", "14.37")), out var other, out _));
        Assert.Equal(first.RepeatKey, again.RepeatKey);
        Assert.NotEqual(first.RepeatKey, other.RepeatKey);
    }

    [Fact]
    public void Without_a_trigger_the_moment_of_the_press_tells_repeats()
    {
        var without = Press.Replace("\"trigger_id\":\"13.37.abc\",", "");
        Assert.True(Interaction.TryParse(Form(without), out var first, out _));
        Assert.True(Interaction.TryParse(Form(without.Replace("1733.5", "1734.5")), out var later, out _));
        Assert.NotEqual(first.RepeatKey, later.RepeatKey);
    }

    [Theory]
    [InlineData("", "no single field 'payload'")]
    [InlineData("payload=", "no single field 'payload'")]
    [InlineData("payload={}&payload={}", "no single field 'payload'")]
    [InlineData("payload={", "not the JSON")]
    [InlineData("payload=null", "null")]
    [InlineData("payload={\"type\":5}", "not the JSON")]
    [InlineData("payload={\"type\":\"view_submission\"}", "'view_submission', not 'block_actions'")]
    [InlineData("payload={\"type\":\"block_actions\"}", "no user")]
    [InlineData("payload={\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},\"actions\":[]}", "no actions")]
    [InlineData("payload={\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},\"actions\":[null]}", "no action_id")]
    [InlineData("payload={\"type\":\"block_actions\",\"user\":{\"id\":\"U1\"},\"actions\":[{\"action_id\":\"a\"}]}", "neither trigger_id nor action_ts")]
    public void What_is_no_press_is_refused_with_the_reason(string form, string reason)
    {
        Assert.False(Interaction.TryParse(Encoding.UTF8.GetBytes(form), out _, out var failure));
        Assert.Contains(reason, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_is_read_from_the_event()
    {
        Assert.True(EventEnvelope.TryParse(Encoding.UTF8.GetBytes(Message), out var envelope, out var failure), failure);
        var callback = Assert.IsType<EventEnvelope.Callback>(envelope);
        Assert.Equal(("Ev1", "Ev1", "T1"), (callback.EventId, callback.RepeatKey, callback.TeamId));
        Assert.Equal(new SlackEvent("message", null, "im", "D1", "U1", "check in Cancity", "1732.1", null, null), callback.Event);
        Assert.True(callback.Event.IsDirectMessageFromPerson);
    }

    [Theory]
    [InlineData("\"bot_id\":\"B1\",")]
    [InlineData("\"subtype\":\"message_changed\",")]
    public void What_bots_write_and_what_is_edited_is_no_persons_message(string more)
    {
        Assert.True(EventEnvelope.TryParse(Encoding.UTF8.GetBytes(Message.Replace("\"ts\"", more + "\"ts\"")), out var envelope, out _));
        Assert.False(Assert.IsType<EventEnvelope.Callback>(envelope).Event.IsDirectMessageFromPerson);
    }

    [Fact]
    public void Words_that_a_person_changed_are_read_with_the_message_they_stand_in()
    {
        Assert.Equal(new ChangedMessage("U1", "bid goes in Thursday", "1732.1", null), ChangeOf(Changed));
        Assert.Equal("1700.1", ChangeOf(Changed.Replace("\"now\":0", "\"thread_ts\":\"1700.1\""))!.ThreadTs);
        Assert.Null(ChangeOf(Changed.Replace("\"now\":0", "\"thread_ts\":\"1732.1\""))!.ThreadTs);
    }

    [Theory]
    [InlineData("bid goes in Thursday", "bid goes in Friday")]
    [InlineData("\"now\":0", "\"bot_id\":\"B1\"")]
    [InlineData("message_changed", "message_deleted")]
    public void What_changes_no_persons_words_is_no_change(string what, string instead) => Assert.Null(ChangeOf(Changed.Replace(what, instead)));

    [Theory]
    [InlineData("", null)]
    [InlineData(",\"thread_ts\":\"1700.1\"", "1700.1")]
    [InlineData(",\"thread_ts\":\"1732.0001\"", null)]
    public void A_press_names_the_thread_that_its_message_stands_in(string more, string? thread)
    {
        Assert.True(Interaction.TryParse(Form(Press.Replace("\"message_ts\":\"1732.0001\"", "\"message_ts\":\"1732.0001\"" + more)), out var press, out var failure), failure);
        Assert.Equal(thread, press.ThreadTs);
    }

    [Fact]
    public void Slacks_question_for_our_address_carries_its_challenge()
    {
        Assert.True(EventEnvelope.TryParse("""{"type":"url_verification","token":"x","challenge":"3eZbrw1"}"""u8, out var envelope, out _));
        Assert.Equal(new EventEnvelope.UrlVerification("3eZbrw1"), envelope);
    }

    [Theory]
    [InlineData("", "not the JSON")]
    [InlineData("[]", "not the JSON")]
    [InlineData("null", "''")]
    [InlineData("{\"type\":\"url_verification\"}", "no challenge")]
    [InlineData("{\"type\":\"event_callback\"}", "no event_id")]
    [InlineData("{\"type\":\"event_callback\",\"event_id\":\"Ev1\"}", "no event with a type")]
    [InlineData("{\"type\":\"app_rate_limited\"}", "'app_rate_limited'")]
    public void What_is_no_event_is_refused_with_the_reason(string body, string reason)
    {
        Assert.False(EventEnvelope.TryParse(Encoding.UTF8.GetBytes(body), out _, out var failure));
        Assert.Contains(reason, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Mangled_bodies_are_refused_and_never_throw()
    {
        var event0 = Encoding.UTF8.GetBytes(Message);
        var form0 = Form(Press);
        Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Byte.Array[0, 40]).Sample((place, letter, noise) =>
        {
            foreach (var body in new[] { Mangle(event0), Mangle(form0), noise, [.. "payload="u8, .. noise] })
            {
                var isEvent = EventEnvelope.TryParse(body, out var envelope, out var eventFailure);
                var isPress = Interaction.TryParse(body, out var press, out var pressFailure);
                Assert.True(isEvent ? envelope is not null : eventFailure is not null);
                Assert.True(isPress ? press is not null : pressFailure is not null);
            }

            byte[] Mangle(byte[] whole)
            {
                byte[] mangled = [.. whole];
                mangled[place % whole.Length] = letter;
                return mangled;
            }
        });
    }

    private const string Changed = """
        {"type":"event_callback","event_id":"Ev2","team_id":"T1",
         "event":{"type":"message","subtype":"message_changed","channel_type":"im","channel":"D1","ts":"1733.1",
          "message":{"type":"message","user":"U1","text":"bid goes in Thursday","ts":"1732.1","now":0},
          "previous_message":{"type":"message","user":"U1","text":"bid goes in Friday","ts":"1732.1"}}}
        """;

    private static ChangedMessage? ChangeOf(string body)
    {
        Assert.True(EventEnvelope.TryParse(Encoding.UTF8.GetBytes(body), out var envelope, out var failure), failure);
        var told = Assert.IsType<EventEnvelope.Callback>(envelope).Event;
        Assert.Equal(told.Changed is not null, told.IsChangedDirectMessage);
        return told.Changed;
    }

    private static byte[] Form(string payload) => Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(payload));
}
