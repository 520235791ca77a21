using System.Globalization;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Which opportunities a report may be about.</summary>
/// <param name="Lines">One: it is that. Several: to be asked.</param>
/// <param name="IsNamed">The text itself points at them: by account, by contact, by a visit of the day.</param>
internal sealed record ReportSubjects(IReadOnlyList<OpportunityListing> Lines, bool IsNamed);

/// <summary>Tells what a report is about: the account named, the contacts named, a visit planned for today or yesterday; else it has to be asked.</summary>
internal sealed class ReportSubject(OpportunitySearch search, Dossiers dossiers, Playbook playbook)
{
    // a report is answered within seconds, whatever the number of accounts
    private const int Searched = 40;
    private const int ShortestWord = 4;

    /// <summary>The opportunities that a text may be about, among those its writer may see and that are open.</summary>
    public async ValueTask<ReportSubjects> FindAsync(Scene scene, string text, CancellationToken cancellationToken)
    {
        var visible = await search.VisibleAsync(scene, l => l.Status == OpportunityStatus.Open && (l.Owner == scene.Person.Id || IsSpokenOf(scene, l) || MayBeNamed(l, text)), cancellationToken);
        var named = ByAccount(visible, text);
        if (named.Count > 0)
        {
            return new ReportSubjects(named, true);
        }

        if (visible.FirstOrDefault(l => IsSpokenOf(scene, l)) is { } spokenOf)
        {
            return new ReportSubjects([spokenOf], true);
        }

        var own = visible.Where(l => l.Owner == scene.Person.Id).ToList();
        var byContact = await ByContactAsync(scene, own, text, cancellationToken);
        if (byContact.Count > 0)
        {
            return new ReportSubjects(byContact, true);
        }

        var byVisit = await ByVisitAsync(scene, own, cancellationToken);
        return byVisit.Count > 0 ? new ReportSubjects(byVisit, true) : new ReportSubjects(own, false);
    }

    // the whole name, else its first word: people say "Nordwind" for "Nordwind Dairies"; two that share it are asked about
    private static List<OpportunityListing> ByAccount(IReadOnlyList<OpportunityListing> lines, string text)
    {
        var whole = lines.Where(l => l.Account.Length > 0 && Holds(text, l.Account)).ToList();
        return whole.Count > 0 ? whole : [.. lines.Where(l => FirstWordOf(l) is { Length: >= ShortestWord } word && Holds(text, word))];
    }

    private static bool IsSpokenOf(Scene scene, OpportunityListing line) => scene.Subject is { Opportunity: var spokenOf } && line.Id == spokenOf;

    private static bool MayBeNamed(OpportunityListing line, string text) =>
        line.Account.Length > 0 && (Holds(text, line.Account) || (FirstWordOf(line) is { Length: >= ShortestWord } word && Holds(text, word)));

    private async ValueTask<IReadOnlyList<OpportunityListing>> ByContactAsync(
        Scene scene, IReadOnlyList<OpportunityListing> lines, string text, CancellationToken cancellationToken)
    {
        List<OpportunityListing> found = [];
        foreach (var account in lines.Where(l => !string.IsNullOrWhiteSpace(l.Account)).GroupBy(l => AccountId.OfName(l.Account)).Take(Searched))
        {
            var customer = await dossiers.CustomerAsync(scene.Asker, account.First(), cancellationToken);
            if (FreeTextReport.Named(text, customer, playbook).Count > 0)
            {
                found.AddRange(account);
            }
        }

        return found;
    }

    private async ValueTask<IReadOnlyList<OpportunityListing>> ByVisitAsync(
        Scene scene, IReadOnlyList<OpportunityListing> lines, CancellationToken cancellationToken)
    {
        List<OpportunityListing> found = [];
        foreach (var line in lines.Take(Searched))
        {
            if (await dossiers.FindAsync(scene.Asker, line.Id, cancellationToken) is { } opportunity
                && opportunity.Facts.Visits.Any(v => IsOfTheDay(scene, v.At)))
            {
                found.Add(line);
            }
        }

        return found;
    }

    private bool IsOfTheDay(Scene scene, DateTimeOffset at) =>
        scene.Calendar(playbook.FollowUps).DateAt(at) is var day && (day == scene.Today || day == scene.Today.AddDays(-1));

    private static string? FirstWordOf(OpportunityListing line) => line.Account.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    private static bool Holds(string text, string name)
    {
        var at = CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, name, CompareOptions.OrdinalIgnoreCase);
        return at >= 0 && !(at > 0 && IsWord(name[0]) && IsWord(text[at - 1]))
            && !(at + name.Length < text.Length && IsWord(name[^1]) && IsWord(text[at + name.Length]));
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) && c < '\u2e80';
}
