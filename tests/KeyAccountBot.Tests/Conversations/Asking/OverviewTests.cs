using KeyAccountBot.Messages;
using KeyAccountBot.Sales.People;
using Xunit;

namespace KeyAccountBot.Tests.Conversations.Asking;

/// <summary>Questions about many opportunities at once, asked by a rep, a manager and a director.</summary>
public sealed class OverviewTests : AskingStory
{
    [Fact]
    public async Task A_rep_hears_what_to_do_today_the_heaviest_first_then_what_comes()
    {
        var today = await SaysAsync(Nina, "today");

        Assert.StartsWith("Today, Thu 12 Mar", today, StringComparison.Ordinal);
        InOrder(today, "No visit today; the next is tomorrow 09:00, Halm Mills.", "Now", "Halm Mills · Oil presses", "send the contract, was due Tue 10 Mar", "Coming", "tomorrow 09:00", "visit with Lena Orth, Viktor Halm", "first call");
        Assert.Equal(["Check in", "Brief me", "At risk"], Reply.Actions.Select(a => a.Title));
    }

    [Fact]
    public async Task A_manager_hears_of_their_team_whose_each_is_and_of_nobody_elses()
    {
        var today = await SaysAsync(Mara, "what should I do today");

        InOrder(today, "Oil presses · Nina Berg", "Silos · Omar Haddad", "bids due");
        Assert.DoesNotContain("Delta Yards", today, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_director_hears_of_all_and_which_decision_makers_wait_for_them()
    {
        var today = await SaysAsync(Dana, "today");

        InOrder(today, "Oil presses · Nina Berg", "Cranes · Pia Costa", "Decision makers who wait for you", "Viktor Halm · Halm Mills · never met");
    }

    [Fact]
    public async Task What_is_at_risk_says_why()
    {
        var risks = await SaysAsync(Omar, "at risk");

        InOrder(risks, "At risk: 2 of 2", "Silos", "bids due Wed 18 Mar, ours is not in", "Mixers", "decision expected Fri 20 Mar, still missing: Customer relationship effectively advanced", "no next step");
        Assert.DoesNotContain("Ovens", risks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_risk_in_a_quarter_is_what_is_to_be_decided_in_it()
    {
        var risks = await AsksAsync(Dana, "at-risk", ("period", "2026-Q1"), ("scope", "all"));

        Assert.Contains("Q1 2026: 3 to be decided", risks, StringComparison.Ordinal);
        Assert.Contains("decision expected Fri 27 Mar, still missing: Contract approved, Contract signed", risks, StringComparison.Ordinal);
        Assert.DoesNotContain("Silos", risks, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_stuck_in_a_team_leaves_out_what_is_not_late_for_so_long()
    {
        var stuck = await AsksAsync(Mara, "stuck", ("team", "mara"));
        InOrder(stuck, "Oil presses", "contract approval waits since Mon 23 Feb (17 d)", "next step passed since Wed 11 Mar (1 d)", "promised: send the contract", "Silos", "stage overdue since Mon 9 Mar (3 d)");
        Assert.DoesNotContain("Cranes", stuck, StringComparison.Ordinal);

        Assert.Equal("Nothing is overdue for 300 days or more.", await AsksAsync(Mara, "stuck", ("team", "mara"), ("minDays", "300")));
    }

    [Fact]
    public async Task A_forecast_has_the_count_behind_each_figure_and_keeps_currencies_apart()
    {
        var forecast = await AsksAsync(Dana, "forecast", ("period", "2026-Q1"));

        InOrder(forecast, "Forecast Q1 2026", "Expected, not signed yet:", "950,000 EUR from 2, weighted by stage 700,000 EUR", "2,000,000 USD from 1, weighted by stage 1,600,000 USD", "Fri 20 Mar · Quint Foods · Mixers", "Mon 30 Mar · Delta Yards · Cranes", "Currencies stand apart");
    }

    [Fact]
    public async Task A_forecast_by_team_names_each_teams_sums()
    {
        var forecast = await AsksAsync(Dana, "forecast", ("period", "2026"), ("groupBy", "team"));

        InOrder(forecast, "Mara Klein’s team", "1,340,000 EUR from 4", "Milo Ruiz’s team", "2,000,000 USD from 1");
    }

    [Fact]
    public async Task A_forecast_by_month_goes_from_the_earliest_on() => InOrder(
        await AsksAsync(Mara, "forecast", ("period", "2026"), ("groupBy", "month")), "March 2026", "950,000 EUR from 2", "May 2026", "300,000 EUR from 1", "August 2026");

    [Fact]
    public async Task A_pipeline_by_rep_counts_each() =>
        InOrder(await AsksAsync(Dana, "pipeline", ("groupBy", "rep")), "Pipeline: 5 open", "Nina Berg: 2 · 890,000 EUR", "Omar Haddad: 2 · 450,000 EUR", "Pia Costa: 1 · 2,000,000 USD");

    [Fact]
    public async Task A_list_takes_what_is_without_a_next_step_or_a_decision_maker()
    {
        InOrder(await AsksAsync(Mara, "deals", ("filter", "noNextStep")), "Open: 1", "Mixers");
        InOrder(await AsksAsync(Dana, "deals", ("filter", "noDecisionMaker")), "Open: 1", "Cranes");
        InOrder(await AsksAsync(Mara, "deals", ("filter", "smallest")), "Open: 4", "Dryers", "Mixers", "Silos", "Oil presses");
    }

    [Fact]
    public async Task The_pipeline_counts_each_stage_and_with_a_size_it_lists()
    {
        InOrder(await SaysAsync(Mara, "pipeline by stage"), "Pipeline: 4 open", "Customer development: 1 · 90,000 EUR", "Proposal: 1 · 150,000 EUR", "Bidding: 1 · 300,000 EUR", "Business negotiation: 1 · 800,000 EUR");
        InOrder(await AsksAsync(Dana, "pipeline", ("stage", "negotiation"), ("minAmount", "1000000")), "Open: 1", "Cranes");
    }

    [Fact]
    public async Task A_reps_deals_are_listed_for_who_leads_them()
    {
        var deals = await AsksAsync(Mara, "deals", ("rep", "omar"));

        InOrder(deals, "Open: 2 · Omar Haddad", "Quint Foods · Silos · 300,000 EUR", "Bidding · next: bring the bid, Wed 18 Mar", "Mixers");
        Assert.DoesNotContain("Halm", deals, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lost_ones_say_when_and_why_and_held_ones_until_when()
    {
        InOrder(await AsksAsync(Nina, "deals", ("status", "lost"), ("period", "2026")), "Lost: 1 · 2026", "Spare parts", "lost Fri 20 Feb: price");
        InOrder(await AsksAsync(Omar, "deals", ("status", "onHold")), "On hold: 1", "Ovens", "on hold since Fri 20 Feb, looked at again Mon 4 May: no budget before summer");
        Assert.Equal("No opportunity fits.", await AsksAsync(Nina, "deals", ("status", "lost"), ("period", "2025")));
    }

    [Fact]
    public async Task Bids_that_are_due_are_listed_by_their_day()
    {
        InOrder(await AsksAsync(Mara, "deals", ("filter", "bidDeadline"), ("until", "2026-03-20")), "Bids due: 1", "Wed 18 Mar · Quint Foods · Silos");
        Assert.StartsWith("No bid is due", await AsksAsync(Mara, "deals", ("filter", "bidDeadline"), ("until", "2026-03-15")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_was_not_visited_for_longest_comes_first()
    {
        var unvisited = await SaysAsync(Mara, "unvisited");

        InOrder(unvisited, "Longest not visited", "Quint Foods · never met", "Eva Quint (decides): never met", "Halm Mills · last Mon 2 Mar, 10 days ago", "Viktor Halm (decides): never met");
    }

    [Fact]
    public async Task Visits_are_told_for_one_deal_for_a_day_and_for_a_team()
    {
        InOrder(await AsksAsync(Nina, "next-visit", ("account", "Halm Mills")), "Next visit: tomorrow 09:00", "Oil presses · Lena Orth, Viktor Halm");
        InOrder(await AsksAsync(Dana, "visits", ("date", "2026-03-13")), "Visits, tomorrow: 2", "tomorrow 09:00 · Nina Berg", "tomorrow 11:00 · Pia Costa");
        Assert.DoesNotContain("Pia", await AsksAsync(Mara, "visits", ("date", "2026-03-13"), ("team", "mara")), StringComparison.Ordinal);
        Assert.Equal("No visit is planned.", await SaysAsync(Omar, "next visit"));
    }

    [Fact]
    public async Task Visits_that_were_say_when_somebody_was_last_met()
    {
        var history = await AsksAsync(Mara, "visit-history", ("account", "Halm Mills"), ("period", "2026-02"));

        InOrder(history, "No visit in that time: February 2026", "Last touch: Lena Orth (Halm Mills), Mon 2 Mar, 10 days ago", "Last visit: Mon 2 Mar", "She asks for a longer warranty");
    }

    [Fact]
    public async Task Next_steps_are_listed_by_their_day_and_what_has_none_is_named()
    {
        var steps = await SaysAsync(Mara, "next steps");

        InOrder(steps, "Next steps: 3", "⚠ Tue 10 Mar · Halm Mills · Oil presses · Nina Berg · send the contract", "Mon 16 Mar", "Wed 18 Mar", "Without a next step", "Mixers");
    }

    [Fact]
    public async Task How_long_a_rep_was_silent_is_told_with_since_when_that_is_too_long()
    {
        var silent = await AsksAsync(Mara, "check-in-status", ("rep", "nina"));

        InOrder(silent, "Check-ins missed: 1 of 2 · Nina Berg", "Oil presses", "last Mon 2 Mar, 10 days ago · missed since Mon 9 Mar; expected every 5 business days", "Dryers", "next by Mon 16 Mar");
    }

    [Fact]
    public async Task Follow_ups_are_told_to_nobody_while_nothing_was_sent()
    {
        InOrder(await AsksAsync(Nina, "follow-ups", ("opportunity", Presses.Value)), "Nobody was told of anything that still stands.", "If nothing happens, you hear next: today");
    }

    [Fact]
    public async Task Whether_somebody_was_told_is_yes_or_no_first()
    {
        await TellsAsync(Cranes, new("ContractApprovalWaiting"), At(2, 23, 9), Pia, Milo);

        InOrder(await AsksAsync(Pia, "follow-ups", ("opportunity", Cranes.Value), ("recipient", "milo")), "Yes: Milo Ruiz.", "contract approval waits since Mon 23 Feb", "told: you today, Milo Ruiz today");
        InOrder(await AsksAsync(Pia, "follow-ups", ("opportunity", Cranes.Value), ("recipient", "dana")), "No: nothing that still stands was told to Dana Voss.", "If nothing happens, Dana Voss hears next:");
        InOrder(await AsksAsync(Dana, "follow-ups"), "Open follow-ups: 1", "Delta Yards · Cranes", "told: Pia Costa today, Milo Ruiz today");
    }

    [Theory]
    [InlineData("today")]
    [InlineData("at-risk")]
    [InlineData("stuck")]
    [InlineData("forecast")]
    [InlineData("pipeline")]
    [InlineData("deals")]
    [InlineData("unvisited")]
    [InlineData("next-visit")]
    [InlineData("visits")]
    [InlineData("visit-history")]
    [InlineData("next-steps")]
    [InlineData("check-in-status")]
    [InlineData("follow-ups")]
    public async Task Nobody_sees_another_teams_deals_whatever_is_asked(string wish)
    {
        foreach (var who in new[] { Nina, Mara })
        {
            foreach (var slots in new (string, string)[][] { [], [("scope", "all")], [("account", "Delta Yards")], [("opportunity", Cranes.Value)], [("candidates", Cranes.Value), ("candidates", Presses.Value)] })
            {
                var answer = await AsksAsync(who, wish, slots);
                Assert.DoesNotContain("Cranes", answer, StringComparison.Ordinal);
                Assert.DoesNotContain("Ria", answer, StringComparison.Ordinal);
            }

            foreach (var slots in new (string, string)[][] { [("rep", "pia")], [("team", "milo")] })
            {
                Assert.StartsWith("That is not for you to see", await AsksAsync(who, wish, slots), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("today")]
    [InlineData("at-risk")]
    [InlineData("stuck")]
    [InlineData("forecast")]
    [InlineData("pipeline")]
    [InlineData("deals")]
    [InlineData("unvisited")]
    [InlineData("visits")]
    [InlineData("next-steps")]
    [InlineData("check-in-status")]
    public async Task An_answer_fits_a_phone_and_is_said_in_the_readers_language(string wish)
    {
        var chinese = await AsksAsync(Dana with { Locale = "zh-Hans" }, wish);
        Assert.Matches("[\\u4e00-\\u9fff]", chinese);

        await AsksAsync(Dana, wish);
        Assert.True(PlainText.Paragraphs(Reply).Count() <= 20, $"{wish} takes too many lines.");
        Assert.True(Reply.Actions.Count <= 3);
    }

    [Fact]
    public async Task Who_has_nothing_hears_that_and_no_empty_list()
    {
        var alone = new Person(new("new"), "New Rep", Role.Rep, Manager: Mara.Id);

        InOrder(await AsksAsync(alone, "today"), "Nothing is due today. No visit today, and none is planned.");
        Assert.StartsWith("Nothing is at risk", await AsksAsync(alone, "at-risk"), StringComparison.Ordinal);
        Assert.Equal("No opportunity fits.", await AsksAsync(alone, "deals"));
    }
}
