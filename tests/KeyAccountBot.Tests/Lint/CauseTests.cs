using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Language;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Lint;

/// <summary>Holds that a cause of follow-up is one file: all else asks the list, and its texts, the playbook's schema and the docs name what the list names.</summary>
public sealed partial class CauseTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Playbook Playbook = PlaybookFile.Load(PlaybookFile.Default);
    private static readonly string Folder = Repository.PathOf("src", "KeyAccountBot.Sales", "FollowUps", "Causes");
    private static readonly Dictionary<string, string>[] Languages = 
        [.. LanguageFiles.Languages.Select(l => Texts(l == "en" ? "FollowUpTexts.resx" : $"FollowUpTexts.{l}.resx"))];

    public static TheoryData<string> Names => [.. FollowUpCauses.All.Select(c => c.Name.Value)];

    [Fact]
    public void Every_cause_is_in_the_list_and_in_a_file_of_its_name()
    {
        var classes = typeof(Cause).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Cause))).Select(t => t.Name);

        Assert.Equal(classes.Order(StringComparer.Ordinal), FollowUpCauses.All.Select(c => c.GetType().Name).Order(StringComparer.Ordinal));
        Assert.All(FollowUpCauses.All, c => Assert.Equal($"{c.Name}Cause", c.GetType().Name));
        Assert.All(FollowUpCauses.All, c => Assert.True(File.Exists(FileOf(c)), $"{c.Name} has no file of its own."));
    }

    [Fact]
    public void The_names_on_record_never_change() => Assert.Superset(
        new HashSet<string>(StringComparer.Ordinal)
        {
            "CheckInMissed", "StageOverdue", "NextStepPassed", "VisitNotReported", "BidDeadlineNear", "GateStuck", "CoverageGap",
            "DecisionMakerUnidentified", "ContractApprovalWaiting", "HoldOver", "NotMoving",
        },
        FollowUpCauses.All.Select(c => c.Name.Value).ToHashSet(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_text_of_a_cause_stands_in_every_language(string name) =>
        Assert.All(Languages, texts => Assert.Empty(Of(name).TextKeys.Except(texts.Keys, StringComparer.Ordinal)));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cause_lists_every_text_that_its_file_names(string name)
    {
        var named = TextKey().Matches(File.ReadAllText(FileOf(Of(name)))).Select(m => m.Groups["key"].Value);

        Assert.Empty(named.Except(Of(name).TextKeys, StringComparer.Ordinal));
    }

    // with everything on record, with the least, to the owner and to those above
    [Theory]
    [MemberData(nameof(Names))]
    public void A_cause_says_each_of_its_sentences_and_fills_all_their_places(string name)
    {
        var cause = Of(name);
        var said = Tellings().SelectMany(cause.Says).ToList();

        Assert.Equal(
            cause.TextKeys.Where(t => t.StartsWith("Cause.", StringComparison.Ordinal) || t.StartsWith("Hold.", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            said.Select(s => s.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(said, sentence => Assert.All(Languages, texts =>
            Assert.All(Place().Matches(texts[sentence.Text]), place => Assert.InRange(int.Parse(place.Groups["number"].Value, CultureInfo.InvariantCulture), 0, sentence.Words.Count - 1))));
    }

    [Fact]
    public void The_schema_names_the_causes() => Assert.Equal(
        FollowUpCauses.All.Select(c => c.Name.InPlaybook).Order(StringComparer.Ordinal),
        FollowUpSchema()["causes"]!["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void The_schema_names_the_settings_of_the_causes_each_with_its_kind()
    {
        var settings = FollowUpCauses.All.SelectMany(c => c.Settings).ToList();
        var deadlines = FollowUpSchema()["deadlines"]!;
        string[] InDeadlines(Func<CauseSetting, bool> which) =>
            [.. settings.Where(which).Where(s => s.Place.StartsWith("deadlines.", StringComparison.Ordinal)).Select(s => s.Place["deadlines.".Length..]).Order(StringComparer.Ordinal)];

        Assert.Equal(settings.Count, settings.Select(s => s.Place).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(InDeadlines(_ => true), deadlines["properties"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
        Assert.Equal(InDeadlines(s => s.IsRequired), deadlines["required"]!.AsArray().Select(r => (string)r!).Order(StringComparer.Ordinal));
        Assert.All(settings, s => Assert.Equal(
            s switch
            {
                DaysSetting => "#/definitions/days",
                MilestoneSetting or StageSetting => "#/definitions/id",
                CountSetting => "integer",
                _ => "a kind that this test does not know",
            },
            s.Place.Split('.').Aggregate((JsonNode)new JsonObject { ["properties"] = FollowUpSchema().DeepClone() }, (node, part) => node["properties"]![part]!) is var found
                ? (string?)found["$ref"] ?? (string?)found["type"]
                : null));
    }

    [Fact]
    public void What_the_schema_lets_stand_beside_the_settings_that_all_share_belongs_to_a_cause()
    {
        var ofCauses = FollowUpCauses.All.SelectMany(c => c.Settings).Select(s => s.Place.Split('.')[0]).Distinct(StringComparer.Ordinal);
        var shared = typeof(FollowUpSettings).GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));

        Assert.Equal(
            ofCauses.Order(StringComparer.Ordinal),
            FollowUpSchema().Select(p => p.Key).Except(shared, StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_docs_name_every_cause_in_one_row_with_its_settings()
    {
        var rows = File.ReadLines(Repository.PathOf("docs", "follow-ups.md")).SkipWhile(l => !l.StartsWith("| cause | due |", StringComparison.Ordinal))
            .TakeWhile(l => l.StartsWith('|')).Skip(2).Select(l => l.Split('|', StringSplitOptions.TrimEntries)).ToDictionary(
                r => r[1].Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal), r => r[2], StringComparer.OrdinalIgnoreCase);

        Assert.Equal(FollowUpCauses.All.Select(c => c.Name.Value.ToUpperInvariant()).Order(StringComparer.Ordinal), rows.Keys.Select(k => k.ToUpperInvariant()).Order(StringComparer.Ordinal));
        Assert.All(FollowUpCauses.All, c => Assert.All(c.Settings, s => Assert.Contains($"`{s.Place.Split('.')[^1]}`", rows[c.Name.Value], StringComparison.Ordinal)));
    }

    // a setting may be read, for example by a digest that speaks of tenders; what differs by cause stands in its file
    [Fact]
    public void Nothing_outside_its_file_and_the_list_decides_by_a_single_cause()
    {
        var names = string.Join('|', FollowUpCauses.All.Select(c => c.Name.Value));
        var decided = new Regex($@"\b({names})Cause\b(?!\.\w+\.In\()|""({names})""|FollowUpCause\.({names})\b", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
        var sources = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => Path.GetDirectoryName(f) != Folder && Path.GetFileName(f) != "FollowUpCauses.cs" && !f.Split(Path.DirectorySeparatorChar).Any(p => p is "obj" or "bin"));

        Assert.Empty(sources.SelectMany(f => decided.Matches(File.ReadAllText(f)).Select(m => $"{Path.GetFileName(f)}: {m.Value}")));
    }

    [Fact]
    public void A_cause_that_only_another_version_knows_is_read_shown_by_its_name_and_never_due()
    {
        var chain = JsonSerializer.Deserialize<FollowUpChain>(
            """{ "Key": "Later@20260301T080000Z", "Cause": "Later", "Since": "2026-03-01T08:00:00+00:00", "Steps": [] }""")!;

        Assert.Equal(new FollowUpCause("Later"), chain.Cause);
        Assert.Equal("Later", FollowUpMessage.ShortOf(chain.Cause, CultureInfo.InvariantCulture));
        Assert.DoesNotContain(
            chain.Key, FollowUpCauses.Standing(Opportunity(Rich(0)) with { FollowUps = [chain] }, KnownCustomer.NotRead, Playbook, Company.Empty, Now));
    }

    [Fact]
    public void A_cause_is_written_by_its_name_on_record_and_read_by_that_of_the_playbook_too()
    {
        Assert.Equal("\"GateStuck\"", JsonSerializer.Serialize(GateStuckCause.Id));
        Assert.Equal(GateStuckCause.Id, JsonSerializer.Deserialize<FollowUpCause>("\"GateStuck\""));
        Assert.Equal([GateStuckCause.Id], JsonSerializer.Deserialize<Dictionary<FollowUpCause, int>>("""{ "gateStuck": 1 }""")!.Keys);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<FollowUpCause>("\"\""));
    }

    private static Cause Of(string name) => FollowUpCauses.Find(new FollowUpCause(name))!;

    private static string FileOf(Cause cause) => Path.Combine(Folder, $"{cause.GetType().Name}.cs");

    private static Dictionary<string, string> Texts(string file) =>
        XDocument.Load(Repository.PathOf("src", "KeyAccountBot", "FollowUps", file)).Root!.Elements("data").ToDictionary(
            d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);

    private static JsonObject FollowUpSchema() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(PlaybookFile.Default)!, "key-account.schema.json")))!["definitions"]!["followUps"]!["properties"]!.AsObject();

    private static IEnumerable<Telling> Tellings()
    {
        OpportunityFacts[] all = [Rich(0), Rich(1), Rich(3), Rich(0) with { StatusReason = null, NextStep = null, Visits = [], BidBranch = null, ContractApprover = null, Talk = Talk.None }];
        return
            from facts in all
            from isToOwner in new[] { true, false }
            from isReminder in new[] { true, false }
            let visitDue = VisitNotReportedCause.ReportDue(Now.AddDays(-5), WorkCalendar.Weekdays)
            select new Telling(Opportunity(facts), Customer, Playbook, WorkCalendar.Weekdays, visitDue, isToOwner, isReminder);
    }

    private static Account Customer => new(
        AccountId.OfName("Nordwind"), "Nordwind", 1,
        [new Contact(new("li"), new ContactData("Li Wei", new("quality"), Level.Staff, BuyingRole.QualityInspector), null, new DateOnly(2026, 1, 1), [])]);

    private static Opportunity Opportunity(OpportunityFacts facts) => new(new("o"), 1, facts, null, []);

    private static OpportunityFacts Rich(int prolonged) => new(
        "Nordwind", "Line", new Money(1, "EUR"), new("rep"), null, Playbook.First.Id, Playbook.First.Id, Now.AddDays(-30), OpportunityStatus.Open, "budget frozen", null, null,
        new Dictionary<MilestoneId, ReachedMilestone>(), new NextStep("call them", new(2026, 2, 25)), Now.AddDays(-14), Now.AddDays(-20))
    {
        Visits = [new PlannedVisit(new VisitId("v"), Now.AddDays(-5), [], "see the line")],
        BidBranch = new BidBranch.Bid(new(2026, 3, 9)),
        ContractApprover = new ContactId("li"),
        Talk = new Talk([Now.AddDays(-21), Now.AddDays(-14), Now.AddDays(-7)], []),
        HeldSince = Now.AddDays(-40),
        HeldUntil = new(2026, 3, 15),
        HoldsProlonged = prolonged,
    };

    [GeneratedRegex("\"(?<key>(?:Cause|Short|Title|Ask|Hold)\\.[A-Za-z.]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TextKey();

    [GeneratedRegex(@"\{(?<number>\d+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();
}
