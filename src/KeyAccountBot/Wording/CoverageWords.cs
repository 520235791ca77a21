using System.Globalization;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Wording;

/// <summary>Says what is missing in how a customer is looked after: the reason, and what to do about it. It warns, it never forbids.</summary>
internal static class CoverageWords
{
    private const int Most = 2;
    private static readonly Texts Texts = new("Wording.CoverageTexts");

    /// <summary>Every gap in a sentence of its own, the weightiest first. A customer of whom nobody is known has that one gap, and who decides.</summary>
    public static IReadOnlyList<string> Gaps(
        Opportunity? opportunity, Account? account, Company company, Playbook playbook, DateOnly today, CultureInfo culture) =>
        Gaps(CoverageGaps.Of(opportunity, account, company, playbook, today), account, playbook, culture);

    /// <summary>The same of gaps found already.</summary>
    public static IReadOnlyList<string> Gaps(IReadOnlyList<CoverageGap> gaps, Account? account, Playbook playbook, CultureInfo culture) =>
        account?.Active.Any() == true
            ? [.. gaps.Select(g => Of(g, account, playbook, culture))]
            : [.. gaps.OfType<CoverageGap.NoDecisionMaker>().Select(g => Of(g, account, playbook, culture)), Texts["gap.nobody", culture]];

    /// <summary>One gap in a sentence.</summary>
    public static string Gap(CoverageGap gap, Account? account, Playbook playbook, CultureInfo culture) => Of(gap, account, playbook, culture);

    /// <summary>What it is called beside its value.</summary>
    public static string Label(CultureInfo culture) => Texts["coverage.label", culture];

    /// <summary>The weightiest gaps in one line; <c>null</c> where nothing is missing.</summary>
    public static string? Brief(
        Opportunity? opportunity, Account? account, Company company, Playbook playbook, DateOnly today, CultureInfo culture)
    {
        var gaps = Gaps(opportunity, account, company, playbook, today, culture);
        var said = string.Join(Texts["gap.separator", culture], gaps.Take(Most));
        return gaps.Count == 0 ? null : gaps.Count > Most ? Texts["gap.more", culture, said, gaps.Count - Most] : said;
    }

    /// <summary>The same, said of coverage: for messages that speak of other things too.</summary>
    public static string? Line(
        Opportunity? opportunity, Account? account, Company company, Playbook playbook, DateOnly today, CultureInfo culture) =>
        Brief(opportunity, account, company, playbook, today, culture) is { } brief ? Texts["coverage.line", culture, brief] : null;

    /// <summary>What is still missing at a customer, after something was recorded there.</summary>
    public static string After(Opportunity? opportunity, Account? account, Company company, Playbook playbook, DateOnly today, CultureInfo culture) =>
        Line(opportunity, account, company, playbook, today, culture) ?? Texts["coverage.complete", culture];

    /// <summary>Before a decision maker is met while nobody inside guides us: whom to win first; <c>null</c> where that is no matter.</summary>
    public static string? GuideFirst(Account? account, Playbook playbook, CultureInfo culture)
    {
        var decisionMakers = (account?.Active ?? []).Where(c => c.IsDecisionMaker).Select(c => c.Id).ToList();
        return Sales.Coverage.GuideFirst.Check(account, decisionMakers, playbook) is { } warning ? GuideFirstWords.Of(culture, warning) : null;
    }

    private static string Of(CoverageGap gap, Account? account, Playbook playbook, CultureInfo culture) => gap switch
    {
        CoverageGap.NoDecisionMaker => Insider(account) is { } insider
            ? Texts["gap.no-decision-maker.ask", culture, insider.Name]
            : Texts["gap.no-decision-maker", culture],
        CoverageGap.MaintainedTooJunior junior => Texts["gap.too-junior", culture, junior.Contact.Name, junior.Maintainer.Name],
        CoverageGap.NoMaintainer { Left: null } alone => Texts["gap.no-maintainer", culture, alone.Contact.Name],
        CoverageGap.NoMaintainer left => Texts["gap.maintainer-left", culture, left.Contact.Name],
        CoverageGap.NoCoach => Insider(account) is { } candidate
            ? Texts["gap.no-coach.win", culture, candidate.Name]
            : Texts["gap.no-coach", culture],
        CoverageGap.EmptyCell cell => Texts["gap.empty", culture, cell.Department.Name.For(culture), playbook.Coverage.NameOf(cell.Level).For(culture)],
        CoverageGap.Untouched silent => Texts["gap.untouched", culture, silent.Contact.Name, silent.Since],
        _ => throw new InvalidOperationException($"No words for {gap.GetType().Name}."),
    };

    // who inside could tell us, or guide us: a coach before others, then who knows us best
    private static Contact? Insider(Account? account) => (account?.Active ?? []).Where(c => !c.IsDecisionMaker)
        .OrderByDescending(c => c.Data.IsCoach)
        .ThenByDescending(c => c.Data.Strength)
        .FirstOrDefault();
}
