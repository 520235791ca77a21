using System.Runtime.CompilerServices;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Records;

/// <summary>Who asks for something on record.</summary>
/// <param name="Tenant">Of which company.</param>
/// <param name="Company">Our people at this moment.</param>
/// <param name="Person">Who.</param>
public sealed record Asker(TenantId Tenant, Company Company, PersonId Person);

/// <summary>What somebody gets who asks for an opportunity to do something with it.</summary>
/// <param name="Opportunity">As it stands; <c>null</c> where it is refused.</param>
/// <param name="Refusal">Why they do not get it, or why what they want would not be recorded.</param>
public sealed record OpenedOpportunity(Opportunity? Opportunity, Refusal? Refusal = null)
{
    /// <summary>Whose it is: who presses another's card hears that. <c>null</c> where it is not on record or cannot be read.</summary>
    public PersonId? Owner { get; init; } = Opportunity?.Facts.Owner;
}

/// <summary>
/// The one door to what is on record, for everything that is done for a person: it takes who asks, shows them what they may see, and
/// records in their name what they may have recorded. <see cref="Authority"/> says what that is. What they may not see is not there for
/// them. Workers that act for nobody, imports and the operator's commands use the ledgers.
/// </summary>
/// <param name="ledger">The opportunities.</param>
/// <param name="accounts">The customers.</param>
/// <param name="playbook">The method.</param>
public sealed partial class Dossiers(OpportunityLedger ledger, AccountLedger accounts, Playbook playbook)
{
    private static readonly Access.Read ToRead = new();

