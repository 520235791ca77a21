using System.Text.RegularExpressions;

namespace KeyAccountBot.Language;

/// <summary>A line's regular expression: its engine is made when a text first has the words that it requires, and asked only about such texts.</summary>
internal sealed class LineExpression(string expression, RegexOptions options, TimeSpan patience)
{
    private readonly RequiredWords? required = RequiredWords.Of(expression);
    private Regex? engine;

    /// <summary>The engine. Two threads may make one each: they fit the same.</summary>
    public Regex Engine => engine ??= new Regex(expression, options, patience);

    /// <summary>Whether it can fit somewhere in a text; false only where it cannot.</summary>
    public bool MayFit(ReadOnlySpan<char> text, LettersTogether letters) => required is null || required.MayFit(text, letters);
}
