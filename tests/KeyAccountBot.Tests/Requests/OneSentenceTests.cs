using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.People;
using KeyAccountBot.Tests.Deliveries;
using KeyAccountBot.Tests.FollowUps;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Requests;

/// <summary>What one sentence asks for is shown and counts on yes; only what it leaves out is asked for.</summary>
public sealed class OneSentenceTests
{
    private static readonly Person Rita = new(new("rita"), "Rita", Role.Rep, Manager: new("melvin"), TeamsId: "t-rita");
    private static readonly ContactId Zhou = new("zhou");

    [Fact]
    public async Task A_changed_amount_is_shown_with_what_it_was_and_recorded_on_yes()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Fernhill");
        var talk = new Talk(story, Rep);

        Assert.Contains("2,000,000 EUR (was 100,000 EUR)", await talk.AsksAsync("change-fact", ("opportunity", id.Value), ("field", "amount"), ("value", "2000000")), StringComparison.Ordinal);
        Assert.Equal(100_000, (await OfAsync(story, id)).Facts.Amount.Amount);
        Assert.Contains("Amount: 2,000,000 EUR", await talk.SaysAsync("yes"), StringComparison.Ordinal);
        Assert.Equal(new Money(2_000_000, "EUR"), (await OfAsync(story, id)).Facts.Amount);

