using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sales.Tests;

/// <summary>One account and its clock: says commands and records what comes of them.</summary>
internal sealed class Customer
{
    public static readonly AccountId Id = AccountId.OfName("Cancity");
    private int commands;

    public Company Company { get; set; } = Examples.Ours;

    public DateTimeOffset Now { get; set; } = Examples.Monday;

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public Account? State { get; private set; }

    public List<AccountEntry> Entries { get; } = [];

    /// <summary>A purchaser, an engineer who coaches us, and the one who decides.</summary>
    public static Customer WithThree()
    {
        var customer = new Customer();
        customer.Adds("li", "purchasing", role: BuyingRole.Purchaser, strength: 1, maintainer: Examples.Rep);
        customer.Adds("wang", "technical", role: BuyingRole.TechnicalEvaluator, strength: 2, coach: true, maintainer: Examples.OtherRep);
        customer.Adds("zhao", "management", Level.Executive, BuyingRole.DecisionMaker, maintainer: Examples.Director);
        return customer;
    }

    public Contact this[string contact] => State!.Find(new ContactId(contact))!;

    public AccountDecision Does(AccountCommand command, PersonId? by = null)
    {
        var context = new CommandContext(new CommandId($"a{++commands}"), by ?? Examples.Rep, Now, Today, "test");
        var decision = AccountDecider.Decide(command, State, context, Examples.Playbook);
        if (decision is AccountDecision.Accepted accepted)
        {
            List<AccountEntry> entries =
                [.. accepted.Events.Select((e, i) => new AccountEntry(Entries.Count + 1 + i, context.Command, context.By, Now, "test", e))];
            Entries.AddRange(entries);
            State = AccountDecider.Fold(Id, State, entries);
        }

        return decision;
    }

    public AccountDecision Adds(
        string contact, string department = "technical", Level level = Level.Staff, BuyingRole role = BuyingRole.User,
        int strength = 0, bool coach = false, PersonId? maintainer = null, string? reportsTo = null, string? name = null) =>
        Does(new AccountCommand.AddContact("Cancity", Examples.C(contact), Data(name ?? contact, department, level, role, strength, coach, reportsTo), maintainer));

    public AccountDecision Retires(string contact) => Does(new AccountCommand.RetireContact(Examples.C(contact), "left"));

    public AccountDecision Assigns(string contact, PersonId? maintainer) => Does(new AccountCommand.AssignMaintainer(Examples.C(contact), maintainer));

    public AccountDecision Touches(string contact, PersonId? by = null, DateOnly? on = null) =>
        Does(new AccountCommand.LogTouch([Examples.C(contact)], on ?? Today, "met"), by);

    public CoverageMatrix Matrix() => CoverageMatrix.Of(State, Company, Examples.Playbook, Today);

    public IReadOnlyList<CoverageGap> Gaps(Opportunity? opportunity = null) => CoverageGaps.Of(opportunity, State, Company, Examples.Playbook, Today);

    public void Leaves(PersonId person) => Company = new Company(Company.People.Where(p => p.Id != person));

    public static ContactData Data(
        string name, string department = "technical", Level level = Level.Staff, BuyingRole role = BuyingRole.User,
        int strength = 0, bool coach = false, string? reportsTo = null) =>
        new(name, new DepartmentId(department), level, role, strength, coach, reportsTo is null ? null : Examples.C(reportsTo));
}
