using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Language;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Gathers what is on record where somebody's message is read: their own opportunities, and of the others that they may see those that the message may name.</summary>
internal sealed class ReportScenes(OpportunitySearch search, Dossiers dossiers, Playbook playbook)
{
    // a message is answered within seconds, whatever the number of opportunities
    private const int Read = 60;
    private const int ShortestWord = 2;

    /// <summary>What is on record for this speaker and this message.</summary>
    /// <param name="scene">Who speaks.</param>
    /// <param name="text">The message.</param>
    /// <param name="spokenOf">What stands open, where something does.</param>
    /// <param name="cancellationToken">Stops between two records.</param>
    public async ValueTask<ReportScene> OfAsync(Scene scene, string text, IReadOnlyList<OpportunityId> spokenOf, CancellationToken cancellationToken)
    {
        var folded = Spelling.Fold(text);
        var lines = await search.FirstAsync(
            scene, l => l.Owner == scene.Person.Id || IsSpokenOf(l.Id) || MayBeNamed(l, folded), (a, b) => WeightOf(b).CompareTo(WeightOf(a)), Read, cancellationToken);
        List<Opportunity> opportunities = [];
        Dictionary<AccountId, Account> accounts = [];
        foreach (var line in lines.InOrder)
        {
            if (await dossiers.FindAsync(scene.Asker, line.Id, cancellationToken) is not { } opportunity)
            {
                continue;
            }

            opportunities.Add(opportunity);
            if (opportunity.Facts.AccountId is { } id && !accounts.ContainsKey(id))
            {
                accounts[id] = await dossiers.CustomerAsync(scene.Asker, opportunity, cancellationToken) ?? new Account(id, opportunity.Facts.Account, 0, []);
            }
        }

        return new ReportScene(playbook, scene.Today, scene.Culture, scene.Person.Id)
        {
            Opportunities = opportunities,
            Accounts = [.. accounts.Values],
            People = [.. scene.Company.People],
            Competitors = [.. playbook.Competitors.Concat(opportunities.SelectMany(o => o.Facts.Competitors ?? []))],
            SpokenOf = spokenOf is [var only] ? only : scene.Subject?.Opportunity ?? LatelyOf(scene),
            Visited = [.. opportunities.Where(o => o.Facts.Visits.Any(v => IsOfTheDay(scene, v.At))).Select(o => o.Id)],
        };

        bool IsSpokenOf(OpportunityId id) => spokenOf.Contains(id) || scene.Subject?.Opportunity == id || LatelyOf(scene) == id;

        // what is named is never left out for what is only theirs
        int WeightOf(OpportunityListing line) =>
            (IsSpokenOf(line.Id) ? 8 : 0) + (MayBeNamed(line, folded) ? 4 : 0) + (line.Status == OpportunityStatus.Open ? 2 : 0) + (line.Owner == scene.Person.Id ? 1 : 0);
    }

    private static OpportunityId? LatelyOf(Scene scene) => scene.Lately?.Opportunity is { } id ? new OpportunityId(id) : null;

    // by a word of the customer's or its own name; Chinese sets no words apart, two characters do
    private static bool MayBeNamed(OpportunityListing line, string folded) => Holds(folded, line.Account) || Holds(folded, line.Name);

    private static bool Holds(string folded, string name)
    {
        var wanted = Spelling.Fold(name);
        for (var i = 0; i < wanted.Length;)
        {
            if (Spelling.IsHan(wanted[i]))
            {
                if (i + 1 < wanted.Length && Spelling.IsHan(wanted[i + 1]) && folded.Contains(wanted.Substring(i, ShortestWord), StringComparison.Ordinal))
                {
                    return true;
                }

                i++;
                continue;
            }

            var end = i;
            while (end < wanted.Length && Spelling.IsLetter(wanted[end]))
            {
                end++;
            }

            if (end - i > ShortestWord && folded.Contains(wanted[i..end], StringComparison.Ordinal))
            {
                return true;
            }

            i = end + 1;
        }

        return false;
    }

    private bool IsOfTheDay(Scene scene, DateTimeOffset at) =>
        scene.Calendar(playbook.FollowUps).DateAt(at) is var day && (day == scene.Today || day == scene.Today.AddDays(-1));
}
