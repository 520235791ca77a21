using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Channels;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Operations;
using KeyAccountBot.Storage;
using Xunit;
using static KeyAccountBot.Tests.Turns.RecordingConnector;

namespace KeyAccountBot.Tests.Turns;

/// <summary>What becomes of replies that the connector does not take.</summary>
public sealed class OwedReplyTests
{
    private const string Lost = "I could not reach you for a while; what I said then is lost.";

    [Fact]
    public async Task A_reply_that_is_refused_keeps_nobody_from_the_replies_after_it()
    {
        await using var story = await TurnStory.BeginAsync();
        var bot = story.Starts();
        story.Connector.Refuses = reply => WordsOf(reply).StartsWith("**Just tell me", StringComparison.Ordinal) ? Down : null;
        await bot.SaysAsync("help");
        Assert.Empty(story.Connector.Taken);

        for (var i = 0; i < 5; i++)
        {
            var calls = story.Connector.Calls;
            await bot.SaysAsync("who am i");
            Assert.Equal(calls + 1, story.Connector.Calls);
        }

        Assert.All(story.Connector.Words, words => Assert.StartsWith("You are Rosa", words, StringComparison.Ordinal));
        Assert.Equal(5, story.Connector.Words.Count);
    }

    [Fact]
    public async Task A_turn_that_goes_well_writes_once_and_sends_no_message()
    {
        await using var story = await TurnStory.BeginAsync();
        var bot = story.Starts();
        await bot.SaysAsync("help");
        await bot.WorksAsync();
        story.Store.ResetCounts();

        await bot.SaysAsync("who am i");

        Assert.Equal((1, 1), (story.Store.Batches, story.Store.Reads(ConversationTable.Name)));
        await bot.WorksAsync();
        Assert.Equal((2, 0), (story.Store.Batches, story.Store.Count(OwedRows.Queue)));
    }

    [Fact]
    public async Task What_was_refused_for_a_moment_arrives_once_and_in_order_when_the_connector_takes_it_again()
    {
        await using var story = await TurnStory.BeginAsync();
        var bot = story.Starts();
        story.Connector.Refuses = _ => Down;
        await bot.SaysAsync("who am i");
        story.Clock.Advance(TimeSpan.FromSeconds(1));
        await bot.SaysAsync("help");
        await story.ForwardAsync(TimeSpan.FromMinutes(2), bot);

        story.Connector.Refuses = _ => null;
        await bot.SaysAsync("my opportunities");
        await story.ForwardAsync(TimeSpan.FromMinutes(5), bot);

        Assert.Collection(
            story.Connector.Words,
            now => Assert.StartsWith("You have no open opportunities", now, StringComparison.Ordinal),
            first => Assert.StartsWith("You are Rosa", first, StringComparison.Ordinal),
            then => Assert.StartsWith("**Just tell me", then, StringComparison.Ordinal));
        Assert.DoesNotContain(story.Store.Rows(ConversationTable.Name), r => r.Label is not null);
        Assert.Equal(0, story.Store.Count(OwedRows.Queue));
    }

    [Theory]
    [InlineData("rosa", Lost)]
    [InlineData("melvin", "有一段时间我联系不上您")]
    public async Task After_a_long_outage_one_sentence_stands_in_the_place_of_all_that_was_said(string who, string sentence)
    {
        await using var story = await TurnStory.BeginAsync();
        var bot = story.Starts();
        var person = who == "rosa" ? TurnStory.Rep : TurnStory.Manager;
        story.Connector.Refuses = _ => Down;
        for (var i = 0; i < 133; i++)
        {
            await bot.SaysAsync("who am i", person);
            await story.ForwardAsync(TimeSpan.FromSeconds(5), bot);
            Assert.InRange(story.Store.Rows(ConversationTable.Name).Count(r => r.RowKey != ConversationTable.Row), 0, ReplyRules.Most + 2);
        }

        await story.ForwardAsync(TimeSpan.FromMinutes(12), bot);
        var calls = story.Connector.Calls;
        await story.ForwardAsync(TimeSpan.FromHours(6), bot);
        Assert.InRange(story.Connector.Calls - calls, 1, 30);
        story.Connector.Refuses = _ => null;
        await story.ForwardAsync(TimeSpan.FromHours(1), bot);

        Assert.StartsWith(sentence, Assert.Single(story.Connector.Words), StringComparison.Ordinal);
        Assert.Equal(0, story.Store.Count(OwedRows.Queue));
    }

