using Xunit;

namespace KeyAccountBot.Sales.Tests.Reports;

/// <summary>How well reports in a rep's own words are read; the figures stand in <c>docs/free-text.md</c>.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void Nothing_is_proposed_of_the_tuned_half_that_the_text_does_not_support()
    {
        var (kinds, mistakes) = Measure("tuned");

        Assert.All(kinds, k => Assert.True(k.Precision >= 1, $"{k}\n{string.Join('\n', mistakes)}"));
        Assert.All(kinds, k => Assert.True(k.Recall >= 0.9, $"{k}\n{string.Join('\n', mistakes)}"));
    }

    [Fact]
    public void The_held_out_half_is_read_as_well_as_docs_say()
    {
        var (kinds, mistakes) = Measure("held-out");

        Assert.All(kinds, k => Assert.True(k.Precision >= 1, $"{string.Join('\n', kinds)}\n{string.Join('\n', mistakes)}"));
        Assert.All(kinds, k => Assert.True(k.Recall >= 1, $"{string.Join('\n', kinds)}\n{string.Join('\n', mistakes)}"));
    }

    private (IReadOnlyList<Measured> Kinds, IReadOnlyList<string> Mistakes) Measure(string half)
    {
        var measured = Corpus.Measure(half);
        foreach (var kind in measured.Kinds)
        {
            output.WriteLine($"{half} {kind}");
        }

        return measured;
    }
}
