using System.Text.Json.Nodes;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>Where somebody types lines and reads what is printed.</summary>
internal interface ITerminal
{
    /// <summary>Types a line; what is printed until the next may be typed.</summary>
    Task<string> TypeAsync(string line);
}

/// <summary>Somebody of a story in a terminal: presses what stands there, answers in words what a form asks elsewhere, and news too.</summary>
/// <param name="terminal">Where they type.</param>
/// <param name="news">What was delivered to them elsewhere.</param>
/// <param name="later">So many days are put on each day to come.</param>
internal sealed class StoryTerminalUser(ITerminal terminal, Func<IReadOnlyList<string>> news, int later = 0) : IStoryUser, ITalk
{
    private readonly FormInWords forms = new(later);
    private string printed = "";
    private int before;

    public Task SaysAsync(string words)
    {
        forms.Said(words);
        return TellsAsync(words);
    }

    public async Task TellsAsync(string words)
    {
        before = news().Count;
        printed = await terminal.TypeAsync(words);
    }

    public Task PressesAsync(string title, string on) =>
        TellsAsync(NewsInWords.Say(title) is { } words ? words + NewsInWords.CustomerIn(NewsWith(on)) : "/" + title);

    public Task FillsAsync(string submit, string on, IReadOnlyDictionary<string, JsonNode> values, string? then) => forms.FillAsync(this, on, values, then);

    public Task<string> HearsNextAsync() => Task.FromResult(printed);

    public string NewsWith(string words) => news().LastOrDefault(t => Holds(t, words)) ?? "";

    public Task HearsAsync(string words) => Eventually.FindAsync(
        () => Texts().FirstOrDefault(t => Holds(t, NewsInWords.Heard(words))), () => $"“{words}” is not printed but:\n{string.Join("\n---\n", Texts())}");

    public bool HasHeard(string words) => Texts().Any(t => Holds(t, words));

    private IEnumerable<string> Texts() => news().Skip(before).Prepend(printed);

    private static bool Holds(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
