using System.Collections.Frozen;
using NodaTime;

namespace KeyAccountBot.Sales.People;

/// <summary>All our people as they stand, who reports to whom, and who stands in for whom at one moment.</summary>
public sealed class Company
{
    private readonly FrozenDictionary<PersonId, Person> byId;
    private readonly ILookup<PersonId, Person> reports;
    private readonly Lazy<Dictionary<string, Person>> byTeamsId;
    private readonly Instant? moment;
    private readonly bool anybodyAway;

    // whom each reports to whose record cannot be read
    private readonly IReadOnlyDictionary<PersonId, PersonId?> unread;

    /// <summary>A company of these people, everybody there; of two with one id the later counts.</summary>
    /// <param name="people">Those whose record can be read.</param>
    /// <param name="unread">Those whose record cannot be read, and whom they report to where that is known: nobody knows them, but the line goes through them.</param>
    public Company(IEnumerable<Person> people, IReadOnlyDictionary<PersonId, PersonId?>? unread = null)
    {
        this.unread = unread ?? FrozenDictionary<PersonId, PersonId?>.Empty;
        byId = people.GroupBy(p => p.Id).ToFrozenDictionary(g => g.Key, g => g.Last());
        People = byId.Values;
        reports = byId.Values.Where(p => p.Manager is not null).ToLookup(p => p.Manager!.Value);
        anybodyAway = byId.Values.Any(p => p.Away is not null);
        byTeamsId = new(() => byId.Values.Where(p => p.TeamsId is { Length: > 0 }).GroupBy(p => p.TeamsId!, StringComparer.OrdinalIgnoreCase)
            .Where(g => g.Count() == 1).ToDictionary(g => g.Key, g => g.Single(), StringComparer.OrdinalIgnoreCase));
    }

    private Company(Company other, Instant moment)
    {
        byId = other.byId;
        People = other.People;
        reports = other.reports;
        byTeamsId = other.byTeamsId;
        unread = other.unread;
        anybodyAway = other.anybodyAway;
        this.moment = moment;
    }

    /// <summary>The same people at a moment: who is away then counts as away.</summary>
    public Company AsOf(DateTimeOffset now) => anybodyAway ? new Company(this, Instant.FromDateTimeOffset(now)) : this;

    /// <summary>Nobody.</summary>
    public static Company Empty { get; } = new([]);

    /// <summary>Everybody, in no order.</summary>
    public IReadOnlyCollection<Person> People { get; }

    /// <summary>The person with this id, or <c>null</c>.</summary>
    public Person? Find(PersonId id) => byId.GetValueOrDefault(id);

    /// <summary>Whom a person reports to, nearest first; a circle ends where it closes.</summary>
    public IEnumerable<Person> LineAbove(PersonId id)
    {
        var seen = new HashSet<PersonId> { id };
        for (var next = ManagerOf(id); next is { } manager && seen.Add(manager); next = ManagerOf(manager))
        {
            if (Find(manager) is { } above)
            {
                yield return above;
            }
        }
    }

    /// <summary>A person and everybody below them, themselves first.</summary>
    public IEnumerable<Person> TeamOf(PersonId id)
    {
        var seen = new HashSet<PersonId>();
        var waiting = new Queue<PersonId>([id]);
        while (waiting.TryDequeue(out var next))
        {
            if (!seen.Add(next))
            {
                continue;
            }

            if (Find(next) is { } person)
            {
                yield return person;
            }
            else if (!unread.ContainsKey(next))
            {
                continue;
            }

            foreach (var report in reports[next].Select(p => p.Id).Concat(unread.Where(u => u.Value == next).Select(u => u.Key)))
            {
                waiting.Enqueue(report);
            }
        }
    }

    /// <summary>
    /// Who hears in a person's place at this moment: themselves while they are there, else who acts for them, else the first up their
    /// line who is there. Never the stand-in of a stand-in. <c>null</c> where there is nobody at all.
    /// </summary>
    public Person? StandInFor(PersonId id) =>
        Find(id) is { } person && !IsAway(person) ? person : ActingFor(id) ?? LineAbove(id).FirstOrDefault(p => !IsAway(p));

    /// <summary>
    /// Who may act for a person at this moment: the one who was named for them, while they are away and that one is there. Authority is
    /// never passed on: who acts for somebody names nobody for them, and is replaced by nobody.
    /// </summary>
    public Person? ActingFor(PersonId id) =>
        anybodyAway && Find(id) is { Away: { StandIn: { } named } away } person && IsAway(person)
        && Find(named) is { } standIn && !IsAway(standIn) && (away.AgreedBy is not null || IsOfLine(id, named))
            ? standIn
            : null;

