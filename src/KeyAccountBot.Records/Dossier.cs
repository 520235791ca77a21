using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Records;

/// <summary>An opportunity and its customer, as they stand.</summary>
/// <param name="Opportunity">The opportunity.</param>
/// <param name="Account">The customer; <c>null</c> while nobody there is on record.</param>
public sealed record Dossier(Opportunity Opportunity, Account? Account)
{
    /// <summary>Whom we know there and still may meet, by name.</summary>
    public IReadOnlyList<Contact> Contacts { get; } =
        [.. (Account?.Active ?? []).OrderBy(c => c.Name, StringComparer.CurrentCultureIgnoreCase)];

    /// <summary>The names of contacts, those that are on record.</summary>
    public IEnumerable<string> NamesOf(IEnumerable<ContactId> contacts) => contacts.Select(c => Account?.Find(c)?.Name).OfType<string>();

    /// <summary>The business hours of its owner, whose time zone its visits are in.</summary>
    public WorkCalendar Calendar(Company company, Playbook playbook) =>
        FollowUpPolicy.CalendarOf(company.Find(Opportunity.Facts.Owner), playbook.FollowUps);
}
