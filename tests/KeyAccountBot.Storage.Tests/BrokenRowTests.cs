using System.Diagnostics.Metrics;
using System.Text;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage.Embedded;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.Storage.Tests;

/// <summary>Rows that cannot be read, or that a newer version wrote: each is set aside, and what can be made of the others is.</summary>
public sealed class BrokenRowTests : IAsyncDisposable
{
    private const string NotJson = "{ \"name\": \"Secret Ravi";
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TenantId Tenant = new("contoso");
    private static readonly OpportunityId Id = new("o-1");
    private static readonly AccountId Cancity = AccountId.OfName("Cancity");
    private static readonly Person Rep = new(new("rep"), "Ravi", Role.Rep, Manager: new("manager"));
    private static readonly Person Manager = new(new("manager"), "Maria", Role.Manager, Manager: new("director"));
    private static readonly Person Director = new(new("director"), "Dieter", Role.Director);
    private static readonly Company Company = new([Rep, Manager, Director]);
    private readonly TemporaryFolder folder = new();
    private readonly EmbeddedDatabase database;
    private readonly EmbeddedTableStore tables;
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly List<SetAsideRow> named = [];
    private readonly RowReader rows;
    private readonly OpportunityLedger ledger;
    private readonly AccountLedger accounts;
    private readonly PeopleRepository people;
    private int commands;

    public BrokenRowTests()
    {
        database = new EmbeddedDatabase(folder.Path);
        tables = new EmbeddedTableStore(database);
        rows = new RowReader(named.Add);
        var typed = new Tables(tables, rows);
        ledger = new OpportunityLedger(typed, new EmbeddedDelayedQueue(database, clock), Playbooks.Shipped, clock);
        accounts = new AccountLedger(typed, Playbooks.Shipped);
        people = new PeopleRepository(typed);
    }

    public static TheoryData<string> Bodies => [NotJson, "", "null", "{}", "[]", "7", "\"x\"", "{\"v\":2}", "{\"v\":999,\"id\":\"x\"}", "{\"v\":\"x\"}", "{\"opportunity\":null,\"what\":{},\"role\":17}"];

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Whatever_a_row_holds_reading_it_never_throws_and_never_gives_half_a_record(string body) => Assert.All(RowKinds.All, kind =>
    {
        var reading = kind.Try(new TableRow("p", "r", Encoding.UTF8.GetBytes(body), null, "1"));
        Assert.Null(reading.Record);
        Assert.NotEmpty(reading.Reason);
        Assert.DoesNotContain("Ravi", reading.Reason, StringComparison.Ordinal);
    });

    [Fact]
    public async Task A_snapshot_that_cannot_be_read_is_folded_anew_and_the_next_command_writes_it()
    {
        await OpenAsync(Id, "Cancity");
        await RecordAsync(Id, new OpportunityCommand.CheckIn([], new NextStep("demo", new DateOnly(2026, 3, 9))));
        var before = (await ledger.FindAsync(Tenant, Id, None))!.Opportunity;
        await BreakAsync(RowKeys.Opportunities, RowKeys.Partition(Tenant, Id), RowKeys.Snapshot);

        var folded = (await ledger.FindAsync(Tenant, Id, None))!;
        Assert.True(folded.IsFolded);
        Assert.Equal((before.Version, "demo"), (folded.Opportunity.Version, folded.Opportunity.Facts.NextStep?.What));

        Assert.Null((await RecordAsync(Id, new OpportunityCommand.Hold("budget"))).Refusal);
        var mended = (await ledger.FindAsync(Tenant, Id, None))!;
        Assert.Equal((false, OpportunityStatus.OnHold), (mended.IsFolded, mended.Opportunity.Facts.Status));
        Assert.Empty(rows.SetAside);
    }

    [Fact]
    public async Task Two_who_fold_the_same_snapshot_anew_do_not_write_over_each_other()
    {
        await OpenAsync(Id, "Cancity");
        await BreakAsync(RowKeys.Opportunities, RowKeys.Partition(Tenant, Id), RowKeys.Snapshot);
        var known = await ledger.FindAsync(Tenant, Id, None);
        await RecordAsync(Id, new OpportunityCommand.Lose("price"));

        var late = await ledger.RecordAsync(Tenant, Id, new OpportunityCommand.CheckIn([], null), By("late"), Company, None, known);

        Assert.IsType<Refusal.WrongStatus>(late.Refusal);
    }