    /// <summary>The lines that somebody may see, in no order, their own first; read page by page.</summary>
    public async IAsyncEnumerable<OpportunityListing> LinesAsync(Asker asker, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var owner in Authority.OwnersSeenBy(asker.Person, asker.Company))
        {
            await foreach (var line in ledger.OfOwnerAsync(asker.Tenant, owner, cancellationToken))
            {
                yield return line;
            }
        }
    }

    /// <summary>One owner's lines, in no order; none where they are not for the asker to see.</summary>
    public async IAsyncEnumerable<OpportunityListing> LinesOfAsync(Asker asker, PersonId owner, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Authority.Sees(asker.Person, asker.Company, owner))
        {
            yield break;
        }

        await foreach (var line in ledger.OfOwnerAsync(asker.Tenant, owner, cancellationToken))
        {
            yield return line;
        }
    }

    /// <summary>An opportunity that somebody may see; <c>null</c> where there is none for them, or its record cannot be read.</summary>
    public async ValueTask<Opportunity?> FindAsync(Asker asker, OpportunityId id, CancellationToken cancellationToken) =>
        Shown(asker, await ledger.FindAsync(asker.Tenant, id, cancellationToken), ToRead);

    /// <summary>An opportunity that somebody asks for by itself, so that they hear why they get no answer; <c>null</c> where there is none for them.</summary>
    /// <exception cref="RecordSetAsideException">It is on record, and cannot be read.</exception>
    public async ValueTask<Opportunity?> ReadAsync(Asker asker, OpportunityId id, CancellationToken cancellationToken) =>
        Shown(asker, await ledger.ReadAsync(asker.Tenant, id, cancellationToken), ToRead);

    /// <summary>An opportunity with its customer, that somebody may see; <c>null</c> where there is none for them.</summary>
    /// <exception cref="RecordSetAsideException">It is on record, and cannot be read.</exception>
    public async ValueTask<Dossier?> OpenAsync(Asker asker, OpportunityId id, CancellationToken cancellationToken) =>
        await ReadAsync(asker, id, cancellationToken) is { } opportunity
            ? new Dossier(opportunity, await accounts.OfAsync(asker.Tenant, opportunity, cancellationToken))
            : null;

    /// <summary>An opportunity that somebody was told of by a follow-up; <c>null</c> where it does not concern them any more.</summary>
    public async ValueTask<Opportunity?> ToldAsync(Asker asker, OpportunityId id, CancellationToken cancellationToken) =>
        Shown(asker, await ledger.FindAsync(asker.Tenant, id, cancellationToken), new Access.Told());

    /// <summary>An opportunity to which something was done in somebody's name while they were away: they hear of it, even where it has left their sight.</summary>
    /// <param name="tenant">Of which company.</param>
    /// <param name="absent">Who was away.</param>
    /// <param name="act">What was done.</param>
    /// <param name="cancellationToken">Stops between the steps.</param>
    /// <returns><c>null</c> where it was not done in their name after all.</returns>
    public async ValueTask<Opportunity?> DoneInNameOfAsync(TenantId tenant, PersonId absent, ActInName act, CancellationToken cancellationToken)
    {
        await foreach (var entry in ledger.EntriesAsync(tenant, act.Opportunity, cancellationToken))
        {
            if (entry.Command == act.Command && entry.For == absent)
            {
                return (await ledger.FindAsync(tenant, act.Opportunity, cancellationToken))?.Opportunity;
            }
        }

        return null;
    }

    /// <summary>The entries of an opportunity that somebody may see, oldest first; none where there is none for them.</summary>
    public async IAsyncEnumerable<OpportunityEntry> EntriesAsync(Asker asker, OpportunityId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await FindAsync(asker, id, cancellationToken) is null)
        {
            yield break;
        }

        await foreach (var entry in ledger.EntriesAsync(asker.Tenant, id, cancellationToken))
        {
            yield return entry;
        }
    }

    /// <summary>An opportunity whose follow-up somebody answers, or why they may not.</summary>
    public ValueTask<OpenedOpportunity> ToAnswerAsync(Asker asker, OpportunityId id, string chain, CancellationToken cancellationToken) =>
        OpenAsync(asker, id, new Access.Answer(chain), cancellationToken);

    /// <summary>An opportunity about which somebody replies to a question, or why they may not.</summary>
    public ValueTask<OpenedOpportunity> ToReplyAsync(Asker asker, OpportunityId id, OpportunityCommand.ReplyToFollowUp reply, CancellationToken cancellationToken) =>
        OpenAsync(asker, id, new Access.Record(reply), cancellationToken);

    /// <summary>What would come of a command as things stand: asked before somebody is asked for the rest of what it needs. Nothing is recorded.</summary>
    public async ValueTask<OpenedOpportunity> TryAsync(Asker asker, OpportunityId id, OpportunityCommand command, CommandContext context, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(asker, id, new Access.Record(command), cancellationToken);
        return opened.Opportunity is { } opportunity
            && OpportunityDecider.Decide(command, opportunity, context with { By = asker.Person }, playbook) is Decision.Refused refused
                ? new OpenedOpportunity(opportunity, refused.Reason)
                : opened;
    }

    /// <summary>
    /// Records a command in the name of who asks. Whether they may is asked at that very moment, on the state that the record is made on.
    /// </summary>
    /// <returns>What came of it; with <see cref="Refusal.NotTheirs"/>, and nothing of the opportunity, where they may not.</returns>
    public async ValueTask<LedgerOutcome> RecordAsync(
        Asker asker, OpportunityId id, OpportunityCommand command, CommandContext context, CancellationToken cancellationToken)
    {
        var outcome = await ledger.RecordAsync(asker.Tenant, id, command, context with { By = asker.Person }, asker.Company, cancellationToken);
        return outcome.Refusal is Refusal.NotTheirs ? new LedgerOutcome(null, null, [], outcome.Refusal) : outcome;
    }

    private async ValueTask<OpenedOpportunity> OpenAsync(Asker asker, OpportunityId id, Access what, CancellationToken cancellationToken)
    {
        var stored = await ledger.FindAsync(asker.Tenant, id, cancellationToken);
        return stored is null ? new OpenedOpportunity(null, await ledger.IsSetAsideAsync(asker.Tenant, id, cancellationToken) ? new Refusal.CannotBeRead() : new Refusal.NotOnRecord())
            : Shown(asker, stored, what) is not { } opportunity ? new OpenedOpportunity(null, new Refusal.NotTheirs()) { Owner = stored.Opportunity.Facts.Owner }
            : what is Access.Record && stored.IsNewer ? new OpenedOpportunity(null, new Refusal.CannotBeRead())
            : new OpenedOpportunity(opportunity);
    }

    private static Opportunity? Shown(Asker asker, StoredOpportunity? stored, Access what) =>
        stored is not null && Authority.Allows(asker.Person, asker.Company, stored.Opportunity, what) ? stored.Opportunity : null;
}