        await talk.AsksAsync("undo");
        await talk.SaysAsync("yes");
        Assert.Equal(100_000, (await OfAsync(story, id)).Facts.Amount.Amount);
    }

    [Fact]
    public async Task A_close_date_a_deadline_a_competitor_and_a_next_step_change_the_same_way()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Fernhill");
        var talk = new Talk(story, Rep);
        foreach (var (field, value) in new[] { ("expectedClose", "2026-06-15"), ("bidDeadline", "2026-04-01"), ("competitor", "Moss & Co"), ("name", "Two pumps") })
        {
            await talk.AsksAsync("change-fact", ("opportunity", id.Value), ("field", field), ("value", value));
            await talk.SaysAsync("yes");
        }

        await talk.AsksAsync("change-fact", ("opportunity", id.Value), ("field", "nextStep"), ("value", "send the drawings"), ("date", "2026-03-05"));
        await talk.SaysAsync("yes");

        var facts = (await OfAsync(story, id)).Facts;
        Assert.Equal((new DateOnly(2026, 6, 15), new DateOnly(2026, 4, 1)), (facts.ExpectedClose!.Value, ((BidBranch.Bid)facts.BidBranch!).Deadline));
        Assert.Equal(("Two pumps", "Moss & Co", "send the drawings"), (facts.Name, Assert.Single(facts.Competitors), facts.NextStep!.What));
    }

    [Fact]
    public async Task What_the_sentence_leaves_out_of_a_change_is_asked_for_and_a_no_records_nothing()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Fernhill");
        var talk = new Talk(story, Rep);

        Assert.Contains("What shall I change?", await talk.AsksAsync("change-fact", ("opportunity", id.Value)), StringComparison.Ordinal);
        Assert.Contains("what is it from now on?", await talk.SaysAsync("Expected close"), StringComparison.Ordinal);
        Assert.Contains("15 Jun 2026", await talk.SaysAsync("15 June 2026"), StringComparison.Ordinal);
        await talk.SaysAsync("no");
        Assert.Null((await OfAsync(story, id)).Facts.ExpectedClose);
        Assert.Contains("nothing changes", await talk.AsksAsync("change-fact", ("opportunity", id.Value), ("field", "amount"), ("value", "100000")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_milestone_is_taken_back_with_its_reason_and_the_stage_falls_back()
    {
        await using var story = await BeginAsync();
        var id = await ReachedAsync(story);
        var talk = new Talk(story, Rep);

        var shown = await talk.AsksAsync("take-back", ("opportunity", id.Value), ("milestone", "project-information"), ("reason", "wrong customer"));
        Assert.Contains("reached on 2 Mar 2026", shown, StringComparison.Ordinal);
        Assert.Contains("wrong customer", shown, StringComparison.Ordinal);
        await talk.SaysAsync("yes");

        var after = await OfAsync(story, id);
        Assert.Equal((new StageId("development"), false), (after.Facts.Stage, after.Facts.Reached.ContainsKey(new("project-information"))));
    }

    [Fact]
    public async Task Which_milestone_and_why_are_asked_where_nobody_said()
    {
        await using var story = await BeginAsync();
        var id = await ReachedAsync(story);
        var talk = new Talk(story, Rep);

        Assert.Contains("Which milestone", await talk.SaysAsync("take back Fernhill"), StringComparison.Ordinal);
        Assert.Contains("Why", await talk.SaysAsync("1"), StringComparison.Ordinal);
        Assert.Contains("a slip of mine", await talk.SaysAsync("a slip of mine"), StringComparison.Ordinal);
        await talk.SaysAsync("yes");
        Assert.Empty((await OfAsync(story, id)).Facts.Reached);
    }

    [Fact]
    public async Task One_that_was_never_reached_is_not_taken_back()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Fernhill");

        Assert.Contains("nothing to take back", await new Talk(story, Rep).AsksAsync("take-back", ("opportunity", id.Value), ("milestone", "bid-submitted")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_without_a_name_means_what_the_speaker_recorded_last()
    {
        await using var story = await BeginAsync();
        await story.OpensAsync("Fernhill");
        var id = await ReachedAsync(story, "Mossdale");
        story.Clock.Advance(TimeSpan.FromHours(3));

        Assert.Contains("Mossdale", await new Talk(story, Rep).AsksAsync("undo"), StringComparison.Ordinal);
        story.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Contains("Which", await new Talk(story, Rep).AsksAsync("undo"), StringComparison.OrdinalIgnoreCase);
        Assert.Single((await OfAsync(story, id)).Facts.Reached);
    }

    [Fact]
    public async Task A_manager_hands_an_opportunity_of_their_team_over_after_a_yes()
    {
        await using var story = await BeginAsync();
        await story.HiresAsync(Rita);
        var id = await story.OpensAsync("Fernhill");
        var talk = new Talk(story, Manager);

        var shown = await talk.AsksAsync("hand-over", ("opportunity", id.Value), ("rep", Rita.Id.Value), ("reason", "Anna has too much"));
        Assert.Contains("Anna", shown, StringComparison.Ordinal);
        Assert.Contains("Rita", shown, StringComparison.Ordinal);
        Assert.Equal(Rep.Id, (await OfAsync(story, id)).Facts.Owner);
        await talk.SaysAsync("yes");
        Assert.Equal(Rita.Id, (await OfAsync(story, id)).Facts.Owner);
    }

    [Fact]
    public async Task Only_the_reason_is_asked_for_where_a_hand_over_has_none()
    {
        await using var story = await BeginAsync();
        await story.HiresAsync(Rita);
        var id = await story.OpensAsync("Fernhill");
        var talk = new Talk(story, Manager);

        Assert.Contains("Why", await talk.AsksAsync("hand-over", ("opportunity", id.Value), ("rep", Rita.Id.Value)), StringComparison.Ordinal);
        Assert.Contains("new region", await talk.SaysAsync("new region"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hold_takes_its_reason_and_day_and_a_lost_one_its_reason_from_the_sentence()
    {
        await using var story = await BeginAsync();
        var (held, lost) = (await story.OpensAsync("Fernhill"), await story.OpensAsync("Mossdale"));
        var talk = new Talk(story, Rep);
        await talk.AsksAsync("hold", ("opportunity", held.Value), ("reason", "budget frozen"), ("until", "2026-03-20"));
        await talk.SaysAsync("yes");
        await talk.AsksAsync("lost", ("opportunity", lost.Value), ("reason", "price"));
        await talk.SaysAsync("yes");

        Assert.Equal((OpportunityStatus.OnHold, new DateOnly(2026, 3, 20)), ((await OfAsync(story, held)).Facts.Status, (await OfAsync(story, held)).Facts.HeldUntil!.Value));
        Assert.Equal((OpportunityStatus.Lost, "price"), ((await OfAsync(story, lost)).Facts.Status, (await OfAsync(story, lost)).Facts.StatusReason));
        await talk.AsksAsync("reopen", ("account", "Mossdale"), ("reason", "they called"));
        await talk.SaysAsync("yes");
        Assert.Equal(OpportunityStatus.Open, (await OfAsync(story, lost)).Facts.Status);
    }

    [Fact]
    public async Task A_visit_is_planned_from_one_sentence_moved_at_the_same_time_and_cancelled()
    {
        await using var story = await BeginAsync();
        var id = await ContactAsync(story);
        var talk = new Talk(story, Rep);

        var shown = await talk.AsksAsync("plan-visit", ("opportunity", id.Value), ("contacts", Zhou.Value), ("start", "2026-03-05T10:30"));
        Assert.Contains("Zhou Lan", shown, StringComparison.Ordinal);
        Assert.Contains("10:30", shown, StringComparison.Ordinal);
        await talk.SaysAsync("yes");
        var visit = Assert.Single((await OfAsync(story, id)).Facts.Visits);
        Assert.Equal((new DateTimeOffset(2026, 3, 5, 10, 30, 0, TimeSpan.Zero), Zhou), (visit.At, Assert.Single(visit.Contacts)));

        Assert.Contains("Shall I move it?", await talk.AsksAsync("move-visit", ("opportunity", id.Value), ("visit", visit.Id.Value), ("to", "2026-03-10")), StringComparison.Ordinal);
        await talk.SaysAsync("yes");
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 10, 30, 0, TimeSpan.Zero), Assert.Single((await OfAsync(story, id)).Facts.Visits).At);

        await talk.AsksAsync("cancel-visit", ("opportunity", id.Value), ("reason", "they are ill"));
        await talk.SaysAsync("no");
        Assert.Single((await OfAsync(story, id)).Facts.Visits);
        await talk.AsksAsync("cancel-visit", ("opportunity", id.Value), ("reason", "they are ill"));
        await talk.SaysAsync("yes");
        Assert.Empty((await OfAsync(story, id)).Facts.Visits);
    }

    [Fact]
    public async Task A_visit_without_a_time_is_asked_its_time_and_nothing_else()
    {
        await using var story = await BeginAsync();
        var id = await ContactAsync(story);
        var talk = new Talk(story, Rep);

        Assert.Contains("At what time?", await talk.AsksAsync("plan-visit", ("opportunity", id.Value), ("contact", Zhou.Value), ("start", "2026-03-05")), StringComparison.Ordinal);
        Assert.Contains("Shall I plan it?", await talk.SaysAsync("14:00"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_scores_in_one_sentence_are_shown_and_a_missing_one_is_asked_for()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Fernhill");
        var talk = new Talk(story, Rep);
        (string, string)[] four = [("opportunity", id.Value), ("fit", "4"), ("budget", "3"), ("urgency", "2"), ("competition", "3")];

        await talk.AsksAsync("evaluate", [.. four, ("relationship", "3")]);
        await talk.SaysAsync("yes");
        Assert.Equal((4, 3, 2), Scores(await OfAsync(story, id)));

        await talk.AsksAsync("evaluate", [.. four, ("relationship", "9")]);
        await talk.SaysAsync("1");
        await talk.SaysAsync("yes");
        Assert.Equal(1, (await OfAsync(story, id)).Facts.Evaluation!.Relationship.Score);
    }

    [Fact]
    public async Task A_contact_is_added_from_what_the_sentence_gives_and_the_rest_is_asked_for_one_at_a_time()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Fernhill");
        var talk = new Talk(story, Rep);

        var asked = await talk.AsksAsync(
            "add-contact", ("account", "Fernhill"), ("name", "Nora Vik"), ("department", "technical"), ("level", "manager"), ("email", "nora@fernhill.example"), ("title", "head of maintenance"));
        Assert.Contains("Nora Vik", asked, StringComparison.Ordinal);
        var shown = await talk.SaysAsync("1");
        Assert.Contains("nora@fernhill.example", shown, StringComparison.Ordinal);
        await talk.SaysAsync("yes");

        var data = Assert.Single((await AccountAsync(story, id)).Active).Data;
        Assert.Equal(("Nora Vik", "technical", Level.Manager, "nora@fernhill.example", "head of maintenance"), (data.Name, data.Department.Value, data.Level, data.Email, data.Title));
    }

    [Fact]
    public async Task A_new_phone_number_is_shown_with_the_old_one_and_nothing_else_changes()
    {
        await using var story = await BeginAsync();
        var id = await ContactAsync(story);
        var talk = new Talk(story, Rep);
        await ChangeAsync("123");
        Assert.Contains("456 (was 123)", await talk.AsksAsync("change-contact", ("account", "Fernhill"), ("contact", Zhou.Value), ("phone", "456")), StringComparison.Ordinal);
        await talk.SaysAsync("yes");

        Assert.Equal(new ContactData("Zhou Lan", new DepartmentId("purchasing"), Level.Manager, BuyingRole.Purchaser, Phone: "456"), Assert.Single((await AccountAsync(story, id)).Active).Data);

        async Task ChangeAsync(string phone)
        {
            await talk.AsksAsync("change-contact", ("account", "Fernhill"), ("contact", Zhou.Value), ("phone", phone));
            await talk.SaysAsync("yes");
        }
    }

    [Fact]
    public async Task A_decision_maker_a_coach_and_one_who_left_are_changed_in_the_customers_record()
    {
        await using var story = await BeginAsync();
        var id = await ContactAsync(story);
        var talk = new Talk(story, Rep);
        await talk.AsksAsync("change-fact", ("account", "Fernhill"), ("contact", Zhou.Value), ("field", "decisionMaker"));
        await talk.SaysAsync("yes");
        await talk.AsksAsync("change-fact", ("account", "Fernhill"), ("contact", Zhou.Value), ("field", "coach"));
        await talk.SaysAsync("yes");
        Assert.Equal((BuyingRole.DecisionMaker, true), (Assert.Single((await AccountAsync(story, id)).Active).Data.BuyingRole, Assert.Single((await AccountAsync(story, id)).Active).Data.IsCoach));

        await talk.AsksAsync("change-fact", ("account", "Fernhill"), ("contact", Zhou.Value), ("field", "contactLeft"));
        await talk.SaysAsync("yes");
        Assert.Empty((await AccountAsync(story, id)).Active);
    }

    [Fact]
    public async Task A_new_opportunity_takes_what_the_sentence_gives()
    {
        await using var story = await BeginAsync();
        var talk = new Talk(story, Rep);

        Assert.Contains("decision", await talk.AsksAsync("create-opportunity", ("account", "Fernhill"), ("name", "Cooling"), ("amount", "250000"), ("currency", "USD")), StringComparison.Ordinal);
        Assert.Contains("250,000 USD", await talk.SaysAsync("30 June 2026"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absence_next_week_shows_what_falls_into_it_and_begins_next_week()
    {
        await using var story = await BeginAsync();
        await story.HiresAsync(Rita);
        var id = await ContactAsync(story);
        await story.SaysAsync(id, new OpportunityCommand.PlanVisit(new VisitId("v"), new DateTimeOffset(2026, 3, 10, 10, 0, 0, TimeSpan.Zero), [Zhou], null));
        await story.SaysAsync(id, new OpportunityCommand.ChangeFacts(new FactValues { BidDeadline = new DateOnly(2026, 3, 11) }));
        var talk = new Talk(story, Rep);

        var shown = await talk.AsksAsync("absence", ("from", "2026-03-09"), ("to", "2026-03-13"), ("delegate", Rita.Id.Value));
        Assert.Contains("9 Mar 2026 to 13 Mar 2026", shown, StringComparison.Ordinal);
        Assert.Contains("10 Mar 2026 · visit to Fernhill", shown, StringComparison.Ordinal);
        Assert.Contains("11 Mar 2026 · bids are due at Fernhill", shown, StringComparison.Ordinal);
        Assert.Contains("Rita hears in their place then", await talk.SaysAsync("yes"), StringComparison.Ordinal);

        Assert.False((await CompanyOf(story)).IsAway((await CompanyOf(story)).Find(Rep.Id)!));
        await story.WorkAsync();
        Assert.Contains("It begins on 9 Mar 2026", Assert.Single(story.Teams.Sent, s => s.To == Rita.Id).Message.Notification, StringComparison.Ordinal);
        story.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal(Rita.Id, (await CompanyOf(story)).StandInFor(Rep.Id)!.Id);
        Assert.Contains("Welcome back", await talk.AsksAsync("end-absence"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stands_in_is_asked_where_the_sentence_does_not_say_and_no_keeps_everything_as_it_is()
    {
        await using var story = await BeginAsync();
        var talk = new Talk(story, Rep);

        Assert.Contains("Who stands in?", await talk.AsksAsync("absence", ("from", "2026-03-09"), ("to", "2026-03-13")), StringComparison.Ordinal);
        await talk.SaysAsync("Melvin");
        await talk.SaysAsync("no");
        Assert.Null((await CompanyOf(story)).Find(Rep.Id)!.Away);
    }

    private static (int, int, int) Scores(Opportunity opportunity) =>
        (opportunity.Facts.Evaluation!.Fit.Score, opportunity.Facts.Evaluation.Budget.Score, opportunity.Facts.Evaluation.Urgency.Score);

    private static async Task<OpportunityId> ReachedAsync(FollowUpStory story, string account = "Fernhill")
    {
        var id = await story.OpensAsync(account);
        await story.SaysAsync(id, new OpportunityCommand.CheckIn([new MilestoneClaim(new("project-information"), new DateOnly(2026, 3, 2), null)], null));
        return id;
    }

    private static async Task<OpportunityId> ContactAsync(FollowUpStory story)
    {
        var id = await story.OpensAsync("Fernhill");
        var context = new CommandContext(new("add"), Rep.Id, story.Clock.GetUtcNow(), new DateOnly(2026, 3, 2), "test");
        var add = new AccountCommand.AddContact("Fernhill", Zhou, new ContactData("Zhou Lan", new DepartmentId("purchasing"), Level.Manager, BuyingRole.Purchaser));
        await story.Get<AccountLedger>().RecordAsync(Tenant, AccountId.OfName("Fernhill"), add, context, default);
        return id;
    }

    private static async Task<Opportunity> OfAsync(FollowUpStory story, OpportunityId id) => (await story.Ledger.FindAsync(Tenant, id, default))!.Opportunity;

    private static async Task<Account> AccountAsync(FollowUpStory story, OpportunityId id) => (await story.Get<AccountLedger>().OfAsync(Tenant, await OfAsync(story, id), default))!;

    private static ValueTask<Company> CompanyOf(FollowUpStory story) => story.Get<CompanyDirectory>().GetAsync(Tenant, default);
}
