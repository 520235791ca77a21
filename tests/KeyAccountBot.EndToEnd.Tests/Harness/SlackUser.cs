using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>Somebody who reads the bot's direct messages in Slack.</summary>
internal sealed class SlackUser(Service service, string slackId)
{
    /// <summary>Where Slack posts presses.</summary>
    public const string InteractionsPath = "/slack/interactions";

    /// <summary>The workspace that what they do comes from.</summary>
    public string Team { get; init; } = FarEnds.SlackTeam;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Waits until a message with these words has come.</summary>
    public async Task<JsonNode> GetsAsync(string words) =>
        await Eventually.FindAsync(
            () => Messages().FirstOrDefault(m => m.ToJsonString(Readable).Contains(words, StringComparison.OrdinalIgnoreCase)),
            () => $"{slackId} got no “{words}” but:\n{string.Join("\n---\n", Messages().Select(m => m.ToJsonString(Readable)))}");

    /// <summary>Posts and updates in this direct message, oldest first.</summary>
    public IReadOnlyList<JsonNode> Messages() =>
        [.. service.Ends.ToSlack.Where(m => (string?)m.Body["channel"] == "D-" + slackId).Select(m => m.Body)];

    /// <summary>Writes to the bot, as Slack tells it: a signed event.</summary>
    public async Task SaysAsync(string text)
    {
        var said = new JsonObject
        {
            ["type"] = "event_callback",
            ["event_id"] = "E" + Guid.NewGuid().ToString("N"),
            ["team_id"] = Team,
            ["event"] = new JsonObject
            {
                ["type"] = "message", ["channel_type"] = "im", ["channel"] = "D-" + slackId, ["user"] = slackId, ["text"] = text, ["ts"] = "1.1",
            },
        };
        using var response = await PostAsync("/slack/events", said.ToJsonString());
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Presses a button of a message, as Slack does: a signed form.</summary>
    public async Task PressesAsync(JsonNode message, string title)
    {
        using var response = await PostAsync(InteractionsPath, PressOf(message, title));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The body that Slack posts when a button of a message is pressed.</summary>
    public string PressOf(JsonNode message, string title)
    {
        var button = Elements(message).First(e => string.Equals((string?)e.Element["text"]?["text"], title, StringComparison.OrdinalIgnoreCase));
        return PayloadOf(button.Block, button.Element, new JsonObject { ["value"] = (string?)button.Element["value"] });
    }

    /// <summary>Chooses from a list or a calendar, named by what it says while nothing is chosen: an option's words, or a day.</summary>
    public async Task ChoosesAsync(JsonNode message, string from, string choice)
    {
        var (block, list) = Elements(message).First(e => (string?)e.Element["placeholder"]?["text"] == from);
        var chosen = (string?)list["type"] == "datepicker"
            ? new JsonObject { ["selected_date"] = choice }
            : new JsonObject { ["selected_option"] = list["options"]!.AsArray().First(o => ((string)o!["text"]!["text"]!).Contains(choice, StringComparison.Ordinal))!.DeepClone() };
        using var response = await PostAsync(InteractionsPath, PayloadOf(block, list, chosen));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private string PayloadOf(JsonNode block, JsonNode element, JsonObject used)
    {
        used["type"] = (string?)element["type"];
        used["action_id"] = (string?)element["action_id"];
        used["block_id"] = (string?)block["block_id"] ?? "b";
        used["action_ts"] = "1.5";
        var payload = new JsonObject
        {
            ["type"] = "block_actions",
            ["user"] = new JsonObject { ["id"] = slackId, ["username"] = slackId, ["team_id"] = Team },
            ["team"] = new JsonObject { ["id"] = Team },
            ["trigger_id"] = Guid.NewGuid().ToString("N"),
            ["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = "1.0001", ["channel_id"] = "D-" + slackId },
            ["channel"] = new JsonObject { ["id"] = "D-" + slackId },
            ["message"] = new JsonObject { ["ts"] = "1.0001" },
            ["actions"] = new JsonArray(used),
        };
        return "payload=" + Uri.EscapeDataString(payload.ToJsonString());
    }

    /// <summary>Posts a signed body; a wrong secret signs it wrongly.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, string body, string secret = FarEnds.SigningSecret, TimeSpan late = default)
    {
        var timestamp = (service.Clock.GetUtcNow() - late).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, path.EndsWith("events", StringComparison.Ordinal) ? "application/json" : "application/x-www-form-urlencoded"),
        };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(mac));
        return await service.SendAsync(request);
    }

    private static IEnumerable<(JsonNode Block, JsonNode Element)> Elements(JsonNode message) =>
        message["blocks"]!.AsArray().SelectMany(b => (b!["elements"]?.AsArray() ?? [b["accessory"]?.DeepClone()]).Where(e => e?["action_id"] is not null).Select(e => (b, e!)));
}
