using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using KeyAccountBot.Sayings.Judging;
using KeyAccountBot.Sayings.Worlds;
using Spectre.Console;

namespace KeyAccountBot.Sayings;

/// <summary>Tells the verdicts: a table, each miss with what was wanted and what came, and the same as JSON for a program.</summary>
internal static class SayingsReport
{
    private static readonly Dictionary<char, string> Kinds = new()
    {
        ['A'] = "reports", ['B'] = "questions and requests", ['C'] = "replies in a talk", ['D'] = "traps",
    };

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints the misses, then the table.</summary>
    public static void Print(IAnsiConsole console, string language, IReadOnlyList<(Saying Saying, Verdict Verdict)> judged)
    {
        foreach (var (saying, verdict) in judged.Where(j => !j.Verdict.IsOk))
        {
            console.WriteLine($"{verdict.Id} {saying.Speaker}{(saying.Question is { } question ? $" at {question.Step}" : "")}: {saying.Text.ReplaceLineEndings(" / ")}");
            console.WriteLine($"    {verdict.Why}{(verdict.IsNotUnderstood ? " (not understood)" : "")}");
        }

        var table = new Table { Border = console.Profile.Out.IsTerminal ? TableBorder.Rounded : TableBorder.None };
        table.AddColumns(language, "items", "right", "never", "precision", "recall", "requests", "replies", "not understood", "unplaced");
        foreach (var kind in judged.GroupBy(j => j.Saying.Kind).OrderBy(g => g.Key))
        {
            Row(Kinds[kind.Key], new Tally([.. kind.Select(j => j.Verdict)]));
        }

        Row("all", new Tally([.. judged.Select(j => j.Verdict)]));
        console.Write(table);

        void Row(string name, Tally tally) => table.AddRow(
            name, Whole(tally.Items), Whole(tally.Ok), Whole(tally.Never), tally.HasFacts ? Share(tally.Precision) : "", tally.HasFacts ? Share(tally.Recall) : "",
            tally.HasRequests ? Share(tally.Requests) : "", tally.HasReplies ? Share(tally.Replies) : "", Share(tally.NotUnderstood), Whole(tally.Unplaced));
    }

    /// <summary>The same for a program.</summary>
    public static string Json(IReadOnlyList<Verdict> verdicts)
    {
        var tally = new Tally(verdicts);
        return JsonSerializer.Serialize(
            new
            {
                summary = new
                {
                    items = tally.Items,
                    never = tally.Never,
                    precision = Rounded(tally.Precision),
                    recall = Rounded(tally.Recall),
                    requests = Rounded(tally.Requests),
                    replies = Rounded(tally.Replies),
                    notUnderstood = Rounded(tally.NotUnderstood),
                    unplaced = tally.Unplaced,
                },
                items = verdicts.Select(v => new { id = v.Id, ok = v.IsOk, why = v.Why }),
            },
            Indented);
    }

    private static double Rounded(double share) => Math.Round(share, 4, MidpointRounding.AwayFromZero);

    private static string Share(double share) => share.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
