using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using Xunit;

namespace KeyAccountBot.Storage.Tests;

/// <summary>What is on record is read as it was written, also what an older version wrote.</summary>
public sealed class StoredJsonTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 3, 2);
    private static readonly PersonId Rep = new("rep");
    private static readonly ContactId Li = new("li");
    private static readonly VisitId Visit = new("v");
    private static readonly QuestionId Roof = new("roof");

    private static readonly OpportunityEvent[] OfTheMethod =
    [
        new OpportunityEvent.QuestionAdded(Roof, "Does it fit?", new StageId("proposal"), BuyingRole.QualityInspector),
        new OpportunityEvent.QuestionAnswered(Roof, "It does.", Li, Day),
        new OpportunityEvent.QuestionReopened(Roof, "a new roof"),
        new OpportunityEvent.VisitPlanned(Visit, At, [Li, new("wang")], "the roof"),
        new OpportunityEvent.VisitMoved(Visit, At.AddDays(1)),
        new OpportunityEvent.VisitCancelled(Visit, "flu"),
        new OpportunityEvent.VisitReported(null, Day, [Li], "they liked it"),
        new OpportunityEvent.BriefSent(Visit, At, Rep),
        new OpportunityEvent.CustomerEvaluated(new Evaluation(new(1, "small"), new(2), new(3), new(4), new(0))),
        new OpportunityEvent.FactsChanged(
            new FactValues { Amount = new Money(5, "EUR"), Competitors = [] }, new FactValues { Amount = new Money(6, "USD"), ExpectedClose = Day, Name = "Two lines", BidDeadline = Day, Competitors = ["Fern & Co"] }),
        new OpportunityEvent.BidBranchChosen(new BidBranch.Bid(Day)),
        new OpportunityEvent.BidBranchChosen(new BidBranch.DirectNegotiation()),
        new OpportunityEvent.ContractApproverNamed(Li),
        new OpportunityEvent.DecisionMakerAssigned(Li, "Li", Rep),
    ];

    private static readonly AccountEvent[] OfAccounts =
    [
        new AccountEvent.AccountOpened("Cancity"),
        new AccountEvent.ContactAdded(Li, new ContactData("Li", new DepartmentId("quality"), Level.Manager, BuyingRole.DecisionMaker, 3, true, new ContactId("zhao"))),
        new AccountEvent.ContactChanged(Li, new ContactData("Li", new DepartmentId("quality"), Level.Executive, BuyingRole.Purchaser)),
        new AccountEvent.ContactRetired(Li, "left"),
        new AccountEvent.AccountCalled(["Nordwind", "the dairy"]),
        new AccountEvent.MaintainerAssigned(Li, null),
        new AccountEvent.ContactTouched(Li, Day, "lunch"),
    ];

    [Fact]
    public void Every_event_of_an_account_has_an_example() => Assert.Equal(
        typeof(AccountEvent).GetNestedTypes().Select(t => t.Name).Order(), OfAccounts.Select(e => e.GetType().Name).Order());

    [Fact]
    public void Every_event_of_an_account_comes_back_as_it_went() => Assert.All(OfAccounts, e =>
    {
        var entry = new AccountEntry(7, new CommandId("c"), Rep, At, "msteams", e);
        var again = Again(entry, StoredJson.Default.AccountEntry);
        Assert.Equal(e.GetType(), again.What.GetType());
        Assert.Equal(Text(entry, StoredJson.Default.AccountEntry), Text(again, StoredJson.Default.AccountEntry));
    });

    [Fact]
    public void Every_event_of_the_method_comes_back_as_it_went() => Assert.All(OfTheMethod, e =>
    {
        var entry = new OpportunityEntry(7, new CommandId("c"), Rep, At, "msteams", e);
        var again = Again(entry, StoredJson.Default.OpportunityEntry);
        Assert.Equal(e.GetType(), again.What.GetType());
        Assert.Equal(Text(entry, StoredJson.Default.OpportunityEntry), Text(again, StoredJson.Default.OpportunityEntry));
    });

    [Fact]
    public void An_opportunity_comes_back_with_all_it_holds_and_goes_on_from_there()
    {
        var opened = new OpportunityEvent.Opened("Cancity", "Line", new Money(5, "EUR"), Rep, null, new StageId("proposal"), At, OpportunityStatus.Open, null);
        OpportunityEntry[] entries = [.. OfTheMethod.Where(e => e is not (OpportunityEvent.QuestionReopened or OpportunityEvent.VisitCancelled))
            .Prepend(opened).Select((e, i) => new OpportunityEntry(i + 1, new CommandId($"c{i}"), Rep, At, "test", e))];
        var snapshot = new OpportunitySnapshot(OpportunityDecider.Fold(new OpportunityId("o"), null, entries)!, null);
        var again = Again(snapshot, StoredJson.Default.OpportunitySnapshot);
        Assert.Equal(Text(snapshot, StoredJson.Default.OpportunitySnapshot), Text(again, StoredJson.Default.OpportunitySnapshot));
        Assert.Equal("It does.", again.Opportunity.Facts.Answers[Roof].Text);
        Assert.Equal([Li, new("wang")], again.Opportunity.Facts.Visits[0].Contacts);
        Assert.Single(again.Opportunity.SentBriefs);
        var answered = new OpportunityEvent.QuestionAnswered(new QuestionId("a"), "so", null, Day);
        var next = OpportunityDecider.Evolve(new OpportunityId("o"), again.Opportunity, new OpportunityEntry(99, new CommandId("d"), Rep, At, "test", answered));
        Assert.Equal(["a", "roof"], next.Facts.Answers.Keys.Select(q => q.Value));
    }

    [Fact]
    public void What_was_written_before_there_were_visits_and_questions_is_read()
    {
        const string Old = """
            {"opportunity":{"id":"o","version":2,"facts":{"account":"Cancity","name":"Line","amount":{"amount":5,"currency":"EUR"},"owner":"rep",
            "startedIn":"proposal","stage":"proposal","stageEnteredAt":"2026-03-02T08:00:00+00:00","status":"Open","reached":{},
            "lastCheckInAt":"2026-03-02T08:00:00+00:00"},"isOpen":true,"followUps":[]}}
            """;
        var opportunity = JsonSerializer.Deserialize(Old, StoredJson.Default.OpportunitySnapshot)!.Opportunity;
        Assert.Empty(opportunity.Facts.Visits);
        Assert.Empty(opportunity.Facts.Answers);
        Assert.Empty(opportunity.Facts.OwnQuestions);
        Assert.Empty(opportunity.SentBriefs);
        Assert.Null(opportunity.Facts.Evaluation);
        Assert.NotEmpty(Questions.Of(opportunity, Playbooks.Shipped));
        var delivery = JsonSerializer.Deserialize("""{"delivery":{"key":"k","kind":"Reminder","to":"rep"},"status":"Sent"}""", StoredJson.Default.DeliveryRecord)!;
        Assert.Equal((DeliveryKind.Reminder, null), (delivery.Delivery.Kind, delivery.Delivery.Visit));
    }

    private static T Again<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Text(value, type), type)!;

    private static string Text<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);
}
