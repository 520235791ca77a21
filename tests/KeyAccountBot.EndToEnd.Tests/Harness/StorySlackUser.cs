using System.Text.Json.Nodes;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>Somebody of a story in their direct message in Slack: presses buttons, and answers in words what a form asks elsewhere.</summary>
internal sealed class StorySlackUser(SlackUser user) : IStoryUser, ITalk
{
    private readonly FormInWords forms = new();
    private int before;

    public Task SaysAsync(string words)
    {
        forms.Said(words);
        return TellsAsync(words);
    }

    public async Task TellsAsync(string words)
    {
        before = user.Messages().Count;
        await user.SaysAsync(words);
    }

    public async Task PressesAsync(string title, string on)
    {
        var message = await Eventually.FindAsync(
            () => user.Messages().LastOrDefault(m => SlackUser.Shows(m, title) && Holds(SlackUser.Words(m), on)),
            () => $"No message with “{on}” has a button “{title}”:\n{Seen(user.Messages())}");
        before = user.Messages().Count;
        await user.PressesAsync(message, title);
    }

    public async Task FillsAsync(string submit, string on, IReadOnlyDictionary<string, JsonNode> values, string? then)
    {
        await Eventually.FindAsync(() => Everything().LastOrDefault(t => Holds(t, on)), () => $"“{on}” does not stand in Slack but:\n{Seen(user.Messages())}");
        await forms.FillAsync(this, on, values, then);
    }

    public Task<string> HearsNextAsync() => Eventually.FindAsync(() => Texts().LastOrDefault(), () => $"Nothing was answered in Slack after:\n{Seen(user.Messages())}");

    public string NewsWith(string words) => Everything().Last(t => Holds(t, words));

    public Task HearsAsync(string words) => Eventually.FindAsync(
        () => Texts().FirstOrDefault(t => Holds(t, NewsInWords.Heard(words))), () => $"“{words}” does not stand in Slack but:\n{Seen(user.Messages().Skip(before))}");

    public bool HasHeard(string words) => Texts().Any(t => Holds(t, words));

    private IEnumerable<string> Texts() => user.Messages().Skip(before).Select(SlackUser.Words);

    private IEnumerable<string> Everything() => user.Messages().Select(SlackUser.Words);

    private static string Seen(IEnumerable<JsonNode> messages) => string.Join("\n---\n", messages.TakeLast(6).Select(SlackUser.Words));

    private static bool Holds(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
