using CsCheck;
using KeyAccountBot.Import;
using Xunit;

namespace KeyAccountBot.Tests.Import;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("＝1+1")]
    [InlineData("＋1")]
    [InlineData("－1")]
    [InlineData("＠SUM(A1)")]
    [InlineData("\uFEFF=1+1")]
    [InlineData("\u200B\u00A0 =1+1")]
    [InlineData("\u202E＝1+1")]
    [InlineData("\u0007=1+1")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    [InlineData("\nx")]
    public void No_cell_begins_a_formula_however_wide_or_hidden_its_sign(string text)
    {
        var cell = CellText.Neutral(text);
        Assert.Equal("'" + text, cell);
        Assert.Equal(text, CellText.Typed(cell));
    }

    [Theory]
    [InlineData("Nordwind Dairies")]
    [InlineData("'s-Hertogenbosch")]
    [InlineData("A = B")]
    [InlineData("")]
    public void What_is_no_formula_stays_as_it_is(string text) => Assert.Equal((text, text), (CellText.Neutral(text), CellText.Typed(text)));

    [Fact]
    public void What_is_exported_reads_back_the_same() =>
        Gen.String[Gen.Char["'=+-@＝＋－＠ab \t\r\n\uFEFF\u200B"], 0, 8].Sample(text => Assert.Equal(text, CellText.Typed(CellText.Neutral(text))));
}
