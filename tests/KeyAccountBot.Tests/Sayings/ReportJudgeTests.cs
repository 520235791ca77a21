using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Reports;
using KeyAccountBot.Sayings.Worlds;
using Xunit;
using static KeyAccountBot.Tests.Sayings.Judged;

namespace KeyAccountBot.Tests.Sayings;

/// <summary>What counts as read of a report.</summary>
public sealed class ReportJudgeTests
{
    private static readonly ExpectedReport Nothing = new("o1");

    [Fact]
    public void A_milestone_on_a_day_of_the_list_is_right()
    {
        var verdict = Of(Nothing with { Milestones = [("terms-agreed", On("2026-12-01", "2026-11-30"))] }, Part("o1") with { Milestones = [Reached("terms-agreed", "2026-11-30")] });

        Assert.True(verdict.IsOk);
        Assert.Equal(1, verdict.Right);
    }

    [Fact]
    public void On_another_day_it_is_both_missed_and_wrong()
    {
        var verdict = Of(Nothing with { Milestones = [("terms-agreed", On("2026-12-01"))] }, Part("o1") with { Milestones = [Reached("terms-agreed", "2026-12-02")] });

        Assert.Equal(("milestone:terms-agreed 2026-12-01", "milestone:terms-agreed 2026-12-02"), (Assert.Single(verdict.Missed), Assert.Single(verdict.Wrong)));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("2026-12-02", true)]
    [InlineData("2026-12-01", false)]
    public void Where_no_day_was_said_today_may_be_offered_and_no_other(string? on, bool isRight) =>
        Assert.Equal(isRight, Of(
            Nothing with { Milestones = [("terms-agreed", AcceptedDates.NotSaid)] }, Part("o1") with { Milestones = [Reached("terms-agreed", on)] }).IsOk);

    [Fact]
    public void A_date_that_was_said_must_not_be_left_to_today() =>
        Assert.False(Of(Nothing with { Milestones = [("terms-agreed", On("2026-12-01"))] }, Part("o1") with { Milestones = [Reached("terms-agreed")] }).IsOk);

    [Theory]
    [InlineData("contact:Nora Sild")]
    [InlineData("contact:a1-c1")]
    public void What_is_optional_counts_neither_for_nor_against(string optional)
    {
        var told = Nothing with { Optional = [optional] };

        Assert.True(Of(told, Part("o1") with { Met = [new ContactId("a1-c1")] }).IsOk);
        Assert.True(Of(told, Part("o1")).IsOk);
        Assert.Equal("contact:Ole Brand", Assert.Single(Of(told, Part("o1") with { Met = [new ContactId("a1-c2")] }).Wrong));
    }

    [Fact]
    public void Facts_on_another_opportunity_are_missed_and_wrong()
    {
        var verdict = Of(Nothing with { Answers = ["why-this-price"] }, Part("o2") with { Answers = [Answer("why-this-price")] });

        Assert.Equal((0, 1, 1), (verdict.Right, verdict.Missed.Count, verdict.Wrong.Count));
    }

    [Fact]
    public void Asking_between_those_that_may_be_meant_is_right()
    {
        var asked = Part(null) with { Candidates = [new OpportunityId("o2"), new OpportunityId("o3")], Answers = [Answer("why-this-price")] };

        Assert.True(Of(new ExpectedReport(null) { Candidates = ["o2", "o3"], Answers = ["why-this-price"] }, asked).IsOk);
        Assert.True(Of(new ExpectedReport("o2") { Candidates = ["o2", "o3"], Answers = ["why-this-price"] }, asked).IsOk);
    }

    [Fact]
    public void Asking_where_it_is_clear_keeps_the_facts_and_fails_the_item()
    {
        var asked = Part(null) with { Candidates = [new OpportunityId("o2"), new OpportunityId("o3")], Answers = [Answer("why-this-price")] };

        var verdict = Of(new ExpectedReport("o2") { Answers = ["why-this-price"] }, asked);

        Assert.Equal((1, 0, false), (verdict.Right, verdict.Missed.Count, verdict.IsOk));
    }

    [Fact]
    public void Choosing_where_it_has_to_be_asked_is_wrong() =>
        Assert.False(Of(new ExpectedReport(null) { Candidates = ["o2", "o3"], Answers = ["why-this-price"] }, Part("o2") with { Answers = [Answer("why-this-price")] }).IsOk);

    [Fact]
    public void A_step_whose_day_is_still_to_be_asked_is_missed_and_not_wrong()
    {
        var verdict = Of(Nothing with { NextSteps = [new ExpectedStep(["send the drawings"], On("2026-12-04"))] }, Part("o1") with { NextSteps = [Step("send drawings", null)] });

        Assert.Equal((1, 0), (verdict.Missed.Count, verdict.Wrong.Count));
    }

    [Theory]
    [InlineData("sending the drawings to Nora", true)]
    [InlineData("call Ole", false)]
    public void A_step_is_told_by_half_of_its_words(string what, bool isRight) => Assert.Equal(isRight, Of(
        Nothing with { NextSteps = [new ExpectedStep(["send drawings"], On("2026-12-04"))] }, Part("o1") with { NextSteps = [Step(what, "2026-12-04")] }).IsOk);

    [Fact]
    public void A_new_contact_is_known_by_any_part_of_the_name() => Assert.True(Of(
        Nothing with { NewContacts = ["Mr Tom Haller"] }, Part("o1") with { NewContacts = [new ContactToAdd("Tom Haller", null, null, null, true)] }).IsOk);

    [Fact]
    public void A_signed_contract_is_a_win() => Assert.True(Of(
        Nothing with { Status = "won", Milestones = [("contract-signed", On("2026-12-02"))] }, Part("o1") with { Milestones = [Reached("contract-signed", "2026-12-02")] }).IsOk);

    [Fact]
    public void A_win_goes_without_saying_where_the_contract_is_signed()
    {
        var part = Part("o1") with { Milestones = [Reached("contract-signed", "2026-12-02")], Status = new StatusToRecord(StatusChange.Won, null) };

        Assert.True(Of(Nothing with { Milestones = [("contract-signed", On("2026-12-02"))] }, part).IsOk);
        Assert.False(Of(Nothing, Part("o1") with { Status = new StatusToRecord(StatusChange.Won, null) }).IsOk);
    }

    [Theory]
    [InlineData("250000", true)]
    [InlineData("25000", false)]
    public void A_fact_is_compared_as_what_it_is(string value, bool isRight) => Assert.Equal(isRight, Of(
        Nothing with { Facts = [("amount", Json("250000"))] }, Part("o1") with { Facts = [new FactToRecord(FactField.Amount, value)] }).IsOk);

    [Fact]
    public void Nothing_told_and_nothing_proposed_is_right_where_it_was_taken_for_a_report() => Assert.True(Of(Nothing).IsOk);
}