    [Fact]
    public async Task No_more_than_twenty_replies_are_kept_and_the_sentence_comes_before_them()
    {
        await using var story = await TurnStory.BeginAsync();
        var bot = story.Starts();
        story.Connector.Refuses = _ => Down;
        for (var i = 0; i < 30; i++)
        {
            await bot.SaysAsync("who am i");
        }

        await story.ForwardAsync(TimeSpan.FromMinutes(4), bot);
        story.Connector.Refuses = _ => null;
        await story.ForwardAsync(TimeSpan.FromMinutes(3), bot);

        Assert.StartsWith(Lost, story.Connector.Words[0], StringComparison.Ordinal);
        Assert.Equal(1 + ReplyRules.Most, story.Connector.Words.Count);
    }

    [Fact]
    public async Task What_is_refused_for_good_is_a_dead_letter_that_names_whom_and_what_and_can_be_sent_again()
    {
        await using var story = await TurnStory.BeginAsync();
        var bot = story.Starts();
        story.Connector.Refuses = _ => new NotSentException("403", isPermanent: true);
        await bot.SaysAsync("who am i");
        await story.ForwardAsync(TimeSpan.FromSeconds(10), bot);
        await story.ForwardAsync(TimeSpan.FromMinutes(20), bot);

        Assert.Equal(1, story.Connector.Calls);
        var line = Assert.Single(await bot.Get<DeadLetterLines>().OfAsync(TurnStory.Tenant, 10, default));
        Assert.Equal(("reply", "Rosa", "403", 1), (line.What, line.For, line.Stored.Letter.Reason, line.Stored.Letter.Attempts));
        Assert.StartsWith("You are Rosa", line.About, StringComparison.Ordinal);

        story.Connector.Refuses = _ => null;
        await bot.Get<Replay>().RunAsync(TurnStory.Tenant, line.Stored, default);
        await bot.Get<Replay>().RunAsync(TurnStory.Tenant, line.Stored, default);
        await bot.WorksAsync();
        Assert.StartsWith("You are Rosa", Assert.Single(story.Connector.Words), StringComparison.Ordinal);
        Assert.Empty(await bot.Get<DeadLetters>().ListAsync(TurnStory.Tenant, default));
    }

    [Fact]
    public async Task The_connector_is_left_alone_for_as_long_as_it_asks()
    {
        await using var story = await TurnStory.BeginAsync();
        var bot = story.Starts();
        story.Connector.Refuses = _ => new NotSentException("429", isPermanent: false, TimeSpan.FromMinutes(2), isThrottled: true);
        await bot.SaysAsync("who am i");
        await story.ForwardAsync(TimeSpan.FromSeconds(115), bot);
        Assert.Equal(1, story.Connector.Calls);

        story.Connector.Refuses = _ => null;
        await story.ForwardAsync(TimeSpan.FromSeconds(20), bot);
        Assert.Single(story.Connector.Words);
    }

    [Fact]
    public async Task Twenty_turns_on_two_replicas_right_after_each_other_say_everything_once()
    {
        await using var story = await TurnStory.BeginAsync();
        var (one, other) = (story.Starts(), story.Starts());
        for (var i = 0; i < 20; i++)
        {
            await (i % 2 == 0 ? one : other).SaysAsync(i % 3 == 0 ? "help" : "who am i");
            if (i % 7 == 6)
            {
                await one.WorksAsync();
            }
        }

        Assert.Equal(20, story.Connector.Words.Count);
        await story.ForwardAsync(TimeSpan.FromMinutes(3), one, other);
        Assert.Equal(20, story.Connector.Words.Count);
        Assert.DoesNotContain(story.Store.Rows(ConversationTable.Name), r => r.Label is not null);
    }

    [Fact]
    public async Task What_a_dead_replica_did_not_send_another_sends_after_a_minute_and_not_in_the_way_of_its_own()
    {
        await using var story = await TurnStory.BeginAsync();
        var (dies, lives) = (story.Starts(), story.Starts());
        story.Connector.Refuses = _ => Down;
        await dies.SaysAsync("who am i");
        story.Connector.Refuses = _ => null;

        await lives.SaysAsync("help");
        Assert.StartsWith("**Just tell me", Assert.Single(story.Connector.Words), StringComparison.Ordinal);
        await story.ForwardAsync(TimeSpan.FromSeconds(55), lives);
        Assert.Single(story.Connector.Words);
        await story.ForwardAsync(TimeSpan.FromSeconds(15), lives);
        Assert.StartsWith("You are Rosa", story.Connector.Words[1], StringComparison.Ordinal);
        await story.ForwardAsync(TimeSpan.FromMinutes(15), lives);
        Assert.Equal(2, story.Connector.Words.Count);
    }

