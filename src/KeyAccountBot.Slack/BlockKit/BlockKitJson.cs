using System.Text.Json;
using System.Text.Json.Serialization;

namespace KeyAccountBot.Slack.BlockKit;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(ButtonStyleConverter)])]
[JsonSerializable(typeof(BlockKitDocument))]
internal sealed partial class BlockKitJson : JsonSerializerContext;

internal sealed class ButtonStyleConverter() : JsonStringEnumConverter<ButtonStyle>(JsonNamingPolicy.SnakeCaseLower);
