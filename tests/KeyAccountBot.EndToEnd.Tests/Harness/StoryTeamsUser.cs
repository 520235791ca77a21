using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>Somebody of a story in Teams: fills forms in, and sees what answers a press in the place of its card.</summary>
internal sealed class StoryTeamsUser(Service service, TeamsUser user) : IStoryUser
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<JsonNode> answers = [];
    private int before;

    public async Task SaysAsync(string words)
    {
        answers.Clear();
        before = user.Heard().Count;
        await user.SaysAsync(words);
    }

    public Task PressesAsync(string title, string on) => PressesAsync(title, on, new Dictionary<string, JsonNode>());

    public async Task FillsAsync(string submit, string on, IReadOnlyDictionary<string, JsonNode> values, string? then)
    {
        await PressesAsync(submit, on, values);
        if (then is not null)
        {
            await PressesAsync(then, "");
        }
    }

    public Task HearsAsync(string words) => Eventually.FindAsync(
        () => Texts().FirstOrDefault(t => Holds(t, words)), () => $"“{words}” does not stand in Teams but:\n{string.Join("\n---\n", Texts())}");

    public bool HasHeard(string words) => Texts().Any(t => Holds(t, words));

    private async Task PressesAsync(string title, string on, IReadOnlyDictionary<string, JsonNode> values)
    {
        var (card, action) = await Eventually.FindAsync(
            () => Cards().Select(c => Tuple.Create(c, TeamsUser.ActionsOf(c).FirstOrDefault(a => (string?)a["title"] == title)))
                .LastOrDefault(c => c.Item2 is not null && Holds(c.Item1.ToJsonString(Readable), on)),
            () => $"No card with “{on}” has a button “{title}”:\n{string.Join('\n', Cards().Select(c => c.ToJsonString(Readable)))}");
        if (action!["data"]?["msteams"] is { } spoken)
        {
            await SaysAsync((string)spoken["value"]!);
            return;
        }

        before = user.Heard().Count;
        var answer = JsonNode.Parse(await user.PressAsync(action, StoryForm.Fill(card, values, service.Clock.GetUtcNow())))!;
        answers.Add(answer["value"]!);
    }

    private IEnumerable<string> Texts() =>
        user.Heard().Skip(before).Select(TeamsUser.Words).Concat(answers.TakeLast(1).Select(a => a.ToJsonString(Readable)));

    private IEnumerable<JsonNode> Cards() =>
        user.Heard().SelectMany(a => a.Attachments ?? []).Select(a => JsonNode.Parse(a.Content!.Value.GetRawText())!)
            .Concat(answers.Where(a => a is JsonObject));

    private static bool Holds(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
