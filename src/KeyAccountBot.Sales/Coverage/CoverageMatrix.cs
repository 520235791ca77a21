using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Coverage;

/// <summary>How well a contact, or a cell, is looked after; ordered upwards.</summary>
public enum CoverageGrade
{
    /// <summary>Nobody of the customer is known there.</summary>
    Empty,

    /// <summary>Somebody is known, and nobody of ours looks after them.</summary>
    Unmaintained,

    /// <summary>A named person of ours looks after them.</summary>
    Maintained,

    /// <summary>A decision maker or an executive whom a director or executive of ours looks after, and has met themselves: the strongest.</summary>
    InPerson,
}

/// <summary>How long ago the last touch was.</summary>
public enum Freshness
{
    /// <summary>There was none yet.</summary>
    Never,

    /// <summary>Longer ago than the playbook allows.</summary>
    Stale,

    /// <summary>Not longer.</summary>
    Fresh,
}

/// <summary>A contact as seen in the matrix.</summary>
/// <param name="Contact">Active.</param>
/// <param name="Maintainer">Who of us looks after them, if still with us.</param>
/// <param name="Freshness">How long ago the last touch was.</param>
/// <param name="Grade">How well they are looked after.</param>
public sealed record CoveredContact(Contact Contact, Person? Maintainer, Freshness Freshness, CoverageGrade Grade);

/// <summary>One department at one level.</summary>
/// <param name="Department">Of the playbook.</param>
/// <param name="Level">How high.</param>
/// <param name="IsRequired">The playbook wants a contact here.</param>
/// <param name="Contacts">The active ones, in the order they came on record.</param>
public sealed record CoverageCell(Department Department, Level Level, bool IsRequired, IReadOnlyList<CoveredContact> Contacts)
{
    /// <summary>The best grade of its contacts.</summary>
    public CoverageGrade Grade => Contacts.Count == 0 ? CoverageGrade.Empty : Contacts.Max(c => c.Grade);

    /// <summary>The freshest of its contacts.</summary>
    public Freshness Freshness => Contacts.Count == 0 ? Freshness.Never : Contacts.Max(c => c.Freshness);
}

/// <summary>Departments × levels of a customer: whom we know there, who of us looks after them, and how fresh that is.</summary>
/// <param name="Cells">One for each department and level, in the playbook's order, a department's levels together.</param>
public sealed record CoverageMatrix(IReadOnlyList<CoverageCell> Cells)
{
    /// <summary>The cell of a department and level.</summary>
    /// <exception cref="InvalidOperationException">The playbook lists no such department.</exception>
    public CoverageCell this[DepartmentId department, Level level] => Cells.First(c => c.Department.Id == department && c.Level == level);

    /// <summary>
    /// The matrix as it stands on a local date; all empty while the account is not on record. A maintainer who has left the
    /// company does not count, and a contact in a department that the playbook lists no more stands in no cell. Pure.
    /// </summary>
    public static CoverageMatrix Of(Account? account, Company company, Playbook playbook, DateOnly today)
    {
        var settings = playbook.Coverage;
        var contacts = (account?.Active ?? []).ToLookup(c => (c.Data.Department, c.Data.Level), c => Cover(c, company, settings, today));
        return new CoverageMatrix(
        [
            .. settings.Departments.SelectMany(d => settings.Levels.Select(l => new CoverageCell(
                d, l.Level, settings.Required.Contains(new RequiredCell(d.Id, l.Level)), [.. contacts[(d.Id, l.Level)]]))),
        ]);
    }

    internal static CoveredContact Cover(Contact contact, Company company, CoverageSettings settings, DateOnly today)
    {
        var maintainer = contact.Maintainer is { } id ? company.Find(id) : null;
        return new CoveredContact(
            contact, maintainer,
            contact.LastTouch is not { } touch ? Freshness.Never : IsFresh(touch.On, settings, today) ? Freshness.Fresh : Freshness.Stale,
            maintainer is null ? CoverageGrade.Unmaintained
                : (contact.IsDecisionMaker || contact.Data.Level == Level.Executive) && maintainer.Role is Role.Director or Role.Executive
                    && contact.Touches.Any(t => t.By == maintainer.Id) ? CoverageGrade.InPerson
                : CoverageGrade.Maintained);
    }

    internal static bool IsFresh(DateOnly since, CoverageSettings settings, DateOnly today) =>
        today <= WorkCalendar.Weekdays.AddBusinessDays(since, settings.FreshDays);
}
