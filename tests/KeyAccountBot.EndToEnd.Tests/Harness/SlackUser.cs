using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KeyAccountBot.Slack.BlockKit;
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

    /// <summary>What stands on a message: the words of its blocks, or its text where it has none, without mrkdwn's bold and escapes.</summary>
    public static string Words(JsonNode message)
    {
        var blocks = message["blocks"]?.AsArray() ?? [];
        var words = blocks.Count == 0
            ? (string?)message["text"] ?? ""
            : string.Join('\n', blocks.SelectMany(b => (b!["elements"]?.AsArray() ?? []).Prepend(b)).Select(e => e!["text"]).Select(t => t is JsonObject ? (string?)t["text"] : (string?)t).OfType<string>());
        return Mrkdwn.Unescape(words.Replace("*", "", StringComparison.Ordinal));
    }

    /// <summary>Whether a message has a button with this title.</summary>
    public static bool Shows(JsonNode message, string title) =>
        message["blocks"] is not null && Elements(message).Any(e => string.Equals((string?)e.Element["text"]?["text"], title, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a message was too long for Slack, so that something on it is cut.</summary>
    public static bool IsCut(JsonNode message) =>
        (message["blocks"]?.AsArray() ?? []).Any(b => (string?)b!["text"]?["text"] is [.., '…'])
        || (message["blocks"] is not null && Elements(message).Any(e => (string?)e.Element["text"]?["text"] is { Length: TextLimit.ButtonText } and [.., '…']));

    /// <summary>Posts and updates in this direct message, oldest first.</summary>
    public IReadOnlyList<JsonNode> Messages() =>
        [.. service.Ends.ToSlack.Where(m => (string?)m.Body["channel"] == "D-" + slackId).Select(m => m.Body)];

    /// <summary>Waits until a message with these words has come in the thread under a message of the bot's.</summary>
    public async Task<JsonNode> GetsUnderAsync(JsonNode message, string words) => await Eventually.FindAsync(
        () => Messages().FirstOrDefault(m => (string?)m["thread_ts"] == (string?)message["ts"] && m.ToJsonString(Readable).Contains(words, StringComparison.OrdinalIgnoreCase)),
        () => $"{slackId} got no “{words}” in the thread but:\n{string.Join("\n---\n", Messages().Select(m => m.ToJsonString(Readable)))}");

    /// <summary>What only they were shown where others read, oldest first.</summary>
    public IReadOnlyList<string> Whispers() =>
        [.. service.Ends.ToSlack.Where(m => m.Method == "chat.postEphemeral" && (string?)m.Body["user"] == slackId).Select(m => m.Body.ToJsonString(Readable))];

    /// <summary>Writes to the bot, as Slack tells it: a signed event.</summary>
    /// <param name="text">What.</param>
    /// <param name="under">In the thread under this message; <c>null</c> outside threads.</param>
    /// <param name="ts">The key that Slack gives it.</param>
    public Task SaysAsync(string text, JsonNode? under = null, string ts = "1.1")
    {
        var said = new JsonObject
        {
            ["type"] = "message", ["channel_type"] = "im", ["channel"] = "D-" + slackId, ["user"] = slackId, ["text"] = text, ["ts"] = ts,
        };
        if (under is not null)
        {
            said["thread_ts"] = (string?)under["ts"];
        }

        return TellAsync(said);
    }

    /// <summary>Sends a file, as Slack tells it, with or without words.</summary>
    public Task SendsAsync(string mimetype, string permalink, string text = "") => TellAsync(new JsonObject
    {
        ["type"] = "message", ["subtype"] = "file_share", ["channel_type"] = "im", ["channel"] = "D-" + slackId, ["user"] = slackId, ["text"] = text, ["ts"] = "2.2",
        ["files"] = new JsonArray(new JsonObject { ["id"] = "F1", ["mimetype"] = mimetype, ["permalink"] = permalink }),
    });

    /// <summary>Changes what they wrote, as Slack tells it.</summary>
    public Task ChangesAsync(string ts, string from, string to) => TellAsync(new JsonObject
    {
        ["type"] = "message", ["subtype"] = "message_changed", ["channel_type"] = "im", ["channel"] = "D-" + slackId, ["ts"] = "9.9",
        ["message"] = new JsonObject { ["type"] = "message", ["user"] = slackId, ["text"] = to, ["ts"] = ts },
        ["previous_message"] = new JsonObject { ["type"] = "message", ["user"] = slackId, ["text"] = from, ["ts"] = ts },
    });

    /// <summary>Deletes what they wrote, as Slack tells it.</summary>
    public Task DeletesAsync(string ts) => TellAsync(new JsonObject
    {
        ["type"] = "message", ["subtype"] = "message_deleted", ["channel_type"] = "im", ["channel"] = "D-" + slackId, ["ts"] = "9.9", ["deleted_ts"] = ts,
    });

    private async Task TellAsync(JsonObject what)
    {
        var told = new JsonObject { ["type"] = "event_callback", ["event_id"] = "E" + Guid.NewGuid().ToString("N"), ["team_id"] = Team, ["event"] = what };
        using var response = await PostAsync("/slack/events", told.ToJsonString());
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Presses a button of a message, as Slack does: a signed form; in another channel, where one is named.</summary>
    public async Task PressesAsync(JsonNode message, string title, string? channel = null)
    {
        using var response = await PostAsync(InteractionsPath, PressOf(message, title, channel));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The body that Slack posts when a button of a message is pressed.</summary>
    public string PressOf(JsonNode message, string title, string? channel = null)
    {
        var button = Elements(message).First(e => string.Equals((string?)e.Element["text"]?["text"], title, StringComparison.OrdinalIgnoreCase));
        return PayloadOf(message, button.Block, button.Element, new JsonObject { ["value"] = (string?)button.Element["value"] }, channel);
    }

    /// <summary>Chooses from a list or a calendar, named by what it says while nothing is chosen: an option's words, or a day.</summary>
    public async Task ChoosesAsync(JsonNode message, string from, string choice)
    {
        var (block, list) = Elements(message).First(e => (string?)e.Element["placeholder"]?["text"] == from);
        var chosen = (string?)list["type"] == "datepicker"
            ? new JsonObject { ["selected_date"] = choice }
            : new JsonObject { ["selected_option"] = list["options"]!.AsArray().First(o => ((string)o!["text"]!["text"]!).Contains(choice, StringComparison.Ordinal))!.DeepClone() };
        using var response = await PostAsync(InteractionsPath, PayloadOf(message, block, list, chosen));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private string PayloadOf(JsonNode message, JsonNode block, JsonNode element, JsonObject used, string? channel = null)
    {
        var (place, ts) = (channel ?? "D-" + slackId, (string?)message["ts"] ?? "1.0001");
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
            ["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = ts, ["channel_id"] = place },
            ["channel"] = new JsonObject { ["id"] = place },
            ["message"] = new JsonObject { ["ts"] = ts },
            ["actions"] = new JsonArray(used),
        };
        if (message["thread_ts"] is { } thread)
        {
            payload["message"]!["thread_ts"] = (string?)thread;
        }

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
