using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>
/// Who may have what recorded. Asked at the moment of the record, whatever was asked before: a dialog may have begun while its speaker
/// still stood in for somebody. Pure.
/// </summary>
public static class Authority
{
    /// <summary>Whether a person may have this recorded. An answer to a follow-up is also for those who were told of it, the reply for who hears in the owner's place.</summary>
    public static bool Allows(PersonId by, OpportunityCommand command, Opportunity opportunity, Company company)
    {
        var owner = opportunity.Facts.Owner;
        return company.MaySee(by, owner) || command switch
        {
            OpportunityCommand.AnswerFollowUp answer => opportunity.FollowUps.Any(c => c.Key == answer.Chain && c.Concerns(by, company)),
            OpportunityCommand.ReplyToFollowUp => company.StandInFor(owner)?.Id == by,
            _ => false,
        };
    }
}
