using System.Text;
using F23.StringSimilarity;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Conversations.Finding;

/// <summary>What was found for the words a person used.</summary>
/// <param name="Exact">Lines whose account or name is just that.</param>
/// <param name="Near">Lines that come close, best first; to be asked about, never taken.</param>
internal sealed record OpportunityMatches(IReadOnlyList<OpportunityListing> Exact, IReadOnlyList<OpportunityListing> Near);

/// <summary>Finds opportunities by the words people use, among those they may see.</summary>
internal sealed class OpportunitySearch(Dossiers dossiers)
{
    private const double Close = 0.6;
    private const int Shown = 8;
    private const int MostExact = 200;

    // the id last, so that the order is the same no matter whose list is read first
    private static readonly Comparer<OpportunityListing> ByName = Comparer<OpportunityListing>.Create((a, b) =>
        StringComparer.OrdinalIgnoreCase.Compare(a.Account, b.Account) is var account && account != 0 ? account
        : StringComparer.OrdinalIgnoreCase.Compare(a.Name, b.Name) is var name && name != 0 ? name
        : string.CompareOrdinal(a.Id.Value, b.Id.Value));

    private static readonly NormalizedLevenshtein Distance = new();

    /// <summary>The lines that a person may see, in no order: their own, those of everybody below them, and of whom they stand in for. Read page by page.</summary>
    public IAsyncEnumerable<OpportunityListing> LinesAsync(Scene scene, CancellationToken cancellationToken) => dossiers.LinesAsync(scene.Asker, cancellationToken);

    /// <summary>The lines that a person may see and that fit, by customer and name; for what few lines fit.</summary>
    public async ValueTask<IReadOnlyList<OpportunityListing>> VisibleAsync(Scene scene, Func<OpportunityListing, bool> fits, CancellationToken cancellationToken)
    {
        List<OpportunityListing> lines = [];
        await foreach (var line in LinesAsync(scene, cancellationToken))
        {
            if (fits(line))
            {
                lines.Add(line);
            }
        }

        return [.. lines.Order(ByName)];
    }

    /// <summary>The first lines of those that a person may see and that fit, by an order, those the same by customer and name; and how many fit.</summary>
    public async ValueTask<FirstFew<OpportunityListing>> FirstAsync(
        Scene scene, Func<OpportunityListing, bool> fits, Comparison<OpportunityListing> order, int places, CancellationToken cancellationToken)
    {
        var first = new FirstFew<OpportunityListing>(
            places, Comparer<OpportunityListing>.Create((a, b) => order(a, b) is var before && before != 0 ? before : ByName.Compare(a, b)));
        await foreach (var line in LinesAsync(scene, cancellationToken))
        {
            if (fits(line))
            {
                first.Add(line);
            }
        }

        return first;
    }

    /// <summary>Whether a person may see any line that fits.</summary>
    public async ValueTask<bool> AnyAsync(Scene scene, Func<OpportunityListing, bool> fits, CancellationToken cancellationToken)
    {
        await foreach (var line in LinesAsync(scene, cancellationToken))
        {
            if (fits(line))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The lines that the words name or come close to, among those that a person may see and that fit; however many there are, only these are kept.</summary>
    public async ValueTask<OpportunityMatches> MatchAsync(Scene scene, string words, Func<OpportunityListing, bool> fits, CancellationToken cancellationToken)
    {
        var wanted = Folded(words);
        var exact = new FirstFew<OpportunityListing>(MostExact, ByName);
        var near = new FirstFew<(OpportunityListing Line, double Score)>(
            Shown, Comparer<(OpportunityListing Line, double Score)>.Create((a, b) => b.Score.CompareTo(a.Score) is var better && better != 0 ? better : ByName.Compare(a.Line, b.Line)));
        await foreach (var line in LinesAsync(scene, cancellationToken))
        {
            if (!fits(line))
            {
                continue;
            }

            if (IsExact(line, wanted))
            {
                exact.Add(line);
            }
            else if (exact.Count == 0 && Score(line, wanted) is >= Close and var score)
            {
                near.Add((line, score));
            }
        }

        return exact.Count > 0 ? new OpportunityMatches(exact.InOrder, []) : new OpportunityMatches([], [.. near.InOrder.Select(n => n.Line)]);
    }

    /// <summary>Whether a status of this line fits what is asked for.</summary>
    public static bool IsWorkedOn(OpportunityListing line) => line.Status is OpportunityStatus.Open or OpportunityStatus.OnHold;

    /// <summary>The lines that the words name or come close to.</summary>
    public static OpportunityMatches Match(IReadOnlyList<OpportunityListing> lines, string words)
    {
        var wanted = Folded(words);
        var exact = lines.Where(l => IsExact(l, wanted)).ToList();
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

    private static bool IsExact(OpportunityListing line, string wanted) => Folded(line.Account) == wanted || Folded($"{line.Account} {line.Name}") == wanted;

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
