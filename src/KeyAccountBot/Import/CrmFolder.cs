using System.Globalization;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Import;

/// <summary>Reads a CRM's export: <c>accounts.csv</c>, <c>products.csv</c>, <c>sales_teams.csv</c>, <c>sales_pipeline.csv</c>.</summary>
internal static class CrmFolder
{
    private const string Currency = "USD";

    /// <summary>What the folder holds beyond what is on record.</summary>
    /// <exception cref="ImportRefusedException">A file cannot be read, or lacks a column.</exception>
    public static ImportPlan Plan(string folder, string? map, OnRecord onRecord)
    {
        List<ImportFault> peopleFaults = [];
        List<ImportFault> faults = [];
        var names = HeaderNames.ReadMap(map, [.. HeaderNames.CrmAccounts, .. HeaderNames.CrmProducts, .. HeaderNames.CrmTeams, .. HeaderNames.CrmPipeline]);

        List<CsvLine> Lines(string file, IReadOnlyList<Column> columns, List<ImportFault> to) =>
            CsvFile.Read(Path.Combine(folder, file), columns, names, to);

        var people = People(Lines("sales_teams.csv", HeaderNames.CrmTeams, peopleFaults), onRecord.Company, peopleFaults);
        var accounts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Lines("accounts.csv", HeaderNames.CrmAccounts, faults))
        {
            accounts.TryAdd(Squeeze(line["account"]), line["account"]);
        }

        var products = new Dictionary<string, (string Name, decimal Price)>(StringComparer.Ordinal);
        foreach (var line in Lines("products.csv", HeaderNames.CrmProducts, faults))
        {
            if (CellText.TryAmount(line["sales_price"], out var price))
            {
                products.TryAdd(Squeeze(line["product"]), (line["product"], price));
            }
            else
            {
                faults.Add(line.Fault("sales_price", $"'{line["sales_price"]}' is no amount"));
            }
        }

