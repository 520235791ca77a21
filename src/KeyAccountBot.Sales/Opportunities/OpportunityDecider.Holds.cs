using KeyAccountBot.Sales.Playbooks;
using static KeyAccountBot.Sales.Opportunities.OpportunityCommand;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Sales.Opportunities;

/// <content>What rests.</content>
public static partial class OpportunityDecider
{
    private static Decision Decide(Hold hold, CommandContext context, Playbook playbook)
    {
        var latest = Sales.Opportunities.Holds.Latest(playbook.FollowUps, context.Today);
        var until = hold.Until ?? latest;
        return string.IsNullOrWhiteSpace(hold.Reason) ? Refuse(new Refusal.NothingSaid())
            : until <= context.Today || until > latest ? Refuse(new Refusal.HoldOutside(latest))
            : Accept(new PutOnHold(hold.Reason.Trim(), until));
    }
}
