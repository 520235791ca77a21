using System.Text.Json;
using KeyAccountBot.Commands;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using Xunit;

namespace KeyAccountBot.Tests.Import;

public sealed class ImportOpportunitiesTests : IDisposable
{
    private const string Header = "id,account,name,amount,currency,stage,owner_email,expected_close,stage_entered\n";
    private readonly CommandDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task An_opportunity_comes_on_record_as_the_file_says()
    {
        Assert.Equal(0, await Import(Header + "7,Cancity,Press line,\"1,234.50\",eur,方案,ann@acme.example,12/24/2026,2026-11-01\n"));

        var facts = await desk.Facts("7");
        Assert.Equal(
            ("Cancity", "Press line", new Money(1234.50m, "EUR"), "proposal", new PersonId("ann-acme-example"), new DateOnly(2026, 12, 24), new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero)),
            (facts.Account, facts.Name, facts.Amount, facts.Stage.Value, facts.Owner, facts.ExpectedClose, facts.StageEnteredAt));
    }

    [Theory]
    [InlineData("Opportunity ID,Opportunity Name,Account Name,Amount,Close Date,Stage,Owner Email", "7,Press line,Cancity,5000,12/24/2026,Proposal,ann@acme.example")]
    [InlineData("Record ID,Deal Name,Associated Company,Deal Stage,Deal owner,Amount,Close Date", "7,Press line,Cancity,proposal,Ann,5000,2026-12-24 10:15")]
    [InlineData("hs_object_id,dealname,Associated Company,dealstage,Deal owner,amount,closedate", "7,Press line,Cancity,PROPOSAL,Ann,5000,2026-12-24T10:15:00Z")]
    [InlineData("opportunityid,name,parentaccountid,estimatedvalue,estimatedclosedate,ownerid,stepname", "7,Press line,Cancity,\"5,000.00\",12/24/2026,Ann,Proposal")]
    public async Task Headers_of_other_systems_are_known(string header, string line)
    {
        Assert.Equal(0, await Import($"{header}\n{line}\n"));

        var facts = await desk.Facts("7");
        Assert.Equal(("Cancity", "Press line", 5000m, "proposal", new DateOnly(2026, 12, 24)),
            (facts.Account, facts.Name, facts.Amount.Amount, facts.Stage.Value, facts.ExpectedClose));
    }

    [Fact]
    public async Task What_is_on_record_stays_as_it_is()
    {
        await Import(Header + "7,Cancity,Press line,5000,USD,proposal,ann@acme.example,,\n");
        Assert.Equal(0, await Import(Header + "7,Cancity,Press line,9,USD,bidding,ann@acme.example,,\n8,Cancity,Spare parts,9,USD,,ann@acme.example,,\n"));

        Assert.Equal(5000m, (await desk.Facts("7")).Amount.Amount);
        Assert.Equal("development", (await desk.Facts("8")).Stage.Value);
        Assert.Matches("opportunities +1 +0 +1 +0", desk.Said);
    }

    [Theory]
    [InlineData("7,Cancity,Press line,\"1.234,50\",USD,,ann@acme.example,,", "opportunities.csv:2:4: '1.234,50' is no amount")]
    [InlineData("7,Cancity,Press line,\"1,5\",USD,,ann@acme.example,,", "opportunities.csv:2:4: '1,5' is no amount")]
    [InlineData("7,Cancity,Press line,1,Euros,,ann@acme.example,,", "opportunities.csv:2:5: 'Euros' is no currency code")]
    [InlineData("7,Cancity,Press line,1,USD,Haggling,ann@acme.example,,", "opportunities.csv:2:6: the playbook has no stage 'Haggling'; it has development, ")]
    [InlineData("7,Cancity,Press line,1,USD,,who@acme.example,,", "opportunities.csv:2:7: nobody on record has the e-mail who@acme.example")]
    [InlineData("7,Cancity,Press line,1,USD,,ann@acme.example,24.12.2026,", "opportunities.csv:2:8: '24.12.2026' is no date")]
    [InlineData("7,Cancity,Press line,1,USD,,ann@acme.example,,2027-01-01", "opportunities.csv:2:9: '2027-01-01' lies in the future")]
    [InlineData("7,Can\"city,Press line,1,USD,,ann@acme.example,,", "opportunities.csv:2:1: a quotation mark stands inside a cell")]
    public async Task A_bad_cell_is_named_by_file_line_and_column(string line, string fault)
    {
        Assert.Equal(2, await Import(Header + line + "\n8,Cancity,Spare parts,9,USD,,ann@acme.example,,\n"));

        Assert.Contains(fault, desk.Complained, StringComparison.Ordinal);
        Assert.Equal(["8"], (await desk.Listed()).Select(l => l.Id.Value));
    }

    [Theory]
    [InlineData(201, 1, "opportunities.csv:2:2: the account is longer than 200 characters")]
    [InlineData(1, 201, "opportunities.csv:2:3: the name is longer than 200 characters")]
    public async Task A_name_too_long_for_a_card_is_a_bad_cell(int account, int name, string fault)
    {
        Assert.Equal(2, await Import($"{Header}7,{new string('a', account)},{new string('n', name)},1,USD,,ann@acme.example,,\n"));

        Assert.Contains(fault, desk.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_says_where_an_opportunity_stands_and_how_it_came_there()
    {
        await Import(Header + "7,Cancity [north],Press line,5000,USD,proposal,ann@acme.example,,2026-11-01\n");
        var now = desk.Clock.GetUtcNow();
        await desk.Ledger.RecordAsync(
            CommandDesk.Tenant, new OpportunityId("7"),
            new OpportunityCommand.CheckIn([new MilestoneClaim(new MilestoneId("solution-presented"), new DateOnly(2026, 11, 20), null)], new NextStep("Send the offer", new DateOnly(2026, 12, 1))),
            new CommandContext(new CommandId("c1"), new PersonId("ann-acme-example"), now, new DateOnly(2026, 11, 24), "msteams"), await desk.Company(), default);

        Assert.Equal(0, await desk.Types("show", "cancity", "press"));

        Assert.Contains("Cancity [north]: Press line", desk.Said, StringComparison.Ordinal);
        Assert.Matches(@"stage +Proposal, 3 of 6, since 2026-11-01 00:00", desk.Said);
        Assert.Matches(@"milestones +1/\d+", desk.Said);
        Assert.Matches("gate +missing Customer relationship effectively advanced", desk.Said);
        Assert.Matches("next step +Send the offer, by 2026-12-01", desk.Said);
        Assert.Matches(@"2026-11-24 09:00 +the bot +import +came on record in Proposal, open, worth 5,000.00 USD, owned by Ann", desk.Said);
        Assert.Matches(@"2026-11-24 09:00 +Ann +msteams +reached on 2026-11-20: Solution presented", desk.Said);
    }

    [Fact]
    public async Task Show_lists_what_matches_where_several_do_and_says_so_where_none_does()
    {
        await Import(Header + "7,Cancity,Press line,1,USD,,ann@acme.example,,\n8,Cancity,Spare parts,1,USD,,ann@acme.example,,\n");

        Assert.Equal(0, await desk.Types("show", "cancity"));
        Assert.Contains("2 opportunities match", desk.Said, StringComparison.Ordinal);
        Assert.Equal(1, await desk.Types("show", "nowhere"));
        Assert.Contains("'nowhere'", desk.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_computes_nothing_in_a_spreadsheet_and_can_be_imported_again()
    {
        await Import(Header + "7,=1+1,\"Press, \"\"big\"\"\",5000.5,USD,proposal,ann@acme.example,2026-12-24,\n");
        var file = desk.PathOf("out.csv");

        Assert.Equal(0, await desk.Types("export", "opportunities", "--format", "csv", "--output", file));

        Assert.Contains("7,'=1+1,\"Press, \"\"big\"\"\",5000.5,USD,proposal,open,false,Ann,ann@acme.example,2026-12-24\n", File.ReadAllText(file), StringComparison.Ordinal);
        await desk.Types("import", "people", desk.PathOf("people.csv"), "--tenant", "other");
        Assert.Equal(0, await desk.Types("import", "opportunities", file, "--tenant", "other"));
        Assert.Equal("=1+1", (await desk.Ledger.FindAsync(new TenantId("other"), new OpportunityId("7"), default))!.Opportunity.Facts.Account);
    }

    [Theory]
    [InlineData("lost", OpportunityStatus.Lost)]
    [InlineData("on-hold", OpportunityStatus.OnHold)]
    [InlineData("Won", OpportunityStatus.Completed)]
    [InlineData("", OpportunityStatus.Open)]
    public async Task A_status_column_says_whether_it_is_alive(string cell, OpportunityStatus status)
    {
        Assert.Equal(0, await Import($"id,account,name,amount,stage,status,owner_email\n7,Cancity,Press line,1,bidding,{cell},Ann\n"));

        Assert.Equal(("bidding", status), ((await desk.Facts("7")).Stage.Value, (await desk.Facts("7")).Status));
    }

    [Fact]
    public async Task An_export_as_json_keeps_numbers_numbers()
    {
        await Import(Header + "7,=1+1,Press line,5000.5,USD,proposal,ann@acme.example,,\n");

        Assert.Equal(0, await desk.Types("export", "opportunities", "--format", "json"));

        using var json = JsonDocument.Parse(desk.Said);
        Assert.Equal(("=1+1", 5000.5m, JsonValueKind.Null), (json.RootElement[0].GetProperty("account").GetString(), json.RootElement[0].GetProperty("amount").GetDecimal(), json.RootElement[0].GetProperty("expected_close").ValueKind));
    }

    [Theory]
    [InlineData(true, "import", "crm", "x")]
    [InlineData(true, "show", "7")]
    [InlineData(true, "export")]
    [InlineData(true, "--help")]
    [InlineData(true, "help")]
    [InlineData(false)]
    [InlineData(false, "--urls", "http://localhost:1")]
    public void Commands_are_told_from_the_service(bool wanted, params string[] args) => Assert.Equal(wanted, CommandLine.Wants(args));

    [Fact]
    public async Task Help_names_every_command_without_touching_the_record()
    {
        Assert.Equal(0, await desk.Types("help", "import"));
        Assert.Contains("people", desk.Said, StringComparison.Ordinal);
        Assert.Contains("--dry-run", desk.Said, StringComparison.Ordinal);
        Assert.Equal(0, await desk.Types("--help"));
        Assert.Contains("export", desk.Said, StringComparison.Ordinal);
    }

    private async Task<int> Import(string text)
    {
        await desk.Types("import", "people", desk.Write("people.csv", "name,email,role\nAnn,ann@acme.example,rep\n"));
        return await desk.Types("import", "opportunities", desk.Write("opportunities.csv", text));
    }
}
