using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KeyAccountBot.Sandbox;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>Plays a story through the Teams wire and the Slack wire.</summary>
internal sealed class StoryTeller(Service service)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Dictionary<string, TeamsChat> teams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SlackChat> slack = new(StringComparer.Ordinal);

    private interface IChat
    {
        Task SaysAsync(string text);

        Task PressesAsync(string title, string on, Dictionary<string, JsonNode>? with);

        Task SeesAsync(string words);

        bool Shows(string words);
    }

    /// <summary>Plays all of it; what is not as told fails with its place in the story.</summary>
    public async Task PlayAsync(Story story)
    {
        foreach (var chapter in story.Chapters)
        {
            foreach (var (step, number) in chapter.Steps.Select((s, i) => (s, i + 1)))
            {
                var failure = await Record.ExceptionAsync(() => PlayAsync(step));
                Assert.True(failure is null, $"“{chapter.Title}”, step {number} ({step.Says ?? step.Presses ?? step.Clock ?? "sees"}): {failure?.Message}");
            }
        }
    }

    /// <summary>Plays one step and waits for what must be seen.</summary>
    private async Task PlayAsync(StoryStep step)
    {
        if (step.Clock is { } clock)
        {
            await service.ForwardAsync(hours: HoursTo(clock));
            return;
        }

        var chat = ChatOf(step);
        if (step.Says is { } says)
        {
            await chat.SaysAsync(says);
        }
        else if (step.Presses is { } presses)
        {
            await chat.PressesAsync(presses, step.On!, step.With);
            if (step.Then is { } then)
            {
                await chat.PressesAsync(then, "", null);
            }
        }

        foreach (var words in step.Words)
        {
            await chat.SeesAsync(words);
        }

        Assert.False(step.NotYet is { } early && chat.Shows(early), $"“{step.NotYet}” came too early.");
    }

    private IChat ChatOf(StoryStep step)
    {
        var who = SamplePipeline.People.Single(p => p.Id.Value == step.Who);
        if (step.App == "slack")
        {
            slack.TryAdd(step.Who!, new SlackChat(service.Slack(who.SlackId!)));
            return slack[step.Who!];
        }

        teams.TryAdd(step.Who!, new TeamsChat(service, service.Teams(who.TeamsId!["sandbox-".Length..])));
        return teams[step.Who!];
    }

    private int HoursTo(string clock)
    {
        var now = service.Clock.GetUtcNow();
        var (day, hour) = (Enum.Parse<DayOfWeek>(clock.Split(' ')[0]), int.Parse(clock.Split(' ')[1][..2], CultureInfo.InvariantCulture));
        var hours = ((((int)day - (int)now.DayOfWeek + 7) % 7) * 24) + hour - now.Hour;
        return hours < 0 ? hours + (7 * 24) : hours;
    }

    private static bool Holds(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);

    // what an invoke is answered with stands in the place of its card, as in Teams
    private sealed class TeamsChat(Service service, TeamsUser user) : IChat
    {
        private readonly List<JsonNode> answers = [];
        private int before;

        public async Task SaysAsync(string text)
        {
            answers.Clear();
            before = user.Heard().Count;
            await user.SaysAsync(text);
        }

        public async Task PressesAsync(string title, string on, Dictionary<string, JsonNode>? with)
        {
            var (card, action) = await Eventually.FindAsync(
                () => Cards().Select(c => Tuple.Create(c, ActionsOf(c).FirstOrDefault(a => (string?)a["title"] == title)))
                    .LastOrDefault(c => c.Item2 is not null && Holds(c.Item1.ToJsonString(Readable), on)),
                () => $"No card with “{on}” has a button “{title}”:\n{string.Join('\n', Cards().Select(c => c.ToJsonString(Readable)))}");
            if (action!["data"]?["msteams"] is { } spoken)
            {
                await SaysAsync((string)spoken["value"]!);
                return;
            }

            before = user.Heard().Count;
            var answer = JsonNode.Parse(await user.PressAsync(action, StoryForm.Fill(card, with ?? [], service.Clock.GetUtcNow())))!;
            answers.Add(answer["value"]!);
        }

        public Task SeesAsync(string words) => Eventually.FindAsync(
            () => Texts().FirstOrDefault(t => Holds(t, words)), () => $"“{words}” does not stand in the chat but:\n{string.Join("\n---\n", Texts())}");

        public bool Shows(string words) => Texts().Any(t => Holds(t, words));

        private IEnumerable<string> Texts() =>
            user.Heard().Skip(before).Select(TeamsUser.Words).Concat(answers.TakeLast(1).Select(a => a.ToJsonString(Readable)));

        private IEnumerable<JsonNode> Cards() =>
            user.Heard().SelectMany(a => a.Attachments ?? []).Select(a => JsonNode.Parse(a.Content!.Value.GetRawText())!)
                .Concat(answers.Where(a => a is JsonObject));

        private static IEnumerable<JsonNode> ActionsOf(JsonNode card) => TeamsUser.ActionsOf(card);
    }

    private sealed class SlackChat(SlackUser user) : IChat
    {
        private int before;

        public Task SaysAsync(string text)
        {
            before = user.Messages().Count;
            return user.SaysAsync(text);
        }

        public async Task PressesAsync(string title, string on, Dictionary<string, JsonNode>? with)
        {
            var message = user.Messages().Last(m => Holds(m.ToJsonString(Readable), on) && Holds(m.ToJsonString(Readable), title));
            before = user.Messages().Count;
            await user.PressesAsync(message, title);
        }

        public Task SeesAsync(string words) => Eventually.FindAsync(
            () => Texts().FirstOrDefault(t => Holds(t, words)), () => $"“{words}” does not stand in Slack but:\n{string.Join("\n---\n", Texts())}");

        public bool Shows(string words) => Texts().Any(t => Holds(t, words));

        private IEnumerable<string> Texts() => user.Messages().Skip(before).Select(m => m.ToJsonString(Readable));
    }
}
