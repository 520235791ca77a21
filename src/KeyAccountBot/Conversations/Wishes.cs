
namespace KeyAccountBot.Conversations;

/// <summary>Recognises what is asked for by its first words.</summary>
internal sealed class Wishes
{
    // longer phrases first: "reopen question" before "reopen"
    private readonly List<(string Phrase, Wish Wish)> byPhrase;

    /// <summary>All that the features can be asked for.</summary>
    /// <exception cref="InvalidOperationException">Two wishes have the same phrase.</exception>
    public Wishes(IEnumerable<Feature> features)
    {
        byPhrase = [.. features
            .SelectMany(f => f.Wishes.SelectMany(w => f.Phrases!.Of(w.Id).Select(phrase => (Phrase: phrase, Wish: w))))
            .OrderByDescending(p => p.Phrase.Length).ThenBy(p => p.Phrase, StringComparer.Ordinal)];
        if (byPhrase.GroupBy(p => p.Phrase, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new InvalidOperationException($"'{twice.Key}' asks for {string.Join(" and for ", twice.Select(t => t.Wish.Id))}.");
        }
    }

    /// <summary>What the text asks for, and the words that follow; <c>null</c> where it asks for nothing.</summary>
    public (Wish Wish, string Words)? Of(string text)
    {
        var said = Phrases.Plain(text);
        foreach (var (phrase, wish) in byPhrase)
        {
            if (!said.StartsWith(phrase, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var rest = said[phrase.Length..];
            if (rest.Length == 0)
            {
                return (wish, "");
            }

            // "status Cancity", "进展海螺"; but "statuses" and "helpful people" ask for nothing
            if (wish.TakesWords && (char.IsWhiteSpace(rest[0]) || phrase[^1] > '\u2e80'))
            {
                return (wish, rest.Trim());
            }
        }

        return null;
    }
}
