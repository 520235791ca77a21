using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>
/// Who may see what, and who may have what recorded: the one place that says so. It is asked when something is read, and again at the
/// moment of the record: a dialog may have begun while its speaker still owned the opportunity or stood in for somebody. Somebody else who
/// is to work on an opportunity, such as a deal team, is let in here. Pure.
/// </summary>
public static class Authority
{
    /// <summary>
    /// Whether a person may have this of an opportunity. Its owner, the owner's line of management and who acts for one of these may see
    /// and change it. A follow-up may also be answered by those whom it concerns; a question is answered by the owner, or by who hears in
    /// the owner's place.
    /// </summary>
    public static bool Allows(PersonId by, Company company, Opportunity opportunity, Access what)
    {
        var owner = opportunity.Facts.Owner;
        return what switch
        {
            Access.Record { Command: OpportunityCommand.ReplyToFollowUp } => by == owner || company.StandInFor(owner)?.Id == by,
            Access.Record { Command: OpportunityCommand.AnswerFollowUp answer } => Allows(by, company, opportunity, new Access.Answer(answer.Chain)),
            Access.Record or Access.Read => company.MaySee(by, owner),
            Access.Answer answer => company.MaySee(by, owner) || opportunity.FollowUps.Any(c => c.Key == answer.Chain && c.Concerns(by, company)),
            Access.Told => company.MaySee(by, owner) || company.StandInFor(owner)?.Id == by
                || opportunity.FollowUps.Any(c => c.Concerns(by, company) || c.All.Any(a => a.By == by)),
            _ => throw new InvalidOperationException($"Nobody said who may {what.GetType().Name}."),
        };
    }

    /// <summary>
    /// Whether a person may have this recorded of a customer: who sees one of its opportunities may; who looks after a contact there may
    /// say that they were in touch.
    /// </summary>
    /// <param name="by">Who.</param>
    /// <param name="company">Our people.</param>
    /// <param name="account">The customer; <c>null</c> while nobody there is on record.</param>
    /// <param name="owners">Who owns an opportunity at this customer.</param>
    /// <param name="command">What.</param>
    public static bool Allows(PersonId by, Company company, Account? account, IEnumerable<PersonId> owners, AccountCommand command) =>
        (command is AccountCommand.LogTouch touch && account?.Contacts.Any(c => c.Maintainer == by && (c.IsActive || touch.Contacts.Contains(c.Id))) == true)
        || owners.Any(o => company.MaySee(by, o));

    /// <summary>Whether a person may see what this owner has, such as a line in a list.</summary>
    public static bool Sees(PersonId by, Company company, PersonId owner) => company.MaySee(by, owner);

    /// <summary>The people whom a person looks after, themselves among them.</summary>
    public static IEnumerable<Person> PeopleOf(PersonId by, Company company) => company.LookedAfterBy(by);

    /// <summary>Whose opportunities a person may see, themselves first; also of those whose own record cannot be read.</summary>
    public static IEnumerable<PersonId> OwnersSeenBy(PersonId by, Company company) =>
        company.LookedAfterBy(by).Select(p => p.Id).Concat(company.UnreadBelow(by));
}
