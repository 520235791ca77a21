using System.Text.Json;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Dialogs;

/// <summary>What somebody says or does in a conversation, without its channel.</summary>
public abstract record Incoming
{
    private Incoming()
    {
    }

    /// <summary>Words.</summary>
    /// <param name="Words">Trimmed, without what mentions the bot; perhaps empty.</param>
    public sealed record Said(string Words) : Incoming
    {
        /// <summary>What came with them, or in their place; <c>null</c> for nothing.</summary>
        public Attached? With { get; init; }
    }

    /// <summary>Words said before, as they read now.</summary>
    /// <param name="Words">Trimmed, without what mentions the bot; perhaps empty.</param>
    /// <param name="BeganLastTalk">The last talk began with them, whether it goes on or is over.</param>
    public sealed record Edited(string Words, bool BeganLastTalk = false) : Incoming;

    /// <summary>A press on a message.</summary>
    /// <param name="Verb">What is done.</param>
    /// <param name="Data">The object that the button carries, with what was filled in beside it.</param>
    public sealed record Pressed(string Verb, JsonElement Data) : Incoming;

    /// <summary>A form that was sent.</summary>
    /// <param name="Verb">What is done with it.</param>
    /// <param name="Values">The object that the form carries, with its fields' answers by their names.</param>
    public sealed record Filled(string Verb, JsonElement Values) : Incoming;

    /// <summary>Somebody comes for the first time; they are greeted.</summary>
    public sealed record Joined : Incoming;

    /// <summary>A text of a press's or a form's data; <c>null</c> where there is none of this name.</summary>
    public static string? TextOf(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Data as it came from outside, without characters that would pass for our marks.</summary>
    public static JsonElement Unmarked(JsonElement value) => value.ValueKind == JsonValueKind.Object
        && value.GetRawText() is var raw && (raw.Any(Marks.IsMark) || raw.Contains("\\ufdd", StringComparison.OrdinalIgnoreCase))
        ? DialogJson.ToElement(value.EnumerateObject().GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(
            p => p.Key,
            p => p.Last().Value is { ValueKind: JsonValueKind.String } words ? DialogJson.ToElement(Marks.Without(words.GetString()!)) : p.Last().Value,
            StringComparer.Ordinal))
        : value;
}
