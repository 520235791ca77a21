using System.Collections.Frozen;

namespace KeyAccountBot.Dialogs;

/// <summary>Words that answer a question or leave it, in English and Chinese. They are never the name of a choice.</summary>
public static class PromptWords
{
    private static readonly FrozenSet<string> Yes = Folded(
        "yes", "y", "yep", "yeah", "ok", "okay", "sure", "confirm", "confirmed", "correct", "right", "true",
        "是", "是的", "好", "好的", "好吧", "对", "对的", "確認", "确认", "确定", "行", "可以", "嗯", "没问题");

    private static readonly FrozenSet<string> No = Folded(
        "no", "n", "nope", "not", "cancel", "false",
        "不", "不是", "不是的", "否", "取消", "不要", "不行", "不对", "不好", "不用", "不可以", "没有", "别");

    private static readonly FrozenSet<string> None = Folded(
        "none", "nothing", "neither", "none of them", "none of these", "没有", "都没有", "都不是", "无", "無");

    private static readonly FrozenSet<string> Away = Folded(
        "stop", "never mind", "quit", "exit", "back", "go back", "help", "hello", "hi",
        "停止", "算了", "退出", "返回", "后退", "上一步", "帮助", "你好");

    /// <summary>Whether the words mean yes or no; <c>null</c> for neither.</summary>
    public static bool? Meaning(string text) => PromptAnswer.Fold(text) is var word && Yes.Contains(word) ? true : No.Contains(word) ? false : null;

    /// <summary>Whether the words turn all of a list down: no, none of these.</summary>
    public static bool MeansNone(string text) => PromptAnswer.Fold(text) is var word && (No.Contains(word) || None.Contains(word));

    /// <summary>Whether the words answer or leave a question, whatever it is: yes, no, cancel, back, help.</summary>
    public static bool IsReserved(string text) => PromptAnswer.Fold(text) is var word && (Yes.Contains(word) || No.Contains(word) || None.Contains(word) || Away.Contains(word));

    private static FrozenSet<string> Folded(params string[] words) => words.Select(PromptAnswer.Fold).ToFrozenSet(StringComparer.Ordinal);
}
