using System.Text.RegularExpressions;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>A rep reports in words of their own: the bot proposes what it would record, and records on yes.</summary>
public sealed class FreeTextStories : IAsyncLifetime
{
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_report_that_names_a_contact_is_proposed_and_recorded_on_yes_with_the_touch()
    {
        await KnowsAsync("Brightwater Foods", "li", "Li Wei", "ravi-patel");
        var rep = service.Teams("ravi");

        await rep.SaysAsync("met Li Wei from QA, they accept the test plan, bid goes in Friday");
        await rep.SeesAsync("This is what I would record for Brightwater Foods");
        await rep.SeesAsync("Li Wei");
        await rep.SeesAsync("they accept the test plan");
        await rep.SeesAsync("by 6 Mar 2026");
        Assert.Single(await service.EntriesAsync("s-04"));
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Bid submitted or Direct negotiation opened");

        var recorded = (await service.EntriesAsync("s-04")).Select(e => e.What).ToList();
        Assert.Equal(new ContactId("li"), Assert.Single(Assert.Single(recorded.OfType<OpportunityEvent.VisitReported>()).Met));
        Assert.Equal("how-quality-is-proven", Assert.Single(recorded.OfType<OpportunityEvent.QuestionAnswered>()).Question.Value);
        Assert.Empty(recorded.OfType<OpportunityEvent.MilestoneReached>());
        var touched = await service.Accounts.FindAsync(Service.Tenant, AccountId.OfName("Brightwater Foods"), CancellationToken.None);
        Assert.Equal(new DateOnly(2026, 3, 2), touched!.Account.Find(new ContactId("li"))!.LastTouch!.On);
    }

    [Fact]
    public async Task A_report_in_Chinese_is_answered_by_the_card_and_counts_once()
    {
        await KnowsAsync("青岛海源食品", "zhang", "张伟", "li-na");
        var rep = service.Teams("lina");

        await rep.SaysAsync("今天拜访了张伟，方案已经汇报，下周三提交标书");
        await rep.SeesAsync("我准备为 青岛海源食品 记录以下内容");
        var yes = rep.Button("是，记录");
        Assert.Contains("关口还缺", Regex.Unescape(await rep.PressAsync(yes)), StringComparison.Ordinal);
        Assert.Contains("已失效", Regex.Unescape(await rep.PressAsync(yes)), StringComparison.Ordinal);

        var recorded = (await service.EntriesAsync("s-05")).Select(e => e.What).ToList();
        Assert.Single(recorded.OfType<OpportunityEvent.VisitReported>());
        Assert.Equal("solution-presented", Assert.Single(recorded.OfType<OpportunityEvent.MilestoneReached>()).Milestone.Value);
        Assert.Equal(new DateOnly(2026, 3, 11), Assert.Single(recorded.OfType<OpportunityEvent.CheckedIn>()).NextStep!.Due);
    }

    [Fact]
    public async Task No_records_nothing_and_change_opens_the_form_with_what_is_there()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("Brightwater: bid submitted this morning");
        await rep.SeesAsync("Bid submitted");
        await rep.SaysAsync("no");
        await rep.SeesAsync("nothing was recorded");
        await rep.SaysAsync("Brightwater: bid submitted this morning");
        await rep.SaysAsync("change");
        await rep.SeesAsync("What should I change?");
        await rep.SaysAsync("it was yesterday");
        await rep.SeesAsync("Changed: day it was reached.");
        await rep.SeesAsync("1 Mar 2026");

        Assert.Single(await service.EntriesAsync("s-04"));
    }

    [Fact]
    public async Task Where_the_account_is_not_clear_it_is_asked_for()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("sending them the revised drawings on Friday, as promised");
        await rep.SeesAsync("Which opportunity is that about?");
        await rep.SaysAsync("Castell");
        await rep.SeesAsync("This is what I would record for Castell Brewery");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Gate needs");

        Assert.Equal(new DateOnly(2026, 3, 6), Assert.Single((await service.EntriesAsync("s-03")).Select(e => e.What).OfType<OpportunityEvent.CheckedIn>()).NextStep!.Due);
    }

    [Fact]
    public async Task The_only_one_whose_stage_fits_needs_no_name()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("terms agreed at last, contract approved by their board today");
        await rep.SeesAsync("This is what I would record for Castell Brewery");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Gate needs");

        Assert.Equal(2, (await service.EntriesAsync("s-03")).Count(e => e.What is OpportunityEvent.MilestoneReached));
    }

    [Fact]
    public async Task A_hedge_a_question_and_small_talk_record_nothing()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("I think Castell might have signed the contract");
        await rep.SeesAsync("nothing there that I could record for Castell Brewery");
        await rep.SaysAsync("did Castell sign the contract yesterday?");
        await rep.SeesAsync("Castell Brewery");
        await rep.SaysAsync("the weather is lovely in the mountains");
        await rep.SeesAsync("not on record");
        await rep.SaysAsync("yes");
        await rep.SeesAsync("Nothing waits for a yes or a no.");

        Assert.Single(await service.EntriesAsync("s-03"));
    }

    [Fact]
    public async Task A_milestone_of_a_later_stage_is_explained_and_not_recorded()
    {
        var rep = service.Teams("ravi");

        await rep.SaysAsync("Nordwind: contract signed this very morning");
        await rep.SeesAsync("“Contract signed” comes later");

        Assert.Single(await service.EntriesAsync("s-01"));
    }

    [Fact]
    public async Task What_is_wrong_with_the_summary_is_said_in_words_and_the_new_one_is_shown_before_anything_is_recorded()
    {
        await KnowsAsync("Brightwater Foods", "li", "Li Wei", "ravi-patel");
        await KnowsAsync("Brightwater Foods", "nora", "Nora Lind", "ravi-patel");
        var rep = service.Teams("ravi");

        await rep.SaysAsync("met Li Wei from QA, they accept the test plan, bid goes in Friday");
        await rep.SeesAsync("This is what I would record for Brightwater Foods");
        await rep.SaysAsync("add Nora too");
        await rep.SeesAsync("Changed: people met.");
        await rep.SaysAsync("who can see that?");
        await rep.SeesAsync("your line of management can see it");
        await rep.SaysAsync("ok but Li Wei wasn't there");
        await rep.SeesAsync("Recorded for Brightwater Foods");

        var reported = Assert.Single((await service.EntriesAsync("s-04")).Select(e => e.What).OfType<OpportunityEvent.VisitReported>());
        Assert.Equal(new ContactId("nora"), Assert.Single(reported.Met));
    }

    private Task KnowsAsync(string account, string id, string name, string owner) =>
        service.KnowsAsync(account, name, "quality", Level.Staff, BuyingRole.QualityInspector, id, by: new PersonId(owner));
}
