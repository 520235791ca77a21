using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>The forecast and the pipeline: sums by currency with the count behind each, read from the lines of lists alone, however long these are.</summary>
internal sealed class SalesOverview(Portfolio portfolio, Playbook playbook)
{
    private const int LargestShown = 6;
    private const int GroupsShown = 8;

    /// <summary>What is expected to be decided in a period, the present quarter where none is named; by team, rep or stage where that is asked for.</summary>
    public async ValueTask<Message> ForecastAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var period = AskedSlots.PeriodOf(scene, asked) ?? Period.QuarterOf(scene.Today);
        var (sum, passed, undated) = (new Outlook(playbook), 0, 0);
        Dictionary<Group, Outlook> groups = [];
        var largest = new FirstFew<OpportunityListing>(LargestShown, Comparer<OpportunityListing>.Create((a, b) =>
            b.Amount.Amount.CompareTo(a.Amount.Amount) is var amount && amount != 0 ? amount : string.CompareOrdinal(a.Id.Value, b.Id.Value)));
        await foreach (var line in portfolio.LinesAsync(scene, asked, cancellationToken))
        {
            if (line.Status != OpportunityStatus.Open || line.Won || !FitsButCurrency(asked, line))
            {
                continue;
            }

            passed += line.ExpectedClose < scene.Today && !period.Contains(line.ExpectedClose.Value) ? 1 : 0;
            undated += line.ExpectedClose is null ? 1 : 0;
            if (line.ExpectedClose is not { } close || !period.Contains(close))
            {
                continue;
            }

            sum.Add(line.Amount, line.Stage);
            largest.Add(line);
            if (GroupOf(scene, asked, line) is { } group)
            {
                (groups.TryGetValue(group, out var known) ? known : groups[group] = new Outlook(playbook)).Add(line.Amount, line.Stage);
            }
        }

        var title = OverviewWords.Title(scene, scope, OverviewWords.Say(scene, "forecast.title", OverviewWords.Of(scene, period)));
        List<Part> body = [new Paragraph(sum.Count == 0
            ? OverviewWords.Say(scene, "forecast.none")
            : OverviewWords.Say(scene, "forecast.lead") + Marks.Line + string.Join(Marks.Line, Ordered(asked, sum).Select(s => SumOf(scene, s))))];
        if (groups.Count > 0)
        {
            body.AddRange(InOrder(groups).Take(GroupsShown).Select(g => new Paragraph(Marks.Bold(g.Key.Name) + Marks.Line + string.Join(Marks.Line, Ordered(asked, g.Value).Select(s => SumOf(scene, s))))));
        }
        else
        {
            body.AddRange(largest.InOrder.OrderBy(l => l.ExpectedClose).Select(l => new Paragraph(OverviewWords.Joined(scene, [OverviewWords.Day(scene, l.ExpectedClose!.Value), OverviewWords.Name(scene, l), Words.StageOf(playbook, l.Stage, scene.Culture)]))
            {
                Opens = OpenButton.Of(l.Id, $"{scene.AccountOf(l.Account)} · {l.Name}", scene.Culture),
            }));
            if (largest.Count > largest.InOrder.Count)
            {
                body.Add(new Paragraph(OverviewWords.Say(scene, "list.more", largest.Count - largest.InOrder.Count)) { IsAside = true });
            }
        }

        if (NotesOf(scene, asked, sum, passed, undated) is { Length: > 0 } notes)
        {
            body.Add(new Paragraph(notes) { IsAside = true });
        }

