using CsCheck;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Coverage;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

/// <summary>What holds after any sequence of commands to an account, and of people leaving us.</summary>
public sealed class AccountProperties
{
    private static readonly PersonId[] People = [Rep, OtherRep, Manager, Director, Executive];

    private static readonly Gen<Move[]> Moves =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 5], Gen.Int[0, 9], (kind, contact, pick) => new Move(kind, contact, pick)).Array[0, 50];

    private sealed record Move(int Kind, int Contact, int Pick);

    [Fact]
    public void No_cell_is_ever_maintained_by_someone_who_has_left() => AfterEachMove((customer, _) =>
        Assert.All(customer.Matrix().Cells.SelectMany(c => c.Contacts), c =>
        {
            Assert.True(c.Contact.IsActive);
            Assert.True(c.Maintainer is null || customer.Company.Find(c.Maintainer.Id) is not null);
            Assert.Equal(c.Maintainer is null, c.Grade == CoverageGrade.Unmaintained);
        }));

    [Fact]
    public void Every_active_contact_stands_in_one_cell_and_nobody_else_does() => AfterEachMove((customer, _) =>
        Assert.Equal(
            (customer.State?.Active ?? []).Select(c => c.Id.Value).Order(),
            customer.Matrix().Cells.SelectMany(c => c.Contacts).Select(c => c.Contact.Id.Value).Order()));

    [Fact]
    public void Folding_from_scratch_gives_the_same_account_and_the_same_gaps() => AfterEachMove((customer, _) =>
    {
        var folded = AccountDecider.Fold(Customer.Id, null, customer.Entries);
        Assert.Equal(ToJson(customer.State), ToJson(folded));
        var opportunity = Sale.Opened(stage: "proposal").State;
        var again = CoverageGaps.Of(opportunity, folded, customer.Company, Playbook, customer.Today);
        Assert.Equal(customer.Gaps(opportunity).Select(g => ToJson<object>(g)), again.Select(g => ToJson<object>(g)));
        Assert.Equal(again.Select(g => g.Weight).OrderDescending(), again.Select(g => g.Weight));
    });

    [Fact]
    public void Reporting_lines_of_active_contacts_always_end() => AfterEachMove((customer, _) =>
        Assert.All(customer.State?.Active ?? [], contact =>
        {
            var steps = 0;
            for (var above = contact; above is not null; above = above.Data.ReportsTo is { } next ? customer.State!.Find(next) : null)
            {
                Assert.True(above.IsActive);
                Assert.True(steps++ < 6);
            }
        }));

    [Fact]
    public void Refusals_change_nothing_and_proposals_name_only_who_is_here() => AfterEachMove((customer, before) =>
    {
        if (customer.State is { } account)
        {
            Assert.All(MaintainerProposals.Of(account, customer.Company, Rep, Playbook), p =>
                Assert.True(p.Proposed is null || customer.Company.Find(p.Proposed.Id) is not null));
        }

        if (before is { Decision: AccountDecision.Refused })
        {
            Assert.Equal(before.Value.Json, ToJson(customer.State));
        }
    });

    private static void AfterEachMove(Action<Customer, (AccountDecision Decision, string Json)?> holds) => Moves.Sample(moves =>
    {
        var customer = new Customer();
        foreach (var move in moves)
        {
            var before = ToJson(customer.State);
            var decision = Play(customer, move);
            holds(customer, decision is null ? null : (decision, before));
        }
    }, iter: 200);

    private static AccountDecision? Play(Customer customer, Move move)
    {
        customer.Now = customer.Now.AddDays(move.Pick);
        var contact = $"c{move.Contact}";
        var department = Playbook.Coverage.Departments[move.Pick % 6].Id.Value;
        var reportsTo = move.Pick > 6 ? $"c{move.Pick - 5}" : null;
        switch (move.Kind)
        {
            case 0 or 1 or 2:
                return customer.Adds(contact, department, (Level)(move.Pick % 3), (BuyingRole)(move.Pick % 5), move.Pick % 6, move.Pick % 2 == 0, reportsTo: reportsTo);
            case 3 or 4 or 5:
                return customer.Assigns(contact, move.Pick == 0 ? null : People[move.Pick % 5]);
            case 6:
                return customer.Touches(contact, People[move.Pick % 5]);
            case 7:
                return customer.Does(new AccountCommand.ChangeContact(C(contact), Customer.Data(contact, department, reportsTo: reportsTo)));
            case 8:
                return customer.Retires(contact);
            default:
                customer.Leaves(People[move.Pick % 5]);
                return null;
        }
    }
}
