using KeyAccountBot.Sales.Accounts;
using Xunit;

namespace KeyAccountBot.Tests.Import;

public sealed class ImportAccountsTests : IDisposable
{
    private readonly CommandDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task What_customers_are_called_is_on_record_and_importing_again_changes_only_what_differs()
    {
        Assert.Equal(0, await Import("account,called\nCancity,the can people; CC\n江城轨道交通集团,地铁\nNordwind Dairies,\n"));
        Assert.Equal(["the can people", "CC"], await CalledAsync("Cancity"));
        Assert.Equal(["地铁"], await CalledAsync("江城轨道交通集团"));
        Assert.Contains("Changed what 2 customers are called; 0 stay as they are, 0 lines were rejected.", desk.Said, StringComparison.Ordinal);

        Assert.Equal(0, await Import("account,called\ncancity,-\n江城轨道交通集团,地铁\n"));
        Assert.Empty(await CalledAsync("Cancity"));
        Assert.Contains("Changed what 1 customers are called; 1 stay as they are", desk.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        Assert.Equal(0, await Import("account,called\nCancity,CC\n", "--dry-run"));

        Assert.Empty(await CalledAsync("Cancity"));
        Assert.Contains("Would change what 1 customers", desk.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_twice_or_without_an_account_stays_out_and_strict_takes_all_or_none()
    {
        const string Lines = "account,called\nCancity,CC\nCANCITY,the can people\n,x\n";
        Assert.Equal(2, await Import(Lines, "--strict"));
        Assert.Empty(await CalledAsync("Cancity"));

        Assert.Equal(2, await Import(Lines));
        Assert.Equal(["CC"], await CalledAsync("Cancity"));
        Assert.Contains("accounts.csv:3:1: CANCITY stands on another line already", desk.Complained, StringComparison.Ordinal);
        Assert.Contains("accounts.csv:4:1: the account is missing", desk.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_colleagues_call_somebody_comes_with_the_people()
    {
        Assert.Equal(0, await desk.Types("import", "people", desk.Write("people.csv", "name,email,role,called\nAnn Lee,ann@acme.example,rep,Annie; Boss\n")));

        Assert.Equal("Annie; Boss", (await desk.Person("ann-acme-example")).Called);
    }

    private Task<int> Import(string text, params string[] further) => desk.Types(["import", "accounts", desk.Write("accounts.csv", text), .. further]);

    private async Task<IReadOnlyList<string>> CalledAsync(string account) =>
        (await desk.Accounts.FindAsync(CommandDesk.Tenant, AccountId.OfName(account), default))?.Account.Called ?? [];
}
