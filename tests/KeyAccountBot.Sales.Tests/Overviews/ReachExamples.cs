using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests.Overviews;

/// <summary>How long nobody was in touch: with the rep's word, with a contact, with who decides.</summary>
public sealed class ReachExamples
{
    [Fact]
    public void Silence_counts_from_the_last_word_and_is_missed_after_the_stages_days()
    {
        var sale = Sale.Opened();
        var state = CheckInState.Of(sale.State!, Examples.Playbook, Ours, Monday.AddDays(14))!;

        Assert.Equal((new DateOnly(2026, 3, 2), 14, 10, new DateOnly(2026, 3, 16), true), (state.LastOn, state.DaysSilent, state.Every, state.DueOn, state.IsMissed));
        Assert.False(CheckInState.Of(sale.State!, Examples.Playbook, Ours, Monday.AddDays(3))!.IsMissed);

        sale.Does(new OpportunityCommand.Lose("price"));
        Assert.Null(CheckInState.Of(sale.State!, Examples.Playbook, Ours, Monday.AddDays(14)));
    }

    [Fact]
    public void Who_was_never_met_comes_first_and_the_customer_is_as_fresh_as_its_freshest()
    {
        var customer = Customer.WithThree();
        customer.Touches("li", on: new DateOnly(2026, 1, 12));
        customer.Touches("wang", on: new DateOnly(2026, 2, 27));
        var touched = TouchedAccount.Of(customer.State!, Examples.Playbook, customer.Today);

        Assert.Equal(["zhao", "li", "wang"], touched.Contacts.Select(c => c.Contact.Name));
        Assert.Equal([null, 49, 3], touched.Contacts.Select(c => c.Days));
        Assert.Equal(["zhao", "li"], touched.Waiting.Select(c => c.Contact.Name));
        Assert.Equal((3, new DateOnly(2026, 2, 27)), (touched.Days, touched.Last!.On));
    }

    [Fact]
    public void Who_decides_is_out_of_reach_while_nobody_senior_looks_after_them_or_nobody_met_them()
    {
        var customer = Customer.WithThree();
        Assert.Equal(ReachProblem.NeverMet, ProblemOf(customer));

        customer.Touches("zhao", Director, new DateOnly(2026, 1, 5));
        Assert.Equal(ReachProblem.Stale, ProblemOf(customer));

        customer.Touches("zhao", Director);
        Assert.Null(ProblemOf(customer));

        customer.Assigns("zhao", Manager);
        Assert.Equal(ReachProblem.TooJunior, ProblemOf(customer));

        customer.Assigns("zhao", null);
        Assert.Equal(ReachProblem.Nobody, ProblemOf(customer));
    }

    private static ReachProblem? ProblemOf(Customer customer) =>
        OutOfReach.Of(customer.State!, Ours, Examples.Playbook, customer.Today) is [{ Problem: var problem }] ? problem : null;
}
