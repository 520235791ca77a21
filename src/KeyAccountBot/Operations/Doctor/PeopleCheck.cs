using System.Globalization;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using NodaTime;

namespace KeyAccountBot.Operations.Doctor;

/// <summary>Whether everybody can be reached, has somebody above them, lives in a time zone there is, and whether the playbook's policies find their readers.</summary>
internal sealed class PeopleCheck(PeopleRepository people, PersonAddresses addresses, Playbook playbook) : IDoctorCheck
{
    private const int Named = 20;

    /// <inheritdoc/>
    public async Task<CheckResult> LookAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var company = await people.LoadAsync(tenant, cancellationToken);
        List<Person> everybody = [.. company.People.OrderBy(p => p.Id.Value, StringComparer.Ordinal)];
        List<Finding> findings = [];
        if (everybody.Count == 0)
        {
            findings.Add(new Finding("Nobody is on record, so the bot knows nobody who writes.", "Run 'import people people.csv'."));
        }

        List<Person> unreachable = [];
        foreach (var person in everybody.Where(p => p is { TeamsId: null, SlackId: null, Email: null }))
        {
            if (await addresses.GetTeamsAsync(tenant, person.Id, cancellationToken) is null && await addresses.GetSlackAsync(tenant, person.Id, cancellationToken) is null)
            {
                unreachable.Add(person);
            }
        }

        Add(unreachable, "cannot be reached or recognised: no e-mail address, no Teams id, no Slack id", "Give them one in people.csv and import it again.");
        Add(
            everybody.Where(p => p.Role < Role.Executive && (p.Manager is not { } manager || company.Find(manager) is null)),
            "report to nobody on record, so nobody above them hears of what is stuck", "Give them a manager_email in people.csv and import it again.");
        Add(
            everybody.Where(p => DateTimeZoneProviders.Tzdb.GetZoneOrNull(p.TimeZone) is null),
            "live in a time zone that does not exist, so their day counts as UTC", "Give them an IANA time zone such as Europe/Berlin in people.csv and import it again.");
        findings.AddRange(PolicyWarnings.Of(playbook.FollowUps, company).Select(w => new Finding(
            $"The playbook and the people do not fit: {w.Warning}.", $"Import whom it wants, or change {w.Where}.")));
        return new CheckResult(string.Create(CultureInfo.InvariantCulture, $"{everybody.Count} on record"), findings);

        void Add(IEnumerable<Person> who, string what, string mend)
        {
            var all = who.ToList();
            if (all.Count > 0)
            {
                var more = all.Count > Named ? string.Create(CultureInfo.InvariantCulture, $" and {all.Count - Named} more") : "";
                findings.Add(new Finding($"{string.Join(", ", all.Take(Named).Select(p => p.Name))}{more}: {what}.", mend));
            }
        }
    }
}
