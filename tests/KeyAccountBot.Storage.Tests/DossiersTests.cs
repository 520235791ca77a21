using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage.Embedded;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.Storage.Tests;

/// <summary>The one door to the record: what somebody may not see is not there for them, and what they may not change is not changed.</summary>
public sealed class DossiersTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TenantId Tenant = new("contoso");
    private static readonly OpportunityId Id = new("o-1");
    private static readonly AccountId Cancity = AccountId.OfName("Cancity");
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly Person Rep = new(new("rep"), "Ravi", Role.Rep, Manager: new("manager"));
    private static readonly Person Colleague = new(new("colleague"), "Lina", Role.Rep, Manager: new("manager"));
    private static readonly Person Manager = new(new("manager"), "Maria", Role.Manager);
    private static readonly Company Company = new([Rep, Colleague, Manager]);
    private readonly TemporaryFolder folder = new();
    private readonly EmbeddedDatabase database;
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly OpportunityLedger ledger;
    private readonly AccountLedger accounts;
    private readonly Dossiers dossiers;
    private int commands;

    public DossiersTests()
    {
        database = new EmbeddedDatabase(folder.Path);
        var tables = new Tables(new EmbeddedTableStore(database));
        ledger = new OpportunityLedger(tables, new EmbeddedDelayedQueue(database, clock), Playbooks.Shipped, clock);
        accounts = new AccountLedger(tables, Playbooks.Shipped);
        dossiers = new Dossiers(ledger, accounts, Playbooks.Shipped);
    }

    public async ValueTask InitializeAsync()
    {
        var open = new OpportunityCommand.Open("Cancity", "Filling line", new Money(1000, "EUR"), Rep.Id, null);
        Assert.Null((await dossiers.RecordAsync(Asks(Rep), Id, open, Context(), None)).Refusal);
        Assert.Null((await AddAsync(Rep, "ott", Colleague.Id)).Refusal);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task The_owner_and_their_manager_find_it_and_for_a_colleague_it_is_not_there()
    {
        foreach (var (who, sees) in new[] { (Rep, true), (Manager, true), (Colleague, false) })
        {
            var asker = Asks(who);
            Assert.Equal(sees, await dossiers.FindAsync(asker, Id, None) is not null);
            Assert.Equal(sees, await dossiers.ReadAsync(asker, Id, None) is not null);
            Assert.Equal(sees, await dossiers.OpenAsync(asker, Id, None) is { Account: not null });
            Assert.Equal(sees, await dossiers.ToldAsync(asker, Id, None) is not null);
            Assert.Equal(sees, await dossiers.LinesAsync(asker, None).AnyAsync());
            Assert.Equal(sees, await dossiers.LinesOfAsync(asker, Rep.Id, None).AnyAsync());
            Assert.Equal(sees, await dossiers.EntriesAsync(asker, Id, None).AnyAsync());
            Assert.Equal(sees, await dossiers.CustomerAsync(asker, (await ledger.FindAsync(Tenant, Id, None))!.Opportunity, None) is not null);
        }
    }

    [Fact]
    public async Task A_company_never_finds_what_another_has_on_record() =>
        Assert.Null(await dossiers.FindAsync(Asks(Rep) with { Tenant = new TenantId("fabrikam") }, Id, None));

    [Fact]
    public async Task What_is_not_theirs_is_refused_and_says_nothing_of_the_opportunity()
    {
        var version = (await ledger.FindAsync(Tenant, Id, None))!.Opportunity.Version;
        var lose = new OpportunityCommand.Lose("price");

        var outcome = await dossiers.RecordAsync(Asks(Colleague), Id, lose, Context(), None);
        Assert.IsType<Refusal.NotTheirs>(outcome.Refusal);
        Assert.Equal((null, null, 0), (outcome.Opportunity, outcome.Before, outcome.Entries.Count));
        var tried = await dossiers.TryAsync(Asks(Colleague), Id, lose, Context(), None);
        Assert.Equal((null, new Refusal.NotTheirs()), (tried.Opportunity, tried.Refusal));
        var answer = await dossiers.ToAnswerAsync(Asks(Colleague), Id, "k", None);
        Assert.Equal((null, new Refusal.NotTheirs()), (answer.Opportunity, answer.Refusal));
        Assert.Equal(version, (await ledger.FindAsync(Tenant, Id, None))!.Opportunity.Version);
    }

    [Fact]
    public async Task Nobody_records_in_another_persons_name_whatever_the_command_says()
    {
        var asRep = Context() with { By = Rep.Id };
        Assert.IsType<Refusal.NotTheirs>((await dossiers.RecordAsync(Asks(Colleague), Id, new OpportunityCommand.Lose("price"), asRep, None)).Refusal);
        var outcome = await dossiers.RecordAsync(Asks(Manager), Id, new OpportunityCommand.Hold("waits", Today.AddDays(7)), asRep, None);
        Assert.All(outcome.Entries, e => Assert.Equal(Manager.Id, e.By));
    }

    [Fact]
    public async Task Trying_says_what_would_be_refused_and_records_nothing()
    {
        Assert.IsType<Refusal.WrongStatus>((await dossiers.TryAsync(Asks(Rep), Id, new OpportunityCommand.Reopen("x"), Context(), None)).Refusal);
        Assert.Null((await dossiers.TryAsync(Asks(Rep), Id, new OpportunityCommand.Lose("x"), Context(), None)).Refusal);
        Assert.IsType<Refusal.NotOnRecord>((await dossiers.TryAsync(Asks(Rep), new OpportunityId("o-2"), new OpportunityCommand.Lose("x"), Context(), None)).Refusal);
        Assert.True((await dossiers.FindAsync(Asks(Rep), Id, None))!.IsOpen);
    }

    [Fact]
    public async Task Handed_over_it_leaves_their_sight_at_once_and_what_they_recorded_is_still_answered_as_done()
    {
        var over = new OpportunityCommand.HandOver(Colleague.Id, "she knows them");
        var context = Context();
        Assert.Null((await dossiers.RecordAsync(Asks(Rep), Id, over, context, None)).Refusal);

        Assert.Null(await dossiers.FindAsync(Asks(Rep), Id, None));
        Assert.NotNull(await dossiers.FindAsync(Asks(Colleague), Id, None));
        Assert.IsType<Refusal.NotTheirs>((await dossiers.RecordAsync(Asks(Rep), Id, new OpportunityCommand.Lose("price"), Context(), None)).Refusal);
        Assert.Equal((true, null), await RepeatedAsync());

        async Task<(bool, Refusal?)> RepeatedAsync()
        {
            var again = await dossiers.RecordAsync(Asks(Rep), Id, over, context, None);
            return (again.Repeated, again.Refusal);
        }
    }

    [Fact]
    public async Task Who_looks_after_a_contact_sees_the_customer_and_logs_touches_and_changes_no_contact()
    {
        Assert.Equal(Cancity, Assert.Single(await dossiers.CustomersAsync(Asks(Colleague), None)).Id);
        var touch = new AccountCommand.LogTouch([new ContactId("ott")], Today, "called");
        Assert.Null((await dossiers.RecordAsync(Asks(Colleague), Cancity, touch, Context(), None)).Refusal);
        Assert.Equal(Colleague.Id, (await accounts.FindAsync(Tenant, Cancity, None))!.Account.Find(new ContactId("ott"))!.LastTouch!.By);

        var retire = await dossiers.RecordAsync(Asks(Colleague), Cancity, new AccountCommand.RetireContact(new ContactId("ott"), "left"), Context(), None);
        Assert.IsType<AccountRefusal.NotTheirs>(retire.Refusal);
        Assert.Null(retire.Account);
        Assert.IsType<AccountRefusal.NotTheirs>((await AddAsync(Colleague, "wang", null)).Refusal);
        Assert.Null((await AddAsync(Manager, "wang", null)).Refusal);
    }

    [Fact]
    public async Task An_opportunity_of_another_customer_opens_no_door_to_this_one()
    {
        var other = new OpportunityCommand.Open("Otherville", "Palletiser", new Money(1000, "EUR"), Colleague.Id, null);
        var theirs = (await dossiers.RecordAsync(Asks(Colleague), new OpportunityId("o-9"), other, Context(), None)).Opportunity;
        var retire = new AccountCommand.RetireContact(new ContactId("ott"), "left");
        Assert.IsType<AccountRefusal.NotTheirs>((await dossiers.RecordAsync(Asks(Colleague), Cancity, retire, Context(), None, theirs)).Refusal);
        var hidden = (await ledger.FindAsync(Tenant, Id, None))!.Opportunity;
        Assert.IsType<AccountRefusal.NotTheirs>((await dossiers.RecordAsync(Asks(Colleague), Cancity, retire, Context(), None, hidden)).Refusal);
    }

    [Fact]
    public async Task Who_was_away_hears_of_what_was_done_in_their_name_even_where_it_left_their_sight()
    {
        var away = new Company([Rep with { Away = new Absence(Today, Today.AddDays(7), Colleague.Id, Rep.Id) }, Colleague, Manager]).AsOf(clock.GetUtcNow());
        var context = Context();
        var outcome = await dossiers.RecordAsync(
            new Asker(Tenant, away, Colleague.Id), Id, new OpportunityCommand.HandOver(Colleague.Id, "urgent"), context, None);
        Assert.Null(outcome.Refusal);
        var act = new ActInName(Id, context.Command, Colleague.Id, clock.GetUtcNow(), Deed.HandedOver);

        Assert.Null(await dossiers.FindAsync(Asks(Rep), Id, None));
        Assert.NotNull(await dossiers.DoneInNameOfAsync(Tenant, Rep.Id, act, None));
        Assert.Null(await dossiers.DoneInNameOfAsync(Tenant, Manager.Id, act, None));
        Assert.Null(await dossiers.DoneInNameOfAsync(Tenant, Rep.Id, act with { Command = new CommandId("never") }, None));
    }

    private static Asker Asks(Person who) => new(Tenant, Company, who.Id);

    private CommandContext Context() => new(new CommandId($"c{++commands}"), null, clock.GetUtcNow(), Today, "test");

    private ValueTask<AccountOutcome> AddAsync(Person who, string contact, PersonId? maintainer) => dossiers.RecordAsync(
        Asks(who), Cancity,
        new AccountCommand.AddContact("Cancity", new ContactId(contact), new ContactData(contact, new DepartmentId("technical"), Level.Staff, BuyingRole.User), maintainer),
        Context(), None);
}
