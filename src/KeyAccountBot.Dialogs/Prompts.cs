using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KeyAccountBot.Language;

namespace KeyAccountBot.Dialogs;

/// <summary>Asks for words.</summary>
/// <param name="id">Unique within its set.</param>
/// <param name="validator">Judges the answer.</param>
/// <param name="manners">What the application says where an answer leads nowhere.</param>
public sealed class TextPrompt(string id, PromptValidator<string>? validator = null, PromptManners? manners = null) : Prompt<string>(id, validator, manners)
{
    /// <summary>What the words are: mostly a sentence or two.</summary>
    public QuestionKind As { get; init; } = QuestionKind.Text;

    /// <inheritdoc/>
    protected override QuestionKind Kind => As;

    /// <inheritdoc/>
    protected override bool IsReadInItsLight => As != QuestionKind.Number;

    /// <inheritdoc/>
    protected override bool TryTake(IReadOnlyList<string> values, PromptOptions options, out string? value)
    {
        // a moment as people write it
        value = values.Count == 0 ? null : As == QuestionKind.Moment ? values[0].Replace('T', ' ') : values[0];
        return !string.IsNullOrWhiteSpace(value);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValuesOf(string value, PromptOptions options) => [value];

    /// <inheritdoc/>
    protected override bool TryRead(string text, TurnContext turn, PromptOptions options, out string? value)
    {
        value = text;
        return true;
    }
}

/// <summary>Asks for a number: <c>1,250.50</c>, <c>20k</c>, <c>1.5m</c>, <c>三</c>, <c>20万</c>.</summary>
/// <param name="id">Unique within its set.</param>
/// <param name="validator">Judges the answer.</param>
/// <param name="manners">What the application says where an answer leads nowhere.</param>
public sealed class NumberPrompt(string id, PromptValidator<decimal>? validator = null, PromptManners? manners = null) : Prompt<decimal>(id, validator, manners)
{
    /// <summary>It asks for a sum of money.</summary>
    public bool IsAmount { get; init; }

    /// <inheritdoc/>
    protected override bool IsReadInItsLight => IsAmount;

    /// <inheritdoc/>
    protected override QuestionKind Kind => IsAmount ? QuestionKind.Amount : QuestionKind.Number;

    /// <inheritdoc/>
    protected override bool TryTake(IReadOnlyList<string> values, PromptOptions options, out decimal value)
    {
        value = 0;
        return values.Count > 0 && decimal.TryParse(values[0], NumberStyles.Number, CultureInfo.InvariantCulture, out value);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValuesOf(decimal value, PromptOptions options) => [value.ToString(CultureInfo.InvariantCulture)];

    /// <inheritdoc/>
    protected override bool TryRead(string text, TurnContext turn, PromptOptions options, out decimal value)
    {
        var plain = text.Normalize(NormalizationForm.FormKC);
        if (ChineseNumerals.Read(plain) is { } small)
        {
            value = small;
            return true;
        }

        value = 0;
        var match = Written.Match(plain);
        if (!match.Success || !decimal.TryParse(match.Groups["number"].ValueSpan, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var scale = match.Groups["scale"] is { Length: > 0 } said ? Scales[said.Value] : 1m;
        if (Math.Abs(number) > decimal.MaxValue / scale)
        {
            return false;
        }

        value = number * scale;
        return true;
    }

    private static readonly FrozenDictionary<string, decimal> Scales = new[] { 1_000m, 10_000m, 1_000_000m, 100_000_000m }
        .SelectMany(scale => AnswerWords.File.Words(string.Create(CultureInfo.InvariantCulture, $"scale/{scale:0}")).Select(word => KeyValuePair.Create(word, scale)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    // a comma counts only between groups of three, so that "1,5" is not fifteen
    private static readonly Regex Written = new(
        $@"^(?<number>[+-]?(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+)(?:\.[0-9]+)?) ?(?<scale>{string.Join('|', Scales.Keys.OrderByDescending(w => w.Length))})?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}

/// <summary>Asks yes or no, in any language that has a file.</summary>
/// <param name="id">Unique within its set.</param>
/// <param name="validator">Judges the answer.</param>
/// <param name="manners">What the application says where an answer leads nowhere.</param>
public sealed class ConfirmPrompt(string id, PromptValidator<bool>? validator = null, PromptManners? manners = null) : Prompt<bool>(id, validator, manners)
{
    private const string Yes = "yes";

    /// <inheritdoc/>
    protected override QuestionKind Kind => QuestionKind.Confirm;

    /// <inheritdoc/>
    protected override bool TryTake(IReadOnlyList<string> values, PromptOptions options, out bool value)
    {
        value = values.Count > 0 && values[0] == Yes;
        return values.Count > 0;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValuesOf(bool value, PromptOptions options) => [value ? Yes : "no"];

    /// <summary>Whether the words mean yes or no; <c>null</c> for neither.</summary>
    public static bool? Meaning(string text) => PromptWords.Meaning(text);

    /// <inheritdoc/>
    protected override bool TryRead(string text, TurnContext turn, PromptOptions options, out bool value)
    {
        var meaning = PromptWords.Meaning(text);
        value = meaning.GetValueOrDefault();
        return meaning.HasValue;
    }
}

/// <summary>Understands a date in words, or gives null; the application brings today and the culture through the turn.</summary>
public delegate DateOnly? DateReader(string text, TurnContext turn);

/// <summary>Asks for a date.</summary>
/// <param name="id">Unique within its set.</param>
/// <param name="reader">For example one that calls <see cref="DateReading.Read"/> with the person's today.</param>
/// <param name="validator">Judges the answer.</param>
/// <param name="manners">What the application says where an answer leads nowhere.</param>
public sealed class DateTimePrompt(string id, DateReader reader, PromptValidator<DateOnly>? validator = null, PromptManners? manners = null)
    : Prompt<DateOnly>(id, validator, manners)
{
    /// <summary>It asks for a day on which something happened.</summary>
    public bool IsPast { get; init; }

    /// <summary>It asks until when: a first day may be said with the last.</summary>
    public bool IsPeriod { get; init; }

    /// <inheritdoc/>
    protected override QuestionKind Kind => IsPast ? QuestionKind.PastDay : IsPeriod ? QuestionKind.Period : QuestionKind.DayAhead;

    /// <inheritdoc/>
    protected override bool IsReadInItsLight => true;

    /// <inheritdoc/>
    protected override bool TryTake(IReadOnlyList<string> values, PromptOptions options, out DateOnly value)
    {
        value = default;
        return values.Count > 0 && DateOnly.TryParseExact(values[^1], Iso, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<string> ValuesOf(DateOnly value, PromptOptions options) => [value.ToString(Iso, CultureInfo.InvariantCulture)];

    private const string Iso = "yyyy-MM-dd";

    /// <inheritdoc/>
    protected override bool TryRead(string text, TurnContext turn, PromptOptions options, out DateOnly value)
    {
        var read = reader(text, turn);
        value = read.GetValueOrDefault();
        return read.HasValue;
    }
}
