using System.Globalization;
using KeyAccountBot.Conversations;
using KeyAccountBot.Sayings.Worlds;

namespace KeyAccountBot.Sayings.Judging;

/// <summary>Holds what a question or request was taken for against what it is. Pure.</summary>
/// <param name="world">What is on record.</param>
/// <param name="speaker">Who asks, by id.</param>
internal sealed class RequestJudge(World world, string speaker)
{
    // said for the reader of the file: how the answer is worded, not what is meant
    private static readonly string[] Descriptive = ["filter", "topic", "asked", "about", "toward", "timeZone", "action", "topicOf"];

    // the same thing under the two formats' names and ours
    private static readonly Dictionary<string, string[]> Alike = new(StringComparer.Ordinal)
    {
        ["opportunity"] = ["opportunity"],
        ["account"] = ["account"],
        ["contact"] = ["contact", "contacts", "text"],
        ["contacts"] = ["contacts", "contact"],
        ["person"] = ["contact", "contacts", "text"],
        ["rep"] = ["rep", "delegate"],
        ["to"] = ["to", "rep", "start", "until", "date"],
        ["at"] = ["start", "to", "date", "time"],
        ["start"] = ["start", "to", "date"],
        ["date"] = ["date", "from", "until", "start", "period"],
        ["from"] = ["from", "start", "date"],
        ["until"] = ["until", "to", "time", "date", "value"],
        ["time"] = ["time", "date", "start"],
        ["milestone"] = ["milestone", "milestones"],
        ["milestones"] = ["milestones", "milestone"],
        ["term"] = ["term", "text"],
        ["phone"] = ["phone", "value"],
        ["email"] = ["email", "value"],
        ["value"] = ["value", "date", "amount"],
        ["amount"] = ["amount", "value", "minAmount"],
        ["minAmount"] = ["minAmount", "amount"],
        ["role"] = ["role", "buyingRole"],
        ["buyingRole"] = ["role", "buyingRole"],
        ["reason"] = ["reason", "text"],
        ["followUp"] = ["followUp"],
    };

    // taken at their word: another one gives another answer
    private static readonly string[] Telling = ["rep", "team", "stage", "status", "period", "minAmount", "maxAmount", "minDays"];

