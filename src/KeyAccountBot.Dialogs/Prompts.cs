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
public sealed partial class NumberPrompt(string id, PromptValidator<decimal>? validator = null, PromptManners? manners = null) : Prompt<decimal>(id, validator, manners)
{
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
        var match = Written().Match(plain);
        if (!match.Success || !decimal.TryParse(match.Groups["number"].ValueSpan, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var scale = match.Groups["scale"].Value switch
        {
            "k" or "K" or "千" => 1_000m,
            "m" or "M" or "百万" => 1_000_000m,
            "万" or "萬" => 10_000m,
            "亿" or "億" => 100_000_000m,
            _ => 1m,
        };
        if (Math.Abs(number) > decimal.MaxValue / scale)
        {
            return false;
        }

        value = number * scale;
        return true;
    }

    // a comma counts only between groups of three, so that "1,5" is not fifteen
    [GeneratedRegex(@"^(?<number>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?) ?(?<scale>k|m|千|万|萬|百万|亿|億)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Written();
}

/// <summary>Asks yes or no, in English or Chinese.</summary>
/// <param name="id">Unique within its set.</param>
/// <param name="validator">Judges the answer.</param>
/// <param name="manners">What the application says where an answer leads nowhere.</param>
public sealed class ConfirmPrompt(string id, PromptValidator<bool>? validator = null, PromptManners? manners = null) : Prompt<bool>(id, validator, manners)
{
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
    /// <inheritdoc/>
    protected override bool TryRead(string text, TurnContext turn, PromptOptions options, out DateOnly value)
    {
        var read = reader(text, turn);
        value = read.GetValueOrDefault();
        return read.HasValue;
    }
}