    [Theory]
    [InlineData(1, "You are Rosa")]
    [InlineData(30, Lost)]
    public async Task What_a_process_that_died_did_not_send_the_next_one_makes_good_by_the_same_rule(int minutesLater, string words)
    {
        await using var story = await TurnStory.BeginAsync();
        story.Connector.Refuses = _ => Down;
        await story.Starts().SaysAsync("who am i");
        story.Connector.Refuses = _ => null;
        story.Clock.Advance(TimeSpan.FromMinutes(minutesLater));

        var next = story.Starts();
        await next.BeginsAsync();
        await next.WorksAsync();

        Assert.StartsWith(words, Assert.Single(story.Connector.Words), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_process_was_sending_as_it_died_the_next_one_on_its_file_sends_at_once()
    {
        await using var story = await TurnStory.BeginAsync(isEmbedded: true);
        var next = story.Starts();
        var (said, now) = (next.Activity("said as it died"), story.Clock.GetUtcNow());
        var owed = new OwedReplies(OwedReplies.NewId(now), now, "dead", [ElementOf(said)], TurnStory.Tenant, TurnStory.Rep.Id, "en", HandedOver: true, Attempts: 1, ClaimedAt: now);
        var rows = next.Get<OwedRows>();
        await rows.SubmitAsync([rows.Row(TeamsArrival.KeyOf(said), owed)], default);
        story.Clock.Advance(TimeSpan.FromSeconds(2));

        await next.BeginsAsync();
        await next.WorksAsync();

        Assert.Equal("said as it died", Assert.Single(story.Connector.Words));
    }

    [Fact]
    public async Task Replies_that_an_earlier_version_kept_are_sent()
    {
        await using var story = await TurnStory.BeginAsync();
        var bot = story.Starts();
        var said = bot.Activity("said before the update");
        var row = new { version = 1, unsent = new[] { said } };
        await story.Store.SubmitAsync(
            ConversationTable.Name, TeamsArrival.KeyOf(said),
            [new TableOperation.Put(ConversationTable.Row, JsonSerializer.SerializeToUtf8Bytes(row, JsonSerializerOptions.Web), ConversationTable.UnsentLabel)], default);

        await bot.BeginsAsync();
        await bot.WorksAsync();

        Assert.Equal("said before the update", Assert.Single(story.Connector.Words));
    }

    [Fact]
    public void Replies_come_back_from_the_store_as_they_went()
    {
        var at = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        var owed = new OwedReplies(
            OwedReplies.IdOf(at, "x"), at, "me", [ElementOf(Activity.Message("你好"))], TurnStory.Tenant, TurnStory.Rep.Id, "zh-Hans", true, 3, at.AddSeconds(5), at.AddSeconds(6), true);

        var stored = JsonSerializer.SerializeToUtf8Bytes(owed, ConversationJson.Default.OwedReplies);
        var read = JsonSerializer.Deserialize(stored, ConversationJson.Default.OwedReplies)!;

        Assert.Equal(owed with { Replies = read.Replies }, read);
        Assert.Equal(stored, JsonSerializer.SerializeToUtf8Bytes(read, ConversationJson.Default.OwedReplies));
    }

    [Fact]
    public async Task A_remembered_row_is_taken_once_and_forgotten_when_two_thousand_others_have_spoken()
    {
        await using var story = await TurnStory.BeginAsync(isEmbedded: true);
        var rows = story.Starts().Get<RememberedRows>();
        rows.Keep("a", new ConversationRecord(), "1");
        Assert.Equal("1", rows.Take("a")?.ETag);
        Assert.Null(rows.Take("a"));

        rows.Keep("a", new ConversationRecord(), "2");
        for (var i = 0; i < 1_500; i++)
        {
            rows.Keep($"other {i}", new ConversationRecord(), "1");
        }

        Assert.Equal("2", rows.Take("a")?.ETag);
        rows.Keep("a", new ConversationRecord(), "3");
        for (var i = 0; i < 2_500; i++)
        {
            rows.Keep($"another {i}", new ConversationRecord(), "1");
        }

        Assert.Null(rows.Take("a"));
    }

    private static JsonElement ElementOf(Activity reply) => JsonSerializer.SerializeToElement(reply, ActivityJson.Default.Activity);
}
