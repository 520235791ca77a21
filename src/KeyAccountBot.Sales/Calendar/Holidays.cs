using System.Collections.Frozen;

namespace KeyAccountBot.Sales.Calendar;

/// <summary>The days on which a country rests, and the days on which it works though its week would rest.</summary>
/// <param name="Rest">Public holidays, local dates.</param>
/// <param name="Work">Days made working days in exchange, local dates.</param>
public sealed record CountryHolidays(IReadOnlySet<DateOnly> Rest, IReadOnlySet<DateOnly> Work)
{
    /// <summary>None.</summary>
    public static CountryHolidays None { get; } = new(FrozenSet<DateOnly>.Empty, FrozenSet<DateOnly>.Empty);
}

/// <summary>The holidays of every country in which our people work.</summary>
public sealed class Holidays(IReadOnlyDictionary<string, CountryHolidays> countries)
{
    private readonly FrozenDictionary<string, CountryHolidays> countries = countries.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of no country.</summary>
    public static Holidays None { get; } = new(FrozenDictionary<string, CountryHolidays>.Empty);

    /// <summary>The countries whose holidays are known.</summary>
    public IReadOnlyCollection<string> Countries => countries.Keys;

    /// <summary>The holidays of a country by its code, whatever the capitals; none for an unknown one.</summary>
    public CountryHolidays Of(string? country) =>
        country is { Length: > 0 } && countries.TryGetValue(country, out var known) ? known : CountryHolidays.None;
}
