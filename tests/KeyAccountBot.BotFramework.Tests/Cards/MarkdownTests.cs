using KeyAccountBot.Messages;
using KeyAccountBot.BotFramework.Cards;
using Xunit;

namespace KeyAccountBot.BotFramework.Tests.Cards;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("Nordwind Dairies")]
    [InlineData("Müller & Söhne GmbH")]
    [InlineData("O'Neil - Smith")]
    [InlineData("王工，青岛海源食品（集团）")]
    [InlineData("A.B. Corp (Asia)")]
    [InlineData("3 * 4 < 5 & 6 > 2")]
    [InlineData("Line #4, item 1. and 2) – 50 %: “yes”")]
    [InlineData("C:\\temp, 12:30, Rosa|Otto = 2 🙂👩‍🔧")]
    [InlineData("1.5 litres")]
    public void Harmless_characters_stay_as_they_are(string name) => Assert.Equal(name, Markdown.Draw(name));

    [Theory]
    [InlineData("**Bold** [click](http://evil.example)", "\\*\\*Bold\\*\\* \\[click](http:\u2060//evil.example)")]
    [InlineData("<!channel> & <https://x|y>", "&lt;!channel> & &lt;https:\u2060//x|y>")]
    [InlineData("<at>x</at>", "&lt;at>x&lt;/at>")]
    [InlineData("_x_ ~x~ `x`", "\\_x\\_ \\~x\\~ \\`x\\`")]
    [InlineData("# x", "\\# x")]
    [InlineData("1. x", "1\\. x")]
    [InlineData("- x", "\\- x")]
    [InlineData("* x", "\\* x")]
    [InlineData("> x", "\\> x")]
    [InlineData("---", "\\---")]
    [InlineData("===", "\\===")]
    [InlineData("     code", "code")]
    [InlineData("&lt;b&gt; &#42;", "&amp;lt;b&amp;gt; &amp;#42;")]
    [InlineData("\\*x\\", "\\\\\\*x\\\\")]
    [InlineData("{{DATE(2026-01-01T00:00:00Z)}}", "{\\{DATE(2026-01-01T00:00:00Z)}}")]
    [InlineData("see www.evil.example", "see www\u2060.evil.example")]
    [InlineData("a\u202Eb\u2066c\u0007\u200Fd", "abcd")]
    [InlineData("one\r\n\r\n# two\u2028three", "one # two three")]
    public void What_a_person_writes_stands_as_they_wrote_it_and_does_nothing(string words, string drawn) => Assert.Equal(drawn, Markdown.Draw(words));

    [Fact]
    public void Marks_are_the_only_markup()
    {
        var said = "Say " + Marks.Bold("check in") + " " + Marks.Italic("account") + Marks.Paragraph + Marks.Number(1) + "1. FC" + Marks.Line + Marks.Bold("*x*");

        Assert.Equal("Say **check in** *account*\n\n1. 1\\. FC\n**\\*x\\***", Markdown.Draw(said));
        Assert.Equal("Say check in account\n\n1. 1. FC\n*x*", Marks.Plain(said));
        Assert.Equal("Say " + Marks.Bold("check in") + " " + Marks.Italic("account"), Marks.FirstLine(said));
    }

    [Fact]
    public void Nobody_can_send_a_mark() => Assert.Equal("Acme", Marks.Without(Marks.Bold("Acme") + Marks.Line + Marks.Paragraph));

    [Fact]
    public void Long_names_and_pairs_of_surrogates_are_kept_whole() =>
        Assert.Equal(string.Concat(Enumerable.Repeat("🙂", 200)), Markdown.Draw(string.Concat(Enumerable.Repeat("🙂", 200))));
}
