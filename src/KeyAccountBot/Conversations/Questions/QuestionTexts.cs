namespace KeyAccountBot.Conversations.Questions;

/// <summary>What is said of the customer's questions.</summary>
internal static class QuestionTexts
{
    private static readonly Texts Texts = new("Conversations.Questions.QuestionTexts");

    /// <summary>A text in the speaker's language.</summary>
    public static string Say(Scene scene, string key, params ReadOnlySpan<object?> values) => Texts[key, scene.Culture, values];
}
