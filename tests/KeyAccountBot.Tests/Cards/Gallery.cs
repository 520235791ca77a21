using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Messages;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Tests.FollowUps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace KeyAccountBot.Tests.Cards;

/// <summary>Everything the bot can say, in one language: a conversation led through every dialog, and every kind of follow-up.</summary>
internal sealed partial class Gallery
{
    public static readonly TenantId Tenant = new("tenant-x1");
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero); // a Monday
    private readonly bool chinese;
    private readonly Company company;
    private readonly Playbook playbook = PlaybookFile.Load(PlaybookFile.Default);
    private readonly FakeTimeProvider clock = new(Now);
    private readonly ServiceProvider services;
    private readonly List<Exhibit> exhibits = [];

    private readonly Func<string, string> called;

    private Gallery(string language, Func<string, string>? called)
    {
        this.called = called ?? (name => name);
        Language = language;
        chinese = language == "zh-Hans";
        company = new Company(
        [
            new(new("person-x2"), Named("Rosa Ibarra", "王芳"), Role.Rep, Manager: new("person-x4"), Locale: language),
            new(new("person-x3"), Named("Otto Lind", "李强"), Role.Rep, Manager: new("person-x4"), Locale: language),
            new(new("person-x4"), Named("Melvin Marxer", "张伟"), Role.Manager, Manager: new("person-x5"), Locale: language),
            new(new("person-x5"), Named("Dora Helm", "刘敏"), Role.Director, Locale: language),
        ]);
        var store = new MemoryStore(clock);
        services = FollowUpServices.On(clock, store, store, playbook, Tenant).BuildServiceProvider();
    }

    public string Language { get; }

    /// <summary>Ids that nobody should ever read.</summary>
    public IReadOnlyList<string> Ids =>
    [
        Tenant.Value, .. company.People.Select(p => p.Id.Value), "opportunity-x6", "opportunity-x7", "opportunity-x8", "contact-x1", "contact-x2",
        .. playbook.Stages.SelectMany(s => s.Milestones).Select(m => m.Id.Value).Where(id => id.Contains('-', StringComparison.Ordinal)),
    ];

    /// <summary>Leads the conversation and builds the follow-ups.</summary>
    /// <param name="language">Of its readers.</param>
    /// <param name="called">What becomes of every name and of all that a person writes; nothing unless said.</param>
    public static async Task<(Gallery Gallery, IReadOnlyList<Exhibit> Exhibits)> OpenAsync(string language, Func<string, string>? called = null)
    {
        var gallery = new Gallery(language, called);
        await using (gallery.services)
        {
            await gallery.services.GetRequiredService<PeopleRepository>().PutAsync(Tenant, gallery.company.People, default);
            await gallery.ConverseAsync();
            gallery.FollowUp();
            await gallery.NoticeAsync();
            gallery.ShowDecisionMakers();
            await gallery.LeadAsync();
        }

        return (gallery, gallery.exhibits);
    }

    // steps at which a person writes in their own words
    private static readonly HashSet<string> FreeWords = new(StringComparer.Ordinal)
    {
        "next step", "due", "held until when", "reopened", "reopened again", "hand over: understood", "plan: understood", "report: answer 2", "report: milestones", "report: due", "report: understood",
        "add question: who", "answer question: whom", "question reopened", "visit cancelled", "lost: understood", "lost: understood again", "open: name", "open: amount",
        "contact: department", "contact 2: department", "contact: taken 2", "touched", "retired", "evaluate: 2",
    };

    private async Task ConverseAsync()
    {
        await PutAsync("opportunity-x6", Named("Cancity Glass", "海螺玻璃"), Named("Filling line 4 & palletiser <new>", "四号灌装线"), 820_000);
        await PutAsync("opportunity-x7", Named("Halden Paper", "哈尔滨纸业"), Named("Palletiser retrofit", "码垛机改造"), 240_000);
        var a = Named("Cancity Glass", "海螺玻璃");
        var b = Named("Halden Paper", "哈尔滨纸业");
        var b2 = Named("Castell Brewery", "青岛啤酒");
        await PutAsync("opportunity-x8", b2, Named("Keg washing hall", "洗桶车间"), 450_000);
        await MeetAsync("contact-x1", b, Named("Erik Sund", "赵磊"), "technical", Level.Staff, BuyingRole.TechnicalEvaluator);
        await MeetAsync("contact-x2", b, Named("Nora Vik", "陈静"), "management", Level.Executive, BuyingRole.DecisionMaker);
        var state = new DialogState();
        (string Name, string English, string Chinese)[] script =
        [
            ("help", "help", "帮助"), ("who am I", "who am i", "我是谁"), ("list", "my opportunities", "我的商机"), ("nothing to cancel", "cancel", "取消"),
            ("not understood", "lorem", "天气"), ("which", "check in", "汇报"), ("cancelled", "cancel", "取消"),
            ("which to leave", "lost", "丢单"), ("none of these", "no", "不"),
            ("no such", "status Zzyzx", "状态 火星"), ("did you mean", "status Cancty", "状态 海螺波璃"), ("cancelled again", "cancel", "取消"),
            ("check-in", $"check in {a}", $"汇报 {a}"), ("when", "1, 3", "1、3"), ("when again", "blue", "蓝色"), ("when, and how to leave", "blue", "蓝色"), ("evidence", "yesterday", "昨天"),
            ("next step", "Letter from the works manager, page 2", "厂长来函"), ("due", "Visit the line with maintenance", "与维修部门一起参观生产线"),
            ("summary", "next friday", "下周五"), ("recorded", "yes", "是"),
            ("status", $"status {a}", $"状态 {a}"), ("history", $"history {a}", $"历史记录 {a}"), ("why hold", $"hold {b}", $"暂停 {b}"), ("held until when", "The budget is frozen", "预算冻结"), ("held: understood", "in 3 weeks", "3周后"), ("held", "yes", "是"),
            ("held status", $"status {b}", $"状态 {b}"), ("why reopen", $"reopen {b}", $"重新打开 {b}"), ("reopened", "They called again", "客户来电"),
            ("undo: understood", $"undo {b}", $"撤销 {b}"), ("undone", "yes", "是"), ("why reopen again", $"reopen {b}", $"重新打开 {b}"), ("reopened again", "They called again", "客户来电"), ("won", $"won {a}", $"赢单 {a}"), ("to whom", $"hand over {a}", $"移交 {a}"), ("why hand over", "1", "1"),
            ("hand over: understood", "Knows the plant", "熟悉该厂"), ("handed over", "yes", "是"), ("nothing to reopen", $"reopen {b}", $"重新打开 {b}"),
            ("no contact: when", $"plan a visit {b2}", $"计划拜访 {b2}"), ("cancelled plan", "cancel", "取消"),
            ("plan: whom", $"plan a visit {b}", $"计划拜访 {b}"), ("plan: when", "1, 2", "1、2"), ("plan: when again", "blue", "蓝色"), ("plan: passed", "yesterday", "昨天"),
            ("plan: time", "tomorrow", "明天"), ("plan: time again", "blue", "蓝色"), ("plan: aims", "2pm", "下午2点"), ("plan: understood", "See the line", "看生产线"), ("planned", "yes", "是"),
            ("brief of a visit", $"brief {b}", $"简报 {b}"), ("brief of none", $"brief {b2}", $"简报 {b2}"), ("status with a visit", $"status {b}", $"状态 {b}"),
            ("move: when", $"move visit {b}", $"改期拜访 {b}"), ("moved", "in two weeks at 9:30", "两周后上午9点半"),
            ("report: on", $"report visit {b}", $"拜访汇报 {b}"), ("report: on again", "blue", "蓝色"), ("report: met", "today", "今天"), ("report: answered", "1", "1"), ("report: answer", "1, 2", "1、2"), ("report: answer 2", "It pays", "划算"), ("report: milestones", "Ask us", "可以问我们"),
            ("report: next step", "none", "无"), ("report: due", "Send the offer", "发报价"), ("report: notes", "next friday", "下周五"), ("report: understood", "They liked it", "客户满意"), ("reported", "yes", "是"),
            ("questions", $"questions {b}", $"问题清单 {b}"), ("add question: text", $"add question {b}", $"新增问题 {b}"), ("add question: who", "Who trains us?", "谁来培训？"), ("question added", "1", "1"),
            ("answer question: which", $"answer question {b}", $"回答问题 {b}"), ("answer question: what", "1", "1"), ("answer question: whom", "Five years", "五年"), ("question answered", "skip", "跳过"),
            ("reopen: which", $"reopen question {b}", $"重开问题 {b}"), ("reopen: why", "1", "1"), ("question reopened", "New plan", "计划变了"),
            ("bid: how", $"bid {b}", $"投标 {b}"), ("bid: deadline", "1", "1"), ("bid recorded", "yesterday", "昨天"), ("direct: how", $"bid {b}", $"投标 {b}"), ("direct recorded", "2", "2"),
            ("approver: who", $"approver {b}", $"审批人 {b}"), ("approver named", "2", "2"), ("approver: nobody", $"approver {b2}", $"审批人 {b2}"),
            ("cancel visit: why", $"cancel visit {b}", $"取消拜访 {b}"), ("visit cancelled", "They moved", "客户改期"), ("no visit", $"cancel visit {b}", $"取消拜访 {b}"),
            ("why lost", $"lost {b}", $"丢单 {b}"), ("lost: understood", "Price", "价格"), ("not lost", "no", "不"), ("why lost again", $"lost {b}", $"丢单 {b}"), ("lost: understood again", "Price", "价格"), ("lost", "yes", "是"), ("not worked on", $"won {b}", $"赢单 {b}"),
            ("open: account", "open opportunity", "新建商机"), ("open: name", "Westfal Mills", "西山面粉"), ("open: amount", "Bagging line", "包装线"),
            ("open: close", "250000", "250000"), ("open: understood", "in 3 months", "3个月后"), ("opened", "yes", "是"),
            ("no check-in", $"check in {Named("Westfal Mills", "西山面粉")}", $"汇报 {Named("Westfal Mills", "西山面粉")}"), ("no milestone", "none", "无"), ("no step", "none", "无"), ("nothing recorded", "no", "不"),
            .. ContactScript(),
            ("explain", $"explain {b2}", $"跟进说明 {b2}"),
            ("weekly digest", "weekly digest", "周报"), ("weekly digest chosen", "weekly digest Friday at 8:30", "周报 周五 8点半"), ("weekly digest unread", "weekly digest blue", "周报 蓝色"), ("weekly digest off", "weekly digest off", "周报 关闭"),
            ("away: who", "away until next Friday", "请假到下周五"), ("away", "1", "1"), ("back", "back", "回来了"),
            ("report: which", "signed nothing, but the customer profile is complete, drawings go out on Friday", "客户资料已收集完整，周五发图纸"), ("report: proposal", "1", "1"), ("report: changed", "change", "修改"), ("report: cancelled", "cancel", "取消"),
            ("nothing to answer", "take it", "我来处理"), ("nothing asked", "reply: on Friday", "回复：周五"), ("no such follow-up", "snooze Zzyzx 3 days", "回复 火星：好"),
            ("no such day", "snooze until blue", "推迟到蓝色"), ("no such colleague", "reassign to Zzyzx", "转交给火星"), ("no colleague", "reassign", "转交给金星"),
            ("report: nothing", $"we hope that {b2} signs soon", $"希望{b2}尽快签合同"),
            ("report: with an answer", $"{b2}: explained the warranty to them, contract signed today", $"{b2}：今天解释了质保条款，合同已签"), ("report: recorded", "yes", "是"),
        ];
        foreach (var (name, english, chineseWords) in script)
        {
            await SayAsync(name, FreeWords.Contains(name) ? Named(english, chineseWords) : Or(english, chineseWords), state);
        }

        await SayAsync("check-in to doubt", Or($"check in {b2}", $"汇报 {b2}"), state);
        await PressAsync("date doubted", ("nextStep", Named("Send the offer", "发报价")), ("due", "2127-03-15"), state);
        await SayAsync("check-in without a day", Or($"check in {b2}", $"汇报 {b2}"), state);
        await PressAsync("day missing", ("nextStep", Named("Send the offer", "发报价")), ("due", ""), state);
        await SayAsync("check-in without a step", Or($"check in {b2}", $"汇报 {b2}"), state);
        await PressAsync("step missing", ("nextStep", ""), ("due", "2026-03-15"), state);
    }

    // the card shown last, filled in and sent
    private async Task PressAsync(string name, (string Field, string Value) one, (string Field, string Value) other, DialogState state)
    {
        var action = exhibits[^1].Card!.Value.GetProperty("actions")[0];
        var data = action.GetProperty("data").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString(), StringComparer.Ordinal);
        data[one.Field] = one.Value;
        data[other.Field] = other.Value;
        await RespondAsync(name, new Incoming.Filled(action.GetProperty("verb").GetString()!, JsonSerializer.SerializeToElement(data)), state);
    }

    private (string Name, string English, string Chinese)[] ContactScript()
    {
        var c = Named("Westfal Mills", "西山面粉");
        return
        [
            ("contacts: none", $"contacts {c}", $"联系人 {c}"), ("contact: change nobody", $"change contact {c}", $"修改联系人 {c}"),
            ("contact: name", $"add contact {c}", $"新增联系人 {c}"), ("contact: department", "Vera Blum", "赵敏"), ("contact: level", "6", "6"),
            ("contact: role", "3", "3"), ("contact: relationship", "1", "1"), ("contact: coach", "1", "1"), ("contact: understood", "no", "否"), ("contact: recorded", "yes", "是"),
            ("contact 2", $"add contact {c}", $"新增联系人 {c}"), ("contact 2: department", "Karl Ott", "孙磊"), ("contact 2: level", "1", "1"), ("contact 2: role", "skip", "跳过"),
            ("contact 2: relationship", "2", "2"), ("contact 2: coach", "3", "3"), ("contact 2: reports to", "yes", "是"), ("contact 2: understood", "1", "1"), ("contact 2: recorded", "yes", "是"),
            ("contact: taken", $"add contact {c}", $"新增联系人 {c}"), ("contact: taken 2", "Karl Ott", "孙磊"),
            ("contacts", $"contacts {c}", $"联系人 {c}"), ("assign: proposals", $"assign {c}", $"分工 {c}"), ("assign: recorded", "1", "1"),
            ("assign: whom", $"assign {c}", $"分工 {c}"), ("assign: colleague", "1", "1"), ("assign: one", "1", "1"),
            ("change: whom", $"change contact {c}", $"修改联系人 {c}"), ("change: what", "2", "2"), ("change: strength", "5", "5"), ("change: understood", "4", "4"), ("change: recorded", "yes", "是"),
            ("touch: whom", "touch", "联系记录"), ("touch: what", "2", "2"), ("touched", "Price list", "报价单"), ("touch: not found", "touch Zzyzx", "联系记录 火星"),
            ("contacts after", $"contacts {c}", $"联系人 {c}"), ("retire: whom", $"retire contact {c}", $"停用联系人 {c}"), ("retire: why", "2", "2"), ("retired", "Left", "离职"),
            ("decision makers", "my decision makers", "我的决策人"),
            ("evaluate: 1", $"evaluate {c}", $"评估 {c}"), ("evaluate: again", "lots", "很多"), ("evaluate: 2", "3 suits the line", "3 适合产线"), ("evaluate: 3", "4", "4"),
            ("evaluate: 4", "2", "2"), ("evaluate: 5", "1", "1"), ("evaluate: understood", "3", "3"), ("evaluated", "yes", "是"),
            ("evaluate again: 1", $"evaluate {c}", $"评估 {c}"), ("evaluate again: 2", "same", "不变"), ("evaluate again: 3", "1", "1"), ("evaluate again: 4", "same", "不变"),
            ("evaluate again: 5", "same", "不变"), ("evaluate again: understood", "same", "不变"), ("evaluated again", "yes", "是"),
            ("list with scores", "my opportunities", "我的商机"), ("status with coverage", $"status {c}", $"状态 {c}"),
        ];
    }

    // what a director sees, whom the bot never asks in this conversation
    private void ShowDecisionMakers()
    {
        var director = company.Find(new("person-x5"))!;
        var scene = new Scene(Tenant, director, company, CultureInfo.GetCultureInfo(Language), Now, new(2026, 3, 2), ChannelIds.Teams);
        Contact Of(string id, string name, DateOnly? touched) => new(
            new(id), new ContactData(name, new("management"), Level.Executive, BuyingRole.DecisionMaker), director.Id, new(2026, 1, 2),
            touched is { } on ? [new Touch(on, director.Id, "x")] : []);
        var account = AccountId.OfName("account-x9");
        Add("decision makers of nobody", DecisionMakersMessage.Of(scene, []));
        Add("decision makers of a director", DecisionMakersMessage.Of(
            scene,
            [
                new(account, Named("Cancity Glass", "海螺玻璃"), Of("contact-xa", Named("Vera Blum", "赵敏"), null), Named("What does it cost over five years?", "五年总成本是多少？"), Named("Filling line 4", "四号灌装线")),
                new(account, Named("Halden Paper", "哈尔滨纸业"), Of("contact-xb", Named("Ida & Sons <x>", "周涛"), new(2026, 2, 3)), null, null),
                new(account, Named("Westfal Mills", "西山面粉"), Of("contact-xc", Named("Jo Rand", "吴静"), new(2026, 3, 2)), null, null),
            ],
            Or("Recorded.", "已记录。")));
    }

    private Task SayAsync(string name, string words, DialogState state) => RespondAsync(name, new Incoming.Said(words), state);

    private async Task RespondAsync(string name, Incoming said, DialogState state)
    {
        var turn = new TurnContext("activity-" + name, said);
        turn.Set(new Scene(Tenant, company.Find(new("person-x2"))!, company, CultureInfo.GetCultureInfo(Language), Now, new(2026, 3, 2), ChannelIds.Teams));
        await services.GetRequiredService<Conversation>().RespondAsync(turn, state, default);
        exhibits.AddRange(turn.Replies.Select((reply, i) => new Exhibit(i == 0 ? name : $"{name} {i + 1}", reply, IsReply: true)));
    }

    private void Add(string name, Message message) => exhibits.Add(new Exhibit(name, message, IsReply: false));

    private async Task PutAsync(string id, string account, string name, decimal amount)
    {
        var open = new OpportunityCommand.Open(account, name, new Money(amount, "EUR"), new PersonId("person-x2"), null);
        var context = new CommandContext(new CommandId("open-" + id), new PersonId("person-x5"), Now, new(2026, 3, 2), "test");
        await services.GetRequiredService<OpportunityLedger>().RecordAsync(Tenant, new OpportunityId(id), open, context, company, default);
    }

    private async Task MeetAsync(string id, string account, string name, string department, Level level, BuyingRole role)
    {
        var add = new AccountCommand.AddContact(account, new ContactId(id), new ContactData(name, new DepartmentId(department), level, role));
        var context = new CommandContext(new CommandId("meet-" + id), new PersonId("person-x2"), Now, new(2026, 3, 2), "test");
        await services.GetRequiredService<AccountLedger>().RecordAsync(Tenant, AccountId.OfName(account), add, context, default);
    }

    private string Or(string english, string inChinese) => chinese ? inChinese : english;

    private string Named(string english, string inChinese) => called(Or(english, inChinese));
}
