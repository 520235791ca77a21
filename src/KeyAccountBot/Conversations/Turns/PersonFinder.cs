using System.Globalization;
using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>Finds out which of our people a Teams user is: by Entra object id, else by the e-mail or principal name the connector gives.</summary>
/// <remarks>In Development an unknown user may say <c>I am</c> and a name on record; nowhere else.</remarks>
internal sealed class PersonFinder(CompanyDirectory directory, ConnectorClient connector, BotOptions options, IHostEnvironment environment)
{
    private const string IAm = "I am ";
    private static readonly Texts Texts = new("Conversations.ConversationTexts");

    /// <summary>The company and person, or <c>null</c> after telling the user whom to ask.</summary>
    public async ValueTask<(TenantId Tenant, Person Person)?> FindAsync(TurnContext turn, ConversationRecord record, CancellationToken cancellationToken)
    {
        var activity = turn.Activity;
        var tenant = TenantOf(activity);
        var company = await directory.GetAsync(tenant, cancellationToken);
        var user = activity.From!.Id!;
        if (environment.IsDevelopment() && activity.Text?.Trim() is { } text && text.StartsWith(IAm, StringComparison.OrdinalIgnoreCase))
        {
            Claim(turn, record, company, user, text[IAm.Length..].Trim().TrimEnd('.'));
            return null;
        }

        if (record.People.TryGetValue(user, out var known) && company.Find(known) is { } person)
        {
            return (tenant, person);
        }

        if (await MatchAsync(activity, company, cancellationToken) is { } matched)
        {
            record.People[user] = matched.Id;
            return (tenant, matched);
        }

        if (activity.Type is ActivityTypes.Message or ActivityTypes.Invoke || !record.Greeted)
        {
            record.Greeted = true;
            var culture = Scene.CultureOf(activity.Locale);
            turn.Send(environment.IsDevelopment() && ExampleFor(culture, company) is { } example
                ? Texts["unknown-person.development", culture, example.Name]
                : Texts["unknown-person", culture]);
        }

        return null;
    }

    // a rep whose name the reader can type, where there is one
    private static Person? ExampleFor(CultureInfo culture, Company company) =>
        company.People
            .OrderByDescending(p => p.Role == Role.Rep)
            .ThenByDescending(p => Scene.CultureOf(p.Locale).TwoLetterISOLanguageName == culture.TwoLetterISOLanguageName)
            .FirstOrDefault();

    private static void Claim(TurnContext turn, ConversationRecord record, Company company, string user, string name)
    {
        var culture = Scene.CultureOf(turn.Activity.Locale);
        var named = company.People.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));
        if (named is null)
        {
            turn.Send(Texts["no-such-person", culture, name]);
            return;
        }

        record.People[user] = named.Id;
        record.Dialogs = new DialogState();
        record.Greeted = true;
        turn.Send(Texts["now-you-are", Scene.CultureOf(named.Locale), named.Name]);
    }

    private async ValueTask<Person?> MatchAsync(Activity activity, Company company, CancellationToken cancellationToken)
    {
        var objectId = activity.From!.AadObjectId;
        if (objectId is not null && company.FindByTeamsId(objectId) is { } byId)
        {
            return byId;
        }

        if (company.People.Count == 0)
        {
            return null;
        }

        try
        {
            var member = await connector.GetMemberAsync(activity.ServiceUrl!, activity.Conversation!.Id!, activity.From.Id!, cancellationToken);
            return Found(member?.Email) ?? Found(member?.UserPrincipalName);
        }
        catch (Exception e) when (e is ConnectorException or HttpRequestException)
        {
            // the roster is out of reach: the user is asked to see the administrator, and is looked up again next time
            return null;
        }

        Person? Found(string? email) => email is null ? null : company.FindByEmail(email);
    }

    // in Development everybody belongs to the company at home; elsewhere the activity's tenant alone counts
    private TenantId TenantOf(Activity activity) =>
        environment.IsDevelopment() ? options.HomeTenant : new TenantId(activity.TenantId ?? "none");
}