        var pipeline = CsvFile.Open(Path.Combine(folder, "sales_pipeline.csv"), HeaderNames.CrmPipeline, names);
        return ImportPlan.Of(onRecord, [.. people.Values], peopleFaults, fault =>
        {
            faults.ForEach(fault);
            return Opportunities(pipeline, people, accounts, products, onRecord, fault);
        });
    }

    private static IEnumerable<OpportunityToOpen> Opportunities(
        CsvFile pipeline, Dictionary<PersonId, Person> people, Dictionary<string, string> accounts,
        Dictionary<string, (string Name, decimal Price)> products, OnRecord onRecord, Action<ImportFault> fault)
    {
        var seen = new KnownIds();
        List<ImportFault> faults = [];
        foreach (var line in pipeline.Lines(fault))
        {
            faults.Clear();
            var id = line["opportunity_id"];
            if (id.Length == 0)
            {
                fault(line.Fault("opportunity_id", "the id is missing"));
            }
            else if (seen.Add(id, line.Number) is { } earlier)
            {
                fault(line.Fault("opportunity_id", string.Create(CultureInfo.InvariantCulture, $"{id} stands on line {earlier} already")));
            }
            else if (Read(line, people, accounts, products, onRecord, faults) is { } open)
            {
                yield return new OpportunityToOpen(new OpportunityId(id), open, line);
            }
            else
            {
                faults.ForEach(fault);
            }
        }
    }

    private static Dictionary<PersonId, Person> People(List<CsvLine> lines, Company company, List<ImportFault> faults)
    {
        var people = new Dictionary<PersonId, Person>();
        foreach (var line in lines)
        {
            var manager = new PersonId(CellText.Slug(line["manager"]));
            if (manager.Value.Length > 0 && !people.ContainsKey(manager))
            {
                people.Add(manager, new Person(manager, line["manager"], Role.Manager, Office: Filled(line["regional_office"])));
            }
        }

        Dictionary<PersonId, Person> leading = new(people);
        var agents = new Dictionary<PersonId, CsvLine>();
        foreach (var line in lines)
        {
            var id = new PersonId(CellText.Slug(line["sales_agent"]));
            var manager = new PersonId(CellText.Slug(line["manager"]));
            PersonId? above = manager.Value.Length > 0 && manager != id ? manager : null;
            if (id.Value.Length == 0)
            {
                faults.Add(line.Fault("sales_agent", "the name is missing"));
            }
            else if (!agents.TryAdd(id, line))
            {
                faults.Add(line.Fault("sales_agent", $"{line["sales_agent"]} stands twice"));
            }
            else
            {
                people[id] = people.TryGetValue(id, out var leads)
                    ? leads with { Manager = above }
                    : new Person(id, line["sales_agent"], Role.Rep, Manager: above, Office: Filled(line["regional_office"]));
            }
        }

        // a circle that is broken may have stood within another
        var known = Known();
        for (List<PeopleClash> clashes; (clashes = [.. new PeopleClashes(agents, company, "manager").Find(known.Values)]).Count > 0; known = Known())
        {
            faults.AddRange(clashes.Select(c => c.Fault));
            foreach (var clash in clashes)
            {
                agents.Remove(clash.Person);
                people.Remove(clash.Person);
                if (leading.TryGetValue(clash.Person, out var manager))
                {
                    // others report to them all the same
                    people.Add(clash.Person, manager);
                }
            }
        }

        return known;

        // what the CRM does not know (e-mail, ids, time zone, a higher role) stays as it is on record
        Dictionary<PersonId, Person> Known() => people.ToDictionary(p => p.Key, p => company.Find(p.Key) is not { } before ? p.Value : before with
        {
            Name = p.Value.Name,
            Role = before.Role > p.Value.Role ? before.Role : p.Value.Role,
            Manager = p.Value.Manager ?? before.Manager,
            Office = p.Value.Office ?? before.Office,
        });
    }

    private static OpportunityCommand.Open? Read(
        CsvLine line, Dictionary<PersonId, Person> people, Dictionary<string, string> accounts,
        Dictionary<string, (string Name, decimal Price)> products, OnRecord onRecord, List<ImportFault> faults)
    {
        var before = faults.Count;
        var owner = new PersonId(CellText.Slug(line["sales_agent"]));
        if (!people.ContainsKey(owner))
        {
            faults.Add(line.Fault("sales_agent", $"sales_teams.csv has nobody called '{line["sales_agent"]}'"));
        }

        var listed = products.TryGetValue(Squeeze(line["product"]), out var product);
        var amount = product.Price;
        if (line["product"].Length == 0)
        {
            faults.Add(line.Fault("product", "the product is missing"));
        }
        else if (line["close_value"].Length == 0 ? !listed : !CellText.TryAmount(line["close_value"], out amount))
        {
            faults.Add(line["close_value"].Length == 0
                ? line.Fault("product", $"products.csv has no '{line["product"]}', and the line has no close_value")
                : line.Fault("close_value", $"'{line["close_value"]}' is no amount"));
        }

        var engaged = Date(line, "engage_date", faults);
        var closed = Date(line, "close_date", faults);
        var stages = onRecord.Playbook.Stages;
        var second = stages[Math.Min(1, stages.Count - 1)].Id;
        (StageId Stage, OpportunityStatus Status)? stands = line["deal_stage"].ToUpperInvariant() switch
        {
            "PROSPECTING" => (stages[0].Id, OpportunityStatus.Open),
            "ENGAGING" => (second, OpportunityStatus.Open),
            "WON" => (stages[^1].Id, OpportunityStatus.Completed),
            "LOST" => (second, OpportunityStatus.Lost),
            _ => null,
        };
        if (stands is not { } standing)
        {
            faults.Add(line.Fault("deal_stage", $"'{line["deal_stage"]}' is none of Prospecting, Engaging, Won, Lost"));
            return null;
        }

        return faults.Count > before ? null : new OpportunityCommand.Open(
            accounts.GetValueOrDefault(Squeeze(line["account"]), line["account"]), listed ? product.Name : line["product"],
            new Money(amount, Currency), owner, null, standing.Stage, engaged ?? onRecord.Now, standing.Status,
            closed is { } at && standing.Status != OpportunityStatus.Open ? DateOnly.FromDateTime(at.Date) : null);
    }

    private static DateTimeOffset? Date(CsvLine line, string column, List<ImportFault> faults)
    {
        if (line[column].Length == 0)
        {
            return null;
        }

        if (CellText.TryDate(line[column], out var at))
        {
            return at.ToUniversalTime();
        }

        faults.Add(line.Fault(column, $"'{line[column]}' is no date"));
        return null;
    }

    // the export writes 'GTXPro' for 'GTX Pro'
    private static string Squeeze(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    private static string? Filled(string text) => text.Length == 0 ? null : text;
}
