using System.Globalization;
using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using Microsoft.Extensions.DependencyInjection;

namespace KeyAccountBot.Tests.Cards;

/// <content>Lists and what opens from them: a manager six weeks later, with more opportunities than a list shows.</content>
internal sealed partial class Gallery
{
    private static DateTimeOffset Later => Now.AddDays(42);

    private async Task LeadAsync()
    {
        string[] accounts =
        [
            Named("Nordwind Dairies", "北风乳业"), Named("Skyline Bakery", "天际烘焙"), Named("Brightwater Foods", "清泉食品"), Named("Zur Mühle & Sons <Holding>", "林氏控股"),
            Named("Ostara Chemicals", "东方化工"), Named("Rheingold Brewing", "莱茵酒业"), Named("Kestrel Pharma", "红隼制药"),
        ];
        string[] sold = [Named("Depalletiser", "卸垛机"), Named("Line 2", "二号线")];
        foreach (var (i, account) in accounts.Index())
        {
            foreach (var (j, name) in sold.Index())
            {
                await SellAsync($"opportunity-y{i}{j}", account, name, 1_150_000 - (110_000 * i) - (30_000 * j), isPromised: (i + j) % 3 == 0);
            }
        }

        clock.SetUtcNow(Later);
        var (reader, state) = (company.Find(new("person-x4"))!, new DialogState());
        await LookAsync("list of a manager", new Incoming.Said(Or("my opportunities", "我的商机")));
        var list = exhibits[^1].Message;
        await LookAsync("status of a manager", Pressed(list.Body.OfType<Paragraph>().Select(p => p.Opens).OfType<PressAction>().First()));
        await LookAsync("today of a manager", new Incoming.Said(Or("today", "今日待办")));
        await LookAsync("risks of a manager", new Incoming.Said(Or("at risk", "风险清单")));
        await LookAsync("forecast of a manager", new Incoming.Said(Or("forecast", "预测")));
        await LookAsync("pipeline of a manager", new Incoming.Said(Or("pipeline", "管道")));
        await LookAsync("weekly digest of a manager", new Incoming.Said(Or("weekly digest", "周报")));

        await LookAsync("settings of a manager", new Incoming.Said(Or("settings", "设置")));
        await LookAsync("reminder: made", new Incoming.Said(Or("remind me on Friday to read the contract", "提醒我周五看合同")));
        await LookAsync("reminders: own", new Incoming.Said(Or("my reminders", "我的提醒")));
        await LookAsync("contact: told", new Incoming.Said(Or($"who is {Named("Nora Vik", "陈静")}?", $"{Named("Nora Vik", "陈静")}是谁？")));
        await LookAsync("away: by whom", new Incoming.Said(Or("I am off next week", "我下周休假")));
        await LookAsync("away: understood", new Incoming.Said(Or("no", "不")));
        await LookAsync("away: left", new Incoming.Said(Or("no", "不")));
        await LookAsync("nudge: understood", new Incoming.Said(Or($"nudge {company.Find(new("person-x2"))!.Name} about {accounts[0]}", $"问下属 {company.Find(new("person-x2"))!.Name} {accounts[0]}怎么样了")));
        await LookAsync("nudge: left", new Incoming.Said(Or("cancel", "取消")));

        reader = company.Find(new("person-x2"))!;
        await LookAsync("fact: understood", new Incoming.Said(Or($"change the amount of {accounts[0]} Depalletiser to 900000", $"把{accounts[0]}卸垛机的金额改成900000")));
        await LookAsync("fact: left", new Incoming.Said(Or("no", "不")));
        await LookAsync("visit: which", new Incoming.Said(Or($"plan a visit to {Named("Nora Vik", "陈静")} on Tuesday at 10", $"约{Named("Nora Vik", "陈静")}周二上午10点拜访")));
        await LookAsync("visit: planned", new Incoming.Said("1"));
        await LookAsync("visit: planned 2", new Incoming.Said(Or("yes", "是")));
        await LookAsync("visit: moved", new Incoming.Said(Or($"move the visit to {Named("Nora Vik", "陈静")} to Wednesday", $"把{Named("Nora Vik", "陈静")}的拜访改到周三")));
        await LookAsync("visit: left", new Incoming.Said(Or("no", "不")));
        await LookAsync("retire: whom", new Incoming.Said(Or($"retire contact {accounts[0]}", $"停用联系人 {accounts[0]}")));
        await LookAsync("retire: left", new Incoming.Said(Or("cancel", "取消")));
        await LookAsync("retire: understood", new Incoming.Said(Or($"remove {Named("Nora Vik", "陈静")} of {accounts[0]}, she left", $"删除联系人{accounts[0]}的{Named("Nora Vik", "陈静")}，离职了")));
        await LookAsync("retire: kept", new Incoming.Said(Or("no", "不")));

        reader = company.Find(new("person-x3"))!;
        await LookAsync("today of a rep", new Incoming.Said(Or("today", "今日待办")));
        await LookAsync("missing of a rep", new Incoming.Said(Or("what is missing", "还差什么")));

        async Task LookAsync(string name, Incoming said)
        {
            var turn = new TurnContext("activity-" + name, said);
            turn.Set(new Scene(Tenant, reader, company, CultureInfo.GetCultureInfo(Language), Later, DateOnly.FromDateTime(Later.UtcDateTime), ChannelIds.Teams));
            await services.GetRequiredService<Conversation>().RespondAsync(turn, state, default);
            exhibits.AddRange(turn.Replies.Select((reply, i) => new Exhibit(i == 0 ? name : $"{name} {i + 1}", reply, IsReply: true)));
        }
    }

    private static Incoming.Pressed Pressed(PressAction press) => new(press.Verb, press.Data ?? JsonSerializer.SerializeToElement(new { }));

    // of one in three something is promised; of the last ones nothing is due yet
    private async Task SellAsync(string id, string account, string name, decimal amount, bool isPromised)
    {
        var (rep, at) = (new PersonId(amount > 700_000 ? "person-x2" : "person-x3"), amount > 500_000 ? Now : Later.AddDays(-1));
        var on = DateOnly.FromDateTime(at.UtcDateTime);
        var ledger = services.GetRequiredService<OpportunityLedger>();
        CommandContext By(string what) => new(new CommandId($"{what}-{id}"), rep, at, on, "test");
        await ledger.RecordAsync(Tenant, new(id), new OpportunityCommand.Open(account, name, new Money(amount, "EUR"), rep, null), By("open"), company, default);
        if (isPromised)
        {
            var step = new NextStep(Named("Send the offer", "发报价"), DateOnly.FromDateTime(Later.UtcDateTime).AddDays(9));
            await ledger.RecordAsync(Tenant, new(id), new OpportunityCommand.CheckIn([], step), By("check-in"), company, default);
        }

        if (id.EndsWith("00", StringComparison.Ordinal))
        {
            var add = new AccountCommand.AddContact(
                account, new ContactId("contact-y1"), new ContactData(Named("Nora Vik", "陈静"), new DepartmentId("management"), Level.Executive, BuyingRole.DecisionMaker),
                new PersonId("person-x5"));
            await services.GetRequiredService<AccountLedger>().RecordAsync(Tenant, AccountId.OfName(account), add, By("meet"), default);
        }
    }
}
