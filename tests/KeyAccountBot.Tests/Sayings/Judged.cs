using System.Text.Json;
using KeyAccountBot.Conversations;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Reports;
using KeyAccountBot.Sayings.Judging;
using KeyAccountBot.Sayings.Trials;
using KeyAccountBot.Sayings.Worlds;

namespace KeyAccountBot.Tests.Sayings;

/// <summary>A small world for the judges, and short ways to say what was wanted and what came.</summary>
internal static class Judged
{
    public static readonly DateOnly Today = new(2026, 12, 2);

    public static World World { get; } = new("en", new DateTime(2026, 12, 2, 16, 40, 0), "Europe/Berlin")
    {
        People = [new Person(new PersonId("ina"), "Ina Rohde", Role.Rep), new Person(new PersonId("max"), "Max Ott", Role.Manager)],
        Accounts =
        [
            new WorldAccount("a1", "Talmar Glass", [], [new WorldContact("a1-c1", "a1", "Nora Sild"), new WorldContact("a1-c2", "a1", "Ole Brand")]),
            new WorldAccount("a2", "Talmar Foods", [], []),
        ],
        Opportunities =
        [
            new WorldOpportunity("o1", "a1", "Furnace cooling", "ina"), new WorldOpportunity("o2", "a2", "Chillers", "ina"), new WorldOpportunity("o3", "a2", "Pumps", "max"),
        ],
        Visits = [new WorldVisit("v1", "o1", new DateTime(2026, 12, 4, 10, 0, 0), ["a1-c1"])],
        FollowUps = [new WorldFollowUp("f1", "o1", "stageOverdue", new DateOnly(2026, 11, 20), [("ina", new DateOnly(2026, 11, 21))])],
    };

    public static Entry Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new Entry(document.RootElement.Clone(), "test");
    }

    public static Dictionary<string, Entry> Members(string json) => Json(json).Members().ToDictionary(m => m.Name, m => m.Value, StringComparer.Ordinal);

    public static AcceptedDates On(params string[] days) => new(Days: [.. days.Select(d => DateOnly.Parse(d, System.Globalization.CultureInfo.InvariantCulture))]);

    public static OpportunityProposal Part(string? opportunity) => new(opportunity is null ? null : new OpportunityId(opportunity));

    public static MilestoneToRecord Reached(string id, string? on = null) =>
        new(new MilestoneId(id), on is null ? null : DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture), null);

    public static GivenAnswer Answer(string id) => new(new QuestionId(id), "-");

    public static StepToCome Step(string what, string? due) => new(what, due is null ? null : DateOnly.Parse(due, System.Globalization.CultureInfo.InvariantCulture));

    public static Understood Wish(string wish, params (string Slot, string Value)[] slots) =>
        slots.Aggregate(new Understood { Wish = wish }, (u, s) => u.With(s.Slot, s.Value.Split(',')));

    public static Saying Report(params ExpectedReport[] told) => new("A1", 'A', "ina", "…") { Expected = new Expectation { Intent = "report", Reports = told } };

    public static Saying Reply(string effect, string fields, bool knowsReask = true) => new("C1", 'C', "ina", "…")
    {
        Question = new AskedBefore("confirm"),
        Expected = new Expectation { Effect = effect, Fields = Members(fields), KnowsReask = knowsReask },
    };

    public static Verdict Of(Saying saying, Outcome? outcome) => new SayingJudge(World, reply => reply == "What?").Judge(saying, outcome);

    public static Verdict Of(ExpectedReport told, params OpportunityProposal[] proposed) =>
        Of(Report(told), new Outcome { Reports = proposed, Today = Today, Understood = Wish("report") });
}
