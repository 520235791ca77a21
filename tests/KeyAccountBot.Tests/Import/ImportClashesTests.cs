using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using Xunit;

namespace KeyAccountBot.Tests.Import;

/// <summary>Two people who cannot be told apart, and circles of managers, are refused with every line named.</summary>
public sealed class ImportClashesTests : IDisposable
{
    private const string Header = "name,email,role,manager_email,teams_id,slack_id\n";
    private readonly CommandDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("t-1,", "T-1 ,", 5, "t-1 is the Teams id of", "T-1 is the Teams id of")]
    [InlineData(",U1", ", u1", 6, "U1 is the Slack id of", "U1 is the Slack id of")]
    public async Task Two_people_with_one_id_are_both_refused_and_both_lines_named(string one, string other, int column, string what, string orWhat)
    {
        Assert.Equal(2, await Import(Header + $"Ann,ann@acme.example,rep,,{one}\nCat,cat@acme.example,rep,,,\nBob,bob@acme.example,rep,,{other}\n"));

        Assert.Contains($"people.csv:2:{column}: {what} line 4 as well", desk.Complained, StringComparison.Ordinal);
        Assert.Matches($"people.csv:4:{column}: ({what}|{orWhat}) line 2 as well", desk.Complained);
        Assert.Equal(["Cat"], (await desk.Company()).People.Select(p => p.Name));
    }

    [Fact]
    public async Task Two_people_with_one_address_are_both_refused_and_both_lines_named()
    {
        Assert.Equal(2, await Import(Header + "Ann,ann@acme.example,rep,,,\nBob, ANN@acme.example,rep,,,\n"));

        Assert.Contains("people.csv:2:2: ann@acme.example is the e-mail of line 3 as well", desk.Complained, StringComparison.Ordinal);
        Assert.Contains("people.csv:3:2: ann@acme.example is the e-mail of line 2 as well", desk.Complained, StringComparison.Ordinal);
        Assert.Empty((await desk.Company()).People);
    }

    [Fact]
    public async Task An_id_of_somebody_on_record_is_refused_unless_the_file_takes_it_from_them()
    {
        await Import(Header + "Ann,ann@acme.example,rep,,t-1,U1\n");
        Assert.Equal(2, await Import(Header + "Bob,bob@acme.example,rep,,T-1,\n"));
        Assert.Contains("people.csv:2:5: t-1 is the Teams id of Ann on record as well", desk.Complained, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(0, await Import(Header + "Bob,bob@acme.example,rep,,t-1,\nAnn,ann@acme.example,rep,,t-2,\n"));
        Assert.Equal("t-1", (await desk.Person("bob-acme-example")).TeamsId);
    }

    [Fact]
    public async Task A_circle_of_managers_in_the_file_is_refused_with_its_lines_named_and_the_rest_goes_in()
    {
        Assert.Equal(2, await Import(Header + "Ann,ann@acme.example,rep,bob@acme.example,,\nBob,bob@acme.example,manager,cat@acme.example,,\nCat,cat@acme.example,director,ann@acme.example,,\nDan,dan@acme.example,rep,,,\n"));

        Assert.Contains(
            "people.csv:2:4: the managers lead round in a circle: line 2 reports to line 3, line 3 reports to line 4, line 4 reports to line 2", desk.Complained, StringComparison.Ordinal);
        Assert.Contains("people.csv:4:4: the managers lead round in a circle", desk.Complained, StringComparison.Ordinal);
        Assert.Equal(["Dan"], (await desk.Company()).People.Select(p => p.Name));
    }

    [Fact]
    public async Task A_circle_that_closes_over_somebody_on_record_is_refused()
    {
        await Import(Header + "Ann,ann@acme.example,director,,,\nBob,bob@acme.example,manager,ann@acme.example,,\n");
        var file = desk.Write("people.csv", Header + "Ann,ann@acme.example,director,bob@acme.example,,\n");

        Assert.Equal(2, await desk.Types("import", "people", file, "--dry-run"));
        Assert.Equal(2, await desk.Types("import", "people", file, "--strict"));
        Assert.Contains("people.csv:2:4: the managers lead round in a circle: line 2 reports to Bob on record, Bob on record reports to line 2", desk.Complained, StringComparison.Ordinal);
        Assert.Null((await desk.Person("ann-acme-example")).Manager);
    }

    [Fact]
    public async Task A_circle_in_the_teams_of_a_crm_is_refused_with_its_lines_named()
    {
        desk.Write("sales_teams.csv", "sales_agent,manager,regional_office\nAnn Ash,Bob Birch,East\nBob Birch,Ann Ash,East\nCat Cedar,Bob Birch,East\n");
        desk.Write("accounts.csv", "account,sector\nAcme,metal\n");
        desk.Write("products.csv", "product,series,sales_price\nPump,P,100\n");
        desk.Write("sales_pipeline.csv", "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\nO1,Cat Cedar,Pump,Acme,Prospecting,,,\n");

        Assert.Equal(2, await desk.Types("import", "crm", desk.PathOf(".")));

        Assert.Contains("sales_teams.csv:2:2: the managers lead round in a circle: line 2 reports to line 3, line 3 reports to line 2", desk.Complained, StringComparison.Ordinal);
        var company = await desk.Company();
        Assert.Empty(PeopleFaults.Circles(company.People));
        Assert.Equal(new PersonId("bob-birch"), company.Find(new PersonId("cat-cedar"))!.Manager);
    }

    private Task<int> Import(string text) => desk.Types("import", "people", desk.Write("people.csv", text));
}
