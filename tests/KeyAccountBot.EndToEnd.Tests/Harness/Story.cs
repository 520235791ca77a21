using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using KeyAccountBot.Testing;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>A story that a tour of the sandbox plays, as it stands beside its page.</summary>
/// <param name="Title">A few words.</param>
/// <param name="Tells">What it is about, and how it is told.</param>
/// <param name="Chapters">In order.</param>
internal sealed record Story(string Title, string Tells, IReadOnlyList<Chapter> Chapters)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>The name of the story of one opportunity.</summary>
    public const string OfOneOpportunity = "story.json";

    /// <summary>The name of the story of follow-ups.</summary>
    public const string OfFollowUps = "story-of-follow-ups.json";

    /// <summary>Reads it from the sources; a word that no player knows is a fault.</summary>
    public static Story Read(string name) =>
        JsonSerializer.Deserialize<Story>(File.ReadAllText(Repository.PathOf("src", "KeyAccountBot.Sandbox", "Page", name)), Strict)!;
}

/// <summary>A part of the story that is told in one go.</summary>
/// <param name="Title">A few words.</param>
/// <param name="Tells">What happens, in a sentence or three.</param>
/// <param name="Steps">What is done and seen.</param>
internal sealed record Chapter(string Title, string Tells, IReadOnlyList<StoryStep> Steps);

/// <summary>Somebody says or presses something and sees something, or the clock moves.</summary>
/// <param name="Who">A person's id.</param>
/// <param name="App"><c>teams</c> or <c>slack</c>.</param>
/// <param name="Says">What they write.</param>
/// <param name="Presses">A button's title.</param>
/// <param name="On">Words of the message or card that the button stands on.</param>
/// <param name="With">What they fill in first: by the input's label, the words they type or the titles they choose; in a date <c>in 1 day</c>.</param>
/// <param name="Then">A button of the card that answers, pressed at once.</param>
/// <param name="Sees">Words, or several, that stand in their chat after what they did last.</param>
/// <param name="NotYet">Words that do not stand there.</param>
/// <param name="Clock">A weekday and an hour, UTC: the clock goes on to the next such.</param>
internal sealed record StoryStep(
    string? Who, string? App, string? Says, string? Presses, string? On, Dictionary<string, JsonNode>? With, string? Then, JsonNode? Sees, string? NotYet,
    string? Clock)
{
    /// <summary>What is to be seen.</summary>
    public IReadOnlyList<string> Words => Sees switch
    {
        null => [],
        JsonArray several => [.. several.Select(w => (string)w!)],
        _ => [(string)Sees!],
    };
}
