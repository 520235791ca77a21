using KeyAccountBot.EndToEnd.Tests.Harness;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>The real <c>chat</c> command.</summary>
public sealed class TerminalStories : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_opportunity_runs_to_its_closing_in_terminals_of_their_own()
    {
        List<ChatProcess> opened = [];
        try
        {
            await new StoryTeller(
                (who, _) =>
                {
                    opened.Add(ChatProcess.Open(folder.Path, who.Name));

                    // far enough that the brief before a visit is always still to come
                    return new StoryTerminalUser(opened[^1], () => [], later: 13);
                },
                moveClock: null).PlayAsync(Story.Read(Story.OfOneOpportunity));

            var closed = await opened[0].TypeAsync("status Westfal Beverages");
            Assert.Contains("Status: completed", closed, StringComparison.Ordinal);
            Assert.Equal(0, await opened[0].EndAsync());
        }
        finally
        {
            foreach (var one in opened)
            {
                await one.DisposeAsync();
            }
        }
    }
}
