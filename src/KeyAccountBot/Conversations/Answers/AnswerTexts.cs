namespace KeyAccountBot.Conversations.Answers;

/// <summary>What is said of one opportunity in answer to a question.</summary>
internal static class AnswerTexts
{
    private static readonly Texts Texts = new("Conversations.Answers.AnswerTexts");

    /// <summary>A text in the speaker's language.</summary>
    public static string Say(Scene scene, string key, params ReadOnlySpan<object?> values) => Texts[key, scene.Culture, values];
}
