using System.Globalization;
using System.Text.RegularExpressions;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Absences;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Tests.FollowUps;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.Tests.Lint;

/// <summary>Everything that can be asked for is understood, in both languages, by its phrases; and the help names nothing else.</summary>
public sealed partial class WishTests : IDisposable
{
    // a way to say each in each language
    private static readonly Dictionary<string, (string English, string Chinese)> Words = new(StringComparer.Ordinal)
    {
        ["help"] = ("help", "帮助"),
        ["cancel"] = ("cancel", "取消"),
        ["who-am-i"] = ("who am i", "我是谁"),
        ["my-opportunities"] = ("my opportunities", "我的商机"),
        ["check-in"] = ("check in Cancity", "汇报 海螺"),
        ["open-opportunity"] = ("open opportunity", "新建商机"),
        ["status"] = ("status Cancity", "状态 海螺"),
        ["history"] = ("history Cancity", "历史记录 海螺"),
        ["undo"] = ("undo Cancity", "撤销 海螺"),
        ["won"] = ("won Cancity", "赢单 海螺"),
        ["lost"] = ("lost Cancity", "丢单 海螺"),
        ["hold"] = ("hold Cancity", "暂停 海螺"),
        ["reopen"] = ("reopen Cancity", "重新打开 海螺"),
        ["take-back"] = ("take back Cancity", "撤回里程碑 海螺"),
        ["change-fact"] = ("change opportunity Cancity", "修改商机 海螺"),
        ["hand-over"] = ("hand over Cancity", "移交 海螺"),
        ["contacts"] = ("contacts Cancity", "联系人 海螺"),
        ["add-contact"] = ("add contact Cancity", "新增联系人 海螺"),
        ["change-contact"] = ("change contact Cancity", "修改联系人 海螺"),
        ["retire-contact"] = ("retire contact Cancity", "停用联系人 海螺"),
        ["assign"] = ("assign Cancity", "分工 海螺"),
        ["settings"] = ("settings no messages before 10 am", "设置 十点以前别发消息"),
        ["export"] = ("export", "导出"),
        ["nudge-rep"] = ("ask a colleague", "询问下属"),
        ["remind"] = ("remind me to call Li Wei", "提醒我 给李伟打电话"),
        ["reminders"] = ("my reminders", "我的提醒"),
        ["remove-reminder"] = ("remove reminder call", "取消提醒 电话"),
        ["away"] = ("away until Friday", "请假 到周五"),
        ["i-am-back"] = ("i am back", "回来了"),
        ["decline"] = ("decline", "不代理"),
        ["agree-stand-in"] = ("agree", "同意代理"),
        ["refuse-stand-in"] = ("refuse", "不同意代理"),
        ["explain"] = ("explain Cancity", "跟进说明 海螺"),
        ["weekly-digest"] = ("weekly digest", "周报"),
        ["touch"] = ("touch Cancity", "联系记录 海螺"),
        ["my-decision-makers"] = ("my decision makers", "我的决策人"),
        ["evaluate"] = ("evaluate Cancity", "评估 海螺"),
        ["plan-visit"] = ("plan a visit Cancity", "计划拜访 海螺"),
        ["brief"] = ("brief Cancity", "简报 海螺"),
        ["report-visit"] = ("report visit Cancity", "拜访汇报 海螺"),
        ["move-visit"] = ("move visit Cancity", "改期拜访 海螺"),
        ["cancel-visit"] = ("cancel visit Cancity", "取消拜访 海螺"),
        ["questions"] = ("questions Cancity", "问题清单 海螺"),
        ["add-question"] = ("add question Cancity", "新增问题 海螺"),
        ["answer-question"] = ("answer question Cancity", "回答问题 海螺"),
        ["reopen-question"] = ("reopen question Cancity", "重开问题 海螺"),
        ["bid"] = ("bid Cancity", "投标 海螺"),
        ["approver"] = ("approver Cancity", "审批人 海螺"),
        ["today"] = ("what should i do today", "今天干什么"),
        ["at-risk"] = ("at risk", "哪些有风险"),
        ["stuck"] = ("what is stuck", "哪些卡住了"),
        ["forecast"] = ("forecast", "预测"),
        ["pipeline"] = ("pipeline by stage", "管道"),
        ["deals"] = ("my deals", "我的单子"),
        ["unvisited"] = ("unvisited", "久未拜访"),
        ["next-visit"] = ("when is my next visit", "下次拜访"),
        ["visits"] = ("my visits", "拜访安排"),
        ["visit-history"] = ("visit history", "以往拜访"),
        ["next-steps"] = ("next steps", "下一步"),
        ["check-in-status"] = ("check-in status", "汇报情况"),
        ["follow-ups"] = ("follow-ups", "进行中的跟进"),
        ["missing"] = ("what is missing", "还差什么"),
        ["next-questions"] = ("what should i ask", "该问什么"),
        ["escalation-route"] = ("who will hear of this", "会通知谁"),
        ["bid-deadline"] = ("bid deadline", "什么时候截标"),
        ["hold-reason"] = ("hold reason", "为什么暂停"),
        ["evaluation"] = ("evaluation", "客户评分"),
        ["who-decides"] = ("who decides", "谁说了算"),
        ["contact-info"] = ("contact details", "联系人资料"),
        ["who-maintains"] = ("who looks after whom", "谁维护谁"),
        ["coverage"] = ("coverage gaps", "覆盖空白"),
        ["coaches"] = ("our coaches", "我们的内线"),
        ["back"] = ("back", ""),
    };

