namespace KeyAccountBot.Language;

/// <summary>How something in a text may begin: its first two letters, or one where any may follow.</summary>
/// <param name="First">The first letter.</param>
/// <param name="Second">The second one; 0 for any.</param>
internal readonly record struct Beginning(char First, char Second)
{
    /// <summary>How these words begin.</summary>
    public static Beginning Of(string words) => new(words[0], words.Length > 1 ? words[1] : '\0');

    /// <summary>How a text goes on from a place.</summary>
    public static Beginning At(string text, int place) => new(text[place], place + 1 < text.Length ? text[place + 1] : '\0');
}
