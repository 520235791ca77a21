using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Testing;

namespace KeyAccountBot.Sales.Tests;

/// <summary>The playbook as shipped, and a small company that sells by it.</summary>
internal static class Examples
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static readonly Playbook Playbook = JsonSerializer.Deserialize<Playbook>(
        File.ReadAllText(Repository.PathOf("src", "KeyAccountBot", "Playbooks", "key-account.json")), Json)!;

    public static readonly PersonId Rep = new("rep");
    public static readonly PersonId Manager = new("manager");
    public static readonly PersonId Director = new("director");
    public static readonly PersonId Executive = new("executive");
    public static readonly PersonId Administrator = new("administrator");
    public static readonly PersonId OtherRep = new("other-rep");

    /// <summary>A Monday, nine o'clock in Berlin.</summary>
    public static readonly DateTimeOffset Monday = Utc(2026, 3, 2, 8);

    public static Person[] Staff(string zone = "Europe/Berlin", string? managersZone = null) =>
    [
        new(Rep, "Rosa", Role.Rep, Manager: Manager, TimeZone: zone),
        new(OtherRep, "Otto", Role.Rep, Manager: Manager, TimeZone: zone),
        new(Manager, "Melvin", Role.Manager, Manager: Director, TimeZone: managersZone ?? zone),
        new(Director, "Dora", Role.Director, Manager: Executive, TimeZone: zone),
        new(Executive, "Emil", Role.Executive, TimeZone: zone),
        new(Administrator, "Ada", Role.Administrator, TimeZone: zone),
    ];

    public static Company Ours { get; } = new(Staff());

    public static DateTimeOffset Utc(int year, int month, int day, int hour = 0, int minute = 0) =>
        new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    public static MilestoneId M(string id) => new(id);

    public static StageId S(string id) => new(id);

    public static QuestionId Q(string id) => new(id);

    public static ContactId C(string id) => new(id);

    public static VisitId V(string id) => new(id);

    public static OpportunityCommand.Open Opening(
        decimal amount = 100_000, string? stage = null, DateTimeOffset? entered = null, OpportunityStatus status = OpportunityStatus.Open) =>
        new("Cancity", "Filling line", new Money(amount, "EUR"), Rep, null, stage is null ? null : S(stage), entered, status);

    public static string ToJson<T>(T value) => JsonSerializer.Serialize(value, Json);
}

/// <summary>One opportunity and its clock: says commands, records what comes of them, follows up.</summary>
internal sealed class Sale(Company? company = null)
{
    private int commands;

    public Company Company { get; set; } = company ?? Examples.Ours;

    /// <summary>What is known of the customer's people; not read, so that nothing about them falls due.</summary>
    public KnownCustomer Customer { get; set; } = KnownCustomer.NotRead;

    public Playbook Playbook { get; set; } = Examples.Playbook;

    public DateTimeOffset Now { get; set; } = Examples.Monday;

    public Opportunity? State { get; private set; }

    public List<OpportunityEntry> Entries { get; } = [];

    public OpportunityFacts Facts => State!.Facts;

    public static Sale Opened(decimal amount = 100_000, string? stage = null, DateTimeOffset? entered = null, Company? company = null)
    {
        var sale = new Sale(company);
        sale.Does(Examples.Opening(amount, stage, entered));
        return sale;
    }

    public Decision Does(OpportunityCommand command, PersonId? by = null) => Says(command, by ?? Examples.Rep);

    public Decision Says(OpportunityCommand command, PersonId? by)
    {
        var id = new CommandId($"c{++commands}");
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        var decision = OpportunityDecider.Decide(command, State, new CommandContext(id, by, Now, today, "test"), Playbook);
        if (decision is Decision.Accepted accepted)
        {
            List<OpportunityEntry> entries =
                [.. accepted.Events.Select((e, i) => new OpportunityEntry(Entries.Count + 1 + i, id, by, Now, "test", e))];
            LastDeliveries = Delivery.For(State, entries, Playbook, Company);
            Entries.AddRange(entries);
            State = OpportunityDecider.Fold(new OpportunityId("o"), State, entries);
        }

        return decision;
    }

