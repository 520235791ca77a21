using KeyAccountBot.Channels.Terminal;
using Xunit;

namespace KeyAccountBot.Tests.Terminal;

/// <summary>Words on a screen: lines break between words, and none is wider than the screen.</summary>
public sealed class TerminalLinesTests
{
    [Theory]
    [InlineData("short", "short")]
    [InlineData("a sentence that is longer than that", "a sentence that is|longer than that")]
    [InlineData("exactly twenty cells", "exactly twenty cells")]
    [InlineData("1. a choice with a long name", "1. a choice with a|   long name")]
    [InlineData("• a gap that nobody looks after", "• a gap that nobody|  looks after")]
    [InlineData("青岛海源食品处于第三阶段，共六个。", "青岛海源食品处于第三|阶段，共六个。")]
    [InlineData("已记录：青岛海源食品三号，好。", "已记录：青岛海源食品|三号，好。")]
    [InlineData("one line\nand a second of some length", "one line|and a second of some|length")]
    public void A_line_breaks_between_words(string words, string lines) =>
        Assert.Equal(lines.Replace("|", Environment.NewLine, StringComparison.Ordinal), TerminalLines.Wrap(words.Replace("\n", Environment.NewLine, StringComparison.Ordinal), 20));

    [Fact]
    public void A_colour_takes_no_room_and_a_word_that_is_wider_than_the_screen_stays_whole()
    {
        var coloured = "\u001b[1mexactly twenty cells\u001b[0m";

        Assert.Equal(coloured, TerminalLines.Wrap(coloured, 20));
        Assert.Equal("https://example.invalid/a/long/address", TerminalLines.Wrap("https://example.invalid/a/long/address", 20));
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("青岛", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("😀", 2)]
    [InlineData("\u001b[32m> \u001b[0m", 2)]
    public void A_chinese_character_takes_two_cells(string words, int cells) => Assert.Equal(cells, TerminalLines.CellsOf(words));
}
