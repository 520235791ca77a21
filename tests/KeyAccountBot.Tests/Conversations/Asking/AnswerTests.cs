using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using Xunit;

namespace KeyAccountBot.Tests.Conversations.Asking;

/// <summary>Questions about one opportunity and about a customer's people.</summary>
public sealed class AnswerTests : AskingStory
{
    [Fact]
    public async Task One_opportunity_is_shown_on_its_card_and_two_of_a_customer_in_short()
    {
        Assert.Contains("Gate needs: Contract approved, Contract signed", await AsksAsync(Nina, "status", ("opportunity", Presses.Value)), StringComparison.Ordinal);

        var both = await AsksAsync(Dana, "status", ("account", "Halm Mills"));
        InOrder(both, "Halm Mills: 2", "Oil presses · 800,000 EUR · Nina Berg", "Business negotiation (5 of 6) · next: send the contract, Tue 10 Mar", "Dryers", "Coverage:");
        Assert.DoesNotContain("Spare parts", both, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_fits_two_customers_is_asked_about_with_a_button_each()
    {
        InOrder(await AsksAsync(Dana, "status", ("candidates", Presses.Value), ("candidates", Silos.Value)), "Which do you mean?", "Halm Mills", "Quint Foods");
        Assert.Equal(2, PlainText.Pressable(Reply).Count(a => a is PressAction));
    }

    [Fact]
    public async Task What_is_missing_names_the_gate_what_else_is_open_and_what_presses()
    {
        var missing = await AsksAsync(Omar, "missing", ("opportunity", Silos.Value));

        InOrder(missing, "what is missing", "Gate needs: Bid submitted or Direct negotiation opened: one is enough", "Also open: Bid approved inside our company", "Bids due: Wed 18 Mar, in 6 days", "Next step: bring the bid · Wed 18 Mar", "Overdue: stage overdue", "Open questions");
    }

    [Fact]
    public async Task What_is_missing_to_win_names_the_gates_of_the_stages_to_come() => InOrder(
        await AsksAsync(Omar, "missing", ("opportunity", Silos.Value), ("toward", "won")), "Gate needs: Bid submitted", "Business negotiation: Contract approved, Contract signed", "Also open");

    [Fact]
    public async Task Missing_of_all_ones_own_names_each_gate() =>
        InOrder(await SaysAsync(Nina, "what is missing"), "What each gate needs", "Dryers", "Accurate project information obtained", "Oil presses", "Contract approved, Contract signed");

    [Fact]
    public async Task When_a_milestone_was_reached_is_answered_with_the_day_and_who_said_so()
    {
        InOrder(await AsksAsync(Mara, "history", ("opportunity", Presses.Value), ("milestone", "terms-agreed")), "Terms agreed: 26 February 2026 · Nina Berg");
        InOrder(await AsksAsync(Mara, "history", ("opportunity", Presses.Value), ("milestone", "contract-signed")), "Contract signed: not reached yet");
    }

    [Fact]
    public async Task What_was_said_last_comes_before_what_is_on_record_and_once()
    {
        var history = await AsksAsync(Dana, "history", ("opportunity", Presses.Value), ("rep", "nina"));

        InOrder(history, "Last said: Halm Mills · Oil presses", "2 Mar 2026 · Nina Berg · Lena Orth · She asks for a longer warranty", "On record", "reached: Terms agreed");
        Assert.Equal(2, history.Split("She asks").Length);
    }

    [Fact]
    public async Task The_questions_to_answer_next_are_those_of_the_people_to_be_met()
    {
        var questions = await AsksAsync(Nina, "next-questions", ("opportunity", Presses.Value));

        InOrder(questions, "to answer", "Business negotiation", "What if you fail to deliver? (Lena Orth)", "Who at the top of your house stands behind it? (Viktor Halm)", "What does the warranty hold, and for how long?", "Left open: Bidding");
    }

    [Fact]
    public async Task The_brief_is_of_the_next_visit_where_nothing_is_named()
    {
        InOrder(await AsksAsync(Nina, "brief"), "Brief: Halm Mills", "Friday, 13 March, 09:00", "Lena Orth, Viktor Halm", "She asks for a longer warranty");
        Assert.Equal("No visit is planned.", await AsksAsync(Omar, "brief"));
    }

    [Fact]
    public async Task Who_will_hear_of_a_deadline_is_told_in_the_order_of_the_policy()
    {
        var route = await AsksAsync(Omar, "escalation-route", ("opportunity", Silos.Value), ("cause", "bidDeadlineNear"));

        InOrder(route, "who will hear", "If nothing happens, Mara Klein hears", "· you · bid deadline near", "· you · bid deadline near", "· Mara Klein · bid deadline near", "· Dana Voss · bid deadline near · urgent");
    }

    [Fact]
    public async Task A_deadline_a_hold_and_an_evaluation_are_one_sentence()
    {
        InOrder(await AsksAsync(Omar, "bid-deadline", ("opportunity", Silos.Value)), "Bids are due Wed 18 Mar, in 6 days; ours is not in yet.");
        InOrder(await AsksAsync(Nina, "bid-deadline", ("opportunity", Presses.Value)), "No deadline is on record.");
        InOrder(await AsksAsync(Omar, "hold-reason", ("opportunity", Ovens.Value)), "On hold since 20 Feb 2026: no budget before summer. Looked at again Mon 4 May.");
        InOrder(await AsksAsync(Nina, "hold-reason", ("opportunity", Spares.Value)), "lost Fri 20 Feb: price");
        InOrder(await AsksAsync(Nina, "hold-reason", ("opportunity", Presses.Value)), "It is not on hold: it is open, in Business negotiation.");
        InOrder(await AsksAsync(Nina, "evaluation", ("opportunity", Presses.Value)), "not evaluated yet", "Five scores from 0 to 4");
        InOrder(await AsksAsync(Nina, "status", ("opportunity", Presses.Value), ("field", "bidDeadline")), "No deadline is on record.");
    }

    [Fact]
    public async Task An_evaluation_on_record_is_shown_with_its_five_scores()
    {
        await DoesAsync(Nina, Presses, new OpportunityCommand.Evaluate(new Evaluation(new(4), new(3), new(2), new(3), new(3))));

        InOrder(await AsksAsync(Nina, "evaluation", ("opportunity", Presses.Value)), "76 of 100, a key account", "Budget: 3");
    }

    [Fact]
    public async Task Who_decides_is_named_with_who_of_us_looks_after_them_and_where_nobody_knows_whom_to_ask()
    {
        InOrder(await AsksAsync(Nina, "who-decides", ("account", "Halm Mills")), "Halm Mills: who decides", "Viktor Halm", "looked after by Dana Voss · never met");
        InOrder(await AsksAsync(Pia, "who-decides", ("account", "Delta Yards")), "not known yet: ask Ria Delta.");
        InOrder(await SaysAsync(Mara, "who decides"), "Halm Mills", "Viktor Halm", "Quint Foods", "Eva Quint");
    }

    [Fact]
    public async Task The_people_of_a_customer_are_listed_and_one_of_them_is_told_in_full()
    {
        InOrder(await AsksAsync(Nina, "contacts", ("account", "Halm Mills")), "Halm Mills: contacts (2)", "Viktor Halm ◆ decides", "Lena Orth ★ coach", "looked after by Nina Berg");
        Assert.Equal(["Whole map", "Add a contact"], Reply.Actions.Select(a => a.Title));
        InOrder(await AsksAsync(Nina, "contact-info", ("account", "Halm Mills"), ("contact", "lena")), "Lena Orth · Halm Mills", "Purchasing, Manager", "Last touch: Mon 2 Mar, 10 days ago");
    }

    [Fact]
    public async Task Who_looks_after_a_decision_maker_is_told_with_who_should()
    {
        InOrder(await AsksAsync(Omar, "who-maintains", ("account", "Quint Foods"), ("contact", "eva")), "Eva Quint · Quint Foods", "Omar Haddad looks after them. Last touch: never met. They decide: a director or executive of ours should. It is a coverage gap since");
        InOrder(await AsksAsync(Dana, "who-maintains", ("rep", "nina")), "Nina Berg looks after 1", "Lena Orth ★ coach · Halm Mills");
    }

    [Fact]
    public async Task Gaps_of_a_customer_are_listed_and_over_all_it_is_those_who_decide()
    {
        InOrder(await AsksAsync(Nina, "coverage", ("account", "Halm Mills")), "Halm Mills: ", "Viktor Halm has not heard from us", "nobody known in Purchasing (Staff)");
        InOrder(await AsksAsync(Dana, "coverage", ("scope", "all")), "Decision makers out of reach", "Nobody senior looks after them: 1", "Eva Quint · Quint Foods · looked after by Omar Haddad", "Not in touch: 1", "Viktor Halm", "Who decides is not known: 1", "Delta Yards");
    }

    [Fact]
    public async Task Who_sells_for_us_inside_is_named_and_where_nobody_does_who_is_closest()
    {
        InOrder(await AsksAsync(Nina, "coaches", ("account", "Halm Mills")), "Lena Orth (relationship 3/4)");
        InOrder(await AsksAsync(Omar, "coaches", ("account", "Quint Foods")), "No coach yet; closest is Tom Bach (1/4)", "Eva Quint decides, and nobody inside guides us yet");
    }

    [Theory]
    [InlineData("status")]
    [InlineData("missing")]
    [InlineData("history")]
    [InlineData("questions")]
    [InlineData("next-questions")]
    [InlineData("brief")]
    [InlineData("escalation-route")]
    [InlineData("bid-deadline")]
    [InlineData("hold-reason")]
    [InlineData("evaluation")]
    [InlineData("who-decides")]
    [InlineData("contacts")]
    [InlineData("contact-info")]
    [InlineData("who-maintains")]
    [InlineData("coverage")]
    [InlineData("coaches")]
    public async Task Nobody_sees_another_teams_deals_and_people_whatever_is_asked(string wish)
    {
        foreach (var who in new[] { Nina, Mara })
        {
            foreach (var slots in new (string, string)[][]
            {
                [], [("scope", "all")], [("account", "Delta Yards")], [("opportunity", Cranes.Value)], [("account", "Delta Yards"), ("contact", "ria")],
                [("candidates", Cranes.Value), ("candidates", Presses.Value)], [("rep", "pia")], [("team", "milo")],
            })
            {
                var answer = await AsksAsync(who, wish, slots);
                Assert.DoesNotContain("Cranes", answer, StringComparison.Ordinal);
                Assert.DoesNotContain("Ria Delta", answer, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("status")]
    [InlineData("missing")]
    [InlineData("history")]
    [InlineData("next-questions")]
    [InlineData("escalation-route")]
    [InlineData("evaluation")]
    [InlineData("who-decides")]
    [InlineData("contacts")]
    [InlineData("who-maintains")]
    [InlineData("coverage")]
    [InlineData("coaches")]
    public async Task An_answer_about_everything_fits_a_phone_in_either_language(string wish)
    {
        Assert.Matches("[\\u4e00-\\u9fff]", await AsksAsync(Dana with { Locale = "zh-Hans" }, wish));

        await AsksAsync(Dana, wish);
        Assert.True(PlainText.Paragraphs(Reply).Count() <= 20, $"{wish} takes too many lines.");
        Assert.True(Reply.Actions.Count <= 3);
    }
}
