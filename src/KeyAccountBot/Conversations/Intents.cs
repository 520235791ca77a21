using System.Text;
using System.Text.RegularExpressions;
using KeyAccountBot.FollowUps;

namespace KeyAccountBot.Conversations;

/// <summary>What a person can ask for at any point.</summary>
internal enum Intent
{
    /// <summary>Nothing of the list: an answer, or words the bot does not know.</summary>
    None,
    Help,
    Cancel,
    WhoAmI,
    MyOpportunities,
    CheckIn,
    OpenOpportunity,
    Status,
    Undo,
    Won,
    Lost,
    Hold,
    Reopen,
    HandOver,
    Contacts,
    AddContact,
    ChangeContact,
    RetireContact,
    Assign,
    Touch,
    MyDecisionMakers,
    Evaluate,
    PlanVisit,
    Brief,
    ReportVisit,
    MoveVisit,
    CancelVisit,
    Questions,
    AddQuestion,
    AnswerQuestion,
    ReopenQuestion,
    Bid,
    Approver,
    Away,

    /// <summary>That somebody else is away, said as a sentence: perhaps, for of the customer's people it is a report.</summary>
    SomebodyAway,
    Back,
    Decline,
    AgreeStandIn,
    RefuseStandIn,
    Explain,
    WeeklyDigest,

    /// <summary>Take it, snooze, ask the rep, not an issue, reassign, or a reply to a question: perhaps, for some begin as other sentences do.</summary>
    AnswerFollowUp,
}

/// <summary>Recognises what is asked for by its first words, in English and Chinese.</summary>
internal static partial class Intents
{
    // longer phrases first: "hand over" before "hand"
    private static readonly (string Phrase, Intent Intent, bool TakesAccount)[] Phrases =
    [
        // before "reopen", "cancel" and "汇报", which begin some of them
        ("plan a visit", Intent.PlanVisit, true), ("plan visit", Intent.PlanVisit, true), ("计划拜访", Intent.PlanVisit, true), ("安排拜访", Intent.PlanVisit, true),
        ("report visit", Intent.ReportVisit, true), ("report a visit", Intent.ReportVisit, true), ("visit report", Intent.ReportVisit, true),
        ("拜访汇报", Intent.ReportVisit, true), ("汇报拜访", Intent.ReportVisit, true),
        ("move visit", Intent.MoveVisit, true), ("改期拜访", Intent.MoveVisit, true), ("拜访改期", Intent.MoveVisit, true),
        ("cancel visit", Intent.CancelVisit, true), ("取消拜访", Intent.CancelVisit, true),
        ("brief", Intent.Brief, true), ("简报", Intent.Brief, true),
        ("questions", Intent.Questions, true), ("问题清单", Intent.Questions, true),
        ("add question", Intent.AddQuestion, true), ("新增问题", Intent.AddQuestion, true),
        ("answer question", Intent.AnswerQuestion, true), ("回答问题", Intent.AnswerQuestion, true),
        ("reopen question", Intent.ReopenQuestion, true), ("重开问题", Intent.ReopenQuestion, true),
        ("bid", Intent.Bid, true), ("投标", Intent.Bid, true), ("approver", Intent.Approver, true), ("审批人", Intent.Approver, true),
        ("i am away", Intent.Away, true), ("i'm away", Intent.Away, true), ("away", Intent.Away, true), ("我请假", Intent.Away, true), ("请假", Intent.Away, true), ("休假", Intent.Away, true),
        ("i am back", Intent.Back, false), ("i'm back", Intent.Back, false), ("back", Intent.Back, true), ("我回来了", Intent.Back, false), ("回来了", Intent.Back, false),
        ("decline", Intent.Decline, true), ("不代理", Intent.Decline, true), ("agree", Intent.AgreeStandIn, true), ("同意代理", Intent.AgreeStandIn, true),
        ("refuse", Intent.RefuseStandIn, true), ("不同意代理", Intent.RefuseStandIn, true),
        ("explain", Intent.Explain, true), ("who hears of", Intent.Explain, true), ("谁会知道", Intent.Explain, true), ("跟进说明", Intent.Explain, true),
        ("weekly digest", Intent.WeeklyDigest, true), ("周报", Intent.WeeklyDigest, true),
        ("help", Intent.Help, false), ("?", Intent.Help, false), ("hi", Intent.Help, false), ("hello", Intent.Help, false),
        ("帮助", Intent.Help, false), ("你好", Intent.Help, false),
        ("cancel", Intent.Cancel, false), ("stop", Intent.Cancel, false), ("never mind", Intent.Cancel, false), ("取消", Intent.Cancel, false),
        ("who am i", Intent.WhoAmI, false), ("我是谁", Intent.WhoAmI, false),
        ("my opportunities", Intent.MyOpportunities, false), ("opportunities", Intent.MyOpportunities, false),
        ("list", Intent.MyOpportunities, false), ("我的商机", Intent.MyOpportunities, false),
        ("open opportunity", Intent.OpenOpportunity, false), ("new opportunity", Intent.OpenOpportunity, false), ("新建商机", Intent.OpenOpportunity, false),
        ("check in", Intent.CheckIn, true), ("check-in", Intent.CheckIn, true), ("checkin", Intent.CheckIn, true), ("汇报", Intent.CheckIn, true), ("打卡", Intent.CheckIn, true),
        ("status", Intent.Status, true), ("状态", Intent.Status, true), ("进展", Intent.Status, true),
        ("undo", Intent.Undo, true), ("撤销", Intent.Undo, true),
        ("won", Intent.Won, true), ("赢单", Intent.Won, true),
        ("lost", Intent.Lost, true), ("丢单", Intent.Lost, true),
        ("hold", Intent.Hold, true), ("on hold", Intent.Hold, true), ("暂停", Intent.Hold, true),
        ("reopen", Intent.Reopen, true), ("重新打开", Intent.Reopen, true),
        ("hand over", Intent.HandOver, true), ("移交", Intent.HandOver, true),
        ("contacts", Intent.Contacts, true), ("联系人", Intent.Contacts, true),
        ("add contact", Intent.AddContact, true), ("new contact", Intent.AddContact, true), ("新增联系人", Intent.AddContact, true),
        ("change contact", Intent.ChangeContact, true), ("修改联系人", Intent.ChangeContact, true),
        ("retire contact", Intent.RetireContact, true), ("停用联系人", Intent.RetireContact, true),
        ("assign", Intent.Assign, true), ("分工", Intent.Assign, true),
        ("touch", Intent.Touch, true), ("联系记录", Intent.Touch, true),
        ("my decision makers", Intent.MyDecisionMakers, false), ("我的决策人", Intent.MyDecisionMakers, false),
        ("evaluate", Intent.Evaluate, true), ("评估", Intent.Evaluate, true),
    ];