    /// <summary>Whether it is what is expected; the reasons where it is not.</summary>
    public IReadOnlyList<string> Judge(Expectation expected, Understood? understood)
    {
        var wish = understood?.Wish;
        if (expected.Intent is { } intent && !WishNames.Fits(wish, intent))
        {
            return expected.AlsoFine.Any(a => WishNames.Fits(wish, a)) || (expected.MayClarify && wish == "unclear")
                ? []
                : [$"wish {wish ?? "(none)"}, not {intent}"];
        }

        return Slots(expected.Slots, understood?.Slots ?? new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), expected.MayClarify);
    }

    /// <summary>What is wrong with the slots.</summary>
    public IReadOnlyList<string> Slots(IReadOnlyDictionary<string, Entry> expected, IReadOnlyDictionary<string, IReadOnlyList<string>> ours, bool mayClarify = false)
    {
        List<string> faults = [];
        foreach (var (slot, value) in expected)
        {
            if (!IsRight(slot, value, expected, ours, mayClarify))
            {
                faults.Add($"slot {slot}: {Shown(slot, ours)}, not {value.Line}");
            }
        }

        // what was not said and changes the answer
        faults.AddRange(Telling
            .Where(slot => ours.TryGetValue(slot, out var values) && values.Count > 0 && !IsMeant(slot, values, expected))
            .Select(slot => $"slot {slot}: {Shown(slot, ours)}, nothing was said of it"));
        if (ours.GetValueOrDefault("opportunity") is [var given, ..] && !expected.ContainsKey("opportunity") && !IsOf(given, expected))
        {
            faults.Add($"slot opportunity: {given}, nothing was said of it");
        }

        return faults;
    }

    private bool IsRight(
        string slot, Entry value, IReadOnlyDictionary<string, Entry> expected, IReadOnlyDictionary<string, IReadOnlyList<string>> ours, bool mayClarify)
    {
        var given = Given(slot, ours);
        switch (slot)
        {
            case var descriptive when Descriptive.Contains(descriptive, StringComparer.Ordinal):
                return true;
            case "candidates":
                return IsAskedAbout(value, ours);
            case "opportunity" when value.Json.ValueKind is System.Text.Json.JsonValueKind.Null or System.Text.Json.JsonValueKind.Undefined:
                return given.Count == 0;
            case "account" when value.Json.ValueKind is System.Text.Json.JsonValueKind.Null or System.Text.Json.JsonValueKind.Undefined:
                return given.Count == 0 && ours.GetValueOrDefault("opportunity", []).Count == 0;
            case "account":
                return given.Any(g => Values.AccountOf(world, g) == value.Text())
                    || ours.GetValueOrDefault("opportunity", []).Any(o => world.Opportunity(o)?.Account == value.Text())
                    || ours.GetValueOrDefault("candidates", []) is { Count: > 0 } candidates && candidates.All(c => (world.Opportunity(c)?.Account ?? Values.AccountOf(world, c)) == value.Text())
                    || Contacts(ours).Any(c => c.Account == value.Text())
                    || Visit(ours)?.Opportunity is { } visited && world.AccountOf(visited)?.Id == value.Text();
            case "opportunity":
                return given.Contains(value.Text(), StringComparer.Ordinal)
                    || (given.Count == 0 && Visit(ours)?.Opportunity == value.Text())
                    || (given.Count == 0 && FollowUpOf(ours)?.Opportunity == value.Text())
                    || (given.Count == 0 && OnlyOneAt(ours, value.Text()));
            case "rep" or "team" when value.Text() == speaker && given.Count == 0:
                return true;
            case "team":
                return given.Contains(value.Text(), StringComparer.Ordinal) || (value.Text() == speaker && ours.GetValueOrDefault("scope") is ["team"]);
            case "rep" when given.Count == 0:
                // the deal that was found is theirs
                return ours.GetValueOrDefault("opportunity") is [var found, ..] && world.Opportunity(found)?.Rep == value.Text();
            case "scope":
                return given.Count == 0 || given.Contains(value.Text(), StringComparer.Ordinal);
            case "date" when value.Text() == Today && given.Count == 0:
                return true;
            case "followUp":
                return world.FollowUps.FirstOrDefault(f => f.Id == value.Text()) is { } told && (FollowUpOf(ours) == told || given.Contains(told.Id, StringComparer.Ordinal)
                    || (FollowUpOf(ours) is null && ours.GetValueOrDefault("opportunity") is [var of, ..] && of == told.Opportunity));
            case "minDays":
                return given.Any(g => decimal.TryParse(g, CultureInfo.InvariantCulture, out var days) && Math.Abs(days - (value.Json.ValueKind == System.Text.Json.JsonValueKind.Number ? value.Json.GetDecimal() : 0)) <= 1);
            case "period" when value.Json.ValueKind == System.Text.Json.JsonValueKind.Object:
                return Values.AreAlike(world, value, given) || IsPeriod(value, ours);
            case "department" or "level" or "to":
                return Values.AreAlike(world, value, given, anyWillDo: true);
            default:
                return Values.AreAlike(world, value, given) || (mayClarify && given.Count == 0);
        }
    }

    private string Today => world.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Given(string slot, IReadOnlyDictionary<string, IReadOnlyList<string>> ours) =>
        [.. Alike.GetValueOrDefault(slot, [slot]).SelectMany(s => ours.GetValueOrDefault(s, [])).Distinct(StringComparer.Ordinal)];

    private static string Shown(string slot, IReadOnlyDictionary<string, IReadOnlyList<string>> ours) =>
        Given(slot, ours) is { Count: > 0 } given ? string.Join(',', given) : "(none)";

    // asked between those that may be meant, or told of them all
    private bool IsAskedAbout(Entry value, IReadOnlyDictionary<string, IReadOnlyList<string>> ours)
    {
        if (value.Json.ValueKind != System.Text.Json.JsonValueKind.Array)
        {
            return true;
        }

        var wanted = value.Items().Select(v => v.Text()).ToHashSet(StringComparer.Ordinal);
        var asked = ours.GetValueOrDefault("candidates", []);
        var known = asked.SelectMany(a => (string?[])[a, Values.AccountOf(world, a), world.Opportunity(a)?.Account]).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return wanted.All(known.Contains) && asked.Count > 1
            || (ours.GetValueOrDefault("account") is [var account, ..] && wanted.All(w => world.Opportunity(w)?.Account == Values.AccountOf(world, account)));
    }

    private bool IsMeant(string slot, IReadOnlyList<string> values, IReadOnlyDictionary<string, Entry> expected) =>
        Alike.Where(a => a.Value.Contains(slot, StringComparer.Ordinal)).Select(a => a.Key).Append(slot).Any(expected.ContainsKey)
        || (slot is "rep" or "team" && (values.Contains(speaker, StringComparer.Ordinal) || expected.ContainsKey("opportunity") || expected.ContainsKey("delegate") || expected.ContainsKey("rep") || expected.ContainsKey("team")))
        || (slot is "status" or "stage" && expected.ContainsKey("filter"))
        || (slot == "period" && (expected.ContainsKey("from") || expected.ContainsKey("until") || expected.ContainsKey("date")));

    private bool IsOf(string opportunity, IReadOnlyDictionary<string, Entry> expected)
    {
        var account = world.Opportunity(opportunity)?.Account;
        return expected.Any(e => e.Value.Json.ValueKind == System.Text.Json.JsonValueKind.String && e.Key switch
        {
            "account" => e.Value.Text() == account,
            "contact" or "person" or "text" or "delegate" => true,
            "visit" => world.Visits.Any(v => v.Id == e.Value.Text() && v.Opportunity == opportunity),
            "followUp" => world.FollowUps.Any(f => f.Id == e.Value.Text() && f.Opportunity == opportunity),
            "rep" => world.Opportunity(opportunity)?.Rep == e.Value.Text(),
            _ => false,
        }) || expected.ContainsKey("contacts") || expected.ContainsKey("candidates");
    }

    // the customer has one only
    private bool OnlyOneAt(IReadOnlyDictionary<string, IReadOnlyList<string>> ours, string opportunity)
    {
        var account = ours.GetValueOrDefault("account") is [var named, ..] ? Values.AccountOf(world, named) : Contacts(ours).Select(c => c.Account).FirstOrDefault();
        return account is not null && world.Opportunity(opportunity)?.Account == account && world.Opportunities.Count(o => o.Account == account) == 1;
    }

    private IEnumerable<WorldContact> Contacts(IReadOnlyDictionary<string, IReadOnlyList<string>> ours) =>
        ours.GetValueOrDefault("contact", []).Concat(ours.GetValueOrDefault("contacts", [])).Select(id => world.Contact(id)).OfType<WorldContact>();

    private WorldVisit? Visit(IReadOnlyDictionary<string, IReadOnlyList<string>> ours) =>
        ours.GetValueOrDefault("visit") is [var id, ..] ? world.Visits.FirstOrDefault(v => v.Id == id) : null;

    // a chain's key begins with its cause
    private WorldFollowUp? FollowUpOf(IReadOnlyDictionary<string, IReadOnlyList<string>> ours)
    {
        var opportunity = ours.GetValueOrDefault("opportunity") is [var of, ..] ? of : null;
        return ours.GetValueOrDefault("followUp") is [var key, ..]
            ? world.FollowUps.FirstOrDefault(f => f.Id == key)
                ?? world.FollowUps.FirstOrDefault(f => key.StartsWith(f.Cause, StringComparison.OrdinalIgnoreCase) && (opportunity is null || f.Opportunity == opportunity))
            : null;
    }

    private static bool IsPeriod(Entry value, IReadOnlyDictionary<string, IReadOnlyList<string>> ours)
    {
        var to = value.DateOrNull("to");
        var period = ours.GetValueOrDefault("period") is [var said, ..] ? said : null;
        var until = (ours.GetValueOrDefault("until") ?? ours.GetValueOrDefault("to") ?? []) is [var end, ..] ? Values.DayOf(end) : null;
        return until is not null && until == to || (period is not null && to is { } last && Ends(period) == last);
    }

    // 2026-Q4, 2026-12, 2026
    private static DateOnly? Ends(string period) => period.Split('-') switch
    {
        [var year] when int.TryParse(year, CultureInfo.InvariantCulture, out var y) && y is > 1 and < 9999 => new DateOnly(y, 12, 31),
        [var year, ['Q', var quarter]] when int.TryParse(year, CultureInfo.InvariantCulture, out var y) && quarter is >= '1' and <= '4' => new DateOnly(y, (quarter - '0') * 3, 1).AddMonths(1).AddDays(-1),
        [var year, var month] when int.TryParse(year, CultureInfo.InvariantCulture, out var y) && int.TryParse(month, CultureInfo.InvariantCulture, out var m) && m is >= 1 and <= 12 => new DateOnly(y, m, 1).AddMonths(1).AddDays(-1),
        _ => null,
    };
}
