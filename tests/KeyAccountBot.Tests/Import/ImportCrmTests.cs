using System.Globalization;
using System.Text;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Import;

public sealed class ImportCrmTests : IDisposable
{
    private readonly CommandDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task A_crm_export_puts_its_people_and_opportunities_on_record()
    {
        WriteSmall();

        Assert.Equal(0, await desk.Types("import", "crm", desk.PathOf(".")));

        var rep = await desk.Person("darcel-schlecht");
        Assert.Equal((Role.Rep, new PersonId("melvin-marxen"), "Central", "Etc/UTC"), (rep.Role, rep.Manager, rep.Office, rep.TimeZone));
        var manager = await desk.Person("melvin-marxen");
        Assert.Equal((Role.Manager, (PersonId?)null, "Central"), (manager.Role, manager.Manager, manager.Office));
        Assert.Equal(4, (await desk.Listed()).Count);
        Assert.Contains("No director is on record", desk.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deal_stages_become_stages_of_the_playbook()
    {
        WriteSmall();
        await desk.Types("import", "crm", desk.PathOf("."));

        var prospecting = await desk.Facts("P1");
        Assert.Equal(("development", OpportunityStatus.Open, desk.Clock.GetUtcNow()), (prospecting.Stage.Value, prospecting.Status, prospecting.StageEnteredAt));
        var engaging = await desk.Facts("E1");
        Assert.Equal(("establishment", new DateTimeOffset(2016, 11, 3, 0, 0, 0, TimeSpan.Zero)), (engaging.Stage.Value, engaging.StageEnteredAt));
        var won = await desk.Facts("W1");
        Assert.Equal((OpportunityStatus.Completed, new DateOnly(2017, 3, 1)), (won.Status, won.ClosedOn));
        Assert.NotNull(won.WonAt);
        var lost = await desk.Facts("L1");
        Assert.Equal((OpportunityStatus.Lost, new DateOnly(2017, 3, 2)), (lost.Status, lost.ClosedOn));
    }

    [Fact]
    public async Task An_amount_is_what_it_closed_for_else_the_list_price_and_a_product_lost_its_space()
    {
        WriteSmall();
        await desk.Types("import", "crm", desk.PathOf("."));

        Assert.Equal(("GTX Pro", new Money(4514, "USD")), ((await desk.Facts("W1")).Name, (await desk.Facts("W1")).Amount));
        Assert.Equal(("GTX Pro", new Money(4821, "USD"), ""), ((await desk.Facts("E1")).Name, (await desk.Facts("E1")).Amount, (await desk.Facts("E1")).Account));
    }

    [Fact]
    public async Task The_second_run_writes_nothing()
    {
        WriteSmall();
        await desk.Types("import", "crm", desk.PathOf("."));
        var (writes, messages) = (desk.Store.Writes, desk.Store.Messages.Count);

        Assert.Equal(0, await desk.Types("import", "crm", desk.PathOf(".")));

        Assert.Equal((writes, messages), (desk.Store.Writes, desk.Store.Messages.Count));
        Assert.Matches(@"people +0 +0 +2 +0", desk.Said);
        Assert.Matches(@"opportunities +0 +0 +4 +0", desk.Said);
    }

    [Fact]
    public async Task What_the_crm_does_not_know_of_a_person_stays()
    {
        WriteSmall();
        await desk.Types("import", "crm", desk.PathOf("."));
        await desk.Types("import", "people", desk.Write("people.csv", "name,email,role,time_zone\nDarcel Schlecht,darcel@acme.example,rep,America/Chicago\n"));

        Assert.Equal(0, await desk.Types("import", "crm", desk.PathOf(".")));

        var rep = await desk.Person("darcel-schlecht");
        Assert.Equal(("darcel@acme.example", "America/Chicago", new PersonId("melvin-marxen")), (rep.Email, rep.TimeZone, rep.Manager));
    }

    [Fact]
    public async Task A_line_the_crm_got_wrong_is_named_and_the_rest_goes_in()
    {
        WriteSmall();
        File.AppendAllText(desk.PathOf("sales_pipeline.csv"), "X1,Nobody Known,GTX Pro,Cancity,Won,2016-10-20,2017-03-01,1\nW1,Darcel Schlecht,GTX Pro,Cancity,Won,2016-10-20,2017-03-01,1\n");

        Assert.Equal(2, await desk.Types("import", "crm", desk.PathOf(".")));

        Assert.Contains("sales_pipeline.csv:6:2: sales_teams.csv has nobody called 'Nobody Known'", desk.Complained, StringComparison.Ordinal);
        Assert.Contains("sales_pipeline.csv:7:1: W1 stands on line 2 already", desk.Complained, StringComparison.Ordinal);
        Assert.Equal(4, (await desk.Listed()).Count);
    }

    [Fact]
    public async Task A_folder_without_the_files_is_refused_with_a_sentence()
    {
        Assert.Equal(1, await desk.Types("import", "crm", desk.PathOf("nowhere")));

        Assert.Contains("sales_teams.csv cannot be read", desk.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eight_thousand_eight_hundred_opportunities_of_thirty_five_agents_are_all_counted()
    {
        var real = Environment.GetEnvironmentVariable("CRM_DATA") ?? Path.GetFullPath(Repository.PathOf("..", "shared", "data", "crm"));
        var folder = Directory.Exists(real) ? real : WriteLarge();

        Assert.Equal(0, await desk.Types("import", "crm", folder));

        Assert.Matches(@"people +41 +0 +0 +0", desk.Said);
        Assert.Matches(@"opportunities +8,800 +0 +0 +0", desk.Said);
        var people = (await desk.Company()).People;
        Assert.Equal((35, 6), (people.Count(p => p.Role == Role.Rep), people.Count(p => p.Role == Role.Manager)));
        Assert.Equal(["Central", "East", "West"], people.Select(p => p.Office).Distinct().Order(StringComparer.Ordinal));
        var byStatus = (await desk.Listed()).CountBy(l => (l.Status, l.Stage.Value)).ToDictionary();
        Assert.Equal(500, byStatus[(OpportunityStatus.Open, "development")]);
        Assert.Equal(1589, byStatus[(OpportunityStatus.Open, "establishment")]);
        Assert.Equal(4238, byStatus.Where(s => s.Key.Status == OpportunityStatus.Completed).Sum(s => s.Value));
        Assert.Equal(2473, byStatus.Where(s => s.Key.Status == OpportunityStatus.Lost).Sum(s => s.Value));
    }

    private void WriteSmall()
    {
        desk.Write("accounts.csv", "account,sector\nCancity,retail\n");
        desk.Write("products.csv", "product,series,sales_price\nGTX Pro,GTX,4821\n");
        desk.Write("sales_teams.csv", "sales_agent,manager,regional_office\nDarcel Schlecht,Melvin Marxen,Central\n");
        desk.Write("sales_pipeline.csv", """
            opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
            W1,Darcel Schlecht,GTXPro,Cancity,Won,2016-10-25,2017-03-01,4514
            L1,Darcel Schlecht,GTXPro,Cancity,Lost,2016-10-25,2017-03-02,0
            E1,Darcel Schlecht,GTXPro,,Engaging,2016-11-03,,
            P1,Darcel Schlecht,GTX Pro,Cancity,Prospecting,,,

            """);
    }

    // the shape of the real export: 35 agents, 6 managers, 3 offices, 8,800 opportunities
    private string WriteLarge()
    {
        WriteSmall();
        var teams = new StringBuilder("sales_agent,manager,regional_office\n");
        var pipeline = new StringBuilder("opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n");
        string[] offices = ["Central", "East", "West"];
        for (var i = 0; i < 35; i++)
        {
            teams.AppendLine(CultureInfo.InvariantCulture, $"Agent {i},Leader {i % 6},{offices[i % 6 / 2]}");
        }

        for (var i = 0; i < 8800; i++)
        {
            var stands = i switch { < 500 => "Prospecting,,,", < 2089 => "Engaging,2016-11-03,,", < 6327 => "Won,2016-10-25,2017-03-01,1054", _ => "Lost,2016-10-25,2017-03-01,0" };
            pipeline.AppendLine(CultureInfo.InvariantCulture, $"ID{i:D6},Agent {i % 35},GTXPro,{(i % 6 == 0 ? "" : "Cancity")},{stands}");
        }

        desk.Write("sales_teams.csv", teams.ToString());
        desk.Write("sales_pipeline.csv", pipeline.ToString());
        return desk.PathOf(".");
    }
}
