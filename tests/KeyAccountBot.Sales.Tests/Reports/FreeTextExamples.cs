using CsCheck;
using KeyAccountBot.Sales.Reports;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests.Reports;

/// <summary>What a report in a rep's own words is taken to say, and what it is not.</summary>
public sealed class FreeTextExamples
{
    private const string Report = "met Li Wei from QA, they accept the test plan, bid goes in Friday";

    [Fact]
    public void A_report_names_whom_they_met_what_was_answered_and_what_comes_next()
    {
        var read = Corpus.Read(Report, "bidding");

        Assert.Equal("Li Wei", Assert.Single(read.Met).Named.Of(Report));
        Assert.Equal("they accept the test plan", Assert.Single(read.Answers).Clause.Of(Report));
        Assert.Equal(("bid goes in Friday", new DateOnly(2026, 3, 6)), (Assert.Single(read.NextSteps).What.Of(Report), read.NextSteps[0].Due));
        Assert.Empty(read.Milestones);
    }

    [Theory]
    [InlineData("not yet signed the contract")]
    [InlineData("we will have the contract signed")]
    [InlineData("was the contract signed?")]
    [InlineData("if the contract is signed we are done")]
    [InlineData("I think the contract is signed")]
    [InlineData("a competitor signed the contract")]
    [InlineData("合同还没签好")]
    [InlineData("合同可能签了")]
    [InlineData("合同签了吗")]
    [InlineData("对手签了合同")]
    public void What_is_denied_planned_asked_supposed_doubted_or_others_is_not_reached(string text) => Assert.Empty(Corpus.Read(text).Milestones);

    [Fact]
    public void A_milestone_of_a_later_stage_is_named_as_later_and_not_proposed()
    {
        var read = Corpus.Read("Contract signed today", "proposal");

        Assert.Empty(read.Milestones);
        Assert.Equal("contract-signed", Assert.Single(read.Later).Milestone.Value);
    }

    [Fact]
    public void A_milestone_that_opens_the_gate_lets_the_next_stages_follow()
    {
        var read = Corpus.Read("Relationship with the plant has advanced. Bid submitted today.", "proposal");

        Assert.Equal([M("relationship-advanced"), M("bid-submitted")], read.Milestones.Select(m => m.Milestone));
        Assert.Empty(read.Later);
    }

    [Fact]
    public void Two_halves_of_a_sentence_each_have_their_own_day()
    {
        var read = Corpus.Read("The contract was approved this morning and we call them on Friday", "negotiation");

        Assert.Equal(Corpus.Today, Assert.Single(read.Milestones).On);
        Assert.Equal(new DateOnly(2026, 3, 6), Assert.Single(read.NextSteps).Due);
    }

    [Fact]
    public void A_department_never_introduces_anybody() => Assert.Empty(Corpus.Read("met somebody from QA and the head of purchasing").Met);

    [Fact]
    public void Any_text_at_all_is_read_and_supports_what_is_proposed()
    {
        string[] words = [.. Corpus.Lines("tuned").SelectMany(l => l.Text.Split(' ')), "，", "。", "?", ".", "and", "😀", "\n", "'s", "3/"];
        Gen.Int[0, words.Length - 1].Array[0, 40].Sample(order =>
        {
            var text = string.Join(' ', order.Select(i => words[i]));
            var read = Corpus.Read(text);
            Assert.All(read.Met, m => Assert.Contains(m.Named.Of(text), text, StringComparison.Ordinal));
            Assert.All(read.Milestones, m => Assert.True(m.Clause.Holds(m.Said) && m.On <= Corpus.Today));
            Assert.All(read.NextSteps, s => Assert.True(s.Due is null || s.Due >= Corpus.Today));
        }, iter: 300);
    }
}
