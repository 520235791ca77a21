using System.Globalization;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Wording;

/// <summary>Small words that are said alike in a turn and by messages that come by themselves.</summary>
internal static class Words
{
    private const string Ends = ".!?…。！？";
    private static readonly Texts Texts = new("Wording.WordTexts");

    /// <summary>A local date.</summary>
    public static string DateOf(CultureInfo culture, DateOnly day) => Texts["date", culture, day];

    /// <summary>What stands between the parts of a list.</summary>
    public static string Separator(CultureInfo culture) => Texts["separator", culture];

    /// <summary>One sentence after the other, each ended as the language ends one; a heading that asks keeps its question mark.</summary>
    public static string Sentences(CultureInfo culture, params IEnumerable<string> sentences)
    {
        var end = Texts["sentence-end", culture];
        var stop = end.TrimEnd();
        var space = end[stop.Length..];
        return string.Join(space, sentences.Where(s => s.Length > 0).Select(s => Ends.Contains(s[^1], StringComparison.Ordinal) ? s : s + stop));
    }

    /// <summary>What a stage is called; that the playbook does not have it, where it does not.</summary>
    public static string StageOf(Playbook playbook, StageId stage, CultureInfo culture) =>
        playbook.Find(stage)?.Name.For(culture) ?? Texts["stage.outside", culture];

    /// <summary>The account and what is to be sold there.</summary>
    public static string NameOf(Opportunity opportunity) =>
        opportunity.Facts.Account.Length > 0 ? $"{opportunity.Facts.Account} · {opportunity.Facts.Name}" : opportunity.Facts.Name;

    /// <summary>The account, or what is to be sold where the account is not known yet.</summary>
    public static string AccountOf(Opportunity opportunity) =>
        opportunity.Facts.Account.Length > 0 ? opportunity.Facts.Account : opportunity.Facts.Name;
}
