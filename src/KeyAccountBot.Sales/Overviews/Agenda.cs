using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Overviews;

/// <summary>Something for a rep to do, or to think of, on a local date of theirs.</summary>
/// <param name="On">Of what is late, since when.</param>
public abstract record AgendaMatter(DateOnly On)
{
    /// <summary>Something fell due and was not done.</summary>
    public sealed record Late(FollowUpCause Cause, DateOnly On) : AgendaMatter(On);

    /// <summary>A visit that is still to come.</summary>
    public sealed record Visit(PlannedVisit Planned, DateOnly On) : AgendaMatter(On);

    /// <summary>What was promised.</summary>
    public sealed record Step(string What, DateOnly On) : AgendaMatter(On);

    /// <summary>Bids are due, and ours is not in.</summary>
    public sealed record BidDue(DateOnly On) : AgendaMatter(On);

    /// <summary>The customer is expected to decide.</summary>
    public sealed record Decision(DateOnly On) : AgendaMatter(On);
}

/// <summary>What an opportunity asks of its owner in these days. Pure.</summary>
public static class Agenda
{
    /// <summary>So many days a promised step, a visit or a decision is spoken of before.</summary>
    public const int Ahead = 7;

    /// <summary>So many days a tender's deadline is spoken of before.</summary>
    public const int AheadOfBid = 10;

    /// <summary>All that is late, is due today or comes within a few days, the earliest first; none for what is closed.</summary>
    /// <param name="opportunity">As it stands.</param>
    /// <param name="account">Its customer; <c>null</c> where nobody there is on record.</param>
    /// <param name="playbook">The method.</param>
    /// <param name="company">Our people.</param>
    /// <param name="now">UTC; what falls due later today is due today.</param>
    public static IReadOnlyList<AgendaMatter> Of(Opportunity opportunity, Account? account, Playbook playbook, Company company, DateTimeOffset now)
    {
        var facts = opportunity.Facts;
        var calendar = FollowUpPolicy.CalendarOf(company.Find(facts.Owner), playbook.FollowUps);
        var today = calendar.DateAt(now);
        List<AgendaMatter> matters =
        [
            // a passed step and a near deadline are told as what they are
            .. LateMatters.Of(opportunity, account, playbook, company, calendar.At(today.AddDays(1), TimeOnly.MinValue).AddTicks(-1))
                .Where(m => FollowUpCauses.Find(m.Cause)?.IsOfADate != true)
                .Select(m => new AgendaMatter.Late(m.Cause, m.Since)),
        ];
        if (!opportunity.IsOpen)
        {
            return matters;
        }

        matters.AddRange(facts.Visits.Where(v => v.At > now && calendar.DateAt(v.At) <= today.AddDays(Ahead)).Select(v => new AgendaMatter.Visit(v, calendar.DateAt(v.At))));
        if (facts.NextStep is { } step && step.Due <= today.AddDays(Ahead))
        {
            matters.Add(new AgendaMatter.Step(step.What, step.Due));
        }

        if (RiskReasons.BidDueOf(facts, playbook) is { } bid && bid <= today.AddDays(AheadOfBid))
        {
            matters.Add(new AgendaMatter.BidDue(bid));
        }

        if (facts is { ExpectedClose: { } close, WonAt: null } && close <= today.AddDays(Ahead))
        {
            matters.Add(new AgendaMatter.Decision(close));
        }

        return [.. matters.OrderBy(m => m.On)];
    }

    /// <summary>How much it weighs that an opportunity is looked at today: its amount times how late its oldest matter is.</summary>
    /// <param name="opportunity">Which.</param>
    /// <param name="matters">What is late or due today; never none.</param>
    /// <param name="today">The local date.</param>
    public static TellingWeight WeightOf(Opportunity opportunity, IEnumerable<AgendaMatter> matters, DateOnly today) =>
        new(opportunity.Facts.Amount, today.DayNumber - matters.Min(m => m.On).DayNumber + 1, opportunity.Id.Value);
}
