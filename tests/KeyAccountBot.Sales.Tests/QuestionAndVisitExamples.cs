using System.Globalization;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Coverage;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Visits;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class QuestionAndVisitExamples
{
    private static readonly DateTimeOffset Wednesday = Utc(2026, 3, 4, 9);

    private static T Refused<T>(Decision decision) where T : Refusal =>
        Assert.IsType<T>(Assert.IsType<Decision.Refused>(decision).Reason);

    private static Decision Asks(Sale sale, string id, string stage = "proposal") =>
        sale.Does(new OpportunityCommand.AddQuestion(Q(id), "Does it fit under our roof?", S(stage), BuyingRole.User));

    private static Decision Answers(Sale sale, string id, DateOnly? on = null, string text = "Because it pays.") =>
        sale.Does(new OpportunityCommand.AnswerQuestion(new GivenAnswer(Q(id), text, C("zhao")), on ?? sale.Today));

    private static Question The(Sale sale, string id) => Questions.Of(sale.State!, Playbook).Single(q => q.Id == Q(id));

    [Fact]
    public void The_earliest_stages_questions_come_first_and_own_ones_after_the_playbooks()
    {
        var sale = Sale.Opened();
        Asks(sale, "roof");
        var questions = Questions.Of(sale.State!, Playbook);
        Assert.Equal(Playbook.Stages.Sum(s => s.Questions.Count) + 1, questions.Count);
        Assert.Equal(questions.Select(q => Playbook.NumberOf(q.Stage)).Order(), questions.Select(q => Playbook.NumberOf(q.Stage)));
        Assert.Equal(Q("roof"), questions.Last(q => q.Stage == S("proposal")).Id);
        Assert.Equal("Does it fit under our roof?", The(sale, "roof").Text.For(CultureInfo.GetCultureInfo("zh-CN")));
    }

    [Fact]
    public void An_answer_says_what_was_told_to_whom_when_and_by_whom()
    {
        var sale = Sale.Opened();
        Answers(sale, "why-change-now");
        Assert.Equal(new QuestionAnswer("Because it pays.", C("zhao"), sale.Today, Rep), The(sale, "why-change-now").Answer);
        sale.Does(new OpportunityCommand.ReopenQuestion(Q("why-change-now"), "they doubt it"));
        Assert.True(The(sale, "why-change-now").IsOpen);
        Refused<Refusal.NotAnswered>(sale.Does(new OpportunityCommand.ReopenQuestion(Q("why-change-now"), "again")));
    }

    [Fact]
    public void Questions_that_nobody_has_and_blank_or_early_answers_are_refused()
    {
        var sale = Sale.Opened();
        Assert.Equal(Q("weather"), Refused<Refusal.NoSuchQuestion>(Answers(sale, "weather")).Question);
        Refused<Refusal.NothingSaid>(Answers(sale, "why-change-now", text: " "));
        Refused<Refusal.InTheFuture>(Answers(sale, "why-change-now", sale.Today.AddDays(1)));
        Refused<Refusal.NotInPlaybook>(Asks(sale, "roof", "lunch"));
        Refused<Refusal.AlreadyOnRecord>(Asks(sale, "why-change-now"));
        Asks(sale, "roof");
        Refused<Refusal.AlreadyOnRecord>(Asks(sale, "roof"));
    }

    [Fact]
    public void An_opportunity_takes_forty_questions_of_its_own_and_no_more()
    {
        var sale = Sale.Opened();
        for (var i = 0; i < 40; i++)
        {
            Asks(sale, $"own-{i}");
        }

        Assert.Equal(40, Refused<Refusal.TooManyQuestions>(Asks(sale, "own-40")).Limit);
    }

    [Fact]
    public void Planned_visits_wait_in_order_until_moved_reported_or_cancelled()
    {
        var sale = Sale.Opened();
        sale.Plans("second", Wednesday.AddDays(1), "li");
        sale.Plans("first", Wednesday, "zhao", "zhao");
        Assert.Equal([V("first"), V("second")], sale.Facts.Visits.Select(v => v.Id));
        Assert.Equal([C("zhao")], sale.Facts.Visits[0].Contacts);
        sale.Does(new OpportunityCommand.MoveVisit(V("first"), Wednesday.AddDays(2)));
        Assert.Equal([V("second"), V("first")], sale.Facts.Visits.Select(v => v.Id));
        sale.Does(new OpportunityCommand.CancelVisit(V("second"), "flu"));
        Assert.Equal(V("first"), Assert.Single(sale.Facts.Visits).Id);
        Refused<Refusal.NoSuchVisit>(sale.Does(new OpportunityCommand.CancelVisit(V("second"), "flu")));
        Refused<Refusal.NoSuchVisit>(sale.Reports("second"));
    }

    [Fact]
    public void A_visit_is_planned_for_later_and_eight_at_most_wait()
    {
        var sale = Sale.Opened();
        Refused<Refusal.VisitInThePast>(sale.Plans("v", sale.Now.AddMinutes(-1)));
        for (var i = 0; i < 8; i++)
        {
            sale.Plans($"v{i}", Wednesday);
        }

        Assert.Equal(8, Refused<Refusal.TooManyVisits>(sale.Plans("v8", Wednesday)).Limit);
        Refused<Refusal.AlreadyOnRecord>(sale.Plans("v0", Wednesday));
        Refused<Refusal.VisitInThePast>(sale.Does(new OpportunityCommand.MoveVisit(V("v0"), sale.Now.AddMinutes(-1))));
        Refused<Refusal.NothingSaid>(sale.Does(new OpportunityCommand.CancelVisit(V("v0"), "")));
    }

    [Fact]
    public void A_report_answers_reaches_milestones_and_counts_as_a_check_in()
    {
        var sale = Sale.Opened();
        sale.Plans("v", Wednesday, "zhao");
        sale.Now = Wednesday.AddHours(5);
        sale.Reports("v", ["why-change-now"], ["customer-profile", "project-information"]);
        Assert.Empty(sale.Facts.Visits);
        Assert.Equal((V("v"), new DateOnly(2026, 3, 4), Rep, "they liked it"),
            (sale.Facts.LastVisit!.Visit!.Value, sale.Facts.LastVisit.On, sale.Facts.LastVisit.By!.Value, sale.Facts.LastVisit.Notes));
        Assert.False(The(sale, "why-change-now").IsOpen);
        Assert.Equal((S("establishment"), sale.Now), (sale.Facts.Stage, sale.Facts.LastCheckInAt));
    }

    [Fact]
    public void A_visit_nobody_planned_is_reported_too()
    {
        var sale = Sale.Opened();
        sale.Reports(null, on: sale.Today.AddDays(-3));
        Assert.Null(sale.Facts.LastVisit!.Visit);
        Assert.Equal(sale.Now, sale.Facts.LastCheckInAt);
        Refused<Refusal.InTheFuture>(sale.Reports(null, on: sale.Today.AddDays(1)));
    }

    [Fact]
    public void A_report_skips_no_gate_and_is_recorded_whole_or_not_at_all()
    {
        var sale = Sale.Opened();
        sale.Plans("v", Wednesday);
        var before = ToJson(sale.State);
        Refused<Refusal.StageNotReached>(sale.Reports("v", ["why-change-now"], ["bid-submitted"]));
        Refused<Refusal.NoSuchQuestion>(sale.Reports("v", ["weather"], ["project-information"]));
        Assert.Equal(before, ToJson(sale.State));
    }

    [Fact]
    public void Undoing_a_report_brings_the_plan_the_questions_and_the_stage_back()
    {
        var sale = Sale.Opened();
        sale.Plans("v", Wednesday);
        var before = ToJson(sale.Facts);
        sale.Reports("v", ["why-change-now"], ["project-information"]);
        sale.Does(new OpportunityCommand.Undo());
        Assert.Equal(before, ToJson(sale.Facts));
    }

    [Fact]
    public void What_is_lost_takes_no_visit_no_answer_and_no_score()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.Lose("price"));
        Refused<Refusal.WrongStatus>(sale.Plans("v", Wednesday));
        Refused<Refusal.WrongStatus>(sale.Reports(null));
        Refused<Refusal.WrongStatus>(Answers(sale, "why-change-now"));
        Refused<Refusal.WrongStatus>(sale.Does(new OpportunityCommand.Evaluate(Scores(4))));
        Refused<Refusal.WrongStatus>(sale.Does(new OpportunityCommand.NameContractApprover(C("zhao"))));
    }

    [Fact]
    public void A_brief_tells_how_far_it_is_what_to_answer_what_is_missing_and_what_was_said()
    {
        var sale = Sale.Opened(stage: "proposal");
        sale.Reaches("solution-presented");
        sale.Reports(null, ["why-change-now", "who-else-runs-it"]);
        var customer = Customer.WithThree();
        customer.Does(new AccountCommand.ChangeContact(C("wang"), customer["wang"].Data with { IsCoach = false }));
        var brief = Brief.Of(sale.State!, customer.State, Playbook, Ours, [C("zhao")], sale.Today);
        Assert.Equal(new Progress(1, Playbook.Stages.Sum(s => s.Milestones.Count)), brief.Milestones);
        Assert.Equal(new Progress(2, Playbook.Stages.Sum(s => s.Questions.Count)), brief.Questions);
        Assert.Equal([M("relationship-advanced")], brief.Missing);
        Assert.Equal("zhao", brief.GuideFirst!.DecisionMaker.Name);
        Assert.Contains(brief.Gaps, g => g is CoverageGap.NoCoach);
        Assert.Equal("they liked it", brief.LastVisit!.Notes);
    }

    [Fact]
    public void A_brief_puts_the_questions_of_those_to_be_met_first()
    {
        var sale = Sale.Opened();
        var customer = Customer.WithThree();
        Assert.Equal("is-it-worth-a-project", Next(sale, customer, "zhao", skip: 1));
        Answers(sale, "why-change-now");
        Assert.Equal("is-it-worth-a-project", Next(sale, customer, "zhao"));
        Assert.Equal("who-are-you", Next(sale, customer, "li"));
        Assert.Equal("what-it-costs-to-wait", Brief.Of(sale.State!, null, Playbook, Ours, [C("zhao")], sale.Today).Next[0].Id.Value);
    }

    [Fact]
    public void A_customer_is_scored_0_to_100_by_the_playbooks_weights()
    {
        Assert.Equal((0, 100), (Scores(0).Score(Playbook), Scores(4).Score(Playbook)));
        var fit = Playbook.Evaluation.Criteria.Single(c => c.Id == Playbooks.EvaluationCriterion.Fit).Weight;
        Assert.Equal(100 * fit / Playbook.Evaluation.Criteria.Sum(c => c.Weight), (Scores(0) with { Fit = new CriterionScore(4) }).Score(Playbook));
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.Evaluate(Scores(3)));
        Assert.Equal(75, sale.Facts.Evaluation!.Score(Playbook));
        Assert.Equal(5, Refused<Refusal.ScoreOutside>(sale.Does(new OpportunityCommand.Evaluate(Scores(3) with { Budget = new CriterionScore(5) }))).Score);
    }

    [Theory]
    [InlineData(60, 100_000, true)]
    [InlineData(59, 900_000, false)]
    [InlineData(100, 99_999, false)]
    public void Score_and_amount_together_make_a_key_account(int score, int amount, bool key) =>
        Assert.Equal(key, Playbook.Evaluation.IsKeyAccount(score, new Money(amount, "EUR")));

    [Fact]
    public void The_way_the_customer_buys_and_who_approves_are_on_record_and_can_be_undone()
    {
        var sale = Sale.Opened();
        sale.Does(new OpportunityCommand.ChooseBidBranch(new BidBranch.Bid(new DateOnly(2026, 6, 1))));
        sale.Does(new OpportunityCommand.NameContractApprover(C("zhao")));
        Assert.Equal((new BidBranch.Bid(new DateOnly(2026, 6, 1)), C("zhao")), ((BidBranch.Bid)sale.Facts.BidBranch!, sale.Facts.ContractApprover!.Value));
        sale.Does(new OpportunityCommand.Undo());
        Assert.Null(sale.Facts.ContractApprover);
        sale.Does(new OpportunityCommand.ChooseBidBranch(new BidBranch.DirectNegotiation()));
        Assert.IsType<BidBranch.DirectNegotiation>(sale.Facts.BidBranch);
    }

    private static Evaluation Scores(int each) => new(new(each, "because"), new(each), new(each), new(each), new(each));

    private static string Next(Sale sale, Customer customer, string toBeMet, int skip = 0) =>
        Brief.Of(sale.State!, customer.State, Playbook, Ours, [C(toBeMet)], sale.Today).Next[skip].Id.Value;
}
