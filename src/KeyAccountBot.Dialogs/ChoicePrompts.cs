using System.Collections.Frozen;
using System.Globalization;

namespace KeyAccountBot.Dialogs;

/// <summary>Something to choose.</summary>
/// <param name="Value">As shown, and as a card submits it.</param>
/// <param name="Synonyms">Other words for it.</param>
public sealed record Choice(string Value, IReadOnlyList<string>? Synonyms = null);

/// <summary>What was chosen.</summary>
/// <param name="Index">Its place among the choices, from 0.</param>
/// <param name="Value">The choice's value.</param>
public sealed record FoundChoice(int Index, string Value);

/// <summary>Asks for one of the choices: by value, synonym, number, or a beginning only one choice has.</summary>
/// <param name="id">Unique within its set.</param>
/// <param name="validator">Judges the answer.</param>
public sealed class ChoicePrompt(string id, PromptValidator<FoundChoice>? validator = null) : Prompt<FoundChoice>(id, validator)
{
    /// <inheritdoc/>
    protected override bool TryRead(string text, TurnContext turn, PromptOptions options, out FoundChoice? value)
    {
        value = Choosing.One(text, options.Choices ?? []);
        return value is not null;
    }
}

/// <summary>Asks for any of the choices: <c>1, 3</c>, <c>1 and 3</c>, <c>1、3</c>, <c>all</c>, <c>none</c>, <c>没有</c>.</summary>
/// <param name="id">Unique within its set.</param>
/// <param name="validator">Judges the answer.</param>
public sealed class MultiChoicePrompt(string id, PromptValidator<IReadOnlyList<FoundChoice>>? validator = null)
    : Prompt<IReadOnlyList<FoundChoice>>(id, validator)
{
    /// <inheritdoc/>
    protected override bool TryRead(string text, TurnContext turn, PromptOptions options, out IReadOnlyList<FoundChoice>? value)
    {
        value = Choosing.Many(text, options.Choices ?? []);
        return value is not null;
    }
}

internal static class Choosing
{
    private static readonly FrozenSet<string> None =
        FrozenSet.ToFrozenSet(["NONE", "NOTHING", "NO", "NONE OF THEM", "没有", "都没有", "無", "无"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> All =
        FrozenSet.ToFrozenSet(["ALL", "ALL OF THEM", "EVERYTHING", "全部", "所有", "都有"], StringComparer.Ordinal);

    private static readonly char[] Separators = [',', ';', '\n', '、', '，', '；'];
    private static readonly string[] Conjunctions = [" and ", " AND ", " And ", "&", "以及", "和"];

    public static FoundChoice? One(string text, IReadOnlyList<Choice> choices)
    {
        var wanted = PromptAnswer.Fold(text);
        return Exact(wanted, choices) ?? Numbered(wanted, choices) ?? Beginning(wanted, choices);
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
            var part = listed.StartsWith("and ", StringComparison.OrdinalIgnoreCase) ? listed[4..] : listed;

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

    private static FoundChoice? Beginning(string wanted, IReadOnlyList<Choice> choices) =>
        wanted.Length == 0 ? null : Only(choices, wanted, static (word, wanted) => word.StartsWith(wanted, StringComparison.Ordinal), ofValues: true);

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