    private readonly ServiceProvider services;
    private readonly IReadOnlyList<Feature> features;
    private readonly Wishes wishes;

    public WishTests()
    {
        var store = new MemoryStore(TimeProvider.System);
        services = FollowUpServices.On(TimeProvider.System, store, store, PlaybookFile.Load(PlaybookFile.Default), new TenantId("t")).BuildServiceProvider();
        features = [.. services.GetServices<Feature>()];
        wishes = new Wishes(features);
    }

    public static TheoryData<string> Languages => [.. LanguageFiles.Languages];

    [Fact]
    public void Every_wish_is_understood_in_both_languages()
    {
        Assert.Equal(features.SelectMany(f => f.Wishes).Select(w => w.Id).Order(StringComparer.Ordinal), Words.Keys.Order(StringComparer.Ordinal));
        Assert.All(Words, w => Assert.All([w.Value.English, w.Value.Chinese], said => Assert.Equal(said.Length > 0 ? w.Key : null, IdOf(said))));
        Assert.All(Words.Where(w => w.Value.English.EndsWith("Cancity", StringComparison.Ordinal)), w =>
            Assert.Equal(("Cancity", "海螺"), (wishes.Of(w.Value.English)?.Words, wishes.Of(w.Value.Chinese)?.Words)));
    }

    [Fact]
    public void Every_phrase_asks_for_its_wish_and_for_no_other()
    {
        var phrases = features.SelectMany(f => f.Wishes.SelectMany(w => f.Phrases!.Of(w.Id).Select(phrase => (w.Id, Phrase: phrase)))).ToList();

        Assert.True(phrases.Count > 100, $"Only {phrases.Count} phrases were read.");
        Assert.All(phrases, p => Assert.Equal(p.Id, IdOf(p.Phrase)));
        Assert.All(features.SelectMany(f => f.Wishes.Select(w => f.Phrases!.Of(w.Id))), Assert.NotEmpty);
    }

    [Fact]
    public void Every_entry_of_a_features_phrases_is_one_of_its_wishes_and_every_file_is_a_features()
    {
        var spoken = features.Where(f => f.Phrases is not null).ToList();

        Assert.All(spoken, f => Assert.Equal(f.Wishes.Select(w => w.Id).Order(StringComparer.Ordinal), f.Phrases!.Wishes.Order(StringComparer.Ordinal)));
        Assert.All(features.Except(spoken), f => Assert.Empty(f.Wishes));
        Assert.Equal(TextTests.PhraseFiles.Count, spoken.Count);
    }

    [Fact]
    public void Two_wishes_with_one_phrase_are_refused() =>
        Assert.Contains("asks for", Assert.Throws<InvalidOperationException>(() => new Wishes([.. features, features[0]])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Rosa is away until Friday.")]
    [InlineData("李雷请假到周五。")]
    public void An_absence_of_somebody_else_is_understood(string said) => Assert.Matches(AbsencePatterns.SomebodyIsAway, Phrases.Plain(said));

    [Theory]
    [MemberData(nameof(Languages))]
    public void What_help_names_and_buttons_say_is_understood(string language)
    {
        var scene = SceneIn(language);
        IEnumerable<string> help = [scene.Say("help"), .. features.Select(f => f.Phrases).OfType<Phrases>().Where(p => p.HasHelp).Select(p => p.Help(scene.Culture))];
        var named = help.SelectMany(line => InBold().Matches(line)).Select(m => m.Groups["words"].Value);
        string[] said = [.. named, FollowUpMessage.Texts["CheckIn.Says", scene.Culture, "Cancity"]];

        Assert.True(said.Length > 30, $"Only {said.Length} were read.");
        Assert.All(said, words => Assert.True(wishes.Of(words) is not null || TypedAnswer.Read(words) is not null, $"“{words}” asks for nothing."));
    }

    public void Dispose() => services.Dispose();

    private string? IdOf(string said) => wishes.Of(said)?.Wish.Id;

    private static Scene SceneIn(string language)
    {
        var person = new Person(new("rosa"), "Rosa", Role.Rep, Locale: language);
        return new Scene(
            new TenantId("t"), person, new Company([person]), CultureInfo.GetCultureInfo(language), new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), new(2026, 3, 2), "msteams");
    }

    [GeneratedRegex("\uFDD0(?<words>[^\uFDD1]+)\uFDD1", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InBold();
}
