using System.Collections.Frozen;
using KeyAccountBot.Language;

namespace KeyAccountBot.Dialogs;

/// <summary>Words that answer a question or leave it, in every language that has a file. They are never the name of a choice.</summary>
public static class PromptWords
{
    private static readonly FrozenSet<string> Yes = Folded("yes");
    private static readonly FrozenSet<string> No = Folded("no");
    private static readonly FrozenSet<string> None = Folded("none");
    private static readonly FrozenSet<string> Away = Folded("away");

    /// <summary>Whether the words mean yes or no; <c>null</c> for neither.</summary>
    public static bool? Meaning(string text) => PromptAnswer.Fold(text) is var word && Yes.Contains(word) ? true : No.Contains(word) ? false : null;

    /// <summary>Whether the words turn all of a list down: no, none of these.</summary>
    public static bool MeansNone(string text) => PromptAnswer.Fold(text) is var word && (No.Contains(word) || None.Contains(word));

    /// <summary>Whether the words answer or leave a question, whatever it is: yes, no, cancel, back, help.</summary>
    public static bool IsReserved(string text) => PromptAnswer.Fold(text) is var word && (Yes.Contains(word) || No.Contains(word) || None.Contains(word) || Away.Contains(word));

    private static FrozenSet<string> Folded(string list) => AnswerWords.File.Words(list).Select(PromptAnswer.Fold).ToFrozenSet(StringComparer.Ordinal);
}
