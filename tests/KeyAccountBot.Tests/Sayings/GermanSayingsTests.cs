using System.Text.Json;
using KeyAccountBot.Commands;
using KeyAccountBot.Testing;
using Spectre.Console;
using Xunit;

namespace KeyAccountBot.Tests.Sayings;

/// <summary>German is understood by its files alone: sentences of its own in a world of its own, said by the command that measures.</summary>
public sealed class GermanSayingsTests
{
    // measured, and a little below; a change that costs more is seen here
    private const double LeastPrecision = 0.75;
    private const double LeastRecall = 0.6;
    private const double LeastReplies = 0.9;
    private const double LeastRequests = 0;
    private const int MostNever = 2;

    [Fact]
    public async Task German_reports_requests_and_replies_are_understood_as_measured()
    {
        var folder = Repository.PathOf("tests", "KeyAccountBot.Tests", "Sayings", "de");
        var verdicts = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        try
        {
            await using var error = new StringWriter();
            var code = await UnderstandCommand.RunAsync(
                new UnderstandRequest(Path.Combine(folder, "world.json"), Path.Combine(folder, "said.json")) { Json = verdicts },
                AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Null) }), error, TestContext.Current.CancellationToken);

            Assert.Equal(("", 0), (error.ToString(), code));
            using var json = JsonDocument.Parse(await File.ReadAllTextAsync(verdicts, TestContext.Current.CancellationToken));
            var summary = json.RootElement.GetProperty("summary");
            Assert.Equal((60, 0), (summary.GetProperty("items").GetInt32(), summary.GetProperty("unplaced").GetInt32()));
            Assert.InRange(summary.GetProperty("never").GetInt32(), 0, MostNever);
            Assert.InRange(summary.GetProperty("precision").GetDouble(), LeastPrecision, 1);
            Assert.InRange(summary.GetProperty("recall").GetDouble(), LeastRecall, 1);
            Assert.InRange(summary.GetProperty("requests").GetDouble(), LeastRequests, 1);
            Assert.InRange(summary.GetProperty("replies").GetDouble(), LeastReplies, 1);
        }
        finally
        {
            File.Delete(verdicts);
        }
    }
}
