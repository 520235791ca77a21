using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>Where Teams reaches a person.</summary>
/// <param name="ServiceUrl">Of the connector that the person's activities come from.</param>
/// <param name="ConversationId">The personal conversation; opaque.</param>
/// <param name="BotId">How the bot is called there.</param>
/// <param name="UserId">How the person is called there.</param>
/// <param name="TenantId">The Entra tenant.</param>
/// <param name="ObjectId">The Entra object id of the user who wrote from there, where it is known.</param>
internal sealed record TeamsAddress(
    string ServiceUrl, string ConversationId, string? BotId, string? UserId, string? TenantId, string? ObjectId = null)
{
    /// <summary>Somebody else wrote from there: the person's object id on record is now another one.</summary>
    public bool IsOfAnother(Person person) =>
        ObjectId is { Length: > 0 } && person.TeamsId is { Length: > 0 } id && !string.Equals(id, ObjectId, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Where Slack reaches a person.</summary>
/// <param name="ChannelId">The direct message channel; opaque.</param>
/// <param name="Team">The workspace that the person was seen to be a member of when it was opened; absent where nobody looked.</param>
/// <param name="User">The user it was opened with; absent where nobody looked.</param>
internal sealed record SlackAddress(string ChannelId, string? Team = null, string? User = null)
{
    /// <summary>It was opened with another user than the one on record now, or nobody knows with whom.</summary>
    public bool IsOfAnother(Person person) => person.SlackId is { Length: > 0 } id && id != User;
}

/// <summary>
/// How each person was last reached: a row a person, in the partition of their company. One that cannot be read counts as none and is
/// written anew when they next write, unless a newer version wrote it.
/// </summary>
internal sealed class PersonAddresses(Tables tables)
{
    private readonly Table<PersonKey, AddressRecord> rows = tables.Of(DeliveryRowKinds.Address, RecordKeys.Person, mends: true);

    /// <summary>Where Teams reaches a person; <c>null</c> while they never wrote to the bot there.</summary>
    public async ValueTask<TeamsAddress?> GetTeamsAsync(TenantId tenant, PersonId person, CancellationToken cancellationToken) =>
        (await rows.FindAsync(new PersonKey(tenant, person), cancellationToken)).Record?.Teams;

    /// <summary>Where Slack reaches a person; <c>null</c> while no channel was opened.</summary>
    public async ValueTask<SlackAddress?> GetSlackAsync(TenantId tenant, PersonId person, CancellationToken cancellationToken) =>
        (await rows.FindAsync(new PersonKey(tenant, person), cancellationToken)).Record?.Slack;

    /// <summary>Remembers where Teams reaches a person; <c>false</c> where other chats of theirs kept writing first, whose address is as good.</summary>
    public ValueTask<bool> PutAsync(TenantId tenant, PersonId person, TeamsAddress address, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, person, a => a with { Teams = address }, cancellationToken);

    /// <summary>Remembers where Slack reaches a person; <c>false</c> where others kept writing first: the channel is opened again next time.</summary>
    public ValueTask<bool> PutAsync(TenantId tenant, PersonId person, SlackAddress address, CancellationToken cancellationToken) =>
        ChangeAsync(tenant, person, a => a with { Slack = address }, cancellationToken);

    private async ValueTask<bool> ChangeAsync(
        TenantId tenant, PersonId person, Func<AddressRecord, AddressRecord> change, CancellationToken cancellationToken)
    {
        try
        {
            await rows.ChangeAsync(new PersonKey(tenant, person), before => change(before ?? new AddressRecord()), cancellationToken);
            return true;
        }
        catch (StoreConflictException)
        {
            return false;
        }
    }
}

/// <summary>A person's row.</summary>
/// <param name="Teams">Where Teams reaches them.</param>
/// <param name="Slack">Where Slack reaches them.</param>
internal sealed record AddressRecord(TeamsAddress? Teams = null, SlackAddress? Slack = null);
