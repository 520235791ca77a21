using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class VisitFollowUpExamples
{
    private static readonly DateTimeOffset Wednesday = Utc(2026, 3, 4, 9); // ten in Berlin

    private static (PersonId?, DateTimeOffset)[] Unreported(IEnumerable<Told> told) =>
        [.. told.Where(t => t.Cause == VisitNotReportedCause.Id).Select(t => (t.To, t.At))];

    private static Sale Planned(params (string Id, DateTimeOffset At)[] visits)
    {
        var sale = Sale.Opened();
        foreach (var (id, at) in visits)
        {
            sale.Plans(id, at);
        }

        return sale;
    }

    [Fact]
    public void A_visit_without_a_report_is_followed_up_from_the_next_business_days_start_of_work()
    {
        var told = Unreported(Planned(("v", Wednesday)).FollowUpUntil(Utc(2026, 3, 11)));
        Assert.Equal([(Rep, Utc(2026, 3, 5, 8)), (Manager, Utc(2026, 3, 9, 8))], told);
        Assert.Equal((Rep, Utc(2026, 3, 9, 8)), Unreported(Planned(("v", Utc(2026, 3, 6, 15))).FollowUpUntil(Utc(2026, 3, 10))).Single());
    }

    [Fact]
    public void A_report_or_a_cancellation_ends_it()
    {
        var reported = Planned(("v", Wednesday));
        reported.FollowUpUntil(Utc(2026, 3, 6, 8));
        reported.Reports("v");
        Assert.Empty(Unreported(reported.FollowUpUntil(Utc(2026, 3, 20))));

        var cancelled = Planned(("v", Wednesday));
        cancelled.Does(new OpportunityCommand.CancelVisit(V("v"), "flu"));
        Assert.Empty(Unreported(cancelled.FollowUpUntil(Utc(2026, 3, 20))));
    }

    [Fact]
    public void The_earliest_stands_for_those_after_it_until_it_is_answered_for_good()
    {
        var sale = Planned(("v1", Wednesday), ("v2", Wednesday.AddDays(1)));
        Assert.Equal([Rep], Unreported(sale.FollowUpUntil(Utc(2026, 3, 6, 10))).Select(t => t.Item1));
        sale.Answers(VisitNotReportedCause.Id, FollowUpAnswer.NotAnIssue, Manager);
        Assert.Equal([(Rep, Utc(2026, 3, 6, 10))], Unreported(sale.FollowUpUntil(Utc(2026, 3, 6, 12))));
    }

    [Fact]
    public void The_brief_goes_out_the_evening_before_once()
    {
        var sale = Planned(("v", Wednesday));
        sale.FollowUpUntil(Wednesday);
        Assert.Equal([(V("v"), Utc(2026, 3, 3, 16))], sale.Briefed); // five in Berlin
        var brief = Assert.Single(sale.Entries, e => e.What is OpportunityEvent.BriefSent);
        var delivery = Assert.Single(Delivery.For(sale.State, [brief], Examples.Playbook, Ours));
        Assert.Equal((DeliveryKind.Brief, Rep, (VisitId?)V("v"), (DateTimeOffset?)Wednesday), (delivery.Kind, delivery.To, delivery.Visit, delivery.Since));
    }

    [Fact]
    public void Before_a_Monday_it_goes_out_on_Friday()
    {
        var sale = Planned(("v", Utc(2026, 3, 9, 9)));
        sale.FollowUpUntil(Utc(2026, 3, 9, 9));
        Assert.Equal([(V("v"), Utc(2026, 3, 6, 16, 30))], sale.Briefed); // half an hour before work ends
    }

    [Theory]
    [InlineData(10, 4, 8, 0)]
    [InlineData(9, 3, 16, 30)]
    [InlineData(20, 4, 16, 30)]
    public void So_many_minutes_before_is_moved_into_the_working_hours_before_the_visit(int berlin, int day, int hour, int minute)
    {
        var hourly = Examples.Playbook with { FollowUps = Examples.Playbook.FollowUps with { Brief = new Playbooks.BriefTime.MinutesBefore(60) } };
        var visit = Utc(2026, 3, 4, berlin - 1);
        var state = Planned(("v", visit)).State!;
        var (_, at) = Assert.Single(BriefTimes.Of(state, hourly, Ours, Monday));
        Assert.Equal(Utc(2026, 3, day, hour, minute), at);
    }

    [Fact]
    public void A_visit_planned_late_is_briefed_at_once_and_not_at_all_where_no_work_is_left_before_it()
    {
        var sale = Sale.Opened();
        sale.Plans("soon", Monday.AddHours(1));
        Assert.Equal(V("soon"), Assert.Single(sale.Plan().Briefs).Visit);
        sale.Now = Utc(2026, 3, 3, 19);
        sale.Plans("at-dawn", Utc(2026, 3, 4, 7));
        Assert.DoesNotContain(BriefTimes.Of(sale.State!, Examples.Playbook, Ours, sale.Now), b => b.Brief.Visit == V("at-dawn"));
        sale.Plans("at-ten", Wednesday);
        Assert.Equal(Utc(2026, 3, 4, 8), BriefTimes.Of(sale.State!, Examples.Playbook, Ours, sale.Now).Single(b => b.Brief.Visit == V("at-ten")).At);
    }

    [Fact]
    public void A_cancelled_or_reported_visit_gets_no_brief_and_a_moved_one_another()
    {
        var sale = Planned(("v1", Wednesday), ("v2", Wednesday), ("v3", Wednesday));
        sale.Does(new OpportunityCommand.CancelVisit(V("v1"), "flu"));
        sale.Reports("v2");
        sale.FollowUpUntil(Utc(2026, 3, 3, 17));
        Assert.Equal([V("v3")], sale.Briefed.Select(b => b.Visit));
        sale.Does(new OpportunityCommand.MoveVisit(V("v3"), Wednesday.AddDays(1)));
        sale.FollowUpUntil(Wednesday.AddDays(1));
        Assert.Equal([V("v3"), V("v3")], sale.Briefed.Select(b => b.Visit));
    }

    [Fact]
    public void Undoing_an_entry_made_before_the_brief_does_not_send_it_again()
    {
        var sale = Planned(("v", Wednesday));
        sale.Reaches();
        sale.FollowUpUntil(Utc(2026, 3, 3, 16));
        Assert.Single(sale.Briefed);
        Assert.IsType<Decision.Accepted>(sale.Does(new OpportunityCommand.Undo()));
        sale.FollowUpUntil(Wednesday);
        Assert.Single(sale.Briefed);
    }

    [Fact]
    public void A_brief_planned_before_the_visit_was_moved_or_the_opportunity_closed_is_not_sent()
    {
        var sale = Planned(("v", Wednesday));
        sale.Now = Utc(2026, 3, 3, 16);
        var due = sale.Plan().Briefs;
        sale.Does(new OpportunityCommand.MoveVisit(V("v"), Wednesday.AddHours(3)));
        Assert.Empty(Assert.IsType<Decision.Accepted>(sale.Says(new OpportunityCommand.TakeFollowUpSteps([], due), null)).Events);
        sale.Does(new OpportunityCommand.Hold("freeze"));
        Assert.Empty(sale.Plan().Briefs);
    }

    [Fact]
    public void A_brief_decided_twice_at_once_is_sent_once()
    {
        var sale = Planned(("v", Wednesday));
        sale.Now = Utc(2026, 3, 3, 16);
        var due = sale.Plan().Briefs;
        Assert.Single(Assert.IsType<Decision.Accepted>(sale.Says(new OpportunityCommand.TakeFollowUpSteps([], due), null)).Events);
        Assert.Empty(Assert.IsType<Decision.Accepted>(sale.Says(new OpportunityCommand.TakeFollowUpSteps([], due), null)).Events);
    }

    [Fact]
    public void Without_the_setting_there_are_no_briefs()
    {
        var silent = Examples.Playbook with { FollowUps = Examples.Playbook.FollowUps with { Brief = null } };
        Assert.Empty(BriefTimes.Of(Planned(("v", Wednesday)).State!, silent, Ours, Wednesday.AddMinutes(-5)));
    }
}
