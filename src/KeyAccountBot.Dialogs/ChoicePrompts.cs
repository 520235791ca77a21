using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using KeyAccountBot.Language;

namespace KeyAccountBot.Dialogs;

/// <summary>Something to choose.</summary>
/// <param name="Value">As shown, and as a card submits it.</param>
/// <param name="Synonyms">Other words for it.</param>
public sealed record Choice(string Value, IReadOnlyList<string>? Synonyms = null)
{
    /// <summary>What it is on record; absent, what is shown.</summary>
    public string? Id { get; init; }

    /// <summary>Words that tell it from the others without being its name: its owner, its status, its city.</summary>
    public IReadOnlyList<string>? Beside { get; init; }
}

/// <summary>What was chosen.</summary>
/// <param name="Index">Its place among the choices, from 0.</param>
/// <param name="Value">The choice's value.</param>
public sealed record FoundChoice(int Index, string Value);

/// <summary>
/// Asks for one of the choices: by value, synonym, number, or whole words that only one choice has. Yes takes the only choice there is,
/// no leaves the question, unless a choice lists that very word.
/// </summary>
/// <param name="id">Unique within its set.</param>
/// <param name="validator">Judges the answer.</param>
/// <param name="manners">What the application says where an answer leads nowhere.</param>
public sealed class ChoicePrompt(string id, PromptValidator<FoundChoice>? validator = null, PromptManners? manners = null)
    : Prompt<FoundChoice>(id, validator, manners)
{
    /// <inheritdoc/>
    protected override bool TryRead(string text, TurnContext turn, PromptOptions options, out FoundChoice? value)
    {
        value = Choosing.One(text, options.Choices ?? []);
        return value is not null;
    }

    /// <inheritdoc/>
    protected override bool IsDeclined(string text) => PromptWords.MeansNone(text);

    /// <inheritdoc/>
    protected override QuestionKind Kind => QuestionKind.Choice;

    /// <inheritdoc/>
    protected override bool TryTake(IReadOnlyList<string> values, PromptOptions options, out FoundChoice? value)
    {
        value = values.Count == 1 ? Choosing.Valued(values[0], options.Choices ?? []) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValuesOf(FoundChoice value, PromptOptions options) => [Choosing.IdOf(value, options.Choices ?? [])];
}

/// <summary>Asks for any of the choices: <c>1, 3</c>, <c>1 and 3</c>, <c>1、3</c>, <c>all</c>, <c>none</c>, <c>没有</c>.</summary>
/// <param name="id">Unique within its set.</param>
/// <param name="validator">Judges the answer.</param>
/// <param name="manners">What the application says where an answer leads nowhere.</param>
public sealed class MultiChoicePrompt(string id, PromptValidator<IReadOnlyList<FoundChoice>>? validator = null, PromptManners? manners = null)
    : Prompt<IReadOnlyList<FoundChoice>>(id, validator, manners)
{
    /// <inheritdoc/>
    protected override bool TryRead(string text, TurnContext turn, PromptOptions options, out IReadOnlyList<FoundChoice>? value)
    {
        value = Choosing.Many(text, options.Choices ?? []);
        return value is not null;
    }

    /// <inheritdoc/>
    protected override QuestionKind Kind => QuestionKind.Choices;

    /// <inheritdoc/>
    protected override bool TryTake(IReadOnlyList<string> values, PromptOptions options, out IReadOnlyList<FoundChoice>? value)
    {
        var found = values.Select(v => Choosing.Valued(v, options.Choices ?? [])).ToList();
        value = found.Contains(null) ? null : [.. found.OfType<FoundChoice>()];
        return value is not null;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValuesOf(IReadOnlyList<FoundChoice> value, PromptOptions options) =>
        [.. value.Select(v => Choosing.IdOf(v, options.Choices ?? []))];
}

internal static partial class Choosing
{
    private static readonly FrozenSet<string> None =
        AnswerWords.File.Words("noneOfList").Select(PromptAnswer.Fold).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> All =
        AnswerWords.File.Words("allOfList").Select(PromptAnswer.Fold).ToFrozenSet(StringComparer.Ordinal);

    private const char Cjk = '\u2e80';
    private const int FewestLetters = 2;

    private static readonly char[] Separators = [',', ';', '\n', '、', '，', '；'];

    // between spaces where the language sets its words apart, in small letters, large ones, or as a sentence begins
    private static readonly string[] Apart = [.. AnswerWords.File["joints"].Where(LanguageFiles.SetsWordsApart).Select(l => l.Text)];
    private static readonly string[] Conjunctions =
        [.. Apart.SelectMany(w => new[] { w, w.ToUpperInvariant(), char.ToUpperInvariant(w[0]) + w[1..] }).Select(w => $" {w} "), .. AnswerWords.File["joints"].Where(l => !LanguageFiles.SetsWordsApart(l)).Select(l => l.Text)];

    /// <summary>The choice of this id, or of this value where it has none.</summary>
    public static FoundChoice? Valued(string value, IReadOnlyList<Choice> choices)
    {
        for (var index = 0; index < choices.Count; index++)
        {
            if (string.Equals(choices[index].Id ?? choices[index].Value, value, StringComparison.Ordinal))
            {
                return new(index, choices[index].Value);
            }
        }

        return null;
    }

    public static string IdOf(FoundChoice found, IReadOnlyList<Choice> choices) =>
        found.Index >= 0 && found.Index < choices.Count ? choices[found.Index].Id ?? found.Value : found.Value;

    public static FoundChoice? One(string text, IReadOnlyList<Choice> choices)
    {
        var wanted = PromptAnswer.Fold(text);
        return Exact(wanted, choices) ?? Numbered(wanted, choices)
            ?? (!PromptWords.IsReserved(wanted) ? InWords(wanted, choices)
                : choices.Count == 1 && PromptWords.Meaning(wanted) == true ? new FoundChoice(0, choices[0].Value)
                : null);
    }

    public static IReadOnlyList<FoundChoice>? Many(string text, IReadOnlyList<Choice> choices)
    {
        var wanted = PromptAnswer.Fold(text);
        if (Exact(wanted, choices) is { } exact)
        {
            return [exact];
        }

        if (None.Contains(wanted))
        {
            return [];
        }

        if (All.Contains(wanted))
        {
            return [.. choices.Select((choice, index) => new FoundChoice(index, choice.Value))];
        }

        var found = new SortedDictionary<int, FoundChoice>();
        return Collect(text, choices, found) && found.Count > 0 ? [.. found.Values] : null;
    }

    private static bool Collect(string text, IReadOnlyList<Choice> choices, SortedDictionary<int, FoundChoice> found)
    {
        const StringSplitOptions Tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var listed in text.Split(Separators, Tidy))
        {
            var joint = Apart.FirstOrDefault(w => listed.StartsWith(w + " ", StringComparison.OrdinalIgnoreCase));
            var part = joint is null ? listed : listed[(joint.Length + 1)..];

            // a value may itself hold "and", so it is tried whole first
            if (One(part, choices) is { } whole)
            {
                found[whole.Index] = whole;
                continue;
            }

            var pieces = part.Split(Conjunctions, Tidy);
            if (pieces.Length == 1)
            {
                pieces = part.Split((char[]?)null, Tidy);
                if (!pieces.All(piece => piece.All(char.IsDigit)))
                {
                    return false;
                }
            }

            foreach (var piece in pieces)
            {
                if (One(piece, choices) is not { } one)
                {
                    return false;
                }

                found[one.Index] = one;
            }
        }

        return true;
    }

    private static FoundChoice? Exact(string wanted, IReadOnlyList<Choice> choices)
    {
        for (var index = 0; index < choices.Count; index++)
        {
            if (string.Equals(PromptAnswer.Fold(choices[index].Value), wanted, StringComparison.Ordinal))
            {
                return new(index, choices[index].Value);
            }
        }

        return Only(choices, wanted, static (word, wanted) => string.Equals(word, wanted, StringComparison.Ordinal), ofValues: false);
    }

    private static FoundChoice? Numbered(string wanted, IReadOnlyList<Choice> choices) =>
        int.TryParse(wanted.AsSpan().TrimStart('#').TrimEnd(')'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1 && number <= choices.Count
            ? new(number - 1, choices[number - 1].Value)
            : null;

    // "nordwind" of "Nordwind Dairies", never "no"; Chinese has no spaces, so there any two characters in a row do
    private static FoundChoice? InWords(string wanted, IReadOnlyList<Choice> choices)
    {
        if (wanted.Any(c => c >= Cjk))
        {
            return wanted.Length < FewestLetters ? null : Only(choices, wanted, static (name, wanted) => name.Contains(wanted, StringComparison.Ordinal), ofValues: true);
        }

        var run = Run(wanted);
        return run.Count(char.IsLetter) < FewestLetters
            ? null
            : Only(choices, run, static (name, run) => Run(name).Contains(run, StringComparison.Ordinal), ofValues: true);
    }

    // its words between single spaces, also before the first and after the last, so that only whole words are found in it
    private static string Run(string name) => $" {string.Join(' ', Word().Matches(name).Select(m => m.Value))} ";

    [GeneratedRegex("[\\p{L}\\p{M}\\p{N}-[\u2e80-\uffff]]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word();

    private static FoundChoice? Only(IReadOnlyList<Choice> choices, string wanted, Func<string, string, bool> fits, bool ofValues)
    {
        FoundChoice? only = null;
        for (var index = 0; index < choices.Count; index++)
        {
            if (!Fits(choices[index]))
            {
                continue;
            }

            if (only is not null)
            {
                return null;
            }

            only = new(index, choices[index].Value);
        }

        return only;

        bool Fits(Choice choice)
        {
            if (ofValues && fits(PromptAnswer.Fold(choice.Value), wanted))
            {
                return true;
            }

            foreach (var synonym in choice.Synonyms ?? [])
            {
                if (fits(PromptAnswer.Fold(synonym), wanted))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
