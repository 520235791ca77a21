using KeyAccountBot.Conversations.Turns;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Turns;

/// <summary>Whatever hangs, who asks is answered, and what they said counts once.</summary>
public sealed class TurnPatienceTests
{
    // by a clock that only the test moves
    private readonly FakeTimeProvider waiting = new();
    private readonly TurnPatience patience;

    public TurnPatienceTests() => patience = TurnPatience.Usual with { Clock = waiting };

    private static readonly string[] CheckIn = ["check in Cancity", "none", "call", "in 3 days"];

    [Fact]
    public void A_turn_a_reply_that_hangs_and_the_sentence_that_says_so_take_under_ten_seconds_together()
    {
        var usual = TurnPatience.Usual;
        Assert.True(usual.Records < usual.Whole && usual.Whole < TimeSpan.FromSeconds(10));
        var began = waiting.GetTimestamp();
        Assert.Equal(usual.Replies, patience.RepliesOf(began));
        waiting.Advance(usual.Records);
        Assert.Equal(usual.Whole - usual.Records, patience.RepliesOf(began));
        Assert.True(usual.Records + usual.Sorry < TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("conversations", false)]
    [InlineData("conversations", true)]
    [InlineData("opportunities", false)]
    [InlineData("opportunities", true)]
    public async Task A_store_that_hangs_in_a_yes_is_given_up_and_said_again_it_counts_once(string table, bool hangsAfter)
    {
        HangingStore store = null!;
        await using var story = await TurnStory.BeginAsync();
        var bot = story.Starts(engine => store = new HangingStore(engine.Tables), patience);
        await story.OpensAsync(bot, "Cancity");
        foreach (var words in CheckIn)
        {
            await bot.SaysAsync(words);
        }

        Assert.Equal("Cancity: this is what I understood", story.Connector.Words[^1]);
        (store.Hangs, store.HangsAfter) = ((where, _, writes) => writes && where == table, hangsAfter);
        var yes = bot.Activity("yes");
        var hung = bot.RunAsync(yes);
        await store.Hanging;
        Assert.False(hung.IsCompleted);
        waiting.Advance(patience.Records);
        await Assert.ThrowsAsync<RecordsOutOfReachException>(() => hung);
        store.LetGo();

        await bot.RunAsync(yes);
        await bot.SaysAsync("yes");
        await story.ForwardAsync(TimeSpan.FromMinutes(3), bot);

        Assert.Equal(1, await TurnStory.CheckInsAsync(bot, "Cancity"));
        Assert.Contains(story.Connector.Words, words => words.StartsWith("Recorded for Cancity", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Those_who_wait_behind_a_turn_that_hangs_are_answered_too_and_others_are_not_held_up()
    {
        HangingStore store = null!;
        await using var story = await TurnStory.BeginAsync();
        var bot = story.Starts(engine => store = new HangingStore(engine.Tables), patience);
        store.Hangs = (table, _, writes) => writes && table == "conversations";
        var hung = Enumerable.Range(0, 3).Select(_ => bot.SaysAsync("help")).ToList();
        await store.Hanging;
        waiting.Advance(patience.Records);
        foreach (var turn in hung)
        {
            await Assert.ThrowsAsync<RecordsOutOfReachException>(() => turn);
        }

        store.LetGo();
        await bot.SaysAsync("who am i");
        Assert.StartsWith("You are Rosa", story.Connector.Words[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_embedded_store_whose_writer_hangs_is_given_up_and_what_it_writes_after_all_is_answered_once()
    {
        await using var story = await TurnStory.BeginAsync(isEmbedded: true);
        var bot = story.Starts(patience: patience);
        await bot.SaysAsync("who am i");
        await using (var other = new SqliteConnection($"Data Source={story.Database};Pooling=False"))
        {
            await other.OpenAsync();
            await using var held = await other.BeginTransactionAsync(System.Data.IsolationLevel.Serializable);
            var hung = bot.SaysAsync("help");
            waiting.Advance(patience.Records);
            await Assert.ThrowsAsync<RecordsOutOfReachException>(() => hung);
        }

        // written behind what hung
        await bot.SaysAsync("my opportunities");
        await story.ForwardAsync(TimeSpan.FromMinutes(2), bot);

        Assert.Equal(1, story.Connector.Words.Count(w => w.StartsWith("**Just tell me", StringComparison.Ordinal)));
        Assert.Equal(1, story.Connector.Words.Count(w => w.StartsWith("You have no open", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_connector_that_hangs_holds_no_turn_and_its_reply_is_sent_later()
    {
        await using var story = await TurnStory.BeginAsync();
        var bot = story.Starts(patience: patience);
        foreach (var words in new[] { "help", "who am i" })
        {
            var (called, hangs) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
            story.Connector.Before = _ =>
            {
                called.SetResult();
                return hangs.Task;
            };
            var turn = bot.SaysAsync(words);
            await called.Task;
            waiting.Advance(patience.Replies);
            await turn;
            story.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Empty(story.Connector.Taken);

        story.Connector.Before = _ => Task.CompletedTask;
        await story.ForwardAsync(TimeSpan.FromSeconds(10), bot);

        Assert.Collection(
            story.Connector.Words,
            first => Assert.StartsWith("**Just tell me", first, StringComparison.Ordinal),
            then => Assert.StartsWith("You are Rosa", then, StringComparison.Ordinal));
    }

    [Fact]
    public void The_sentence_is_said_in_the_readers_language()
    {
        var fault = new RecordsOutOfReachException();

        Assert.Equal("I cannot get at my records just now; please say it again in a minute.", TurnEngine.SorryFor(TurnStory.Rep.Locale, fault, "t"));
        Assert.StartsWith("我暂时打不开记录", TurnEngine.SorryFor(TurnStory.Manager.Locale, fault, "t"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_person_in_eight_chats_at_once_loses_no_turn(bool isEmbedded)
    {
        await using var story = await TurnStory.BeginAsync(isEmbedded);
        var bots = isEmbedded ? [story.Starts()] : new[] { Replica(), Replica() };
        await story.OpensAsync(bots[0], "Cancity");
        await Parallel.ForEachAsync(Enumerable.Range(0, 8), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (chat, _) =>
        {
            var bot = bots[chat % bots.Length];
            await Task.Yield();
            foreach (var words in CheckIn.Append("yes"))
            {
                await bot.SaysAsync(words, chat: $"chat {chat}");
            }
        });

        Assert.Equal(8, await TurnStory.CheckInsAsync(bots[0], "Cancity"));
        for (var chat = 0; chat < 8; chat++)
        {
            Assert.Contains(
                story.Connector.Taken,
                reply => reply.Conversation!.Id == $"chat {chat}" && RecordingConnector.WordsOf(reply).StartsWith("Recorded for Cancity", StringComparison.Ordinal));
        }

        // a store that answers at its own time, as one across the network does
        TurnReplica Replica() => story.Starts(engine => new HangingStore(engine.Tables));
    }

    [Fact]
    public async Task An_address_that_other_chats_keep_writing_first_costs_no_turn()
    {
        await using var story = await TurnStory.BeginAsync();
        var bot = story.Starts(engine => new BusyAddresses(engine.Tables));

        await bot.SaysAsync("who am i");

        Assert.StartsWith("You are Rosa", Assert.Single(story.Connector.Words), StringComparison.Ordinal);
    }
}
