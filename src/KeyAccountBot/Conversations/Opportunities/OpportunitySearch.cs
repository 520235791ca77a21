using System.Text;
using F23.StringSimilarity;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>What was found for the words a person used.</summary>
/// <param name="Exact">Lines whose account or name is just that.</param>
/// <param name="Near">Lines that come close, best first; to be asked about, never taken.</param>
internal sealed record OpportunityMatches(IReadOnlyList<OpportunityListing> Exact, IReadOnlyList<OpportunityListing> Near);

/// <summary>Finds opportunities by the words people use, among those they may see.</summary>
internal sealed class OpportunitySearch(OpportunityLedger ledger)
{
    private const double Close = 0.6;
    private const int Shown = 8;
    private static readonly NormalizedLevenshtein Distance = new();

    /// <summary>The lines that a person may see: their own, those of everybody below them, and of whom they stand in for.</summary>
    public async ValueTask<IReadOnlyList<OpportunityListing>> VisibleAsync(Scene scene, CancellationToken cancellationToken)
    {
        List<OpportunityListing> lines = [];
        foreach (var owner in scene.Company.LookedAfterBy(scene.Person.Id).Select(p => p.Id).Concat(scene.Company.UnreadBelow(scene.Person.Id)))
        {
            await foreach (var line in ledger.OfOwnerAsync(scene.Tenant, owner, cancellationToken))
            {
                lines.Add(line);
            }
        }

        return [.. lines.OrderBy(l => l.Account, StringComparer.OrdinalIgnoreCase).ThenBy(l => l.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Whether a status of this line fits what is asked for.</summary>
    public static bool IsWorkedOn(OpportunityListing line) => line.Status is OpportunityStatus.Open or OpportunityStatus.OnHold;

    /// <summary>The lines that the words name or come close to.</summary>
    public static OpportunityMatches Match(IReadOnlyList<OpportunityListing> lines, string words)
    {
        var wanted = Folded(words);
        var exact = lines.Where(l => Folded(l.Account) == wanted || Folded($"{l.Account} {l.Name}") == wanted).ToList();
        if (exact.Count > 0)
        {
            return new OpportunityMatches(exact, []);
        }

        var near = lines
            .Select(l => (Line: l, Score: Score(l, wanted)))
            .Where(m => m.Score >= Close)
            .OrderByDescending(m => m.Score)
            .Take(Shown)
            .Select(m => m.Line)
            .ToList();
        return new OpportunityMatches([], near);
    }

    private static double Score(OpportunityListing line, string wanted) =>
        wanted.Length == 0 ? 0 : Math.Max(Score(line.Account, wanted), Score(line.Name, wanted));

    /// <summary>How close a name comes to folded words, 0 to 1: the whole of it, or its closest word, for people say "nordwind" for "Nordwind Dairies".</summary>
    public static double Score(string name, string wanted)
    {
        var whole = Folded(name);
        return whole.Contains(wanted, StringComparison.Ordinal)
            ? 0.95
            : name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Folded).Append(whole).Max(part => Distance.Similarity(part, wanted));
    }

    /// <summary>Letters and digits only, so that "Acme Corp." and "acme corp" are the same.</summary>
    public static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString();
    }
}
