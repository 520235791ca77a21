using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KeyAccountBot.Language;

namespace KeyAccountBot.Conversations.Absences;

/// <summary>An absence as somebody said it; what they left out is empty.</summary>
/// <param name="Who">Who is away; empty for the speaker.</param>
/// <param name="Until">The last day; <c>null</c> where not said, or no date.</param>
/// <param name="StandIn">Who stands in.</param>
internal sealed record AbsenceWords(string Who, DateOnly? Until, string StandIn)
{
    /// <summary>Reads <c>until Friday, Otto stands in</c>, <c>Rosa is away until 3 April, Otto</c> or <c>李雷请假到周五，王芳代理</c>.</summary>
    public static AbsenceWords Read(string words, DateOnly today, CultureInfo culture)
    {
        var said = words.Normalize(NormalizationForm.FormKC).Trim();
        var match = AbsencePatterns.Until().Match(said);
        if (!match.Success)
        {
            return new AbsenceWords(said, null, "");
        }

        // the comma may belong to the date: "until 3 April, 2026, Otto stands in"
        var rest = match.Groups["rest"].Value.Trim();
        for (var comma = rest.Length; comma > 0; comma = rest.LastIndexOfAny(AbsencePatterns.Commas, comma - 1))
        {
            if (DateReading.Read(rest[..comma].Trim(), today, culture) is { } until)
            {
                return new AbsenceWords(match.Groups["who"].Value.Trim(), until, NameIn(rest[comma..]));
            }
        }

        return new AbsenceWords(match.Groups["who"].Value.Trim(), null, "");
    }

    private static string NameIn(string text) => AbsencePatterns.StandsIn().Replace(text.Trim(AbsencePatterns.Commas), "").Trim();
}

/// <summary>How absences are written.</summary>
internal static partial class AbsencePatterns
{
    /// <summary>What may stand between the date and who stands in.</summary>
    public static char[] Commas { get; } = [',', '，', '、', ';', ' '];

    [GeneratedRegex("^(?<who>.*?)(?:\\s*(?:\\bis away|请假|休假|不在))?\\s*(?:\\b(?:until|till|to)\\b|到|至)\\s*(?<rest>.+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex Until();

    [GeneratedRegex("(?:\\b(?:stands in|will stand in|covers|takes over|and)\\b|由|代理|代替|顶替)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex StandsIn();

    // "Rosa is away until Friday, Otto stands in", "李雷请假到周五，王芳代理"
    [GeneratedRegex("^((\\S+\\s+){1,4}is away (until|till) |\\S[^,，。]{0,40}?(请假|休假|不在)(到|至))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    public static partial Regex SomebodyIsAway();
}