    /// <summary>Whether this phrase is a plain word that a report may begin with, such as "won the line, contract signed today" or "进展顺利，合同已签".</summary>
    public static bool MayBeginReport(Intent intent) =>
        intent is Intent.Bid or Intent.Won or Intent.Lost or Intent.Hold or Intent.Status or Intent.Touch or Intent.Assign or Intent.Evaluate or Intent.Brief;

    /// <summary>What the text asks for, and the account it names, empty where it names none.</summary>
    public static (Intent Intent, string Account) Of(string text)
    {
        var said = text.Normalize(NormalizationForm.FormKC).Trim().TrimEnd('.', '!', '。', '！');
        foreach (var (phrase, intent, takesAccount) in Phrases)
        {
            if (!said.StartsWith(phrase, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var rest = said[phrase.Length..];
            if (rest.Length == 0)
            {
                return (intent, "");
            }

            // "status Cancity", "进展海螺"; but "statuses" and "helpful people" ask for nothing
            if (takesAccount && (char.IsWhiteSpace(rest[0]) || phrase[^1] > '\u2e80'))
            {
                return (intent, rest.Trim());
            }
        }

        return IsSomebodyAway().IsMatch(said) ? (Intent.SomebodyAway, said)
            : TypedAnswer.Read(text) is { } typed ? (Intent.AnswerFollowUp, typed.Account)
            : (Intent.None, "");
    }

    // "Rosa is away until Friday, Otto stands in", "李雷请假到周五，王芳代理"
    [GeneratedRegex("^((\\S+\\s+){1,4}is away (until|till) |\\S[^,，。]{0,40}?(请假|休假|不在)(到|至))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IsSomebodyAway();
}
