using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Reports;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Sales.Tests.Reports;

/// <summary>A sentence and what it is expected to propose.</summary>
internal sealed record CorpusLine(
    string Text, IReadOnlyList<string>? Met, IReadOnlyDictionary<string, string>? Milestones, string? Next, IReadOnlyList<string>? Answers);

/// <summary>Found, wanted and both, of one kind of part.</summary>
internal sealed record Measured(string Kind, int Wanted, int Proposed, int Right)
{
    public double Precision => Proposed == 0 ? 1 : (double)Right / Proposed;

    public double Recall => Wanted == 0 ? 1 : (double)Right / Wanted;

    /// <summary>Precision and recall as <c>docs/understanding.md</c> writes them.</summary>
    public string Figures => string.Create(CultureInfo.InvariantCulture, $"{Precision:0.00} ({Right} of {Proposed}) | {Recall:0.00} ({Right} of {Wanted})");

    public override string ToString() => $"{Kind}: precision | recall {Figures}";
}

/// <summary>The corpus of reports, the account they speak of, and how well they are read. Today is Wednesday 4 March 2026.</summary>
internal static class Corpus
{
    public static readonly DateOnly Today = new(2026, 3, 4);

    public static readonly Account Account = new(AccountId.OfName("Cancity"), "Cancity", 1,
    [
        Person("li-wei", "Li Wei", "quality"), Person("anna", "Anna Berg", "purchasing"), Person("petra", "Petra Berg", "finance"),
        Person("tom", "Tom Fox", "technical"), Person("karl", "Dr. Karl Müller", "management"),
        Person("zhang", "张伟", "technical"), Person("wang-qiang", "王强", "quality"), Person("wang-li", "王丽", "purchasing"),
        Person("li-ming", "李明", "management"), Person("chen", "陈静", "user"), Person("zhao", "赵国栋", "technical"),
    ]);

    public static IReadOnlyList<CorpusLine> Lines(string half) =>
    [
        .. File.ReadAllLines(Repository.PathOf("tests", "KeyAccountBot.Sales.Tests", "Reports", $"corpus-{half}.jsonl"))
            .Where(l => l.Length > 0).Select(l => JsonSerializer.Deserialize<CorpusLine>(l, Examples.Json)!),
    ];

    public static Opportunity In(string stage) => Sale.Opened(stage: stage).State!;

    public static OpportunityReport Read(string text, string stage = "implementation")
    {
        var opportunity = In(stage);
        var scene = new ReportScene(Examples.Playbook, Today, CultureInfo.GetCultureInfo("en"), Examples.Rep)
        {
            Opportunities = [opportunity with { Facts = opportunity.Facts with { Account = Account.Name } }],
            Accounts = [Account],
        };
        return Assert.Single(MessageReports.Read(text, scene).Opportunities);
    }

    /// <summary>Each kind of part over one half, and every line that was not read as expected.</summary>
    public static (IReadOnlyList<Measured> Kinds, IReadOnlyList<string> Mistakes) Measure(string half)
    {
        var totals = new Dictionary<string, Measured>(StringComparer.Ordinal);
        List<string> mistakes = [];
        foreach (var line in Lines(half))
        {
            var read = Read(line.Text);
            Count(totals, mistakes, line, "contacts", line.Met ?? [], read.Met.Select(m => m.Contact.Value));
            Count(totals, mistakes, line, "milestones", line.Milestones?.Keys ?? [], read.Milestones.Select(m => m.Milestone.Value));
            Count(totals, mistakes, line, "milestone dates", line.Milestones?.Select(m => $"{m.Key}@{m.Value}") ?? [],
                read.Milestones.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Milestone}@{m.On:yyyy-MM-dd}")));
            Count(totals, mistakes, line, "next steps", line.Next is { } next ? [next] : [],
                read.NextSteps is [{ Due: { } due }, ..] ? [due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] : []);
            Count(totals, mistakes, line, "answers", line.Answers ?? [], read.Answers.Select(a => a.Question.Value));
        }

        return ([.. totals.Values], mistakes);
    }

    private static void Count(
        Dictionary<string, Measured> totals, List<string> mistakes, CorpusLine line, string kind, IEnumerable<string> wanted, IEnumerable<string> proposed)
    {
        var (want, have) = (wanted.ToHashSet(StringComparer.Ordinal), proposed.ToHashSet(StringComparer.Ordinal));
        var right = want.Intersect(have).Count();
        var so = totals.GetValueOrDefault(kind, new Measured(kind, 0, 0, 0));
        totals[kind] = so with { Wanted = so.Wanted + want.Count, Proposed = so.Proposed + have.Count, Right = so.Right + right };
        if (!want.SetEquals(have))
        {
            mistakes.Add($"{line.Text}\n    {kind}: wanted [{string.Join(", ", want)}], proposed [{string.Join(", ", have)}]");
        }
    }

    private static Contact Person(string id, string name, string department) =>
        new(new ContactId(id), Customer.Data(name, department), null, new DateOnly(2026, 1, 1), []);
}
