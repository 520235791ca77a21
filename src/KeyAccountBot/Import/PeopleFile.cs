using System.Globalization;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Import;

/// <summary>
/// Reads <c>people.csv</c>. A person is known by the e-mail; one who came with the CRM and has none yet, by the name.
/// An empty cell says nothing, so what is on record stays; <c>-</c> empties it.
/// </summary>
internal static class PeopleFile
{
    /// <summary>What the file holds beyond what is on record.</summary>
    /// <exception cref="ImportRefusedException">The file cannot be read, or lacks a column.</exception>
    public static ImportPlan Plan(string path, string? map, OnRecord onRecord)
    {
        List<ImportFault> faults = [];
        var lines = CsvFile.Read(path, HeaderNames.People, HeaderNames.ReadMap(map, HeaderNames.People), faults);
        var read = new Dictionary<string, (CsvLine Line, Person Person)>(StringComparer.Ordinal);
        var ids = new HashSet<PersonId>();
        var mistakable = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var email = line["email"].ToLowerInvariant();
            if (read.TryGetValue(email, out var earlier) && !Is(earlier.Line["name"], line["name"]))
            {
                // two people: which of them has the address, only the one who wrote the file knows
                faults.Add(line.Fault("email", string.Create(CultureInfo.InvariantCulture, $"{email} is the e-mail of line {earlier.Line.Number} as well")));
                if (mistakable.Add(email))
                {
                    faults.Add(earlier.Line.Fault("email", string.Create(CultureInfo.InvariantCulture, $"{email} is the e-mail of line {line.Number} as well")));
                }
            }
            else if (earlier.Line is not null)
            {
                faults.Add(line.Fault("email", string.Create(CultureInfo.InvariantCulture, $"{email} stands on line {earlier.Line.Number} already")));
            }
            else if (Read(line, email, onRecord.Company, faults) is { } person)
            {
                if (ids.Add(person.Id))
                {
                    read.Add(email, (line, person));
                }
                else
                {
                    faults.Add(line.Fault("email", $"{email} gives the id '{person.Id}', which another line has already"));
                }
            }
        }

        foreach (var email in mistakable)
        {
            read.Remove(email);
        }

        // who reports to a line that stays out stays out too, so look again until nobody does
        Dictionary<string, Person> people;
        do
        {
            people = read.ToDictionary(r => r.Key, r => r.Value.Person, StringComparer.Ordinal);
            foreach (var (email, (line, _)) in read.ToList())
            {
                var manager = line["manager_email"].ToLowerInvariant();
                if (manager is "" or "-")
                {
                    continue;
                }

                var boss = people.GetValueOrDefault(manager) ?? onRecord.Company.People.FirstOrDefault(p => Is(p.Email, manager) || Is(p.Name, manager));
                if (boss is null || manager == email)
                {
                    faults.Add(line.Fault("manager_email", boss is null
                        ? $"nobody on record or in the file has the e-mail {manager}"
                        : $"{email} cannot be their own manager"));
                    read.Remove(email);
                }
                else
                {
                    people[email] = people[email] with { Manager = boss.Id };
                }
            }

            if (people.Count == read.Count)
            {
                var clashes = new PeopleClashes(read.Values.ToDictionary(r => r.Person.Id, r => r.Line), onRecord.Company, "manager_email").Find(people.Values);
                faults.AddRange(clashes.Select(c => c.Fault));
                clashes.Select(c => read.First(r => r.Value.Person.Id == c.Person).Key).Distinct(StringComparer.Ordinal).ToList().ForEach(email => read.Remove(email));
            }
        }
        while (people.Count != read.Count);