    public IReadOnlyList<Delivery> LastDeliveries { get; private set; } = [];

    public IEnumerable<OpportunityEvent> Happened => Entries.Select(e => e.What);

    public Decision Reaches(params string[] milestones) => Does(new OpportunityCommand.CheckIn(
        [.. milestones.Select(m => new MilestoneClaim(Examples.M(m), DateOnly.FromDateTime(Now.UtcDateTime), null))], null));

    public Decision Plans(string visit, DateTimeOffset at, params string[] contacts) =>
        Does(new OpportunityCommand.PlanVisit(Examples.V(visit), at, [.. contacts.Select(Examples.C)], "aims"));

    public Decision Reports(string? visit, string[]? answers = null, string[]? milestones = null, DateOnly? on = null) => Does(new OpportunityCommand.ReportVisit(
        visit is null ? null : Examples.V(visit), on ?? Today, [Examples.C("li")],
        [.. (answers ?? []).Select(a => new GivenAnswer(Examples.Q(a), "told"))],
        [.. (milestones ?? []).Select(m => new MilestoneClaim(Examples.M(m), on ?? Today, null))], null, "they liked it"));

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public Decision TakesBack(string milestone) => Does(new OpportunityCommand.TakeBack(Examples.M(milestone), "a mistake"));

    /// <summary>Through the first stages, up to negotiation.</summary>
    public Sale UpToNegotiation()
    {
        Reaches("project-information", "project-established", "relationship-advanced", "bid-submitted");
        return this;
    }

    public FollowUpPlan Plan() => FollowUpPolicy.Plan(State!, Customer, Playbook, Company, Now);

    /// <summary>The briefs that went out, and when.</summary>
    public List<(VisitId Visit, DateTimeOffset At)> Briefed { get; } = [];

    /// <summary>Follows every moment of attention until a time; who was told what and when.</summary>
    public List<Told> FollowUpUntil(DateTimeOffset end, int wakeUps = 100)
    {
        List<Told> told = [];
        while (true)
        {
            if (Plan() is { IsDue: true } plan)
            {
                Says(new OpportunityCommand.TakeFollowUpSteps(plan.Due, plan.Briefs), null);
                Briefed.AddRange(plan.Briefs.Select(b => (b.Visit, Now)));
                told.AddRange(plan.Due.Where(d => d.HeldBack is null).Select(d => new Told(d.Cause, d.To, Now, d.Chain)));
            }

            if (Plan().NextAttention is not { } next || next > end)
            {
                Now = end;
                return told;
            }

            if (wakeUps-- == 0 || next <= Now)
            {
                throw new InvalidOperationException($"Still awake at {Now:O}, next {next:O}.");
            }

            Now = next;
        }
    }

    /// <summary>Answers the newest chain of a cause as the service does.</summary>
    public Decision Answers(FollowUpCause cause, FollowUpAnswer answer, PersonId by, string? note = null, PersonId? to = null)
    {
        var calendar = FollowUpPolicy.CalendarOf(Company.Find(by), Playbook.FollowUps);
        var until = FollowUpPolicy.QuietUntil(answer, Playbook.FollowUps, calendar, Now);
        return AnswersUntil(cause, answer, until, by, note, to);
    }

    /// <summary>The same until a moment, however far away.</summary>
    public Decision AnswersUntil(FollowUpCause cause, FollowUpAnswer answer, DateTimeOffset? until, PersonId by, string? note = null, PersonId? to = null)
    {
        var authority = AnswerAuthority.Of(by, State!, ChainOf(cause).Key, Playbook, Company.AsOf(Now));
        return Does(
            new OpportunityCommand.AnswerFollowUp(
                ChainOf(cause).Key, answer, until, note, to, authority?.IsOwners ?? false, answer == FollowUpAnswer.Snooze ? authority?.Reach : null),
            by);
    }

    /// <summary>The newest chain of a cause.</summary>
    public FollowUpChain ChainOf(FollowUpCause cause) => State!.FollowUps.Last(c => c.Cause == cause);
}

internal sealed record Told(FollowUpCause Cause, PersonId? To, DateTimeOffset At, string Chain);
