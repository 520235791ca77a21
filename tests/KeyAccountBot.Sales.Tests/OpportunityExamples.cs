using KeyAccountBot.Sales.Opportunities;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class OpportunityExamples
{
    private static T Refused<T>(Decision decision) where T : Refusal =>
        Assert.IsType<T>(Assert.IsType<Decision.Refused>(decision).Reason);

    [Theory]
    [InlineData("bid-submitted")]
    [InlineData("negotiation-opened")]
    public void Either_a_bid_or_a_negotiation_passes_the_bidding_gate(string milestone)
    {
        var sale = Sale.Opened(stage: "bidding");
        sale.Reaches("bid-approved");
        Assert.Equal(S("bidding"), sale.Facts.Stage);
        sale.Reaches(milestone);
        Assert.Equal(S("negotiation"), sale.Facts.Stage);
    }

    [Fact]
    public void The_contract_is_both_approved_and_signed_before_negotiation_is_passed()
    {
        var sale = Sale.Opened().UpToNegotiation();
        sale.Reaches("contract-signed");
        Assert.Equal(S("negotiation"), sale.Facts.Stage);
        Assert.Null(sale.Facts.WonAt);
        sale.Reaches("contract-approved");
        Assert.Equal(S("implementation"), sale.Facts.Stage);
        Assert.Equal(sale.Now, sale.Facts.WonAt);
    }

    [Fact]
    public void Stages_are_passed_in_turn_whatever_the_order_of_saying()
    {
        var sale = Sale.Opened();
        sale.Reaches("bid-submitted", "relationship-advanced", "project-established", "project-information");
        Assert.Equal(
            [S("establishment"), S("proposal"), S("bidding"), S("negotiation")],
            sale.Happened.OfType<OpportunityEvent.StageChanged>().Select(c => c.To));
    }

    [Fact]
    public void A_later_stages_milestone_is_refused_and_what_is_missing_is_named()
    {
        var sale = Sale.Opened();
        var refusal = Refused<Refusal.StageNotReached>(sale.Reaches("bid-submitted"));
        Assert.Equal(M("bid-submitted"), refusal.Milestone);
        Assert.Equal(S("development"), refusal.Stage);
        Assert.Equal([M("project-information")], refusal.Missing);
    }

    [Fact]
    public void All_alternatives_of_a_gate_are_named_while_none_is_reached()
    {
        var refusal = Refused<Refusal.StageNotReached>(Sale.Opened(stage: "bidding").Reaches("terms-agreed"));
        Assert.Equal([M("bid-submitted"), M("negotiation-opened")], refusal.Missing);
    }

    [Fact]
    public void Taking_a_key_milestone_back_falls_back_and_saying_it_again_returns()
    {
        var sale = Sale.Opened().UpToNegotiation();
        sale.TakesBack("project-established");
        Assert.Equal(S("establishment"), sale.Facts.Stage);
        sale.Reaches("project-established");
        Assert.Equal(S("negotiation"), sale.Facts.Stage);
    }

    [Fact]
    public void Taking_an_ordinary_milestone_back_moves_nothing()
    {
        var sale = Sale.Opened();
        sale.Reaches("customer-profile", "project-information");
        sale.TakesBack("customer-profile");
        Assert.Equal(S("establishment"), sale.Facts.Stage);
        Assert.DoesNotContain(M("customer-profile"), sale.Facts.Reached.Keys);
    }

    [Fact]
    public void What_is_not_on_record_cannot_be_taken_back() =>
        Assert.Equal(M("delivered"), Refused<Refusal.NotReached>(Sale.Opened().TakesBack("delivered")).Milestone);

    [Fact]
    public void A_signed_and_approved_contract_wins_and_the_work_goes_on()
    {
        var sale = Sale.Opened().UpToNegotiation();
        sale.Reaches("contract-approved");
        sale.Does(new OpportunityCommand.Win(new DateOnly(2026, 3, 2), "contract.pdf"));
        Assert.Equal(S("implementation"), sale.Facts.Stage);
        Assert.True(sale.State!.IsOpen);
        Assert.NotNull(sale.Facts.WonAt);
        Assert.Equal("contract.pdf", sale.Facts.Reached[M("contract-signed")].Evidence);
        Assert.Equal(sale.Facts.WonAt, Refused<Refusal.WonAlready>(sale.Does(new OpportunityCommand.Win(new DateOnly(2026, 3, 2), null))).Since);
    }

    [Fact]
    public void A_win_is_refused_while_the_approval_is_missing()
    {
        var sale = Sale.Opened().UpToNegotiation();
        var refusal = Refused<Refusal.StageNotReached>(sale.Does(new OpportunityCommand.Win(new DateOnly(2026, 3, 2), null)));
        Assert.Equal([M("contract-approved")], refusal.Missing);
    }

    [Fact]
    public void Taking_the_signature_back_takes_the_win_back()
    {
        var sale = Sale.Opened().UpToNegotiation();
        sale.Reaches("contract-approved", "contract-signed");
        sale.TakesBack("contract-signed");
        Assert.Null(sale.Facts.WonAt);
        Assert.Equal(S("negotiation"), sale.Facts.Stage);
    }

    [Fact]
    public void Lost_says_why_and_when_and_takes_nothing_more_until_reopened()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.Lose("too dear"));
        Assert.Equal((OpportunityStatus.Lost, "too dear", new DateOnly(2026, 3, 2)), (sale.Facts.Status, sale.Facts.StatusReason, sale.Facts.ClosedOn));
        Assert.Equal(OpportunityStatus.Lost, Refused<Refusal.WrongStatus>(sale.Reaches("customer-profile")).Status);
        sale.Does(new OpportunityCommand.Reopen("they called"));
        Assert.Equal((OpportunityStatus.Open, null, null), (sale.Facts.Status, sale.Facts.StatusReason, sale.Facts.ClosedOn));
    }

    [Fact]
    public void A_won_opportunity_cannot_be_lost()
    {
        var sale = Sale.Opened().UpToNegotiation();
        sale.Reaches("contract-approved", "contract-signed");
        Assert.Equal(sale.Facts.WonAt, Refused<Refusal.WonAlready>(sale.Does(new OpportunityCommand.Lose("regret"))).Since);
    }

    [Fact]
    public void Held_rests_until_reopened()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.Hold("budget freeze"));
        Assert.Equal(OpportunityStatus.OnHold, sale.Facts.Status);
        Refused<Refusal.WrongStatus>(sale.Reaches());
        sale.Does(new OpportunityCommand.Reopen("budget is back"));
        Assert.True(sale.State!.IsOpen);
    }

    [Fact]
    public void Handed_over_it_belongs_to_the_other_rep_who_starts_afresh()
    {
        var sale = Sale.Opened();
        Refused<Refusal.AlreadyTheirs>(sale.Does(new OpportunityCommand.HandOver(Rep, "to myself")));
        sale.Now = sale.Now.AddDays(3);
        sale.Does(new OpportunityCommand.HandOver(OtherRep, "leave"));
        Assert.Equal((OtherRep, sale.Now), (sale.Facts.Owner, sale.Facts.LastCheckInAt));
    }

    [Fact]
    public void Accepted_and_closed_it_is_completed()
    {
        var sale = Completed();
        Assert.Equal((OpportunityStatus.Completed, new DateOnly(2026, 3, 2)), (sale.Facts.Status, sale.Facts.ClosedOn));
    }

    [Fact]
    public void Taking_an_ordinary_milestone_back_leaves_it_completed()
    {
        var sale = Completed();
        sale.TakesBack("delivered");
        Assert.Equal(OpportunityStatus.Completed, sale.Facts.Status);
    }

    [Fact]
    public void Taking_the_acceptance_back_opens_it_again()
    {
        var sale = Completed();
        sale.TakesBack("project-accepted");
        Assert.Equal((OpportunityStatus.Open, null), (sale.Facts.Status, sale.Facts.ClosedOn));
        Assert.Equal(S("implementation"), sale.Facts.Stage);
    }

    [Fact]
    public void Undo_restores_what_held_before_the_whole_entry()
    {
        var sale = Sale.Opened();
        var before = ToJson(sale.Facts);
        sale.UpToNegotiation();
        Assert.NotEqual(before, ToJson(sale.Facts));
        sale.Does(new OpportunityCommand.Undo());
        Assert.Equal(before, ToJson(sale.Facts));
        Refused<Refusal.NothingToUndo>(sale.Does(new OpportunityCommand.Undo()));
    }

    [Fact]
    public void Undo_takes_back_only_the_entry_that_was_shown()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.Hold("budget"));
        var shown = sale.State!.LastEntry!.Command;
        sale.Does(new OpportunityCommand.Reopen("they called"));
        Refused<Refusal.NothingToUndo>(sale.Does(new OpportunityCommand.Undo(shown)));
        Assert.IsType<Decision.Accepted>(sale.Does(new OpportunityCommand.Undo(sale.State.LastEntry!.Command)));
        Assert.Equal(OpportunityStatus.OnHold, sale.Facts.Status);
    }

    [Fact]
    public void Only_ones_own_last_entry_is_undone()
    {
        var sale = Sale.Opened();
        sale.Reaches("project-information");
        Assert.Equal(Rep, Refused<Refusal.SomebodyElsesEntry>(sale.Does(new OpportunityCommand.Undo(), Manager)).By);
        Assert.Equal(S("establishment"), sale.Facts.Stage);
    }

    [Fact]
    public void A_date_in_the_future_is_refused()
    {
        var tomorrow = new DateOnly(2026, 3, 3);
        var decision = Sale.Opened().Does(new OpportunityCommand.CheckIn([new MilestoneClaim(M("customer-profile"), tomorrow, null)], null));
        Assert.Equal(tomorrow, Refused<Refusal.InTheFuture>(decision).On);
    }

    [Fact]
    public void An_unknown_milestone_or_stage_is_refused()
    {
        Assert.Equal("coffee", Refused<Refusal.NotInPlaybook>(Sale.Opened().Reaches("coffee")).Id);
        Assert.Equal("lunch", Refused<Refusal.NotInPlaybook>(new Sale().Does(Opening(stage: "lunch"))).Id);
    }

    [Fact]
    public void It_comes_on_record_once_and_before_anything_else()
    {
        Refused<Refusal.AlreadyOnRecord>(Sale.Opened().Does(Opening()));
        Refused<Refusal.NotOnRecord>(new Sale().Reaches("customer-profile"));
    }

    [Fact]
    public void An_imported_opportunity_never_falls_back_behind_the_stage_it_came_in()
    {
        var sale = Sale.Opened(stage: "proposal");
        sale.Reaches("project-information", "relationship-advanced");
        Assert.Equal(S("bidding"), sale.Facts.Stage);
        sale.TakesBack("project-information");
        Assert.Equal(S("bidding"), sale.Facts.Stage);
        sale.TakesBack("relationship-advanced");
        Assert.Equal(S("proposal"), sale.Facts.Stage);
    }

    private static Sale Completed()
    {
        var sale = Sale.Opened().UpToNegotiation();
        sale.Reaches("contract-approved", "contract-signed");
        sale.Reaches("delivered", "project-accepted", "project-closed");
        return sale;
    }
}
