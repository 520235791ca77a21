using System.Text;
using System.Text.Json;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Storage.Embedded;
using Xunit;

namespace KeyAccountBot.Storage.Tests;

public sealed class AccountLedgerTests : IAsyncDisposable
{
    private static readonly TenantId Tenant = new("contoso");
    private static readonly AccountId Cancity = AccountId.OfName("Cancity / #1");
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder folder = new();
    private readonly EmbeddedDatabase database;
    private readonly AccountLedger ledger;

    public AccountLedgerTests()
    {
        database = new EmbeddedDatabase(folder.Path);
        ledger = new AccountLedger(new Tables(new EmbeddedTableStore(database)), Playbooks.Shipped);
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    private static CommandContext By(string command) => new(new CommandId(command), new PersonId("rep"), Now, new DateOnly(2026, 3, 2), "test");

    private static AccountCommand.AddContact Add(string contact, int strength = 0) => new(
        "Cancity", new ContactId(contact), new ContactData(contact, new DepartmentId("technical"), Level.Staff, BuyingRole.User, strength), new PersonId("rep"));

    private async Task<AccountOutcome> RecordAsync(string command, AccountCommand what, StoredAccount? known = null) =>
        await ledger.RecordAsync(Tenant, Cancity, what, By(command), default, known);

    [Fact]
    public async Task What_is_recorded_is_found_again_and_its_entries_fold_to_it()
    {
        Assert.Null(await ledger.FindAsync(Tenant, Cancity, default));
        var outcome = await RecordAsync("1", Add("li"));
        Assert.Equal(3, outcome.Entries.Count);
        await RecordAsync("2", new AccountCommand.LogTouch([new ContactId("li")], new DateOnly(2026, 3, 1), "lunch"));
        var stored = (await ledger.FindAsync(Tenant, Cancity, default))!.Account;
        Assert.Equal(("lunch", 4), (stored.Contacts[0].LastTouch!.What, stored.Version));
        var entries = await ledger.EntriesAsync(Tenant, Cancity, default).ToListAsync();
        Assert.Equal(Json(stored), Json(AccountDecider.Fold(Cancity, null, entries)!));
        Assert.Null(await ledger.FindAsync(new TenantId("fabrikam"), Cancity, default));
    }

    [Fact]
    public async Task A_repeated_command_records_once()
    {
        await RecordAsync("1", Add("li"));
        var again = await RecordAsync("1", Add("li"));
        Assert.Equal((true, null, 0), (again.Repeated, again.Refusal, again.Entries.Count));
        var otherwise = await RecordAsync("1", Add("wang"));
        Assert.True(otherwise.Repeated);
        Assert.Equal(["li"], otherwise.Account!.Contacts.Select(c => c.Name));
    }

    [Fact]
    public async Task A_refusal_records_nothing_and_says_why()
    {
        var outcome = await RecordAsync("1", Add("li", strength: 9));
        Assert.IsType<AccountRefusal.StrengthOutside>(outcome.Refusal);
        Assert.Null(await ledger.FindAsync(Tenant, Cancity, default));
        Assert.Null((await RecordAsync("1", Add("li"))).Refusal);
    }

    [Fact]
    public async Task Whoever_decided_on_an_older_state_decides_again()
    {
        await RecordAsync("1", Add("li"));
        var known = await ledger.FindAsync(Tenant, Cancity, default);
        await RecordAsync("2", Add("wang"));
        var late = await RecordAsync("3", Add("sun"), known);
        Assert.Equal(["li", "wang", "sun"], late.Account!.Contacts.Select(c => c.Name));
        Assert.IsType<AccountRefusal.ContactOnRecord>((await RecordAsync("4", Add("wang"), known)).Refusal);
    }

    [Fact]
    public async Task Of_many_at_once_every_one_is_recorded()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => RecordAsync($"c{i}", Add($"contact-{i}"))));
        var stored = (await ledger.FindAsync(Tenant, Cancity, default))!.Account;
        Assert.Equal(6, stored.Contacts.Count);
        Assert.Equal(stored.Version, await ledger.EntriesAsync(Tenant, Cancity, default).CountAsync());
    }

    private static string Json(Account account) => Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(account, StoredJson.Default.Account));
}
