namespace KeyAccountBot.Conversations.Visits;

/// <summary>What is said of visits and their briefs.</summary>
internal static class VisitTexts
{
    /// <summary>The texts.</summary>
    public static Texts Texts { get; } = new("Conversations.Visits.VisitTexts");

    /// <summary>A text in the speaker's language.</summary>
    public static string Say(Scene scene, string key, params ReadOnlySpan<object?> values) => Texts[key, scene.Culture, values];
}
