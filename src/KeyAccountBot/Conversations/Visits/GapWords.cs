using System.Globalization;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>A gap in coverage in one short line.</summary>
internal static class GapWords
{
    /// <summary>The line in a reader's language.</summary>
    public static string Of(CultureInfo culture, Playbook playbook, CoverageGap gap)
    {
        var texts = VisitTexts.Texts;
        return gap switch
        {
            CoverageGap.NoDecisionMaker => texts["gap.no-decision-maker", culture],
            CoverageGap.MaintainedTooJunior junior => texts["gap.too-junior", culture, junior.Contact.Name, junior.Maintainer.Name],
            CoverageGap.NoMaintainer nobody => texts["gap.no-maintainer", culture, nobody.Contact.Name],
            CoverageGap.NoCoach => texts["gap.no-coach", culture],
            CoverageGap.EmptyCell cell => texts[
                "gap.empty-cell", culture, cell.Department.Name.For(culture), playbook.Coverage.NameOf(cell.Level).For(culture)],
            CoverageGap.Untouched untouched => texts["gap.untouched", culture, untouched.Contact.Name, Words.DateOf(culture, untouched.Since)],
            _ => throw new InvalidOperationException($"No words for {gap.GetType().Name}."),
        };
    }
}
