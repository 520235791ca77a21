using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Dialogs;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Channels.Teams;

/// <summary>Finds out which of our people a Teams user is: by Entra object id, else by the e-mail or principal name the connector gives.</summary>
/// <remarks>
/// This is asked anew at every turn. A conversation remembers what the connector said of a user, never who they are, so that a
/// changed id or address of one of our people counts at once.
/// </remarks>
internal sealed class PersonFinder(
    CompanyDirectory directory, ConnectorClient connector, BotOptions options, IdentityChannels channels, TimeProvider clock)
{
    // the company's own directory may give an address to somebody else
    private static readonly TimeSpan Daily = TimeSpan.FromDays(1);
    private static readonly Texts Texts = new("Conversations.ConversationTexts");

    /// <summary>Whether the activity's channel can tell who its users are; where it cannot, nobody is looked for.</summary>
    public bool CanTell(Activity activity) => options.IsAtPlay || channels.VouchFor(activity.ChannelId);

    /// <summary>The company and person, or <c>null</c> after telling the user whom to ask.</summary>
    public async ValueTask<(TenantId Tenant, Person Person)?> FindAsync(
        TeamsArrival arrival, TurnContext turn, ConversationRecord record, CancellationToken cancellationToken)
    {
        var activity = arrival.Activity;
        var tenant = TenantOf(activity);
        var company = await directory.GetAsync(tenant, cancellationToken);
        if (await MatchAsync(activity, record, company, cancellationToken) is { } matched)
        {
            record.BelongsTo(matched.Id);
            return (tenant, matched);
        }

        if (options.IsAtPlay)
        {
            if (LocalClaims.Hear(arrival, turn, record, company))
            {
                return null;
            }

            if (LocalClaims.ClaimedBy(arrival.User, record, company) is { } claimed)
            {
                record.BelongsTo(claimed.Id);
                return (tenant, claimed);
            }
        }

        if (activity.Type is ActivityTypes.Message or ActivityTypes.Invoke || !record.Greeted)
        {
            record.Greeted = true;
            var culture = Scene.CultureOf(activity.Locale);
            turn.Send(options.IsAtPlay && LocalClaims.ExampleFor(culture, company) is { } example
                ? Texts["unknown-person.development", culture, example.Name]
                : Texts["unknown-person", culture]);
        }

        return null;
    }

    private async ValueTask<Person?> MatchAsync(Activity activity, ConversationRecord record, Company company, CancellationToken cancellationToken)
    {
        var (user, objectId) = (activity.From!.Id!, activity.From.AadObjectId);
        if (objectId is { Length: > 0 } && company.FindByTeamsId(objectId) is { } byId)
        {
            return byId;
        }

        if (company.People.Count == 0)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var told = record.Members.GetValueOrDefault(user);
        if (told is not null && now - told.At < Daily && ByMember(told, objectId, company) is { } known)
        {
            return known;
        }

        try
        {
            var member = await connector.GetMemberAsync(activity.ServiceUrl!, activity.Conversation!.Id!, user, cancellationToken);

            // somebody else's directory may hold any address
            var isOurs = member?.TenantId is not { Length: > 0 } tenant || activity.TenantId is not { } ours || Same(tenant, ours);
            told = member is not null && isOurs ? new ToldMember(member.AadObjectId, member.Email, member.UserPrincipalName, now) : null;
        }
        catch (Exception e) when (e is ConnectorException or HttpRequestException)
        {
            // the roster is out of reach: what it said before goes on counting, and it is asked again next time
        }

        if (told is null || ByMember(told, objectId, company) is not { } found)
        {
            record.Members.Remove(user);
            return null;
        }

        record.Members[user] = told;
        return found;
    }

    // a person whose record has another object id is somebody else, whatever the address; an address that two people share tells neither
    private static Person? ByMember(ToldMember member, string? objectId, Company company)
    {
        var id = objectId is { Length: > 0 } ? objectId : member.ObjectId;
        if (id is { Length: > 0 } && company.FindByTeamsId(id) is { } byId)
        {
            return byId;
        }

        var addressed = company.People.Where(p => p.Email is { Length: > 0 } email && (Same(email, member.Email) || Same(email, member.PrincipalName)));
        return addressed.Take(2).ToList() is [var person] && (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(person.TeamsId)) ? person : null;
    }

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    // at play everybody belongs to the company at home; elsewhere the activity's tenant alone counts
    private TenantId TenantOf(Activity activity) => options.IsAtPlay ? options.HomeTenant : new TenantId(activity.TenantId ?? "none");
}
