using System.Text.Json;

namespace KeyAccountBot.BotFramework.Schema;

/// <summary>Mentions in a message's text.</summary>
public static class Mentions
{
    /// <summary>The text without what its <c>mention</c> entities say of us; other mentions and tags stay.</summary>
    public static string? WithoutMentionOf(Activity activity, string botId)
    {
        if (activity.Text is not { } text || activity.Entities is not { Count: > 0 } entities)
        {
            return activity.Text;
        }

        foreach (var entity in entities)
        {
            if (entity.ValueKind == JsonValueKind.Object
                && entity.TryGetProperty("type", out var type) && type.ValueEquals("mention")
                && entity.TryGetProperty("mentioned", out var mentioned) && mentioned.ValueKind == JsonValueKind.Object
                && mentioned.TryGetProperty("id", out var id) && id.ValueEquals(botId)
                && entity.TryGetProperty("text", out var said) && said.GetString() is { Length: > 0 } mention)
            {
                text = text.Replace(mention, "", StringComparison.OrdinalIgnoreCase);
            }
        }

        return text.Trim();
    }
}
