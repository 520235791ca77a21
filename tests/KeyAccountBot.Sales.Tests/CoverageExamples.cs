using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Coverage;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class CoverageExamples
{
    private static readonly DepartmentId Technical = new("technical");
    private static readonly DepartmentId Management = new("management");

    [Fact]
    public void A_cell_shows_whom_we_know_and_who_looks_after_them()
    {
        var matrix = Customer.WithThree().Matrix();
        Assert.Equal(Playbook.Coverage.Departments.Count * 3, matrix.Cells.Count);
        var cell = matrix[Technical, Level.Staff];
        Assert.Equal(("wang", OtherRep, CoverageGrade.Maintained), (cell.Contacts[0].Contact.Name, cell.Contacts[0].Maintainer!.Id, cell.Grade));
        Assert.True(cell.IsRequired);
        Assert.Equal((CoverageGrade.Empty, false), (matrix[Technical, Level.Executive].Grade, matrix[Technical, Level.Executive].IsRequired));
    }

    [Fact]
    public void Who_has_left_the_company_maintains_nobody()
    {
        var customer = Customer.WithThree();
        customer.Leaves(OtherRep);
        var cell = customer.Matrix()[Technical, Level.Staff];
        Assert.Equal((CoverageGrade.Unmaintained, null), (cell.Grade, cell.Contacts[0].Maintainer));
        var gap = Assert.Single(customer.Gaps().OfType<CoverageGap.NoMaintainer>());
        Assert.Equal((C("wang"), (PersonId?)OtherRep), (gap.Contact.Id, gap.Left));
    }

    [Fact]
    public void A_decision_maker_met_by_their_own_director_is_the_strongest_coverage()
    {
        var customer = Customer.WithThree();
        customer.Touches("zhao", Rep);
        Assert.Equal(CoverageGrade.Maintained, customer.Matrix()[Management, Level.Executive].Grade);
        customer.Touches("zhao", Director);
        Assert.Equal(CoverageGrade.InPerson, customer.Matrix()[Management, Level.Executive].Grade);
        customer.Now = customer.Now.AddDays(7);
        customer.Touches("zhao", Rep);
        Assert.Equal(CoverageGrade.InPerson, customer.Matrix()[Management, Level.Executive].Grade);
        customer.Assigns("zhao", Executive);
        Assert.Equal(CoverageGrade.Maintained, customer.Matrix()[Management, Level.Executive].Grade);
    }

    [Fact]
    public void A_directors_contact_on_the_working_level_is_not_the_strongest_coverage()
    {
        var customer = Customer.WithThree();
        customer.Assigns("li", Director);
        customer.Touches("li", Director);
        Assert.Equal(CoverageGrade.Maintained, customer.Matrix()[new DepartmentId("purchasing"), Level.Staff].Grade);
    }

    [Fact]
    public void A_touch_is_fresh_for_the_playbooks_business_days()
    {
        var customer = Customer.WithThree();
        Assert.Equal(Freshness.Never, customer.Matrix()[Technical, Level.Staff].Freshness);
        customer.Touches("wang");
        customer.Now = Utc(2026, 3, 30, 8); // twenty business days later
        Assert.Equal(Freshness.Fresh, customer.Matrix()[Technical, Level.Staff].Freshness);
        Assert.DoesNotContain(customer.Gaps(), g => g is CoverageGap.Untouched);
        customer.Now = customer.Now.AddDays(1);
        Assert.Equal(Freshness.Stale, customer.Matrix()[Technical, Level.Staff].Freshness);
        Assert.Contains(customer.Gaps(), g => g is CoverageGap.Untouched { Contact.Name: "wang", Since: { Month: 3, Day: 2 } });
        // never touched counts from the day they came on record
        Assert.Contains(customer.Gaps(), g => g is CoverageGap.Untouched { Contact.Name: "li" });
    }

    [Fact]
    public void Required_cells_without_a_contact_are_gaps()
    {
        var customer = Customer.WithThree();
        Assert.Equal(
            ["purchasing/Manager", "quality/Staff", "user/Manager", "finance/Staff"],
            customer.Gaps().OfType<CoverageGap.EmptyCell>().Select(g => $"{g.Department.Id}/{g.Level}"));
        customer.Retires("wang");
        Assert.Contains(customer.Gaps(), g => g is CoverageGap.EmptyCell { Department.Id.Value: "technical", Level: Level.Staff });
    }

    [Fact]
    public void An_account_not_on_record_has_every_required_cell_empty_and_no_coach()
    {
        var gaps = CoverageGaps.Of(null, null, Ours, Playbook, new DateOnly(2026, 3, 2));
        Assert.Equal(Playbook.Coverage.Required.Count, gaps.Count(g => g is CoverageGap.EmptyCell));
        Assert.IsType<CoverageGap.NoCoach>(gaps[0]);
    }

    [Theory]
    [InlineData("rep", true)]
    [InlineData("manager", true)]
    [InlineData("director", false)]
    [InlineData("executive", false)]
    public void A_decision_maker_is_maintained_by_a_director_or_above(string maintainer, bool gap)
    {
        var customer = Customer.WithThree();
        customer.Assigns("zhao", new PersonId(maintainer));
        Assert.Equal(gap, customer.Gaps().Any(g => g is CoverageGap.MaintainedTooJunior { Contact.Name: "zhao" }));
    }

    [Theory]
    [InlineData(true, 2, false)]
    [InlineData(true, 1, true)]
    [InlineData(false, 4, true)]
    public void Without_a_coach_who_is_close_enough_there_is_a_gap(bool coach, int strength, bool gap)
    {
        var customer = new Customer();
        customer.Adds("wang", strength: strength, coach: coach);
        Assert.Equal(gap, customer.Gaps().Any(g => g is CoverageGap.NoCoach));
    }

    [Theory]
    [InlineData("development", false)]
    [InlineData("establishment", false)]
    [InlineData("proposal", true)]
    [InlineData("implementation", true)]
    public void From_the_proposal_on_the_decision_maker_has_to_be_known(string stage, bool gap)
    {
        var opportunity = Sale.Opened(stage: stage).State;
        var customer = Customer.WithThree();
        Assert.DoesNotContain(customer.Gaps(opportunity), g => g is CoverageGap.NoDecisionMaker);
        customer.Retires("zhao");
        Assert.Equal(gap, customer.Gaps(opportunity).Any(g => g is CoverageGap.NoDecisionMaker));
        Assert.DoesNotContain(customer.Gaps(), g => g is CoverageGap.NoDecisionMaker);
    }

    [Fact]
    public void The_weightiest_gap_comes_first()
    {
        var customer = Customer.WithThree();
        customer.Retires("wang");
        customer.Assigns("zhao", null);
        customer.Assigns("li", null);
        customer.Now = customer.Now.AddDays(60);
        Assert.Equal(
            ["NoMaintainer", "NoCoach", "NoMaintainer", "Untouched", "EmptyCell"],
            customer.Gaps(Sale.Opened(stage: "proposal").State).Select(g => g.GetType().Name).Take(5));
    }

    [Fact]
    public void A_decision_maker_is_not_visited_before_somebody_guides_us()
    {
        var customer = Customer.WithThree();
        Assert.Null(GuideFirst.Check(customer.State, [C("zhao")], Playbook));
        customer.Does(new AccountCommand.ChangeContact(C("wang"), customer["wang"].Data with { Strength = 1 }));
        Assert.Null(GuideFirst.Check(customer.State, [C("li"), C("wang")], Playbook));
        Assert.Null(GuideFirst.Check(null, [C("zhao")], Playbook));
        var warning = GuideFirst.Check(customer.State, [C("li"), C("zhao")], Playbook)!;
        Assert.Equal(("zhao", 2), (warning.DecisionMaker.Name, warning.Strength));
    }

    [Fact]
    public void Whom_to_win_first_is_an_expert_before_a_better_friend_and_never_a_decision_maker()
    {
        var customer = new Customer();
        customer.Adds("zhao", "management", Level.Executive, BuyingRole.DecisionMaker, strength: 4);
        Assert.Null(GuideFirst.Check(customer.State, [C("zhao")], Playbook)!.WinFirst);
        customer.Adds("user", "user", strength: 4);
        Assert.Equal("user", GuideFirst.Check(customer.State, [C("zhao")], Playbook)!.WinFirst!.Name);
        customer.Adds("inspector", "quality", role: BuyingRole.QualityInspector);
        customer.Adds("buyer", "purchasing", role: BuyingRole.Purchaser, strength: 1);
        Assert.Equal("buyer", GuideFirst.Check(customer.State, [C("zhao")], Playbook)!.WinFirst!.Name);
    }

    [Fact]
    public void Proposed_are_one_named_person_a_department_and_the_most_senior_for_who_decides()
    {
        var customer = new Customer();
        customer.Adds("li", "purchasing");
        customer.Adds("wang", "technical");
        customer.Adds("sun", "purchasing", Level.Manager);
        customer.Adds("zhao", "management", Level.Executive, BuyingRole.DecisionMaker, maintainer: Rep);
        Assert.Equal(
            [("li", Rep), ("wang", OtherRep), ("sun", Rep), ("zhao", Executive)],
            Proposals(customer).Select(p => (p.Contact.Name, p.Proposed!.Id)));
    }

    [Fact]
    public void Who_looks_after_a_department_already_is_proposed_for_all_of_it()
    {
        var customer = new Customer();
        customer.Adds("li", "purchasing", maintainer: OtherRep);
        customer.Adds("sun", "purchasing", Level.Manager);
        Assert.Equal(("sun", OtherRep), Assert.Single(Proposals(customer).Select(p => (p.Contact.Name, p.Proposed!.Id))));
    }

    [Fact]
    public void Who_maintains_enough_decision_makers_is_passed_over_and_then_nobody_is_left()
    {
        var customer = new Customer();
        customer.Adds("zhao", "management", Level.Executive, BuyingRole.DecisionMaker);
        customer.Adds("qian", "finance", Level.Executive, BuyingRole.DecisionMaker);
        var most = Playbook.Coverage.DecisionMakersEach;
        Assert.Equal([Executive, Director], Proposals(customer, executive: most - 1).Select(p => p.Proposed!.Id));
        Assert.Equal([Director, null], Proposals(customer, executive: most, director: most - 1).Select(p => p.Proposed?.Id));
    }

    [Fact]
    public void Nobody_is_proposed_for_whom_is_well_looked_after() => Assert.Empty(Proposals(Customer.WithThree()));

    private static IReadOnlyList<MaintainerProposal> Proposals(Customer customer, int executive = 0, int director = 0) => MaintainerProposals.Of(
        customer.State!, customer.Company, Rep, Playbook, new Dictionary<PersonId, int> { [Executive] = executive, [Director] = director });
}
