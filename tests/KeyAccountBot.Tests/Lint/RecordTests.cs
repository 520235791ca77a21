using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Conversations;
using KeyAccountBot.Language;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using Xunit;

namespace KeyAccountBot.Tests.Lint;

/// <summary>Every event is stored and read as it was, and every refusal has its sentence in both languages.</summary>
public sealed class RecordTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly PersonId Rep = new("rep");
    private static readonly PersonId Manager = new("manager");
    private static readonly Playbook Playbook = PlaybookFile.Load(PlaybookFile.Default);

    private static readonly OpportunityEvent[] Events =
    [
        new OpportunityEvent.Opened("Cancity", "Line", new Money(5.25m, "EUR"), Rep, Day, new StageId("proposal"), At, OpportunityStatus.OnHold, Day),
        new OpportunityEvent.CheckedIn(new NextStep("demo", Day), IsEmpty: true),
        new OpportunityEvent.MilestoneReached(new MilestoneId("bid-submitted"), Day, "签收单"),
        new OpportunityEvent.MilestoneTakenBack(new MilestoneId("bid-submitted"), "mistake"),
        new OpportunityEvent.StageChanged(new StageId("proposal"), new StageId("bidding")),
        new OpportunityEvent.Won(),
        new OpportunityEvent.WinTakenBack(),
        new OpportunityEvent.Lost("price"),
        new OpportunityEvent.PutOnHold("budget", Day),
        new OpportunityEvent.Reopened("called"),
        new OpportunityEvent.HandedOver(Rep, Manager, "leave"),
        new OpportunityEvent.Completed(),
        new OpportunityEvent.EntryUndone(new CommandId("c")),
        new OpportunityEvent.FollowUpStepTaken(
            "k", StageOverdueCause.Id, At, 1, null, DeliveryKind.Nudge, 1, new HeldBack(HeldBackReason.ToldTogether, "j"), Channel.Slack, true, new Room(Channel.Slack, "C1")),
        new OpportunityEvent.FollowUpAnswered("k", FollowUpAnswer.Snooze, At, Reach: Role.Manager),
        new OpportunityEvent.TimeAskedFor("k", At, Manager),
        new OpportunityEvent.TimeAnswered("k", true, At, Rep),
        new OpportunityEvent.FollowUpReplied("k", "下周批预算", Manager),
        new OpportunityEvent.QuestionAdded(new QuestionId("own-1"), "能否三周交货？", new StageId("proposal"), BuyingRole.Purchaser),
        new OpportunityEvent.QuestionReopened(new QuestionId("own-1"), "new terms"),
        new OpportunityEvent.BriefSent(new VisitId("v"), At, Rep),
        new OpportunityEvent.VisitMoved(new VisitId("v"), At),
        new OpportunityEvent.VisitCancelled(new VisitId("v"), "ill"),
        new OpportunityEvent.ContractApproverNamed(new ContactId("c")),
        new OpportunityEvent.DecisionMakerAssigned(new ContactId("c"), "Zhao", Manager),
        new OpportunityEvent.QuestionAnswered(new QuestionId("own-1"), "能", new ContactId("c"), Day),
        new OpportunityEvent.VisitPlanned(new VisitId("v"), At, [new ContactId("c")], "the roof"),
        new OpportunityEvent.VisitReported(new VisitId("v"), Day, [new ContactId("c")], "they liked it"),
        new OpportunityEvent.CustomerEvaluated(new Evaluation(new(1, "small"), new(2), new(3), new(4), new(0))),
        new OpportunityEvent.FactsChanged(
            new FactValues { Amount = new Money(5, "EUR"), Competitors = [] }, new FactValues { Amount = new Money(6, "USD"), ExpectedClose = Day, Name = "Two lines", BidDeadline = Day, Competitors = ["Fern & Co"] }),
        new OpportunityEvent.BidBranchChosen(new BidBranch.Bid(Day)),
    ];

    private static readonly Refusal[] Reasons =
    [
        new Refusal.NotOnRecord(), new Refusal.CannotBeRead(), new Refusal.AlreadyOnRecord(), new Refusal.WrongStatus(OpportunityStatus.Lost), new Refusal.WonAlready(At), new Refusal.NotInPlaybook("no-such-id"),
        new Refusal.StageNotInPlaybook(new StageId("no-such-id")),
        new Refusal.StageNotReached(new MilestoneId("contract-signed"), new StageId("development"), [new MilestoneId("project-information"), new MilestoneId("customer-profile")]),
        new Refusal.NotReached(new MilestoneId("contract-signed")), new Refusal.NothingToUndo(), new Refusal.SomebodyElsesEntry(Manager),
        new Refusal.AlreadyTheirs(Rep), new Refusal.InTheFuture(Day), new Refusal.NothingToAnswer(), new Refusal.AnsweredAlready(Manager, FollowUpAnswer.Snooze, At), new Refusal.NotAsked(),
        new Refusal.SnoozedOften(2), new Refusal.HoldOutside(Day),
        new Refusal.NoSuchQuestion(new QuestionId("no-such-id")), new Refusal.NotAnswered(new QuestionId("no-such-id")), new Refusal.NoSuchVisit(new VisitId("no-such-id")),
        new Refusal.VisitInThePast(At), new Refusal.TooManyVisits(8), new Refusal.TooManyQuestions(40), new Refusal.ScoreOutside(5), new Refusal.NothingSaid(), new Refusal.NotTheirs(),
        new Refusal.AmountOutside(new Money(-5, "EUR")), new Refusal.TooManyCompetitors(20),
    ];

    public static TheoryData<string> Languages => [.. LanguageFiles.Languages];

    [Fact]
    public void Every_event_has_an_example_here() => Assert.Equal(NamesOf<OpportunityEvent>(), Events.Select(e => e.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_event_comes_back_from_the_store_as_it_went() => Assert.All(Events, e =>
    {
        var entry = new OpportunityEntry(42, new CommandId("msteams~a:1~7"), Rep, At, "msteams", e);
        var stored = JsonSerializer.SerializeToUtf8Bytes(entry, StoredJson.Default.OpportunityEntry);

        var read = JsonSerializer.Deserialize(stored, StoredJson.Default.OpportunityEntry)!;
        Assert.Equal((e.GetType(), entry with { What = read.What }), (read.What.GetType(), read));
        Assert.Equal(stored, JsonSerializer.SerializeToUtf8Bytes(read, StoredJson.Default.OpportunityEntry));
    });

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_refusal_has_a_sentence_of_its_own(string language)
    {
        Assert.Equal(NamesOf<Refusal>(), Reasons.Select(r => r.GetType().Name).Order(StringComparer.Ordinal));
        var sentences = Reasons.Select(r => Refusals.Explain(SceneIn(language), Playbook, r)).ToList();

        Assert.All(sentences, s => Assert.True(s.Length > 5 && !s.Contains('{', StringComparison.Ordinal), s));
        Assert.All(sentences, s => Assert.DoesNotContain("no-such-id", s, StringComparison.Ordinal));
        Assert.All(sentences, s => Assert.DoesNotContain("contract-signed", s, StringComparison.Ordinal));
        Assert.Equal(sentences.Count, sentences.Distinct(StringComparer.Ordinal).Count());
    }

    private static IEnumerable<string> NamesOf<T>() =>
        typeof(T).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(T))).Select(t => t.Name).Order(StringComparer.Ordinal);

    private static Scene SceneIn(string language)
    {
        var person = new Person(Rep, "Rosa", Role.Rep, Locale: language);
        return new Scene(
            new TenantId("t"), person, new Company([person, new Person(Manager, "Melvin", Role.Manager)]), CultureInfo.GetCultureInfo(language), At, Day, "msteams");
    }
}