    [Fact]
    public async Task An_opportunity_whose_entry_cannot_be_read_either_rests_and_every_other_goes_on()
    {
        await OpenAsync(Id, "Cancity");
        await OpenAsync(new OpportunityId("o-2"), "Halden");
        await BreakAsync(RowKeys.Opportunities, RowKeys.Partition(Tenant, Id), RowKeys.Snapshot);
        await BreakAsync(RowKeys.Opportunities, RowKeys.Partition(Tenant, Id), RowKeys.Entry(1));

        Assert.Null(await ledger.FindAsync(Tenant, Id, None));
        Assert.True(await ledger.IsSetAsideAsync(Tenant, Id, None));
        await Assert.ThrowsAsync<RecordSetAsideException>(async () => await ledger.ReadAsync(Tenant, Id, None));
        Assert.IsType<Refusal.CannotBeRead>((await RecordAsync(Id, new OpportunityCommand.Lose("price"))).Refusal);
        Assert.IsType<Refusal.CannotBeRead>((await OpenAsync(Id, "Cancity")).Refusal);

        Assert.Null((await RecordAsync(new OpportunityId("o-2"), new OpportunityCommand.Lose("price"))).Refusal);
        Assert.Equal(["Cancity", "Halden"], (await ListAsync()).Select(l => l.Account).Order());
        Assert.Equal(NotJson, await BodyAsync(RowKeys.Opportunities, RowKeys.Partition(Tenant, Id), RowKeys.Entry(1)));
    }

    [Fact]
    public async Task An_opportunity_that_lost_an_entry_is_not_folded_into_another_one()
    {
        await OpenAsync(Id, "Cancity");
        await RecordAsync(Id, new OpportunityCommand.CheckIn([], null));
        await RecordAsync(Id, new OpportunityCommand.Hold("budget"));
        var partition = RowKeys.Partition(Tenant, Id);
        await BreakAsync(RowKeys.Opportunities, partition, RowKeys.Snapshot);
        await tables.SubmitAsync(RowKeys.Opportunities, partition, [new TableOperation.Delete(RowKeys.Entry(2))], None);

        Assert.True(await ledger.IsSetAsideAsync(Tenant, Id, None));
    }

    [Fact]
    public async Task A_newer_versions_snapshot_is_read_from_its_entries_and_never_written_over()
    {
        await OpenAsync(Id, "Cancity");
        const string newer = "{\"v\":2,\"opportunity\":{\"all\":\"different\"}}";
        await BreakAsync(RowKeys.Opportunities, RowKeys.Partition(Tenant, Id), RowKeys.Snapshot, newer);

        Assert.Equal("Cancity", (await ledger.FindAsync(Tenant, Id, None))!.Opportunity.Facts.Account);
        Assert.IsType<Refusal.CannotBeRead>((await RecordAsync(Id, new OpportunityCommand.Lose("price"))).Refusal);
        await ledger.RearmAsync(Tenant, Id, Company, default, None);

        Assert.Equal(newer, await BodyAsync(RowKeys.Opportunities, RowKeys.Partition(Tenant, Id), RowKeys.Snapshot));
        Assert.Equal(RowFault.Newer, Assert.Single(named).Fault);
    }

    [Fact]
    public async Task A_line_that_cannot_be_read_is_made_anew_from_the_record()
    {
        await OpenAsync(Id, "Cancity");
        await OpenAsync(new OpportunityId("o-2"), "Halden");
        await BreakAsync(RowKeys.Index, RowKeys.Owner(Tenant, Rep.Id), "o-1");

        Assert.Equal(["Cancity", "Halden"], (await ListAsync()).Select(l => l.Account).Order());
        Assert.Equal(["Cancity", "Halden"], (await ledger.AllAsync(Tenant, None).ToListAsync()).Select(l => l.Account).Order());
    }

    [Fact]
    public async Task An_accounts_snapshot_is_folded_anew_and_a_newer_versions_left_alone()
    {
        await AddAsync("li");
        var partition = RowKeys.Partition(Tenant, Cancity);
        await BreakAsync(RowKeys.Accounts, partition, RowKeys.Snapshot);
        Assert.Equal(["li"], (await accounts.FindAsync(Tenant, Cancity, None))!.Account.Contacts.Select(c => c.Name));
        Assert.Null((await AddAsync("wang")).Refusal);
        Assert.Equal(["li", "wang"], (await accounts.FindAsync(Tenant, Cancity, None))!.Account.Contacts.Select(c => c.Name));

        await BreakAsync(RowKeys.Accounts, partition, RowKeys.Snapshot, "{\"v\":2}");
        Assert.IsType<AccountRefusal.CannotBeRead>((await AddAsync("sun")).Refusal);
        await BreakAsync(RowKeys.Accounts, partition, RowKeys.Entry(1));
        Assert.Null(await accounts.FindAsync(Tenant, Cancity, None));
        await OpenAsync(Id, "Cancity");
        var opportunity = (await ledger.FindAsync(Tenant, Id, None))!.Opportunity;
        Assert.False((await accounts.KnownOfAsync(Tenant, opportunity, None)).IsRead);
    }

    [Fact]
    public async Task A_line_of_a_maintained_account_that_cannot_be_read_still_leads_to_it()
    {
        await AddAsync("li");
        await BreakAsync(RowKeys.Index, RowKeys.Maintainer(Tenant, Rep.Id), RowKeys.Escape(Cancity.Value));

        Assert.Equal(Cancity, Assert.Single(await accounts.MaintainedByAsync(Tenant, Rep.Id, None).ToListAsync()).Id);
    }

