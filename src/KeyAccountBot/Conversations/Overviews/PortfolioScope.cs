using System.Collections.Frozen;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>Which opportunities a question is about, of those that the speaker may see.</summary>
/// <param name="Owners">Whose; the speaker first.</param>
/// <param name="Only">Just these; <c>null</c> for all.</param>
/// <param name="Account">Only those of this customer; <c>null</c> for all.</param>
/// <param name="Whose">Whose they are, where the question names a colleague or another's team; <c>null</c> where it is the speaker's own view.</param>
internal sealed record PortfolioScope(IReadOnlyList<PersonId> Owners, IReadOnlySet<OpportunityId>? Only, AccountId? Account, Person? Whose)
{
    /// <summary>The question names a whole team.</summary>
    public bool IsTeam { get; init; }

    /// <summary>The question names somebody whose opportunities are not for the speaker to see.</summary>
    public bool IsHidden => Whose is not null && Owners.Count == 0;

    /// <summary>Whether the question names what it is about.</summary>
    public bool IsNamed => Only is not null || Account is not null || Whose is not null;

    /// <summary>Whether a line is one of these.</summary>
    public bool Holds(OpportunityListing line) =>
        (Only is null || Only.Contains(line.Id)) && (Account is not { } account || (line.Account.Length > 0 && AccountId.OfName(line.Account) == account));

    /// <summary>
    /// What a question is about. An opportunity goes before several that may be meant, these before a customer, and both before a colleague; where nothing is
    /// named it is what the thread is about, else all that the speaker looks after.
    /// </summary>
    public static PortfolioScope Of(Scene scene, Asked asked)
    {
        var all = Authority.OwnersSeenBy(scene.Person.Id, scene.Company).ToList();
        var (rep, team) = (asked.Person("rep"), asked.Person("team"));
        if (asked.Opportunity is { } one)
        {
            return new PortfolioScope(all, Set(one), null, null);
        }

        if (asked.All("candidates") is { Count: > 0 } candidates)
        {
            return new PortfolioScope(all, candidates.Select(c => new OpportunityId(c)).ToFrozenSet(), null, null);
        }

        var account = asked.Account is { Length: > 0 } name ? AccountId.OfName(name) : (AccountId?)null;
        if ((rep ?? team) is { } who && who != scene.Person.Id)
        {
            var theirs = rep is not null ? [who] : scene.Company.TeamOf(who).Select(p => p.Id);
            return new PortfolioScope([.. theirs.Where(p => Authority.Sees(scene.Person.Id, scene.Company, p))], null, account, scene.Company.Find(who) ?? scene.Person with { Id = who, Name = who.Value })
            {
                IsTeam = rep is null,
            };
        }

        if (account is not null)
        {
            return new PortfolioScope(all, null, account, null);
        }

        if (rep is null && team is null && asked.One("scope") is null && scene.Subject is { Opportunity: var spokenOf })
        {
            return new PortfolioScope(all, Set(spokenOf), null, null);
        }

        return rep is not null || asked.One("scope") == "own" ? new PortfolioScope([scene.Person.Id], null, null, null) : new PortfolioScope(all, null, null, null);

        static FrozenSet<OpportunityId> Set(OpportunityId id) => new[] { id }.ToFrozenSet();
    }
}
