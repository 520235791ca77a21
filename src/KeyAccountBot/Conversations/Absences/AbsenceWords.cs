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
    /// <summary>Reads <c>until Friday, Otto stands in</c> or <c>Rosa is away until 3 April, Otto</c>, in any language that has a file.</summary>
    public static AbsenceWords Read(string words, DateOnly today, CultureInfo culture)
    {
        var said = words.Normalize(NormalizationForm.FormKC).Trim();
        var match = AbsencePatterns.Until.Match(said);
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

    private static string NameIn(string text) => AbsencePatterns.StandsIn.Replace(text.Trim(AbsencePatterns.Commas), "").Trim();
}

/// <summary>How absences are written.</summary>
internal static class AbsencePatterns
{
    /// <summary>What may stand between the date and who stands in.</summary>
    public static char[] Commas { get; } = [',', '，', '、', ';', ' '];

    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly LanguageFiles File = AnswerWords.File;

    /// <summary>Who is away, and what follows until when.</summary>
    public static Regex Until { get; } = new($@"^(?<who>.*?)(?:\s*{File.AnyOf("isAway")})?\s*{File.AnyOf("awayUntil")}\s*(?<rest>.+)$", Plain, Patience);

    /// <summary>Words for standing in.</summary>
    public static Regex StandsIn { get; } = new(File.AnyOf("standsIn"), Plain, Patience);

    /// <summary>Somebody is said to be away: "Rosa is away until Friday, Otto stands in".</summary>
    public static Regex SomebodyIsAway { get; } = new($"^(?:{string.Join('|', File.Words("somebodyIsAway"))})", Plain, Patience);
}
