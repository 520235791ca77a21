using System.Text.Json.Nodes;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>A visit from its plan to its report, the customer's questions, and how they buy. It is a Monday.</summary>
public sealed class VisitStories : IAsyncLifetime
{
    private static readonly AccountId Nordwind = AccountId.OfName("Nordwind Dairies");
    private Service service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await Service.StartAsync();
        await MeetAsync("Nordwind Dairies", "zhao", "Erik Sund", "technical", Level.Staff, BuyingRole.TechnicalEvaluator);
        await MeetAsync("Nordwind Dairies", "vik", "Nora Vik", "management", Level.Executive, BuyingRole.DecisionMaker);
        await MeetAsync("苏州恒力化工", "chen", "陈静", "technical", Level.Staff, BuyingRole.TechnicalEvaluator);
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_visit_is_planned_by_typing_warned_about_and_briefed_the_evening_before()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("plan a visit Nordwind Dairies");
        await rep.SeesAsync("whom do you want to meet?");
        await rep.SaysAsync("Nora");
        await rep.SeesAsync("When?");
        await rep.SaysAsync("tomorrow");
        await rep.SeesAsync("At what time?");
        await rep.SaysAsync("2pm");
        await rep.SeesAsync("What do you want to achieve");
        await rep.SaysAsync("bid bond agreed");
        await rep.SeesAsync("Tuesday, 3 March, 14:00");
        await rep.SeesAsync("Nora Vik decides, and nobody inside guides us yet");
        await rep.SeesAsync("Win Erik Sund as a coach first");
        Assert.Empty((await FactsAsync()).Visits);
        await rep.SaysAsync("yes");
        await rep.SeesAsync("The brief comes on Monday, 2 March, 17:00.");

