using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class FactExamples
{
    private static readonly DateOnly May = new(2026, 5, 29);

    [Fact]
    public void A_changed_amount_and_close_date_are_recorded_with_what_they_were()
    {
        var sale = Sale.Opened(100_000);
        sale.Does(Change(new FactValues { Amount = new Money(2_000_000, "EUR"), ExpectedClose = May }));

        var changed = Assert.IsType<OpportunityEvent.FactsChanged>(sale.Entries[^1].What);
        Assert.Equal((new Money(100_000, "EUR"), (DateOnly?)null), (changed.From.Amount!.Value, changed.From.ExpectedClose));
        Assert.Equal((new Money(2_000_000, "EUR"), May), (changed.To.Amount!.Value, changed.To.ExpectedClose!.Value));
        Assert.Equal((new Money(2_000_000, "EUR"), (DateOnly?)May, "Filling line"), (sale.Facts.Amount, sale.Facts.ExpectedClose, sale.Facts.Name));
    }

    [Fact]
    public void What_is_on_record_already_is_not_recorded_again()
    {
        var sale = Sale.Opened(100_000);
        sale.Does(Change(new FactValues { Competitors = ["Fern & Co", " Fern & Co ", "Moss"] }));

        var again = Assert.IsType<Decision.Accepted>(sale.Does(Change(
            new FactValues { Amount = new Money(100_000, "EUR"), Name = " Filling line ", Competitors = ["Fern & Co", "Moss"] })));
        Assert.Empty(again.Events);
        Assert.Equal(["Fern & Co", "Moss"], sale.Facts.Competitors);
    }

    [Fact]
    public void Only_what_is_another_stands_in_the_entry()
    {
        var sale = Sale.Opened(100_000);
        sale.Does(Change(new FactValues { Amount = new Money(100_000, "EUR"), Name = "Two filling lines" }));

        var changed = Assert.IsType<OpportunityEvent.FactsChanged>(sale.Entries[^1].What);
        Assert.Equal((null, "Filling line"), (changed.From.Amount, changed.From.Name));
        Assert.Equal((null, "Two filling lines"), (changed.To.Amount, changed.To.Name));
    }

    [Fact]
    public void A_deadline_for_bids_makes_it_a_tender_and_is_followed_up_as_one()
    {
        var sale = Sale.Opened(stage: "bidding");
        sale.Does(Change(new FactValues { BidDeadline = new DateOnly(2026, 3, 4) }));

        Assert.Equal(new BidBranch.Bid(new DateOnly(2026, 3, 4)), sale.Facts.BidBranch);
        Assert.Contains(sale.FollowUpUntil(sale.Now.AddDays(2)), t => t.Cause == BidDeadlineNearCause.Id);
    }

    [Fact]
    public void An_undo_brings_back_what_stood_there()
    {
        var sale = Sale.Opened(100_000);
        sale.Does(Change(new FactValues { Amount = new Money(5, "USD"), BidDeadline = May, Competitors = ["Moss"] }));
        sale.Does(new OpportunityCommand.Undo());

        Assert.Equal((new Money(100_000, "EUR"), (BidBranch?)null, 0), (sale.Facts.Amount, sale.Facts.BidBranch, sale.Facts.Competitors.Count));
    }

    [Fact]
    public void A_lost_opportunitys_facts_can_be_put_right_as_well()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.Lose("price"));
        sale.Does(Change(new FactValues { Competitors = ["Moss"] }));

        Assert.Equal(["Moss"], sale.Facts.Competitors);
    }

    [Fact]
    public void An_amount_of_nothing_a_blank_name_and_a_crowd_of_competitors_are_refused()
    {
        var sale = Sale.Opened();

        Refused<Refusal.AmountOutside>(sale.Does(Change(new FactValues { Amount = new Money(0, "EUR") })));
        Refused<Refusal.NothingSaid>(sale.Does(Change(new FactValues { Name = "  " })));
        Refused<Refusal.TooManyCompetitors>(sale.Does(Change(new FactValues { Competitors = [.. Enumerable.Range(0, 21).Select(i => $"c{i}")] })));
    }

    [Fact]
    public void Who_hears_of_it_follows_the_new_amount()
    {
        static int Told(decimal amount)
        {
            var sale = Sale.Opened(100_000);
            sale.Does(Change(new FactValues { Amount = new Money(amount, "EUR") }));
            return sale.FollowUpUntil(sale.Now.AddDays(40)).Count(t => t.To == Executive);
        }

        Assert.Equal(0, Told(100_001));
        Assert.NotEqual(0, Told(5_000_000));
    }

    private static OpportunityCommand Change(FactValues to) => new OpportunityCommand.ChangeFacts(to);

    private static void Refused<T>(Decision decision) where T : Refusal => Assert.IsType<T>(Assert.IsType<Decision.Refused>(decision).Reason);
}
