using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Records;
using KeyAccountBot.Tests.FollowUps;
using Xunit;
using static KeyAccountBot.Tests.Deliveries.Telling;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Deliveries;

public sealed class DeadLetterTests
{
    private static readonly NotSentException Closed = new("account_inactive", isPermanent: true);

    [Fact]
    public async Task The_command_line_lists_shows_and_replays_a_dead_delivery()
    {
        await using var story = await DiesAsync();

        var (_, list) = await story.TypesAsync("deliveries", "list");
        Assert.Contains("1 dead letter.", list, StringComparison.Ordinal);
        Assert.Matches(@"1\s+2026-03-02 10:0\d\s+answered\s+Cancity: Pumps\s+Melvin\s+Slack: account_inactive; Teams: account_inactive\s+2", list);
        var (_, shown) = await story.TypesAsync("deliveries", "show", "1");
        Assert.Contains("o-Cancity", shown, StringComparison.Ordinal);

        story.Teams.Refuses = story.Slack.Refuses = () => null;
        var (code, said) = await story.TypesAsync("deliveries", "replay", "1");
        await story.WorkAsync();

        Assert.Equal((0, "On its queue again: answered about Cancity: Pumps for Melvin."), (code, said.Trim()));
        Assert.Equal(Manager.Id, Assert.Single(story.Slack.Sent).To);
        Assert.Contains("No dead letters", (await story.TypesAsync("deliveries", "list")).Said, StringComparison.Ordinal);
        Assert.Equal((1, "There are no dead letters."), ((await story.TypesAsync("deliveries", "show", "1")).Code, (await story.TypesAsync("deliveries", "show", "1")).Said.Trim()));
    }

    [Fact]
    public async Task Replayed_twice_or_after_it_was_sent_it_is_told_once()
    {
        await using var story = await DiesAsync();
        var letter = Assert.Single(await story.DeadLettersAsync());
        story.Teams.Refuses = story.Slack.Refuses = () => null;
        var replay = story.Get<Replay>();

        await replay.RunAsync(Tenant, letter, default);
        await replay.RunAsync(Tenant, letter, default);
        await story.WorkAsync();
        await replay.RunAsync(Tenant, letter, default);
        await story.WorkAsync();

        Assert.Single(story.Slack.Sent);
        Assert.Empty(await story.DeadLettersAsync());
    }

    [Fact]
    public async Task What_dies_again_is_a_dead_letter_again()
    {
        await using var story = await DiesAsync();

        Assert.Equal(0, (await story.TypesAsync("deliveries", "replay", "all")).Code);
        Assert.Empty(await story.DeadLettersAsync());
        await story.WorkAsync();

        Assert.Single(await story.DeadLettersAsync());
    }

    [Fact]
    public async Task A_message_that_fails_ten_times_is_a_dead_letter_and_comes_back_by_replay()
    {
        await using var story = await BeginAsync();
        await story.Store.SendAsync(AnsweredMessages.Queue, "no JSON"u8.ToArray(), story.Clock.GetUtcNow(), default);
        await story.Store.SendAsync(RowKeys.WakeUps, """{"tenant":"contoso","opportunity":7}"""u8.ToArray(), story.Clock.GetUtcNow(), default);

        await story.ForwardAsync(TimeSpan.FromHours(12));

        var letters = await story.DeadLettersAsync();
        Assert.Equal(["unknown", "contoso"], letters.Select(l => l.Partition).OrderDescending());
        Assert.All(letters, l => Assert.Equal((DeadLetterKind.Message, 10), (l.Letter.Kind, l.Letter.Attempts)));
        Assert.Equal((0, 0), (story.Store.Count(AnsweredMessages.Queue), story.Store.Count(RowKeys.WakeUps)));
        Assert.Contains("message of answered", (await story.TypesAsync("deliveries", "list")).Said, StringComparison.Ordinal);

        await story.TypesAsync("deliveries", "replay", "all");
        Assert.Equal((1, 1), (story.Store.Count(AnsweredMessages.Queue), story.Store.Count(RowKeys.WakeUps)));
    }

    [Fact]
    public async Task A_digest_that_no_channel_takes_is_a_dead_letter_and_is_sent_by_replay()
    {
        await using var story = await BeginAsync();
        for (var i = 0; i < 7; i++)
        {
            await story.OpensAsync($"Account {i}");
        }

        while (story.Deliveries().Count < 7)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
        }

        var before = story.Teams.Sent.Count;
        story.Teams.Refuses = story.Slack.Refuses = () => Closed;
        await story.ForwardAsync(TimeSpan.FromHours(9));
        var letter = Assert.Single(await story.DeadLettersAsync(), l => l.Letter.Kind == DeadLetterKind.Digest);
        Assert.Equal(Rep.Id, letter.Letter.Reader);

        story.Teams.Refuses = () => null;
        await story.Get<Replay>().RunAsync(Tenant, letter, default);
        await story.ForwardAsync(TimeSpan.FromDays(1));

        Assert.Contains(story.Teams.Sent.Skip(before), s => s.Message.Notification.StartsWith("2 more opportunities", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("7", "There are no dead letters")]
    [InlineData("first", "neither a number of the list nor 'all'")]
    public async Task A_wrong_number_is_refused_with_what_would_do(string which, string says)
    {
        await using var story = await BeginAsync();

        var (code, said) = await story.TypesAsync("deliveries", "replay", which);

        Assert.Equal(1, code);
        Assert.Contains(says, said, StringComparison.Ordinal);
    }

    private static async Task<FollowUpStory> DiesAsync()
    {
        var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        story.Teams.Refuses = story.Slack.Refuses = () => Closed;
        await story.TellAsync(id, Answer("a", Manager));
        await story.WorkAsync();
        return story;
    }
}
