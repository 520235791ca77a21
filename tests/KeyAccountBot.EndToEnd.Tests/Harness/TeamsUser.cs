using System.Text.Json;
using System.Text.Json.Nodes;
using KeyAccountBot.BotFramework.Schema;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>Somebody in a personal chat with the bot in Teams.</summary>
internal sealed class TeamsUser(IBot service, string personId)
{
    private readonly string conversation = "a:" + personId;
    private int read;

    /// <summary>Says something and waits for the service's answer to the request.</summary>
    public async Task SaysAsync(string text, string? id = null)
    {
        read = Heard().Count;
        using var response = await service.PostAsync(Activity(text) with { Id = id ?? service.NextId() });
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>Sends something that is no words, with or without some.</summary>
    public async Task SendsAsync(Attachment attachment, string? text = null)
    {
        read = Heard().Count;
        using var response = await service.PostAsync(Activity(text) with { Id = service.NextId(), Attachments = [attachment] });
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>Presses the button with this title of the last card that has it and speaks of this, as Teams does: an invoke. Answers the invoke's response.</summary>
    public Task<string> PressesAsync(string title, Dictionary<string, string>? inputs = null, string on = "") => PressAsync(Button(title, on), inputs);

    /// <summary>Presses a button kept from an earlier card.</summary>
    public async Task<string> PressAsync(JsonNode action, Dictionary<string, string>? inputs = null)
    {
        read = Heard().Count;
        var data = action["data"]?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in inputs ?? [])
        {
            data[name] = value;
        }

        var value2 = new JsonObject { ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = (string?)action["verb"], ["data"] = data } };
        using var response = await service.PostAsync(Activity(null) with
        {
            Type = ActivityTypes.Invoke, Name = "adaptiveCard/action", Value = JsonSerializer.SerializeToElement(value2), Id = service.NextId(),
        });
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {body}");
        return body;
    }

    /// <summary>The button with this title, or a tooltip that begins so, of the last card that has it and speaks of this.</summary>
    public JsonNode Button(string title, string on = "") => Heard()
        .Where(a => a.Attachments is { Count: > 0 } && Words(a).Contains(on, StringComparison.OrdinalIgnoreCase))
        .SelectMany(a => ActionsOf(JsonNode.Parse(a.Attachments![0].Content!.Value.GetRawText())!))
        .Last(a => string.Equals((string?)a["title"], title, StringComparison.OrdinalIgnoreCase) || ((string?)a["tooltip"])?.StartsWith(title, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>Waits until the bot has said this since the last thing done here.</summary>
    public Task SeesAsync(string words) => Eventually.FindAsync(
        () => Heard().Skip(read).FirstOrDefault(a => Words(a).Contains(words, StringComparison.OrdinalIgnoreCase)),
        () => $"{personId} did not see “{words}” but:\n{string.Join("\n---\n", Heard().Skip(read).Select(Words))}");

    /// <summary>Everything the bot said here, oldest first.</summary>
    public IReadOnlyList<Activity> Heard() => [.. service.Ends.ToTeams.Where(a => a.Conversation!.Id == conversation)];

    /// <summary>A message of this user.</summary>
    public Activity Activity(string? text) => new()
    {
        Type = ActivityTypes.Message,
        ChannelId = ChannelIds.Teams,
        ServiceUrl = service.Ends.ServiceUrl,
        Text = text,
        From = new ChannelAccount("29:" + personId, AadObjectId: "sandbox-" + personId),
        Recipient = new ChannelAccount("28:bot"),
        Conversation = new ConversationAccount(conversation, "personal", FarEnds.Tenant),
        Locale = "en-US",
    };

    public static string Words(Activity activity) =>
        activity.Text + " " + string.Join(' ', (activity.Attachments ?? []).Select(a => JsonNode.Parse(a.Content!.Value.GetRawText())!.ToJsonString(Readable)));

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The buttons of a card, those within its body first, and those that its buttons open.</summary>
    public static IEnumerable<JsonNode> ActionsOf(JsonNode card) =>
    [
        .. (card["body"] ?? card["columns"] ?? card["items"])?.AsArray().SelectMany(part => ActionsOf(part!)) ?? [],
        .. (card["actions"]?.AsArray() ?? []).SelectMany(a => (string?)a!["type"] == "Action.ShowCard" ? ActionsOf(a["card"]!) : [a]),
    ];
}
