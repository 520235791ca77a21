using System.Collections.Frozen;

namespace KeyAccountBot.Language;

/// <summary>Words that answer a question and are compared as they stand; the lists of <c>answer-words.json</c> in all languages.</summary>
public static class AnswerWords
{
    /// <summary>The file.</summary>
    public static LanguageFiles File { get; } = LanguageFiles.Part("answer-words");

    /// <summary>The words of a list, whatever their capitals.</summary>
    public static FrozenSet<string> Of(string list) => File.Words(list).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
