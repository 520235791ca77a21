using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Slack.BlockKit;
using Xunit;

namespace KeyAccountBot.Tests.SlackRequests;

/// <summary>A long message in Slack is several blocks, and nothing of it is cut.</summary>
public sealed class LongMessageTests
{
    private static readonly TenantId Tenant = new("acme");

    public static TheoryData<string, Message> Long => new()
    {
        { "sentences", new Message { Body = [.. Paragraphs(6)] } },
        { "sentences with ready answers", (new Message { Body = [.. Paragraphs(6)] }).Offering(new ReadyAnswer("Skip", "skip")) },
        { "a card", new Message { Title = "Report", Body = [.. Paragraphs(6)] } },
        { "a section", new Message { Title = "Report", Body = [Section.Of("Notes", Paragraphs(6).Select(p => p.Words))] } },
        { "facts", new Message { Title = "Report", Body = [new FactList([.. Paragraphs(6).Select(p => new Fact("Note", p.Words))])] } },
    };

    [Theory]
    [MemberData(nameof(Long))]
    public void Every_line_of_it_is_there_to_its_end(string what, Message message)
    {
        var sections = SlackBlocks.Of(message, Tenant).Blocks.OfType<SectionBlock>().Select(s => s.Text!.Text).ToList();

        Assert.All(sections, s => Assert.InRange(s.Length, 1, TextLimit.Section));
        Assert.All(Enumerable.Range(0, 6), i => Assert.True(sections.Exists(s => s.Contains($"the end of {i}", StringComparison.Ordinal)), $"{what}: {i}"));
    }

    // as long as people may write, and with what Slack counts five times
    private static IEnumerable<Paragraph> Paragraphs(int count) =>
        Enumerable.Range(0, count).Select(i => new Paragraph($"{new string('&', 200)}{new string('x', 800)} the end of {i}"));
}
