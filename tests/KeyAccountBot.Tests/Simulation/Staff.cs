using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>The company's people as they stand today, and who will be away when.</summary>
internal sealed class Staff
{
    private readonly Dictionary<PersonId, Person> people;
    private readonly Dictionary<PersonId, WorkCalendar> calendars;
    private readonly SortedDictionary<DateOnly, List<(PersonId Who, Absence Away)>> announced = [];

    private Staff(IEnumerable<Person> people, FollowUpSettings settings)
    {
        this.people = people.ToDictionary(p => p.Id);
        calendars = this.people.Values.ToDictionary(p => p.Id, p => FollowUpPolicy.CalendarOf(p, settings));
        Company = new Company(this.people.Values);
        Reps = [.. this.people.Values.Where(p => p.Role == Role.Rep).Select(p => p.Id)];
    }

    /// <summary>Everybody as they stand.</summary>
    public Company Company { get; private set; }

    /// <summary>All reps, in order.</summary>
    public IReadOnlyList<PersonId> Reps { get; }

    /// <summary>When anybody of a person's line last announced an absence, UTC.</summary>
    public Dictionary<PersonId, DateTimeOffset> ChangedAt { get; } = [];

    /// <summary>A person as they stand.</summary>
    public Person this[PersonId id] => people[id];

    /// <summary>A person's true working time; no absence changes it.</summary>
    public WorkCalendar CalendarOf(PersonId id) => calendars[id];

    /// <summary>Whether somebody is away at a moment, and another is there in their place.</summary>
    public bool IsAwayWithStandIn(PersonId id, DateTimeOffset at) => Company.AsOf(at) is var then && then.IsAway(people[id]) && then.StandInFor(id) is not null;

    /// <summary>A company of so many reps: ten to a manager, six directors, two executives, an administrator.</summary>
    public static Staff Hire(int reps, FollowUpSettings settings, Chance chance)
    {
        List<Person> hired =
        [
            PersonOf("gm", Role.Executive, Region.All[0], null),
            PersonOf("dgm", Role.Executive, Region.All[1], "gm"),
            PersonOf("ada", Role.Administrator, Region.All[1], null),
        ];
        for (var r = 0; r < Region.All.Count; r++)
        {
            hired.Add(PersonOf($"d{r}", Role.Director, Region.All[r], r < 3 ? "dgm" : "gm") with
            {
                WeeklyDigest = r switch { 0 => "0 9 * * 1#1", 2 => "30 7 1 * *", _ => "" },
            });
        }

        for (var m = 0; m < reps / 10; m++)
        {
            var region = Region.All[m % Region.All.Count];

            // one lives elsewhere than their reps, one has no director above
            var home = m % 11 == 5 ? Region.All[(m + 1) % Region.All.Count] : region;
            hired.Add(PersonOf($"m{m:D2}", Role.Manager, home, m % 17 == 16 ? "dgm" : $"d{m % Region.All.Count}") with
            {
                Prefers = m % 8 == 3 ? Channel.Teams : null,
                WeeklyDigest = (m % 15) switch { 0 => null, 1 => "15 20 * * 5", _ => "" },
            });
            for (var i = 0; i < 10; i++)
            {
                var rep = PersonOf($"r{(m * 10) + i:D3}", Role.Rep, region, $"m{m:D2}");
                hired.Add(i switch
                {
                    3 => rep with { WorkingFrom = new TimeOnly(7, 0), WorkingTo = new TimeOnly(15, 0) },
                    6 => rep with { WorkingFrom = new TimeOnly(10, 30), WorkingTo = new TimeOnly(19, 30), Prefers = Channel.Slack },
                    9 => rep with { WorkingDays = WorkingDays.Parse("mon tue thu fri"), Locale = "zh-Hans" },
                    _ => rep,
                });
            }
        }

        var staff = new Staff(hired, settings);
        staff.PlanAbsences(hired, chance);
        return staff;
    }

    /// <summary>Those who announce an absence on a day, or fall ill on it: as they stand from now on.</summary>
    public IReadOnlyList<Person> AnnouncedOn(DateOnly day, DateTimeOffset now)
    {
        if (!announced.Remove(day, out var today))
        {
            return [];
        }

        foreach (var (who, away) in today)
        {
            people[who] = people[who] with { Away = away };
            foreach (var concerned in Company.TeamOf(who))
            {
                ChangedAt[concerned.Id] = now;
            }
        }

        Company = new Company(people.Values);
        return [.. today.Select(t => people[t.Who]).DistinctBy(p => p.Id)];
    }

    private void PlanAbsences(List<Person> all, Chance chance)
    {
        foreach (var person in all)
        {
            var day = new DateOnly(2026, 1, 1).AddDays(chance.From(0, 150));
            while (day.Year == 2026)
            {
                var notice = chance.Of(0.3) ? 0 : chance.From(1, 10);
                var away = new Absence(day.AddDays(notice), day.AddDays(notice + chance.From(0, 14)), StandInOf(person, all, chance));
                if (!announced.TryGetValue(day, out var list))
                {
                    announced[day] = list = [];
                }

                list.Add((person.Id, away));
                day = away.Until.AddDays(chance.From(40, 220));
            }
        }
    }

    // a colleague, nobody named, or anybody at all, who may be away as well or stand in for them
    private static PersonId? StandInOf(Person person, List<Person> all, Chance chance)
    {
        List<Person> colleagues = [.. all.Where(p => p.Role == person.Role && p.Manager == person.Manager && p.Id != person.Id)];
        return chance.From(0, 9) switch
        {
            < 6 when colleagues.Count > 0 => chance.One(colleagues).Id,
            < 8 => null,
            _ => chance.One(all) is var anybody && anybody.Id != person.Id ? anybody.Id : null,
        };
    }

    private static Person PersonOf(string id, Role role, Region region, string? manager) => new(
        new PersonId(id), id.ToUpperInvariant(), role, $"{id}@contoso.example", manager is null ? null : new PersonId(manager), "t-" + id, "U-" + id,
        region.TimeZone, region.Locale, Country: region.Country, WorkingDays: region.Days, WorkingFrom: region.From, WorkingTo: region.To);
}
