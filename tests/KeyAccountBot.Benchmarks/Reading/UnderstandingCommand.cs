using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Language;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Benchmarks.Reading;

/// <summary><c>understanding</c>: how long reading a message takes, of each part and all, over the sentences of a set.</summary>
internal static class UnderstandingCommand
{
    private const int Runs = 5;
    private const double AimMs = 2;
    private const double AimPageMs = 20;
    private const int WordsOfPage = 1000;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var sets = new Argument<FileInfo[]>("SAID") { Description = "Files with sentences, as the understand command takes them.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("understanding", "Milliseconds to read a message: dates, wishes, reports; the median of five runs, and what the first costs.") { sets };
        command.SetAction(given => Run(given.GetValue(sets)!));
        return command;
    }

    private static int Run(FileInfo[] sets)
    {
        var texts = sets.SelectMany(Texts).ToList();
        var playbook = PlaybookFile.Load(PlaybookFile.Default);
        var scene = new ReportScene(playbook, new DateOnly(2026, 12, 2), CultureInfo.GetCultureInfo("en-GB"), new PersonId("rep"));
        (string Name, Action<string> Read)[] parts =
        [
            ("dates", t => SpokenDates.In(t, scene.Today, scene.Culture)),
            ("wishes", t => WishReadings.Read(WishText.Of(t, [], [], []))),
            ("reports", t => MessageReports.Read(t, scene)),
        ];

        Console.WriteLine($"{texts.Count} sentences. The first of each, with its patterns made:");
        foreach (var (name, read) in parts)
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var took = Took(() => read(texts[0]));
            texts.ForEach(read);
            Console.WriteLine($"  {name,-8} {took,8:N0} ms, kept once all are read {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0,6:N1} MiB");
        }

        Console.WriteLine($"then, the median of {Runs} runs:");
        foreach (var (name, read) in parts)
        {
            Print(name, texts, read, AimMs);
        }

        Print("all", texts, All, AimMs);
        var page = string.Join(' ', string.Join(' ', texts).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(WordsOfPage));
        All(page);
        Print("a page", [page], All, AimPageMs);
        return 0;

        void All(string text)
        {
            foreach (var (_, read) in parts)
            {
                read(text);
            }
        }
    }

    private static void Print(string name, IReadOnlyList<string> texts, Action<string> read, double aim)
    {
        List<double> p50 = [], p95 = [];
        for (var run = 0; run < Runs; run++)
        {
            var took = texts.Select(t => Took(() => read(t))).Order().ToList();
            p50.Add(took[took.Count / 2]);
            p95.Add(took[(int)(took.Count * 0.95)]);
        }

        var median = p95.Order().ElementAt(Runs / 2);
        Console.WriteLine($"  {name,-8} p50 {p50.Order().ElementAt(Runs / 2),6:N2} ms  p95 {median,6:N2} ms   aim at most {aim:N0}   {(median <= aim ? "met" : "MISSED")}");
    }

    private static double Took(Action what)
    {
        var began = Stopwatch.GetTimestamp();
        what();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static IEnumerable<string> Texts(FileInfo set)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(set.FullName));
        return [.. json.RootElement.EnumerateArray().Select(s => s.GetProperty("text").GetString()!)];
    }
}
