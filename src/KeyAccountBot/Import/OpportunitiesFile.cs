using System.Globalization;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Import;

/// <summary>Reads <c>opportunities.csv</c>, ours or another system's export.</summary>
internal static class OpportunitiesFile
{
    /// <summary>What the file holds beyond what is on record.</summary>
    /// <exception cref="ImportRefusedException">The file cannot be read, or lacks a column.</exception>
    public static ImportPlan Plan(string path, string? map, OnRecord onRecord)
    {
        var owners = onRecord.Company.People.SelectMany(p => new[] { p.Email, p.Name, p.Id.Value }.OfType<string>().Select(n => (Name: n, Person: p)))
            .ToLookup(p => p.Name, p => p.Person, StringComparer.OrdinalIgnoreCase);
        var file = CsvFile.Open(path, HeaderNames.Opportunities, HeaderNames.ReadMap(map, HeaderNames.Opportunities));
        return ImportPlan.Of(onRecord, [], [], fault => Lines(file, owners, onRecord, fault));
    }

    private static IEnumerable<OpportunityToOpen> Lines(CsvFile file, ILookup<string, Person> owners, OnRecord onRecord, Action<ImportFault> fault)
    {
        var seen = new KnownIds();
        List<ImportFault> faults = [];
        foreach (var line in file.Lines(fault))
        {
            faults.Clear();
            var id = line["id"];
            if (id.Length > 0 && seen.Add(id, line.Number) is { } earlier)
            {
                fault(line.Fault("id", string.Create(CultureInfo.InvariantCulture, $"{id} stands on line {earlier} already")));
            }
            else if (Read(line, owners, onRecord, faults) is { } open)
            {
                yield return new OpportunityToOpen(new OpportunityId(id), open, line);
            }
            else
            {
                faults.ForEach(fault);
            }
        }
    }

    private static OpportunityCommand.Open? Read(CsvLine line, ILookup<string, Person> owners, OnRecord onRecord, List<ImportFault> faults)
    {
        var before = faults.Count;
        if (line["id"].Length is 0 or > 200)
        {
            faults.Add(line.Fault("id", line["id"].Length == 0 ? "the id is missing" : "the id is longer than 200 characters"));
        }

        if (line["name"].Length is 0 or > 200)
        {
            faults.Add(line.Fault("name", line["name"].Length == 0 ? "the name is missing" : "the name is longer than 200 characters"));
        }

        if (line["account"].Length > 200)
        {
            faults.Add(line.Fault("account", "the account is longer than 200 characters"));
        }

        var amount = 0m;
        if (line["amount"].Length > 0 && !CellText.TryAmount(line["amount"], out amount))
        {
            faults.Add(line.Fault("amount", $"'{line["amount"]}' is no amount: write 1234.50 or 1,234.50"));
        }

        var currency = line["currency"].Length == 0 ? "USD" : line["currency"].ToUpperInvariant();
        if (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper))
        {
            faults.Add(line.Fault("currency", $"'{line["currency"]}' is no currency code, as USD or CNY is"));
        }

        var owner = owners[line["owner_email"]].Distinct().Take(2).ToList();
        if (owner.Count != 1)
        {
            faults.Add(line.Fault("owner_email", (line["owner_email"], owner.Count) switch
            {
                ("", _) => "the owner is missing",
                (var who, 0) => $"nobody on record has the e-mail {who}: import people first",
                (var who, _) => $"several people on record are called {who}: write the e-mail",
            }));
        }

        var (stage, status) = StageOf(line["stage"], onRecord.Playbook);
        if (stage is null)
        {
            faults.Add(line.Fault("stage", $"the playbook has no stage '{line["stage"]}'; it has {string.Join(", ", onRecord.Playbook.Stages.Select(s => s.Id))}"));
        }

        if (line["status"].Length > 0 && StatusOf(line["status"]) is var named)
        {
            status = named ?? status;
            if (named is null)
            {
                faults.Add(line.Fault("status", $"'{line["status"]}' is no status: write open, on-hold, lost or completed"));
            }
        }

        var close = Date(line, "expected_close", faults);
        var entered = Date(line, "stage_entered", faults);
        if (entered > onRecord.Now)
        {
            faults.Add(line.Fault("stage_entered", $"'{line["stage_entered"]}' lies in the future"));
        }

        DateOnly? closeOn = close is { } c ? DateOnly.FromDateTime(c.Date) : null;
        return faults.Count > before ? null : new OpportunityCommand.Open(
            line["account"], line["name"], new Money(amount, currency), owner[0].Id, closeOn, stage, entered?.ToUniversalTime() ?? onRecord.Now,
            status, status == OpportunityStatus.Open ? null : closeOn);
    }

    private static (StageId? Stage, OpportunityStatus Status) StageOf(string text, Playbook playbook) =>
        playbook.Stages.FirstOrDefault(s => Is(s.Id.Value, text) || s.Name.Values.Any(n => Is(n, text)) || s.Was.Any(w => Is(w.Value, text))) is { } stage ? (stage.Id, OpportunityStatus.Open)
        : text.Length == 0 ? (playbook.First.Id, OpportunityStatus.Open)
        : StatusOf(text) switch
        {
            OpportunityStatus.Completed => (playbook.Stages[^1].Id, OpportunityStatus.Completed),
            OpportunityStatus.Lost => (playbook.First.Id, OpportunityStatus.Lost),
            _ => (null, OpportunityStatus.Open),
        };

    private static OpportunityStatus? StatusOf(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant() switch
    {
        "OPEN" => OpportunityStatus.Open,
        "ONHOLD" => OpportunityStatus.OnHold,
        "LOST" or "CLOSEDLOST" => OpportunityStatus.Lost,
        "COMPLETED" or "WON" or "CLOSEDWON" => OpportunityStatus.Completed,
        _ => null,
    };

    private static DateTimeOffset? Date(CsvLine line, string column, List<ImportFault> faults)
    {
        if (line[column].Length == 0)
        {
            return null;
        }

        if (CellText.TryDate(line[column], out var at))
        {
            return at;
        }

        faults.Add(line.Fault(column, $"'{line[column]}' is no date: write 2026-11-24 or 11/24/2026"));
        return null;
    }

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
