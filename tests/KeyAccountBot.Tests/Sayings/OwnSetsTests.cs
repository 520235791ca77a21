using System.Text.Json;
using KeyAccountBot.Commands;
using KeyAccountBot.Testing;
using Spectre.Console;
using Xunit;

namespace KeyAccountBot.Tests.Sayings;

/// <summary>Two small sets of our own, said by the real conversation; nothing untrue may come of them, and they are understood no worse than measured.</summary>
public sealed class OwnSetsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sayings").FullName;

    // floors: a little below what was measured last
    [Theory]
    [InlineData("en", 0.90, 0.66, 0.84, 0.75, 0.06)]
    [InlineData("zh", 0.95, 0.66, 0.88, 0.75, 0.06)]
    public async Task Nothing_untrue_comes_of_our_own_sentences_and_they_are_understood(
        string language, double precision, double recall, double requests, double replies, double notUnderstood)
    {
        var (code, summary, output) = await SayAsync(PathOf(language, "world"), PathOf(language, "said"));

        double Share(string name) => summary.GetProperty(name).GetDouble();
        Assert.Equal(CommandLine.Done, code);
        Assert.True(Share("never") == 0 && Share("unplaced") == 0, output);
        Assert.True(
            Share("precision") >= precision && Share("recall") >= recall && Share("requests") >= requests && Share("replies") >= replies && Share("notUnderstood") <= notUnderstood,
            output);
    }

    [Theory]
    [InlineData("nowhere.json", "There is no file to read at nowhere.json.")]
    [InlineData("no json", "is no JSON")]
    [InlineData("[]", "has no 'today', so it is no world. Name the world first")]
    [InlineData("""{"conventions":{},"today":"tomorrow","timeZone":"Europe/Berlin","people":[],"accounts":[],"opportunities":[]}""", "no moment such as 2026-12-02T16:40")]
    public async Task A_world_that_cannot_be_used_is_told(string world, string told)
    {
        var path = world.EndsWith(".json", StringComparison.Ordinal) ? world : await WrittenAsync("world.json", world);
        var (code, error) = await RefusedAsync(path, PathOf("en", "said"));

        Assert.Equal(CommandLine.Refused, code);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "is no list of what is said")]
    [InlineData("""[{"id":"A1","kind":"A","user":"nobody","text":"hi","expect":{},"never":[]}]""", "A1 is said by 'nobody', who is not in the world.")]
    [InlineData("""[{"id":"A1","kind":"E","user":"ina","text":"hi","expect":{},"never":[]}]""", "A1 has a kind that is not A, B, C or D.")]
    [InlineData("""[{"id":"C1","kind":"C","user":"ina","text":"hi","expect":{},"never":[],"context":{"step":"confirm","opportunity":"o99"}}]""", "C1 is about the opportunity 'o99', which is not in the world.")]
    [InlineData("""[{"id":"A1","kind":"A","user":"ina","expect":{},"never":[]}]""", "A1 has no 'text'.")]
    public async Task What_is_said_and_cannot_be_read_is_told_with_its_place(string said, string told)
    {
        var (code, error) = await RefusedAsync(PathOf("en", "world"), await WrittenAsync("said.json", said));

        Assert.Equal(CommandLine.Refused, code);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Some_can_be_said_alone_and_the_answers_shown()
    {
        using var output = new StringWriter();
        var request = new UnderstandRequest(PathOf("en", "world"), PathOf("en", "said")) { Only = ["C06", "B12"], Shows = true };

        Assert.Equal(CommandLine.Done, await UnderstandCommand.RunAsync(request, ConsoleOf(output), TextWriter.Null, TestContext.Current.CancellationToken));
        Assert.Contains("C06 ina: yep", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("A01", output.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string PathOf(string language, string file) => Repository.PathOf("tests", "KeyAccountBot.Tests", "Sayings", "Sets", language, file + ".json");

    private static IAnsiConsole ConsoleOf(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 400;
        return console;
    }

    private async Task<(int Code, JsonElement Summary, string Output)> SayAsync(string world, string said)
    {
        using var output = new StringWriter();
        var json = Path.Combine(folder, "verdicts.json");
        var code = await UnderstandCommand.RunAsync(
            new UnderstandRequest(world, said) { Json = json, Understanding = "rules" }, ConsoleOf(output), output, TestContext.Current.CancellationToken);
        using var verdicts = JsonDocument.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken));
        return (code, verdicts.RootElement.GetProperty("summary").Clone(), output.ToString());
    }

    private static async Task<(int Code, string Error)> RefusedAsync(string world, string said)
    {
        using var error = new StringWriter();
        return (await UnderstandCommand.RunAsync(new UnderstandRequest(world, said), ConsoleOf(TextWriter.Null), error, TestContext.Current.CancellationToken), error.ToString());
    }

    private async Task<string> WrittenAsync(string name, string content)
    {
        var path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        return path;
    }
}