        return ImportPlan.Of(onRecord, [.. people.Values], [.. faults.OrderBy(f => f.Line)], _ => []);
    }

    private static Person? Read(CsvLine line, string email, Company company, List<ImportFault> faults)
    {
        var before = faults.Count;
        if (email.IndexOf('@', StringComparison.Ordinal) is <= 0 || email.EndsWith('@') || email.Any(char.IsWhiteSpace))
        {
            faults.Add(line.Fault("email", email.Length == 0 ? "the e-mail is missing" : $"'{email}' is no e-mail address"));
        }

        if (line["name"].Length == 0)
        {
            faults.Add(line.Fault("name", "the name is missing"));
        }

        var sameName = company.People.Where(p => p.Email is null && Is(p.Name, line["name"])).Take(2).ToList();
        var known = company.People.FirstOrDefault(p => Is(p.Email, email)) ?? (sameName.Count == 1 ? sameName[0] : null);
        var person = known ?? new Person(new PersonId(CellText.Slug(email)), line["name"], Role.Rep);
        var role = person.Role;
        var word = line["role"];
        if (word.Equals("admin", StringComparison.OrdinalIgnoreCase))
        {
            role = Role.Administrator;
        }
        else if (word.Length > 0 && !(char.IsLetter(word[0]) && Enum.TryParse(word, ignoreCase: true, out role)))
        {
            faults.Add(line.Fault("role", $"'{word}' is no role: write rep, manager, director, executive or administrator"));
        }

        var prefers = line["channel"] == "-" ? null : person.Prefers;
        if (line["channel"] is var channel && channel is not ("" or "-"))
        {
            if (Enum.TryParse<Channel>(channel, ignoreCase: true, out var named) && char.IsLetter(channel[0]))
            {
                prefers = named;
            }
            else
            {
                faults.Add(line.Fault("channel", $"'{channel}' is no channel: write teams or slack, or leave it empty"));
            }
        }

        var zone = line["time_zone"];
        if (zone.Length > 0 && !(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId))
        {
            faults.Add(line.Fault("time_zone", $"'{zone}' is no IANA time zone, as Europe/Berlin or Asia/Shanghai is"));
        }

        var locale = line["locale"];
        if (locale.Length > 0 && !IsCulture(locale))
        {
            faults.Add(line.Fault("locale", $"'{locale}' is no language, as en or zh-Hans is"));
        }

        var days = line["working_days"] == "-" ? null : person.WorkingDays;
        if (line["working_days"] is var week && week is not ("" or "-"))
        {
            days = WorkingDays.TryParse(week, out var read) ? read : null;
            if (days is null)
            {
                faults.Add(line.Fault("working_days", $"'{week}' names no days of the week, as mon-fri or sun-thu does"));
            }
        }

        var (from, to) = line["working_hours"] == "-" ? (null, null) : (person.WorkingFrom, person.WorkingTo);
        if (line["working_hours"] is var hours && hours is not ("" or "-"))
        {
            if (HoursOf(hours) is { } read)
            {
                (from, to) = read;
            }
            else
            {
                faults.Add(line.Fault("working_hours", $"'{hours}' is no time from and to, as 08:00-17:00 is"));
            }
        }

        return faults.Count > before ? null : person with
        {
            Name = line["name"],
            Email = email,
            Role = role,
            Manager = line["manager_email"] == "-" ? null : person.Manager,
            TeamsId = Said(line["teams_id"], person.TeamsId),
            SlackId = Said(line["slack_id"], person.SlackId),
            TimeZone = zone.Length > 0 ? zone : person.TimeZone,
            Locale = locale.Length > 0 ? locale : person.Locale,
            Prefers = prefers,
            Country = Said(line["country"], person.Country),
            WorkingDays = days,
            WorkingFrom = from,
            WorkingTo = to,
            Called = Said(line["called"], person.Called),
        };
    }

    private static (TimeOnly? From, TimeOnly? To)? HoursOf(string text) =>
        text.Split('-', StringSplitOptions.TrimEntries) is [var from, var to]
        && TimeOnly.TryParseExact(from, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begin)
        && TimeOnly.TryParseExact(to, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end)
        && begin < end
            ? (begin, end)
            : null;

    private static string? Said(string cell, string? onRecord) => cell switch { "" => onRecord, "-" => null, _ => cell };

    private static bool Is(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static bool IsCulture(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true).Name.Length > 0;
        }
        catch (CultureNotFoundException)
        {
            return false;
        }
    }
}
