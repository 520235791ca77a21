namespace KeyAccountBot.Sales.Playbooks;

/// <summary>
/// Words by which people speak of something, by language. In a phrase, <c>…</c> stands for a few words of the same clause:
/// <c>contract … signed</c> is also found in "the contract has finally been signed".
/// </summary>
public sealed class LocalizedPhrases : Dictionary<string, IReadOnlyList<string>>
{
    /// <summary>No phrase yet.</summary>
    public LocalizedPhrases() : base(StringComparer.OrdinalIgnoreCase) { }

    /// <summary>Every phrase of every language: people mix them.</summary>
    public IEnumerable<string> All => Values.SelectMany(p => p);
}
