using System.Text.RegularExpressions;

namespace KeyAccountBot.Language;

/// <summary>A line's regular expression: its engine is made when a text first has the words that it requires, and asked only about such texts.</summary>
internal sealed class LineExpression(string expression, RegexOptions options, TimeSpan patience)
{
    private Regex? engine;

    /// <summary>What a text must hold; <c>null</c> for nothing.</summary>
    public RequiredWords? Required { get; } = RequiredWords.Of(expression);

    /// <summary>The engine. Two threads may make one each: they fit the same.</summary>
    public Regex Engine => engine ??= new Regex(expression, options, patience);

    /// <summary>Whether it can fit somewhere in a text; false only where it cannot.</summary>
    public bool MayFit(ReadOnlySpan<char> text, LettersTogether letters) => Required is null || Required.MayFit(text, letters);
}
