using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;

namespace KeyAccountBot.BotFramework.Cards;

/// <summary>A card of the Adaptive Cards schema, version 1.5: data in, document out.</summary>
/// <param name="Body">From top to bottom.</param>
/// <param name="Actions">Buttons at the card's foot.</param>
public sealed record AdaptiveCard(IReadOnlyList<AdaptiveElement> Body, IReadOnlyList<AdaptiveAction>? Actions = null)
{
    /// <summary>What a card must stay under, in bytes of UTF-16, as Teams counts them.</summary>
    public const int MaxSize = 80 * 1024;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Shown by a client that cannot show the card.</summary>
    public string? FallbackText { get; init; }

    /// <summary>The card's language in two letters (ISO 639-1), for example <c>zh</c>; the schema takes no region.</summary>
    public string? Lang { get; init; }

    /// <summary>Read out instead of the card.</summary>
    public string? Speak { get; init; }

    /// <summary>The document's size in bytes of UTF-16.</summary>
    public int Size => SizeOf(ToJson());

    /// <summary>The document.</summary>
    public JsonElement ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "AdaptiveCard");
            writer.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
            writer.WriteString("version", "1.5");
            writer.Text("fallbackText", FallbackText is null ? null : Markdown.Draw(FallbackText));
            writer.Text("lang", Lang);
            writer.Plain("speak", Speak);
            writer.Items("body", Body, static (element, json) => element.Write(json));
            if (Actions is { Count: > 0 })
            {
                writer.Items("actions", Actions, static (action, json) => action.Write(json));
            }

            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>The card as a message carries it.</summary>
    /// <exception cref="InvalidOperationException">The card is not under <see cref="MaxSize"/>.</exception>
    public Attachment ToAttachment()
    {
        var content = ToJson();
        return SizeOf(content) < MaxSize
            ? new(Attachment.AdaptiveCard, content)
            : throw new InvalidOperationException($"The card has {SizeOf(content)} bytes; it must stay under {MaxSize}.");
    }

    private static int SizeOf(JsonElement document) => document.GetRawText().Length * sizeof(char);
}
