using System.Text.Json.Nodes;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

public sealed class ContactStories : IAsyncLifetime
{
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_rep_adds_a_contact_by_typing_and_hears_what_is_still_missing()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("add contact Nordwind Dairies");
        await rep.SeesAsync("what is the name?");
        await rep.SaysAsync("Karl Ott");
        await rep.SeesAsync("which department?");
        await rep.SaysAsync("Technical");
        await rep.SeesAsync("which level?");
        await rep.SaysAsync("skip");
        await rep.SeesAsync("which part in the purchase?");
        await rep.SaysAsync("Technical evaluator");
        await rep.SeesAsync("how well do we know each other?");
        await rep.SaysAsync("2");
        await rep.SeesAsync("a coach");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Shall I record it?");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Recorded: Karl Ott at Nordwind Dairies");
        await rep.SeesAsync("nobody looks after Karl Ott");

        var contact = Assert.Single((await AccountAsync("Nordwind Dairies")).Active);
        Assert.Equal(
            new ContactData("Karl Ott", new DepartmentId("technical"), Level.Staff, BuyingRole.TechnicalEvaluator, 2, IsCoach: true), contact.Data);
    }

    [Fact]
    public async Task A_contact_is_added_by_card_once_however_often_it_is_confirmed()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("add contact Castell Brewery");
        var summary = await rep.PressesAsync("Review", new()
        {
            ["name"] = "Vera Blum", ["department"] = "management", ["level"] = "Executive", ["role"] = "DecisionMaker", ["strength"] = "1",
            ["reportsTo"] = "-", ["maintainer"] = "dieter-vogel",
        });
        Assert.Contains("New at Castell Brewery: Vera Blum", summary, StringComparison.Ordinal);
        Assert.Empty(service.Ends.ToSlack);
        Assert.Null(await service.Accounts.FindAsync(Service.Tenant, AccountId.OfName("Castell Brewery"), CancellationToken.None));
        var yes = CardButton(summary, "Yes, record it");
        Assert.Contains("Recorded: Vera Blum", await rep.PressAsync(yes), StringComparison.Ordinal);
        Assert.Contains("no longer current", await rep.PressAsync(yes), StringComparison.Ordinal);

        var contact = Assert.Single((await AccountAsync("Castell Brewery")).Active);
        Assert.Equal(new PersonId("dieter-vogel"), contact.Maintainer);
    }

    [Fact]
    public async Task A_name_on_record_is_refused_with_where_they_stand_and_a_retired_contact_is_gone()
    {
        var rep = service.Teams("ravi");
        await AddAsync("Nordwind Dairies", "Karl Ott", "technical", Level.Staff, BuyingRole.TechnicalEvaluator);

        await rep.SaysAsync("add contact Nordwind Dairies");
        await rep.SaysAsync("karl ott");
        await rep.SeesAsync("Karl Ott is on record already (Technical, Staff)");

        await rep.SaysAsync("retire contact Nordwind Dairies");
        await rep.SaysAsync("Karl Ott");
        await rep.SeesAsync("Why?");
        await rep.SaysAsync("moved to another plant");
        await rep.SeesAsync("Karl Ott counts no more");
        await rep.SaysAsync("contacts Nordwind Dairies");
        await rep.SeesAsync("contacts (0)");
        await rep.SeesAsync("no contact is on record yet");
    }

    [Fact]
    public async Task Contacts_shows_the_organisation_the_coverage_and_the_gaps()
    {
        var rep = service.Teams("ravi");
        var boss = await AddAsync("Castell Brewery", "Vera Blum", "management", Level.Executive, BuyingRole.DecisionMaker);
        await AddAsync("Castell Brewery", "Karl Ott", "technical", Level.Staff, BuyingRole.TechnicalEvaluator, superior: boss, maintainer: "ravi-patel");

        await rep.SaysAsync("contacts Castell");
        await rep.SeesAsync("Vera Blum ◆ decision maker");
        await rep.SeesAsync("↳");
        await rep.SeesAsync("Ravi Patel, no touch yet");
        await rep.SeesAsync("nobody looks after Vera Blum");
        await rep.SeesAsync("win Karl Ott first");
    }

    [Fact]
    public async Task The_rules_proposals_are_taken_with_one_press_and_a_colleague_is_chosen()
    {
        var rep = service.Teams("ravi");
        await AddAsync("Castell Brewery", "Vera Blum", "management", Level.Executive, BuyingRole.DecisionMaker);
        await AddAsync("Castell Brewery", "Karl Ott", "technical", Level.Staff, BuyingRole.TechnicalEvaluator);

        await rep.SaysAsync("assign Castell Brewery");
        await rep.SeesAsync("Grace Okafor");
        var answer = await rep.PressesAsync("Accept all");
        Assert.Contains("Recorded for Castell Brewery", answer, StringComparison.Ordinal);
        Assert.Equal(["grace-okafor", "ravi-patel"], (await AccountAsync("Castell Brewery")).Active.Select(c => c.Maintainer?.Value));
        await service.ForwardAsync(hours: 1);
        await service.Slack("UGRACE").GetsAsync("Ravi Patel asks you to look after Vera Blum");

        await rep.SaysAsync("assign Castell Brewery");
        await rep.SeesAsync("I have no proposal");
        await rep.SaysAsync("Vera Blum");
        await rep.SaysAsync("Ravi Patel");
        await rep.SeesAsync("too junior");
    }

    [Fact]
    public async Task Status_names_who_decides_first_and_a_touch_keeps_a_contact_fresh()
    {
        var rep = service.Teams("ravi");
        await AddAsync("Castell Brewery", "Karl Ott", "technical", Level.Staff, BuyingRole.TechnicalEvaluator, maintainer: "ravi-patel");

        await rep.SaysAsync("status Castell Brewery");
        await rep.SeesAsync("who decides in the end is not known: ask Karl Ott");
        await rep.SaysAsync("touch Karl Otto");
        await rep.SeesAsync("Did you mean");
        await rep.SaysAsync("1");
        await rep.SeesAsync("What was it about?");
        await rep.SaysAsync("touch base on the drawings");
        await rep.SeesAsync("Recorded: in touch with Karl Ott today");

        var touch = Assert.Single(Assert.Single((await AccountAsync("Castell Brewery")).Active).Touches);
        Assert.Equal(("touch base on the drawings", new PersonId("ravi-patel")), (touch.What, touch.By));
    }

    [Fact]
    public async Task The_managers_nudge_says_what_is_missing_in_coverage()
    {
        await service.Teams("ravi").SaysAsync("help");

        await service.ForwardAsync(businessDays: 7);

        var nudge = await service.Slack("UMARIA").GetsAsync("Brightwater Foods needs you");
        Assert.Contains("Coverage: who decides in the end is not known", nudge.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_director_sees_their_decision_makers_and_logs_a_touch_with_one_press()
    {
        var director = service.Teams("dieter");
        var boss = await AddAsync("Castell Brewery", "Vera Blum", "management", Level.Executive, BuyingRole.DecisionMaker, maintainer: "dieter-vogel");

        await director.SaysAsync("my decision makers");
        await director.SeesAsync("Vera Blum · Castell Brewery");
        await director.SeesAsync("To answer next");
        var press = TouchedToday(director.Heard()[^1].Attachments![0].Content!.Value.GetRawText());
        var answer = await director.PressAsync(press);
        await director.PressAsync(press);

        Assert.Contains("In touch today", answer, StringComparison.Ordinal);
        Assert.Single(await EntriesAsync("Castell Brewery"), e => e.What is AccountEvent.ContactTouched touched && touched.Contact == boss);
    }

    [Fact]
    public async Task The_same_works_in_slack()
    {
        var director = service.Slack("UDIETER");
        var boss = await AddAsync("Castell Brewery", "Vera Blum", "management", Level.Executive, BuyingRole.DecisionMaker, maintainer: "dieter-vogel");
        using var said = await director.PostAsync(
            "/slack/events",
            """{"type":"event_callback","event_id":"E1","team_id":"T1","event":{"type":"message","channel_type":"im","channel":"D-UDIETER","user":"UDIETER","text":"my decision makers","ts":"1.1"}}""");

        var message = await director.GetsAsync("Vera Blum · Castell Brewery");
        await director.PressesAsync(message, "Touched today");
        await director.GetsAsync("In touch today");

        Assert.Contains(service.Ends.ToSlack, m => m.Method == "chat.update");
        Assert.Single(await EntriesAsync("Castell Brewery"), e => e.What is AccountEvent.ContactTouched touched && touched.Contact == boss);
    }

    [Fact]
    public async Task An_evaluation_by_typing_and_one_by_card_show_the_score_and_what_changed()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("evaluate Nordwind Dairies");
        await rep.SeesAsync("1 of 5");
        await rep.SaysAsync("plenty");
        await rep.SeesAsync("A number from 0 to 4");
        foreach (var answer in new[] { "3 suits the line", "4", "2", "1", "3" })
        {
            await rep.SaysAsync(answer);
        }

        await rep.SeesAsync("68 of 100, a key account");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Recorded for Nordwind Dairies: 68 of 100, a key account");
        await rep.SaysAsync("my opportunities");
        await rep.SeesAsync("68/100");

        await rep.SaysAsync("evaluate Nordwind Dairies");
        var summary = await rep.PressesAsync("Review", new()
        {
            ["scoreFit"] = "3", ["scoreBudget"] = "0", ["noteBudget"] = "frozen", ["scoreUrgency"] = "2", ["scoreCompetition"] = "1", ["scoreRelationship"] = "3",
        });
        var recorded = await rep.PressAsync(CardButton(summary, "Yes, record it"));
        Assert.Contains("48 of 100, not a key account", recorded, StringComparison.Ordinal);
        Assert.Contains("Last time it was 68: Budget 4 \\u2192 0", recorded, StringComparison.Ordinal);
        Assert.Equal(2, (await service.EntriesAsync("s-01")).Count(e => e.What is OpportunityEvent.CustomerEvaluated));
    }

    [Fact]
    public async Task A_colleagues_customer_is_neither_seen_nor_changed_and_all_of_it_works_in_Chinese()
    {
        var rep = service.Teams("lina");

        await rep.SaysAsync("联系人 Nordwind Dairies");
        await rep.SeesAsync("没有找到");
        await rep.SaysAsync("新增联系人青岛海源食品");
        await rep.SeesAsync("叫什么名字");
        foreach (var answer in new[] { "赵敏", "采购部门", "部门主管", "跳过", "2", "否" })
        {
            await rep.SaysAsync(answer);
        }

        await rep.SeesAsync("要记录吗");
        await rep.SaysAsync("是");
        await rep.SeesAsync("不清楚最终由谁拍板：可以问 赵敏");
        await rep.SaysAsync("联系人 青岛海源食品");
        await rep.SeesAsync("青岛海源食品：联系人（1）");
    }

    private Task<ContactId> AddAsync(
        string account, string name, string department, Level level, BuyingRole role, ContactId? superior = null, string? maintainer = null) =>
        service.KnowsAsync(account, name, department, level, role, strength: 1, superior: superior, maintainer: maintainer is null ? null : new PersonId(maintainer));

    private async Task<Account> AccountAsync(string account) =>
        (await service.Accounts.FindAsync(Service.Tenant, AccountId.OfName(account), CancellationToken.None))!.Account;

    private async Task<IReadOnlyList<AccountEntry>> EntriesAsync(string account)
    {
        List<AccountEntry> entries = [];
        await foreach (var entry in service.Accounts.EntriesAsync(Service.Tenant, AccountId.OfName(account), CancellationToken.None))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static JsonNode TouchedToday(string card) =>
        JsonNode.Parse(card)!["body"]!.AsArray().First(e => (string?)e!["type"] == "ActionSet")!["actions"]![0]!;

    private static JsonNode CardButton(string response, string title) =>
        JsonNode.Parse(response)!["value"]!["actions"]!.AsArray().First(a => (string?)a!["title"] == title)!;
}
