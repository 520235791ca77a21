namespace KeyAccountBot.Conversations.Customers;

/// <summary>What is said of a customer's people in answer to a question.</summary>
internal static class CustomerTexts
{
    private static readonly Texts Texts = new("Conversations.Customers.CustomerTexts");

    /// <summary>A text in the speaker's language.</summary>
    public static string Say(Scene scene, string key, params ReadOnlySpan<object?> values) => Texts[key, scene.Culture, values];
}
