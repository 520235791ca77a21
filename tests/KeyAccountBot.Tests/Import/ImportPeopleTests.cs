using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using Xunit;

namespace KeyAccountBot.Tests.Import;

public sealed class ImportPeopleTests : IDisposable
{
    private const string Header = "name,email,role,manager_email,teams_id,slack_id,time_zone,locale,channel\n";
    private readonly CommandDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task A_manager_may_stand_on_a_later_line()
    {
        Assert.Equal(0, await Import(Header + "Ann,Ann@Acme.example,rep,bob@acme.example,t-1,U1,Asia/Shanghai,zh-Hans,slack\nBob,bob@acme.example,director,,,,,,\n"));

        var ann = await desk.Person("ann-acme-example");
        Assert.Equal(("ann@acme.example", new PersonId("bob-acme-example"), "t-1", "U1", "Asia/Shanghai", "zh-Hans", Channel.Slack),
            (ann.Email, ann.Manager, ann.TeamsId, ann.SlackId, ann.TimeZone, ann.Locale, ann.Prefers));
        Assert.DoesNotContain("No director", desk.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_may_be_on_record_already()
    {
        await Import(Header + "Bob,bob@acme.example,manager,,,,,,\n");
        Assert.Equal(0, await Import(Header + "Ann,ann@acme.example,rep,BOB@acme.example,,,,,\n"));

        Assert.Equal(new PersonId("bob-acme-example"), (await desk.Person("ann-acme-example")).Manager);
    }

    [Fact]
    public async Task A_changed_person_is_updated_and_an_empty_cell_says_nothing()
    {
        await Import(Header + "Ann,ann@acme.example,rep,,t-1,U1,,,\n");
        Assert.Equal(0, await Import(Header + "Ann Lee,ann@acme.example,manager,,-,,,,\n"));

        var ann = await desk.Person("ann-acme-example");
        Assert.Equal(("Ann Lee", Role.Manager, (string?)null, "U1"), (ann.Name, ann.Role, ann.TeamsId, ann.SlackId));
        Assert.Matches("people +0 +1 +0 +0", desk.Said);
    }

    [Fact]
    public async Task A_bad_line_is_named_by_file_line_and_column_and_the_rest_goes_in()
    {
        var code = await Import(Header + "Ann,ann@acme.example,boss,,,,,,\nBob,bob@acme.example,rep,,,,Mars/Base,,\nCat,cat@acme.example,rep,,,,,,\nCat,cat@acme.example,rep,,,,,,\nDan,dan@acme.example,rep,who@acme.example,,,,,\nEve,eve@acme.example\n");

        Assert.Equal(2, code);
        Assert.Contains("people.csv:2:3: 'boss' is no role", desk.Complained, StringComparison.Ordinal);
        Assert.Contains("people.csv:3:7: 'Mars/Base' is no IANA time zone", desk.Complained, StringComparison.Ordinal);
        Assert.Contains("people.csv:5:2: cat@acme.example stands on line 4 already", desk.Complained, StringComparison.Ordinal);
        Assert.Contains("people.csv:6:4: nobody on record or in the file has the e-mail who@acme.example", desk.Complained, StringComparison.Ordinal);
        Assert.Contains("people.csv:7:3: the line has 2 cells, the header 9 cells", desk.Complained, StringComparison.Ordinal);
        Assert.Equal(["Cat"], (await desk.Company()).People.Select(p => p.Name));
    }

    [Fact]
    public async Task Whoever_reports_to_a_line_that_stays_out_stays_out_too()
    {
        Assert.Equal(2, await Import(Header + "Ann,ann@acme.example,rep,bob@acme.example,,,,,\nBob,bob@acme.example,manager,cat@acme.example,,,,,\nCat,cat@acme.example,queen,,,,,,\n"));

        Assert.Empty((await desk.Company()).People);
    }

    [Fact]
    public async Task Strict_takes_all_lines_or_none()
    {
        var file = desk.Write("people.csv", Header + "Ann,ann@acme.example,rep,,,,,,\nBob,bob@acme.example,boss,,,,,,\n");

        Assert.Equal(2, await desk.Types("import", "people", file, "--strict"));

        Assert.Equal(0, desk.Store.Writes);
        Assert.Contains("Nothing was written", desk.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_says_what_would_change_and_writes_nothing()
    {
        await Import(Header + "Ann,ann@acme.example,rep,,,,,,\n");
        var writes = desk.Store.Writes;
        var file = desk.Write("people.csv", Header + "Ann,ann@acme.example,manager,,,,,,\nBob,bob@acme.example,rep,,,,,,\n");

        Assert.Equal(0, await desk.Types("import", "people", file, "--dry-run"));

        Assert.Contains("would add Bob (rep, bob@acme.example)", desk.Said, StringComparison.Ordinal);
        Assert.Contains("would change Ann: role rep to manager", desk.Said, StringComparison.Ordinal);
        Assert.Equal(writes, desk.Store.Writes);
    }

    [Fact]
    public async Task Quotes_line_breaks_a_byte_order_mark_and_semicolons_are_read()
    {
        var code = await Import("\uFEFFname;email;role\r\n\"Lee; \"\"Ann\"\"\r\nJr.\";ann@acme.example;rep\r\n\r\nBob;bob@acme.example;boss\r\n");

        Assert.Equal(2, code);
        Assert.Equal("Lee; \"Ann\"\r\nJr.", (await desk.Person("ann-acme-example")).Name);
        Assert.Contains("people.csv:5:3:", desk.Complained, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name,role\nAnn,rep\n", "people.csv has no column 'email'. Its columns: name, role.")]
    [InlineData("", "is empty")]
    public async Task A_file_that_cannot_be_people_is_refused_with_a_sentence(string text, string sentence)
    {
        Assert.Equal(1, await Import(text));

        Assert.Contains(sentence, desk.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_map_names_their_headers()
    {
        var map = desk.Write("map.json", """{"Wer": "name", "Post": "email", "Rang": "role"}""");
        var file = desk.Write("people.csv", "Wer,Post,Rang\nAnn,ann@acme.example,rep\n");

        Assert.Equal(0, await desk.Types("import", "people", file, "--map", map));

        Assert.Equal("Ann", (await desk.Person("ann-acme-example")).Name);
    }

    [Theory]
    [InlineData("""{"Wer": "nickname"}""", "names 'nickname', which is no column of ours")]
    [InlineData("""{"Wen": "name"}""", "people.csv has no column 'Wen'")]
    [InlineData("Wer", "cannot be read as")]
    public async Task A_map_that_does_not_fit_is_refused_with_a_sentence(string map, string sentence)
    {
        var file = desk.Write("people.csv", "Wer,email,role\nAnn,ann@acme.example,rep\n");

        Assert.Equal(1, await desk.Types("import", "people", file, "--map", desk.Write("map.json", map)));

        Assert.Contains(sentence, desk.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_tenant_has_its_own_people()
    {
        var file = desk.Write("people.csv", Header + "Ann,ann@acme.example,rep,,,,,,\n");

        Assert.Equal(0, await desk.Types("import", "people", file, "--tenant", "other"));

        Assert.Empty((await desk.Company()).People);
        Assert.Single((await desk.People.LoadAsync(new TenantId("other"), default)).People);
    }

    private Task<int> Import(string text) => desk.Types("import", "people", desk.Write("people.csv", text));
}
