using KeyAccountBot.Sandbox.FarEnds;
using Xunit;

namespace KeyAccountBot.Tests.Sandbox;

/// <summary>What the sandbox's chats keep over a restart.</summary>
public sealed class TranscriptTests
{
    private static readonly DateTimeOffset Then = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Earlier_lines_come_first_and_in_their_order()
    {
        var transcript = new Transcript();
        transcript.Restore([Line("activity-9", number: 5), Line("activity-3", number: 4)]);
        transcript.Put(Line("activity-10"));

        Assert.Equal(["activity-3", "activity-9", "activity-10"], Lines(transcript).Select(l => l.Id));
        Assert.Equal([4, 5, 6], Lines(transcript).Select(l => l.Number));
    }

    [Theory]
    [InlineData("activity-17")]
    [InlineData("1f0c2a7b-activity-17")]
    [InlineData("ts-17")]
    public void No_new_id_is_an_earlier_one(string earlier)
    {
        var transcript = new Transcript();
        transcript.Restore([Line(earlier, number: 1)]);

        Assert.Equal("ts-18", transcript.NextId("ts"));
    }

    [Fact]
    public void An_update_of_an_earlier_line_keeps_its_place_its_person_and_its_time()
    {
        var transcript = new Transcript();
        transcript.Restore([Line("activity-1", number: 1), Line("activity-2", number: 2)]);
        transcript.Put(new TranscriptLine(Transcript.Teams, "", "activity-1", true, Then.AddDays(1), "changed"));

        Assert.Equal(Line("activity-1", number: 1) with { Text = "changed" }, Lines(transcript)[0]);
        Assert.Equal(2, Lines(transcript).Count);
    }

    [Fact]
    public void Who_has_a_chat_is_told_by_app()
    {
        var transcript = new Transcript();
        transcript.Restore([Line("activity-1", number: 1), Line("activity-2", number: 2)]);
        transcript.Put(Line("ts-3") with { App = Transcript.Slack, Person = "maria-santos" });

        Assert.Equal(["ravi-patel"], transcript.PeopleIn(Transcript.Teams));
        Assert.Equal(["maria-santos"], transcript.PeopleIn(Transcript.Slack));
    }

    [Fact]
    public async Task Who_looks_on_is_told_where_the_past_ends()
    {
        var transcript = new Transcript();
        transcript.Put(Line("activity-1"));
        await using var reader = transcript.ReadAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var read = new List<string?>();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(await reader.MoveNextAsync());
            read.Add(reader.Current?.Id);
            if (i == 1)
            {
                transcript.Put(Line("activity-2"));
            }
        }

        Assert.Equal(["activity-1", null, "activity-2"], read);
    }

    private static TranscriptLine Line(string id, long number = 0) =>
        new(Transcript.Teams, "ravi-patel", id, true, Then, "said", Number: number);

    private static IReadOnlyList<TranscriptLine> Lines(Transcript transcript) => transcript.Follow().Before;
}
