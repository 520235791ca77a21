using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sayings.Worlds;

namespace KeyAccountBot.Sayings.Judging;

/// <summary>Compares a value as a file writes it with values in our invariant form.</summary>
internal static class Values
{
    private const int DateLength = 10;

    /// <summary>Whether ours are what is expected. Of several days each is right; of several other values all are wanted, unless any will do.</summary>
    public static bool AreAlike(World world, Entry expected, IReadOnlyList<string> ours, bool anyWillDo = false)
    {
        switch (expected.Json.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return ours.Count == 0;
            case JsonValueKind.Array:
                var wanted = expected.Items().ToList();
                if (wanted.Count == 0)
                {
                    return ours.Count == 0;
                }

                return anyWillDo || wanted.All(w => w.Json.ValueKind == JsonValueKind.String && IsDay(w.Text()))
                    ? wanted.Any(w => AreAlike(world, w, ours))
                    : wanted.All(w => AreAlike(world, w, ours)) && ours.Distinct(StringComparer.Ordinal).Count() <= wanted.Count;
            case JsonValueKind.Object when expected.DateOrNull("from") is { } from:
                var to = expected.DateOrNull("to") ?? from;
                return ours.Any(o => DayOf(o) is { } day && day >= from && day <= to);
            case JsonValueKind.Object:
                return expected.Members().All(m => AreAlike(world, m.Value, ours));
            case JsonValueKind.True or JsonValueKind.False:
                return ours.Any(o => Truth(o) == (expected.Json.ValueKind == JsonValueKind.True));
            default:
                return ours.Any(o => IsSame(world, expected.Text(), o));
        }
    }

    /// <summary>Whether two scalars are the same: numbers, days, moments, ids, names, or words that tell the same.</summary>
    public static bool IsSame(World world, string expected, string ours)
    {
        if (string.Equals(expected, ours, StringComparison.OrdinalIgnoreCase) || WorldContact.IdOf(expected) == ours)
        {
            return true;
        }

        if (Truth(expected) is { } truth)
        {
            return Truth(ours) == truth;
        }

        if (decimal.TryParse(expected, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            return decimal.TryParse(ours, NumberStyles.Number, CultureInfo.InvariantCulture, out var other) && number == other;
        }

        if (DayOf(expected) is { } day)
        {
            return expected.Length > DateLength && expected.Contains('T', StringComparison.Ordinal)
                ? ours.StartsWith(expected, StringComparison.Ordinal)
                : DayOf(ours) == day;
        }

        return world.Account(expected) is { } account ? AccountOf(world, ours) == account.Id
            : world.Opportunity(expected) is { } opportunity ? opportunity.Name == ours
            : world.People.FirstOrDefault(p => p.Id.Value == expected) is { } person ? person.Name == ours
            : world.Contact(WorldContact.IdOf(expected)) is { } contact ? Likeness.IsName(contact.Name, ours)
            : world.ContactNamed(expected) is { } named ? named.Id == ours || Likeness.IsName(named.Name, ours)
            : IsWord(expected) ? Fold(expected) == Fold(ours) || Likeness.Tells(ours, expected) : Likeness.Tells(ours, expected);
    }

    /// <summary>The customer that a value of ours names; <c>null</c> for none.</summary>
    public static string? AccountOf(World world, string ours) =>
        world.Accounts.FirstOrDefault(a => a.Id == ours || a.Name == ours || AccountId.OfName(a.Name).Value == ours)?.Id;

    /// <summary>The day at the beginning of a value; <c>null</c> for none.</summary>
    public static DateOnly? DayOf(string value) =>
        value.Length >= DateLength && DateOnly.TryParseExact(value[..DateLength], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The truth that a value says; <c>null</c> where it says none.</summary>
    public static bool? Truth(string value) => value.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "RECORD" => true,
        "FALSE" or "NO" or "DISCARD" => false,
        _ => null,
    };

    private static bool IsDay(string value) => DayOf(value) is not null;

    // decision-maker, decisionMaker, DecisionMaker
    private static bool IsWord(string value) => value.All(c => char.IsAsciiLetter(c) || c == '-');

    private static string Fold(string value) => value.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