        var visit = Assert.Single((await FactsAsync()).Visits);
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 14, 0, 0, TimeSpan.Zero), visit.At);
        Assert.Equal("bid bond agreed", visit.Aims);

        await service.ForwardAsync(hours: 8);
        await rep.SeesAsync("Nordwind Dairies: your visit is near");
        await rep.SeesAsync("with Nora Vik");
        await rep.SeesAsync("Why change now? (decision maker)");
        await rep.SeesAsync("Accurate project information obtained");
        await service.ForwardAsync(hours: 21);
        await rep.SaysAsync(SaidBy(rep.Button("Report the visit")));
        await rep.SeesAsync("Report of the visit to Nordwind Dairies");
    }

    [Fact]
    public async Task A_visit_is_planned_by_card_and_its_yes_counts_once()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("plan a visit Nordwind Dairies");
        var summary = await rep.PressesAsync("Review", new() { ["whom"] = "zhao", ["day"] = "2026-03-04", ["time"] = "09:30", ["aims"] = "See the line" });
        Assert.Contains("Wednesday, 4 March, 09:30", summary, StringComparison.Ordinal);
        Assert.DoesNotContain("decides", summary, StringComparison.Ordinal);
        var yes = CardButton(summary, "Yes, plan it");
        Assert.Contains("Visit to Nordwind Dairies planned", await rep.PressAsync(yes), StringComparison.Ordinal);
        Assert.Contains("no longer current", await rep.PressAsync(yes), StringComparison.Ordinal);
        Assert.Equal("zhao", Assert.Single(Assert.Single((await FactsAsync()).Visits).Contacts).Value);
        await rep.SaysAsync("status Nordwind Dairies");
        await rep.SeesAsync("Wednesday, 4 March, 09:30");
    }

    [Fact]
    public async Task Without_contacts_a_visit_is_planned_all_the_same()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("plan a visit Halden Paper");
        await rep.SeesAsync("Say **add contact**");
        await rep.SaysAsync("next tuesday 9am");
        await rep.SaysAsync("skip");
        await rep.SeesAsync("Tuesday, 10 March, 09:00");
        await rep.SaysAsync("no");
        await rep.SeesAsync("nothing was recorded");
        Assert.Single(await service.EntriesAsync("s-02"));
    }

    [Fact]
    public async Task A_visit_nobody_reports_is_asked_about_the_next_morning_and_then_reaches_the_manager()
    {
        var rep = service.Teams("ravi");
        await PlanAsync(rep, "tomorrow 14:00");
        await service.ForwardAsync(businessDays: 2);
        await rep.SeesAsync("Nordwind Dairies: how was your visit?");
        await service.ForwardAsync(businessDays: 2);
        await service.Slack("UMARIA").GetsAsync("A visit was planned for 3 Mar 2026");
    }

    [Fact]
    public async Task A_report_by_typing_carries_answers_milestones_and_the_touch_into_the_record_and_shows_progress()
    {
        var rep = service.Teams("ravi");
        await PlanAsync(rep, "today 11:00");
        await service.ForwardAsync(hours: 2);
        await rep.SaysAsync("report visit Nordwind Dairies");
        await rep.SaysAsync("Erik");
        await rep.SeesAsync("questions did you answer?");
        await rep.SaysAsync("1");
        await rep.SeesAsync("what did you tell them?");
        await rep.SaysAsync("We measured the line together");
        await rep.SeesAsync("Which milestones have been reached?");
        await rep.SaysAsync("3");
        await rep.SaysAsync("Send the survey");
        await rep.SaysAsync("next friday");
        await rep.SaysAsync("They liked it");
        await rep.SeesAsync("Shall I record it?");
        Assert.Empty((await FactsAsync()).Answers);
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Questions answered: 0 → 1 of");
        await rep.SeesAsync("Milestones reached: 0 → 1 of");
        await rep.SeesAsync("The gate is open. Next stage: Project establishment.");

        var facts = await FactsAsync();
        Assert.Empty(facts.Visits);
        Assert.Equal("zhao", Assert.Single(facts.Answers.Values).ToldTo?.Value);
        Assert.Equal("Send the survey", facts.NextStep?.What);
        var account = (await service.Accounts.FindAsync(Service.Tenant, Nordwind, CancellationToken.None))!.Account;
        Assert.Equal("They liked it", account.Find(new("zhao"))!.LastTouch?.What);
    }

    [Fact]
    public async Task A_report_by_card_is_one_press_and_one_yes()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("visit report Nordwind Dairies");
        var summary = await rep.PressesAsync("Review", new()
        {
            ["met"] = "zhao,vik", ["on"] = "2026-03-02", ["answer-to-why-change-now"] = "It pays in two years", ["milestones"] = "customer-profile", ["notes"] = "Tour of the plant",
        });
        Assert.Contains("It pays in two years", summary, StringComparison.Ordinal);
        var answer = await rep.PressAsync(CardButton(summary, "Yes, record it"));
        Assert.Contains("Questions answered: 0 → 1", Words(answer), StringComparison.Ordinal);
        var told = (await FactsAsync()).Answers[new QuestionId("why-change-now")].ToldTo;
        Assert.Equal("vik", told?.Value); // the one met who asks it
    }

    [Fact]
    public async Task A_visit_is_moved_and_cancelled_and_cancel_alone_stays_cancel()
    {
        var rep = service.Teams("ravi");
        await PlanAsync(rep, "tomorrow 14:00");
        await rep.SaysAsync("move visit Nordwind Dairies");
        await rep.SaysAsync("thursday 9:00");
        await rep.SeesAsync("moved to Thursday, 5 March, 09:00");
        await rep.SaysAsync("cancel visit Nordwind Dairies");
        await rep.SeesAsync("why is it off?");
        await rep.SaysAsync("cancel");
        await rep.SeesAsync("Cancelled");
        Assert.Single((await FactsAsync()).Visits);
        await rep.SaysAsync("cancel visit Nordwind Dairies");
        await rep.SaysAsync("They are ill");
        await rep.SeesAsync("is off");
        Assert.Empty((await FactsAsync()).Visits);
    }

    [Fact]
    public async Task Questions_are_listed_added_answered_and_reopened()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("add question Nordwind Dairies");
        await rep.SaysAsync("Who trains our night shift?");
        await rep.SaysAsync("User");
        await rep.SeesAsync("question added");
        await rep.SaysAsync("answer question Nordwind Dairies");
        await rep.SaysAsync("Who trains");
        await rep.SaysAsync("Our own trainers");
        await rep.SaysAsync("Erik Sund");
        await rep.SeesAsync("answer recorded. 1 of");
        await rep.SaysAsync("questions Nordwind Dairies");
        await rep.SeesAsync("✓ Who trains our night shift?");
        await rep.SeesAsync("told to Erik Sund");
        await rep.SaysAsync("reopen question Nordwind Dairies");
        await rep.SaysAsync("1");
        await rep.SaysAsync("The trainers left");
        await rep.SeesAsync("question open again. 0 of");
    }

    [Fact]
    public async Task How_they_buy_is_recorded_and_who_approves_is_asked_for_once_the_contract_is_approved()
    {
        var rep = service.Teams("ravi");
        await MeetAsync("Castell Brewery", "hofer", "Karl Hofer", "management", Level.Executive, BuyingRole.DecisionMaker);
        await rep.SaysAsync("bid Castell Brewery");
        await rep.SaysAsync("By tender");
        await rep.SaysAsync("20 March");
        await rep.SeesAsync("tender, bids until 20 Mar 2026");
        await rep.SaysAsync("status Castell Brewery");
        await rep.SeesAsync("tender, bids until 20 Mar 2026");

        await rep.SaysAsync("check in Castell Brewery");
        await rep.PressesAsync("Review", new() { ["milestones"] = "contract-approved" });
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Who approved the contract there?");
        await rep.SaysAsync("approver Castell Brewery");
        await rep.SaysAsync("Karl");
        await rep.SeesAsync("Karl Hofer approves the contract");
    }

    [Fact]
    public async Task A_colleague_neither_plans_nor_reads_the_brief_of_anothers_customer()
    {
        var colleague = service.Teams("lina");
        await colleague.SaysAsync("计划拜访 Nordwind Dairies");
        await colleague.SeesAsync("没有找到");
        await colleague.SaysAsync("简报 Nordwind Dairies");
        await colleague.SeesAsync("没有找到");
    }

    [Fact]
    public async Task A_visit_from_plan_to_report_in_Chinese()
    {
        var rep = service.Teams("lina");
        await rep.SaysAsync("计划拜访 苏州恒力化工");
        await rep.SeesAsync("要拜访谁");
        await rep.SaysAsync("陈静");
        await rep.SaysAsync("今天下午2点");
        await rep.SaysAsync("跳过");
        await rep.SeesAsync("3月2日 星期一 14:00");
        await rep.SaysAsync("是");
        await rep.SeesAsync("已安排拜访 苏州恒力化工");
        await rep.SaysAsync("简报 苏州恒力化工");
        await rep.SeesAsync("接下来要解答");
        await service.ForwardAsync(hours: 5);
        await rep.SaysAsync("拜访汇报 苏州恒力化工");
        await rep.SeesAsync("见了谁");
        foreach (var answer in new[] { "1", "1", "现场测过产线", "无", "无", "客户很感兴趣" })
        {
            await rep.SaysAsync(answer);
        }

        await rep.SeesAsync("我的理解如下");
        await rep.SaysAsync("是");
        await rep.SeesAsync("客户问题已解答：0 → 1/");
    }

    private static async Task PlanAsync(TeamsUser rep, string when)
    {
        foreach (var words in new[] { "plan a visit Nordwind Dairies", "Erik", when, "skip", "yes" })
        {
            await rep.SaysAsync(words);
        }

        await rep.SeesAsync("Visit to Nordwind Dairies planned");
    }

    private async Task<OpportunityFacts> FactsAsync() =>
        (await service.Ledger.FindAsync(Service.Tenant, new("s-01"), CancellationToken.None))!.Opportunity.Facts;

    private Task MeetAsync(string account, string id, string name, string department, Level level, BuyingRole role) =>
        service.KnowsAsync(account, name, department, level, role, id);

    // the words of the card that an invoke was answered with
    private static string Words(string response) =>
        string.Join('\n', JsonNode.Parse(response)!["value"]!["body"]!.AsArray().Select(e => (string?)e!["text"]));

    private static string SaidBy(JsonNode button) => (string)button["data"]!["msteams"]!["value"]!;

    private static JsonNode CardButton(string response, string title) =>
        JsonNode.Parse(response)!["value"]!["actions"]!.AsArray().First(a => (string?)a!["title"] == title)!;
}