        return OverviewWords.Card(scene, title, body, OverviewWords.AtRisk(scene));
    }

    /// <summary>How many opportunities stand in each stage, and what they are worth.</summary>
    public async ValueTask<Message> PipelineAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        Dictionary<StageId, Outlook> stages = [];
        Dictionary<Group, Outlook> groups = [];
        var total = 0;
        await foreach (var line in portfolio.LinesAsync(scene, asked, cancellationToken))
        {
            if (line.Status == OpportunityStatus.Open && AskedSlots.Fits(asked, line))
            {
                total++;
                (stages.TryGetValue(line.Stage, out var known) ? known : stages[line.Stage] = new Outlook(playbook)).Add(line.Amount, line.Stage, line.Won);
                if (asked.One("groupBy") != "stage" && GroupOf(scene, asked, line) is { } group)
                {
                    (groups.TryGetValue(group, out var there) ? there : groups[group] = new Outlook(playbook)).Add(line.Amount, line.Stage, line.Won);
                }
            }
        }

        if (total == 0)
        {
            return Message.Of(OverviewWords.Say(scene, "pipeline.none"));
        }

        return OverviewWords.Card(
            scene, OverviewWords.Title(scene, scope, OverviewWords.Say(scene, "pipeline.title", total)),
            [new FactList(groups.Count > 0
                ? [.. InOrder(groups).Take(GroupsShown).Select(g => FactOf(scene, g.Key.Name, g.Value))]
                : [.. stages.OrderBy(s => playbook.NumberOf(s.Key) ?? 0).Select(s => FactOf(scene, Words.StageOf(playbook, s.Key, scene.Culture), s.Value))])],
            OverviewWords.AtRisk(scene), OverviewWords.Stuck(scene));
    }

    // the earliest first, or the one with most behind it
    private static IEnumerable<KeyValuePair<Group, Outlook>> InOrder(Dictionary<Group, Outlook> groups) =>
        groups.OrderBy(g => g.Key.From).ThenByDescending(g => g.Value.Count).ThenBy(g => g.Key.Name, StringComparer.OrdinalIgnoreCase);

    private static Fact FactOf(Scene scene, string name, Outlook outlook) => new(
        name, OverviewWords.Say(scene, "pipeline.stage", outlook.Count, string.Join(Words.Separator(scene.Culture), outlook.Sums.Select(m => scene.Format(new Money(m.Amount, m.Currency))))));

    private static string SumOf(Scene scene, OutlookSum sum) => OverviewWords.Say(
        scene, sum.Count == 1 ? "forecast.sum-one" : "forecast.sum", scene.Format(new Money(sum.Amount, sum.Currency)), sum.Count, scene.Format(new Money(sum.Weighted, sum.Currency)));

    // amounts of other currencies stand apart: nobody has said what they are worth in this one
    private static IEnumerable<OutlookSum> Ordered(Asked asked, Outlook outlook) =>
        outlook.Sums.OrderByDescending(s => string.Equals(s.Currency, asked.One("currency"), StringComparison.OrdinalIgnoreCase));

    private static bool FitsButCurrency(Asked asked, OpportunityListing line) => AskedSlots.Fits(asked.With("currency", (object?)null), line);

    private Group? GroupOf(Scene scene, Asked asked, OpportunityListing line) => (asked.One("groupBy"), line.ExpectedClose) switch
    {
        ("month", { } close) => new Group(OverviewWords.Of(scene, new Period(close, close, PeriodKind.Month)), new DateOnly(close.Year, close.Month, 1)),
        ("quarter", { } close) => new Group(OverviewWords.Of(scene, Period.QuarterOf(close)), Period.QuarterOf(close).From),
        ({ } by, _) when NameOf(scene, by, line) is { } name => new Group(name, default),
        _ => null,
    };

    private string? NameOf(Scene scene, string groupBy, OpportunityListing line) => groupBy switch
    {
        "rep" => scene.Company.Find(line.Owner)?.Name ?? OverviewWords.Say(scene, "forecast.nobody"),
        "team" => scene.Company.LineAbove(line.Owner).FirstOrDefault() is { } lead ? OverviewWords.Say(scene, "title.team", lead.Name) : OverviewWords.Say(scene, "forecast.no-team"),
        "stage" => Words.StageOf(playbook, line.Stage, scene.Culture),
        "account" => scene.AccountOf(line.Account),
        "region" => scene.Company.Find(line.Owner)?.Office is { Length: > 0 } office ? office : OverviewWords.Say(scene, "forecast.no-region"),
        "currency" => line.Amount.Currency,
        _ => null,
    };

    private static string NotesOf(Scene scene, Asked asked, Outlook sum, int passed, int undated) => Words.Sentences(
        scene.Culture,
        [
            sum.Sums.Count > 1 || (asked.One("currency") is { } wanted && sum.Sums.Any(s => !string.Equals(s.Currency, wanted, StringComparison.OrdinalIgnoreCase)))
                ? OverviewWords.Say(scene, "forecast.apart") : "",
            passed > 0 ? OverviewWords.Say(scene, "forecast.passed", passed) : "",
            undated > 0 ? OverviewWords.Say(scene, "forecast.undated", undated) : "",
        ]);

    private readonly record struct Group(string Name, DateOnly From);
}
