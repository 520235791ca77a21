using System.Text.Json;

namespace KeyAccountBot.Import;

/// <summary>A column by our name, and what other systems call it, the surest first.</summary>
internal sealed record Column(string Name, bool Required, params string[] AlsoKnownAs);

/// <summary>The columns of each file we read. Case, spaces and punctuation of a header do not matter.</summary>
internal static class HeaderNames
{
    /// <summary>People, from our own template or a directory's export.</summary>
    public static IReadOnlyList<Column> People { get; } =
    [
        new("name", true, "Full Name", "Display Name", "User Name"),
        new("email", true, "Email Address", "E-mail", "Mail", "User Principal Name", "internalemailaddress"),
        new("role", true, "Profile Role", "User Role"),
        new("manager_email", false, "Manager", "Manager E-mail", "Manager Email Address"),
        new("teams_id", false, "Entra Object ID", "Azure AD Object ID", "Object ID", "azureactivedirectoryobjectid"),
        new("slack_id", false, "Slack Member ID", "Slack User ID"),
        new("time_zone", false, "Time Zone", "Timezone"),
        new("locale", false, "Language", "Culture"),
        new("channel", false, "Preferred Channel"),
        new("country", false, "Country Code", "Country/Region", "usageLocation"),
        new("working_days", false, "Work Days"),
        new("working_hours", false, "Work Hours", "Business Hours"),
        new("called", false, "Nickname", "Known As", "Also Known As"),
    ];

    /// <summary>Opportunities, from our own template or an export of Salesforce, HubSpot or Dynamics.</summary>
    public static IReadOnlyList<Column> Opportunities { get; } =
    [
        new("id", true, "Opportunity ID", "hs_object_id", "Record ID", "Deal ID", "opportunityid", "(Do Not Modify) Opportunity"),
        new("account", true, "Account Name", "Associated Company", "Associated Company Name", "Company Name", "parentaccountid", "parentaccountidname", "customerid", "Potential Customer"),
        new("name", true, "Opportunity Name", "Deal Name", "dealname", "Topic"),
        new("amount", true, "Amount in company currency", "Expected Amount", "estimatedvalue", "Est. Revenue"),
        new("currency", false, "Currency ISO Code", "Amount Currency", "Opportunity Currency", "Deal currency", "deal_currency_code", "transactioncurrencyid"),
        new("stage", false, "Deal Stage", "dealstage", "stepname", "Stage Name", "Pipeline Phase"),
        new("status", false, "statecode"),
        new("owner_email", true, "Opportunity Owner Email", "Deal owner", "hubspot_owner_id", "Opportunity Owner", "ownerid", "Owner"),
        new("expected_close", false, "Close Date", "closedate", "estimatedclosedate", "Est. Close Date"),
        new("stage_entered", false, "Last Stage Change Date", "Date entered current stage", "Stage Entered Date", "hs_v2_date_entered_current_stage"),
    ];

    /// <summary>What people call customers beside their names.</summary>
    public static IReadOnlyList<Column> Accounts { get; } = [new("account", true, "Account Name", "Company Name", "Name"), new("called", true, "Also Known As", "Nickname", "Aliases", "Short Name")];

    /// <summary>The CRM's accounts.</summary>
    public static IReadOnlyList<Column> CrmAccounts { get; } = [new("account", true)];

    /// <summary>The CRM's price list.</summary>
    public static IReadOnlyList<Column> CrmProducts { get; } = [new("product", true), new("sales_price", true)];

    /// <summary>The CRM's sales teams.</summary>
    public static IReadOnlyList<Column> CrmTeams { get; } = [new("sales_agent", true), new("manager", true), new("regional_office", true)];

    /// <summary>The CRM's opportunities.</summary>
    public static IReadOnlyList<Column> CrmPipeline { get; } =
    [
        new("opportunity_id", true), new("sales_agent", true), new("product", true), new("account", true),
        new("deal_stage", true), new("engage_date", true), new("close_date", true), new("close_value", true),
    ];

    /// <summary>Where each of our columns stands in a header line.</summary>
    /// <exception cref="ImportRefusedException">A column that is needed is missing, or the map names one that is not there.</exception>
    public static Dictionary<string, int> Find(
        string file, IReadOnlyList<string> headers, IReadOnlyList<Column> columns, IReadOnlyDictionary<string, string> map)
    {
        var keys = headers.Select(Key).ToList();
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (theirs, ours) in map.Where(m => columns.Any(c => c.Name == m.Value)))
        {
            var at = keys.IndexOf(Key(theirs));
            found[ours] = at >= 0 ? at : throw new ImportRefusedException($"The map says that '{theirs}' is {ours}, but {file} has no column '{theirs}'. Its columns: {string.Join(", ", headers)}.");
        }

        foreach (var column in columns.Where(c => !found.ContainsKey(c.Name)))
        {
            var at = column.AlsoKnownAs.Prepend(column.Name).Select(n => keys.IndexOf(Key(n))).FirstOrDefault(i => i >= 0, -1);
            if (at >= 0)
            {
                found[column.Name] = at;
            }
            else if (column.Required)
            {
                throw new ImportRefusedException($"{file} has no column '{column.Name}'. Its columns: {string.Join(", ", headers)}. Rename one, or say which with --map.");
            }
        }

        return found;
    }

    /// <summary>Reads <c>{"Their header": "our_name"}</c>; empty where no map is given.</summary>
    /// <exception cref="ImportRefusedException">It cannot be read, or names a column we do not know.</exception>
    public static IReadOnlyDictionary<string, string> ReadMap(string? path, params IEnumerable<Column> columns)
    {
        if (path is null)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        Dictionary<string, string> map;
        try
        {
            map = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ImportRefusedException($"The map {path} cannot be read as {{\"Their header\": \"our_name\"}}: {e.Message}");
        }

        var ours = columns.Select(c => c.Name).Distinct(StringComparer.Ordinal).ToList();
        return map.FirstOrDefault(m => !ours.Contains(m.Value, StringComparer.Ordinal)) is { Value: { } unknown }
            ? throw new ImportRefusedException($"The map {path} names '{unknown}', which is no column of ours. Ours: {string.Join(", ", ours)}.")
            : map;
    }

    private static string Key(string header) => string.Concat(header.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