    /// <summary>Whether somebody may stand in for a person without a yes from above: one of their line above, of their own team, or of those with the same manager.</summary>
    public bool IsOfLine(PersonId id, PersonId standIn) =>
        id != standIn && (LineAbove(id).Any(p => p.Id == standIn) || LineAbove(standIn).Any(p => p.Id == id)
            || (Find(id)?.Manager is { } manager && Find(standIn)?.Manager == manager));

    /// <summary>Whether a person is away at this moment, by the date where they are.</summary>
    public bool IsAway(Person person) =>
        moment is { } now && person.Away is not null && person.IsAwayOn(DateOf(person, now));

    private static DateOnly DateOf(Person person, Instant now) =>
        now.InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(person.TimeZone) ?? DateTimeZone.Utc).Date.ToDateOnly();

    /// <summary>Whether a person is away at this moment or said that they will be.</summary>
    public bool IsOrWillBeAway(Person person) => moment is { } now && person.Away is { } away && DateOf(person, now) <= away.Until;

    /// <summary>
    /// Whether a person may see and change what this owner's opportunity holds: the owner, their line of management, and at this
    /// moment who acts for one of these.
    /// </summary>
    public bool MaySee(PersonId who, PersonId owner) => who == owner || LineAbove(owner).Any(p => p.Id == who) || InNameOf(who, owner) is not null;

    /// <summary>In whose name a person acts on what this owner's opportunity holds; <c>null</c> where they act in their own, or may not act.</summary>
    public PersonId? InNameOf(PersonId who, PersonId owner)
    {
        if (!anybodyAway || who == owner)
        {
            return null;
        }

        List<Person> line = [.. LineAbove(owner)];
        return line.Any(p => p.Id == who) ? null
            : ActingFor(owner)?.Id == who ? owner
            : line.FirstOrDefault(p => ActingFor(p.Id)?.Id == who)?.Id;
    }

    /// <summary>Whose opportunities a person looks after: their own, those of everybody below them, and of whom they act for at this moment.</summary>
    public IEnumerable<Person> LookedAfterBy(PersonId id)
    {
        var own = TeamOf(id);
        return anybodyAway ? own.Concat(ActedForBy(id).SelectMany(p => TeamOf(p.Id))).DistinctBy(p => p.Id) : own;
    }

    /// <summary>Those below a person whose record cannot be read: what they own is not lost from view.</summary>
    public IEnumerable<PersonId> UnreadBelow(PersonId id) => unread.Keys.Where(u => LineAbove(u).Any(p => p.Id == id));
    /// <summary>For whom a person acts at this moment, in the order of their names.</summary>
    public IEnumerable<Person> ActedForBy(PersonId id) => anybodyAway
        ? byId.Values.Where(p => p.Away?.StandIn == id && ActingFor(p.Id)?.Id == id).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
        : [];

    /// <summary>The first up a person's line with this role; for a rep's step the person themselves.</summary>
    public Person? OfRole(Role role, PersonId owner) =>
        role == Role.Rep && Find(owner) is { } rep ? rep : LineAbove(owner).FirstOrDefault(p => p.Role == role);

    /// <summary>One of ours by Entra object id, whatever the capitals; <c>null</c> where two people have it, because then it tells neither.</summary>
    public Person? FindByTeamsId(string id) => byTeamsId.Value.GetValueOrDefault(id);

    /// <summary>One of ours by e-mail address, whatever the capitals; an address that two share is nobody's.</summary>
    public Person? FindByEmail(string email) => Only(p => Same(p.Email, email));

    /// <summary>One of ours by Slack user id, whatever the capitals; an id that two share is nobody's.</summary>
    public Person? FindBySlackId(string id) => Only(p => Same(p.SlackId, id));

    /// <summary>Who hears of what has no reader; <c>null</c> where nobody was put in charge.</summary>
    public Person? Administrator =>
        byId.Values.Where(p => p.Role == Role.Administrator).OrderBy(p => p.Id.Value, StringComparer.Ordinal).FirstOrDefault();

    private PersonId? ManagerOf(PersonId id) => Find(id)?.Manager ?? unread.GetValueOrDefault(id);

    private Person? Only(Func<Person, bool> isThem)
    {
        Person? found = null;
        foreach (var person in byId.Values)
        {
            if (isThem(person))
            {
                if (found is not null)
                {
                    return null;
                }

                found = person;
            }
        }

        return found;
    }

    private static bool Same(string? onRecord, string given) =>
        onRecord is { Length: > 0 } && onRecord.AsSpan().Trim().Equals(given.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);
}
