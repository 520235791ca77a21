using KeyAccountBot.Channels.Terminal;
using Xunit;

namespace KeyAccountBot.Tests.Terminal;

/// <summary>Typing in a terminal: what is remembered, and what is taken back.</summary>
public sealed class LineEditorTests : IDisposable
{
    private static readonly ConsoleKeyInfo Up = new('\0', ConsoleKey.UpArrow, false, false, false);
    private static readonly ConsoleKeyInfo Down = new('\0', ConsoleKey.DownArrow, false, false, false);
    private static readonly ConsoleKeyInfo Back = new('\b', ConsoleKey.Backspace, false, false, false);
    private static readonly ConsoleKeyInfo Enter = new('\r', ConsoleKey.Enter, false, false, false);
    private static readonly ConsoleKeyInfo End = new('\u0004', ConsoleKey.D, false, false, true);

    private readonly Queue<ConsoleKeyInfo> keys = new();
    private readonly StringWriter screen = new();
    private readonly LineEditor editor;

    public LineEditorTests() => editor = new LineEditor("> ", keys.Dequeue, screen, () => 20);

    public void Dispose() => screen.Dispose();

    [Fact]
    public void Arrows_bring_earlier_lines_back_and_the_same_line_twice_is_remembered_once()
    {
        Assert.Equal("help", Types("help", Enter));
        Assert.Equal("who am i", Types("who am i", Enter));
        Assert.Equal("who am i", Types("who am i", Enter));

        Assert.Equal("help", Types("", Up, Up, Enter));
        Assert.Equal("who am i", Types("", Up, Up, Up, Down, Down, Up, Enter)[..8]);
        Assert.Equal("", Types("lost", Up, Down, Enter));
    }

    [Fact]
    public void A_character_is_taken_back_whole_and_on_a_line_of_several_rows_nothing_of_it_stays()
    {
        Assert.Equal("见", Types("见😀", Back, Enter));

        Types("a line of more than forty cells, so three rows", Back, Enter);
        Assert.Contains("\r\u001b[2A\u001b[J> a line", screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_D_ends_the_talk_on_an_empty_line_only()
    {
        Assert.Equal("no", Types("no", End, Enter));
        keys.Enqueue(End);
        Assert.Null(editor.Read());
    }

    private string Types(string words, params ConsoleKeyInfo[] after)
    {
        foreach (var key in words.Select(c => new ConsoleKeyInfo(c, ConsoleKey.None, false, false, false)).Concat(after))
        {
            keys.Enqueue(key);
        }

        return editor.Read()!;
    }
}
