using System.Globalization;
using KeyAccountBot.Sales.Coverage;

namespace KeyAccountBot.Wording;

/// <summary>The guide-first warning: why, and whom to win first. It warns and never forbids.</summary>
internal static class GuideFirstWords
{
    /// <summary>The warning in a reader's language.</summary>
    public static string Of(CultureInfo culture, GuideFirstWarning warning)
    {
        var texts = BriefWords.Texts;
        var why = texts["plan.guide-first", culture, warning.DecisionMaker.Name];
        var first = warning.WinFirst is { } contact
            ? texts["plan.win-first", culture, contact.Name, warning.Strength]
            : texts["plan.win-somebody", culture, warning.Strength];
        return Words.Sentences(culture, why, first);
    }
}
