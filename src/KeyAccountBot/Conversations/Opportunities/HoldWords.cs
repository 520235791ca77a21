using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KeyAccountBot.Language;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>What somebody said of putting an opportunity on hold; what they left out is empty.</summary>
/// <param name="Account">Which, as they said it.</param>
/// <param name="Until">The day to look at it again.</param>
/// <param name="Why">The reason.</param>
internal sealed partial record HoldWords(string Account, DateOnly? Until, string Why)
{
    /// <summary>Reads <c>Nordwind until 15 March: budget frozen</c> or <c>海螺到3月15日：预算冻结</c>.</summary>
    public static HoldWords Read(string words, DateOnly today, CultureInfo culture)
    {
        var (said, why) = (words.Trim(), "");
        if (Colon().Match(said) is { Success: true, Index: > 0 } colon)
        {
            (said, why) = (said[..colon.Index].Trim(), said[(colon.Index + 1)..].Trim());
        }

        var match = UntilWhen.Match(said.Normalize(NormalizationForm.FormKC));
        return match.Success && DateReading.Read(match.Groups["when"].Value, today, culture) is { } until
            ? new HoldWords(match.Groups["name"].Value.Trim(' ', ','), until, why)
            : new HoldWords(said, null, why);
    }

    // a reason follows it; that of a web address belongs to the name
    [GeneratedRegex(@"：|:(?!//)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Colon();

    private static readonly Regex UntilWhen = new(
        $@"^(?<name>.*?),? *{AnswerWords.File.AnyOf("holdUntil")} *(?<when>.+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
