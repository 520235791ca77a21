using KeyAccountBot.EndToEnd.Tests.Harness;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>What holds for every story that a tour plays.</summary>
public sealed class StoryTests
{
    [Theory]
    [InlineData(Story.OfOneOpportunity)]
    [InlineData(Story.OfFollowUps)]
    public void Every_step_says_who_does_what_and_chapters_are_short_enough_for_the_tour(string name)
    {
        var story = Story.Read(name);
        var steps = story.Chapters.SelectMany(c => c.Steps).ToList();

        Assert.All(steps, s => Assert.True(s.Clock is not null ^ (s is { Who: not null, App: "teams" or "slack" }), $"{s}"));
        Assert.All(steps, s => Assert.True(
            s.Clock is not null || s.Says is not null || (s.Presses is not null && s.On is not null) || s.Words.Count > 0 || s.NotYet is not null, $"{s}"));
        Assert.All(story.Chapters, c => Assert.InRange(c.Tells.Length, 1, 240));
        Assert.InRange(steps.Count, 1, 135);
    }
}
