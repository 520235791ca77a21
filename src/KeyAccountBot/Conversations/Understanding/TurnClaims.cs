using System.Text.Json;
using System.Text.Json.Nodes;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.Understanding;

/// <summary>What a chat model says of a message: what it wants, and what it tells. Nothing of it is believed before it is checked.</summary>
/// <param name="Wish">Which wish; <c>null</c> for none, <c>report</c> for a report.</param>
/// <param name="Slots">What the wish is about.</param>
/// <param name="Reports">What is told, apart for each opportunity.</param>
internal sealed record TurnClaims(string? Wish, IReadOnlyList<SlotClaim>? Slots, IReadOnlyList<OpportunityClaims>? Reports)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>What it tells.</summary>
    public MessageClaims Told => new(Reports);

    /// <summary>The claims of an answer; <c>null</c> where it is no such JSON. Models like to wrap their JSON in a fence.</summary>
    public static TurnClaims? Read(string answer)
    {
        var (from, to) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        try
        {
            return from < 0 || to < from ? null : JsonSerializer.Deserialize<TurnClaims>(answer[from..(to + 1)], Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The form of an answer, strict: every member is there, none beside.</summary>
    /// <param name="wishes">The wishes that there are.</param>
    public static JsonElement Schema(IEnumerable<string> wishes)
    {
        var text = new JsonObject { ["type"] = "string" };
        var orNull = new JsonObject { ["type"] = new JsonArray("string", "null") };
        var part = Object(("id", text), ("quote", text));
        var slot = Object(("name", text), ("value", text), ("quote", text));
        var report = Object(
            ("opportunity", orNull), ("met", List(part)), ("newContacts", List(part)), ("milestones", List(part)), ("answers", List(part)), ("nextSteps", List(text)),
            ("status", new JsonObject { ["anyOf"] = new JsonArray(part.DeepClone(), new JsonObject { ["type"] = "null" }) }), ("facts", List(part)));
        var wish = new JsonObject { ["type"] = new JsonArray("string", "null"), ["enum"] = new JsonArray([.. wishes.Append("report").Distinct(StringComparer.Ordinal).Select(w => (JsonNode)w), null]) };
        return JsonSerializer.SerializeToElement(Object(("wish", wish), ("slots", List(slot)), ("reports", List(report))));
    }

    private static JsonObject List(JsonObject of) => new() { ["type"] = "array", ["items"] = of.DeepClone() };

    private static JsonObject Object(params (string Name, JsonObject Of)[] members) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Of.DeepClone()))),
        ["required"] = new JsonArray([.. members.Select(m => (JsonNode)m.Name)]),
        ["additionalProperties"] = false,
    };
}

/// <summary>What a wish is about, as a model says.</summary>
/// <param name="Name">Which slot.</param>
/// <param name="Value">An id on record, an ISO date, a number, a text.</param>
/// <param name="Quote">The words of the message that say so.</param>
internal sealed record SlotClaim(string? Name, string? Value, string? Quote);