    [Fact]
    public async Task Who_cannot_be_read_is_not_known_and_whoever_is_above_them_still_is()
    {
        await people.PutAsync(Tenant, [Rep, Manager, Director], None);
        await BreakAsync(RowKeys.People, "contoso", "manager", """{"id":"manager","name":"Maria","role":"RegionalLead","manager":"director"}""");

        var company = await people.LoadAsync(Tenant, None);

        Assert.Null(company.Find(Manager.Id));
        Assert.Equal(["director"], company.LineAbove(Rep.Id).Select(p => p.Id.Value));
        Assert.Equal(["director", "rep"], company.TeamOf(Director.Id).Select(p => p.Id.Value).Order());
        Assert.Equal([Manager.Id], company.UnreadBelow(Director.Id));
        Assert.Null(await people.ChangeAsync(Tenant, Manager.Id, p => p with { Name = "X" }, None));
        Assert.Equal(("people", "a member holds what this version does not know (role)"), (named[0].Table, named[0].Reason));
    }

    [Fact]
    public async Task An_import_mends_a_person_who_cannot_be_read_and_does_not_write_over_a_newer_versions()
    {
        await people.PutAsync(Tenant, [Rep, Manager], None);
        await BreakAsync(RowKeys.People, "contoso", "rep");
        await people.PutAsync(Tenant, [Rep], None);
        Assert.Equal("Ravi", (await people.LoadAsync(Tenant, None)).Find(Rep.Id)!.Name);

        await BreakAsync(RowKeys.People, "contoso", "manager", "{\"v\":2,\"id\":\"manager\"}");
        var refused = await Assert.ThrowsAsync<NewerRowException>(async () => await people.PutAsync(Tenant, [Director, Manager], None));
        Assert.Contains("'manager'", refused.Message, StringComparison.Ordinal);
        Assert.Null((await people.LoadAsync(Tenant, None)).Find(Director.Id));
    }

    [Fact]
    public async Task A_row_is_named_and_counted_once_however_often_it_is_met_and_forgotten_when_it_is_mended()
    {
        var counted = 0L;
        using var listener = new MeterListener { InstrumentPublished = (i, l) => { if (i.Name == "keyaccountbot.rows.set_aside") { l.EnableMeasurementEvents(i); } } };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => counted += tags.ToArray().Contains(new("table", "people")) ? count : 0);
        listener.Start();
        await people.PutAsync(Tenant, [Rep], None);
        await BreakAsync(RowKeys.People, "contoso", "rep");
        var before = Interlocked.Read(ref counted);

        for (var i = 0; i < 5; i++)
        {
            await people.LoadAsync(Tenant, None);
        }

        Assert.Single(named);
        Assert.Equal(named, rows.SetAside);
        Assert.True(Interlocked.Read(ref counted) > before);
        await people.PutAsync(Tenant, [Rep], None);
        await people.LoadAsync(Tenant, None);
        Assert.Empty(rows.SetAside);
    }

    [Fact]
    public void A_later_version_stands_first_in_the_body_and_only_an_older_program_passes_it_over()
    {
        RowKind<Person> Of(int version) => new("people", _ => true, StoredJson.Default.Person, _ => true, version: version);
        TableRow Row(byte[] body) => new("p", "r", body, null, "1");
        var (first, second) = (Of(1).BytesOf(Rep), Of(2).BytesOf(Rep));

        Assert.StartsWith("{\"v\":2,\"id\"", Encoding.UTF8.GetString(second), StringComparison.Ordinal);
        Assert.StartsWith("{\"id\"", Encoding.UTF8.GetString(first), StringComparison.Ordinal);
        Assert.Equal(Rep, Of(2).Read(Row(first)).Record);
        Assert.Equal(Rep, Of(2).Read(Row(second)).Record);
        Assert.True(Of(1).Read(Row(second)).IsNewer);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    private async Task BreakAsync(string table, string partition, string row, string body = NotJson) =>
        await tables.SubmitAsync(table, partition, [new TableOperation.Put(row, Encoding.UTF8.GetBytes(body))], None);

    private async Task<string> BodyAsync(string table, string partition, string row) =>
        Encoding.UTF8.GetString((await tables.GetAsync(table, partition, row, None))!.Body.Span);

    private async Task<List<OpportunityListing>> ListAsync() => await ledger.OfOwnerAsync(Tenant, Rep.Id, None).ToListAsync();

    private Task<LedgerOutcome> OpenAsync(OpportunityId id, string account) =>
        RecordAsync(id, new OpportunityCommand.Open(account, "Line", new Money(5, "EUR"), Rep.Id, null));

    private async Task<LedgerOutcome> RecordAsync(OpportunityId id, OpportunityCommand command) =>
        await ledger.RecordAsync(Tenant, id, command, By($"c{++commands}"), Company, None);

    private async Task<AccountOutcome> AddAsync(string contact) => await accounts.RecordAsync(
        Tenant, Cancity,
        new AccountCommand.AddContact("Cancity", new ContactId(contact), new ContactData(contact, new DepartmentId("technical"), Level.Staff, BuyingRole.User), Rep.Id),
        By($"c{++commands}"), None);

    private CommandContext By(string command) => new(new CommandId(command), Rep.Id, clock.GetUtcNow(), new DateOnly(2026, 3, 2), "test");
}
