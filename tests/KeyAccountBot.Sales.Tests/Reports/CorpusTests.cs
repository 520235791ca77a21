using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Sales.Tests.Reports;

/// <summary>How well reports in a rep's own words are read; the figures stand in <c>docs/understanding.md</c>.</summary>
public sealed class CorpusTests
{
    [Fact]
    public void Each_half_has_eighty_sentences_half_of_them_Chinese_and_none_stands_in_both()
    {
        var (tuned, heldOut) = (Corpus.Lines("tuned"), Corpus.Lines("held-out"));

        Assert.All([tuned, heldOut], half =>
        {
            Assert.Equal(80, half.Count);
            Assert.Equal(40, half.Count(l => l.Text.Any(c => c is >= '\u3400' and <= '\u9fff')));
        });
        Assert.Empty(tuned.Select(l => l.Text).Intersect(heldOut.Select(l => l.Text), StringComparer.Ordinal));
    }

    [Fact]
    public void Hardly_anything_is_proposed_of_the_tuned_half_that_the_text_does_not_support()
    {
        var (kinds, mistakes) = Corpus.Measure("tuned");

        Assert.All(kinds, k => Assert.True(k.Precision >= 0.97 && k.Recall >= 0.82, $"{k}\n{string.Join('\n', mistakes)}"));
    }

    // floors: what was measured when the reading of whole messages was first run on this half
    [Theory]
    [InlineData("contacts", 1.0, 0.73)]
    [InlineData("milestones", 0.92, 0.89)]
    [InlineData("milestone dates", 0.92, 0.89)]
    [InlineData("next steps", 1.0, 0.68)]
    [InlineData("answers", 1.0, 1.0)]
    public void The_held_out_half_is_read_no_worse_than_measured(string kind, double precision, double recall)
    {
        var (kinds, mistakes) = Corpus.Measure("held-out");
        var measured = Assert.Single(kinds, k => k.Kind == kind);

        Assert.True(measured.Precision >= precision && measured.Recall >= recall, $"{measured}\n{string.Join('\n', mistakes)}");
    }

    [Fact]
    public void The_figures_in_the_document_are_those_measured()
    {
        var document = File.ReadAllText(Repository.PathOf("docs", "understanding.md"));
        var rows = Corpus.Measure("tuned").Kinds.Zip(Corpus.Measure("held-out").Kinds, (t, h) => $"| {t.Kind} | {t.Figures} | {h.Figures} |").ToList();

        Assert.All(rows, row => Assert.True(document.Contains(row, StringComparison.Ordinal), $"docs/understanding.md should say:\n{string.Join('\n', rows)}"));
    }

    [Theory]
    [InlineData("tuned")]
    [InlineData("held-out")]
    public void Every_part_proposed_is_supported_by_words_of_the_text(string half) => Assert.All(Corpus.Lines(half), line =>
    {
        var read = Corpus.Read(line.Text);
        Assert.All(
            read.Met.Select(m => m.Named).Concat(read.Milestones.SelectMany(m => new[] { m.Said, m.Clause })).Concat(read.Answers.Select(a => a.Clause))
                .Concat(read.NextSteps.Select(s => s.What)),
            span => Assert.False(string.IsNullOrWhiteSpace(span.Of(line.Text))));
    });
}
