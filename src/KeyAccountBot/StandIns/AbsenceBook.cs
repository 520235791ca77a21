using System.Security.Cryptography;
using System.Text;
using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.StandIns;

/// <summary>What came of recording an absence.</summary>
/// <param name="Person">Who is away, as they stand now.</param>
/// <param name="Hears">Who hears in their place now; <c>null</c> where nobody is there.</param>
/// <param name="Waiting">Who was named and takes a yes; <c>null</c> where nobody does.</param>
/// <param name="Asked">Who is asked for it; <c>null</c> where there is nobody to ask, and who was named does not stand in.</param>
internal sealed record RecordedAbsence(Person Person, Person? Hears, Person? Waiting = null, Person? Asked = null);

/// <summary>What came of declining, agreeing or not agreeing.</summary>
internal enum StandInOutcome
{
    /// <summary>It is on record.</summary>
    Recorded,

    /// <summary>The absence is over, or somebody was quicker.</summary>
    Settled,

    /// <summary>It is not theirs to say.</summary>
    NotTheirs,
}

/// <summary>
/// Records who is away and who stands in. What there is to tell goes into mailboxes before the person's row: a notice of what was never
/// recorded is not sent, and what is recorded is told even if the process dies in between.
/// </summary>
internal sealed class AbsenceBook(PeopleRepository people, CompanyDirectory directory, Notices notices, ActsInName acts, Playbook playbook, TimeProvider clock, WorkSignal signal)
{
    /// <summary>The last day that an absence from this day on may have.</summary>
    public DateOnly LatestFrom(DateOnly from) => from.AddDays(playbook.FollowUps.Absences.LongestDays - 1);

    /// <summary>Records that somebody is away from today on; saying it again replaces it.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="by">Who says so: themselves, or one who leads them.</param>
    /// <param name="who">Who is away.</param>
    /// <param name="said">From when until when, and who was named.</param>
    /// <param name="command">Makes the notices count once.</param>
    /// <param name="cancellationToken">Stops between the steps.</param>
    /// <returns><c>null</c> for somebody not on record.</returns>
    public async Task<RecordedAbsence?> RecordAsync(
        TenantId tenant, PersonId by, PersonId who, Absence said, string command, CancellationToken cancellationToken)
    {
        var company = await directory.GetAsync(tenant, cancellationToken);
        if (company.Find(who) is not { } person)
        {
            return null;
        }

        var named = said.StandIn is { } id ? company.Find(id) : null;
        var away = said with { StandIn = named?.Id, NamedBy = by, AgreedBy = null };
        Person? waiting = null, asked = null;
        if (named is not null && !company.IsOfLine(who, named.Id))
        {
            if (MayAgree(by, person, company))
            {
                away = away with { AgreedBy = by };
            }
            else if (AskedOf(who, company) is { } above)
            {
                (waiting, asked) = (named, above);
                await PutAsync(tenant, command, new Notice(NoticeKind.Asked, above.Id, who, said.From, said.Until, named.Id, by), cancellationToken);
            }
            else
            {
                (waiting, away) = (named, away with { StandIn = null });
            }
        }

        if (named is not null && waiting is null && named.Id != by)
        {
            await PutAsync(tenant, command, new Notice(NoticeKind.Named, named.Id, who, said.From, said.Until, named.Id, by), cancellationToken);
        }

        await BeginAsync(tenant, person, away, company, cancellationToken);
        var after = await people.ChangeAsync(tenant, who, p => p with { Away = away }, cancellationToken);
        Changed();
        return after is null ? null : new RecordedAbsence(after, (await directory.GetAsync(tenant, cancellationToken)).StandInFor(who), waiting, asked);
    }

    /// <summary>Who was named declines.</summary>
    public async Task<StandInOutcome> DeclineAsync(TenantId tenant, PersonId by, PersonId absent, DateOnly from, string command, CancellationToken cancellationToken)
    {
        if ((await directory.GetAsync(tenant, cancellationToken)).Find(absent) is not { Away: { } away } person || away.StandIn != by || away.From != from)
        {
            return StandInOutcome.Settled;
        }

        await TellNamerAsync(tenant, command, NoticeKind.Declined, person, away, by, cancellationToken);
        return await ChangeAsync(tenant, absent, away, a => a with { StandIn = null, AgreedBy = null }, cancellationToken);
    }

    /// <summary>One of those above the absent person agrees to who was named, or does not. Only they themselves may, never who stands in for them.</summary>
    public async Task<StandInOutcome> AgreeAsync(
        TenantId tenant, PersonId by, PersonId absent, DateOnly from, PersonId standIn, bool yes, string command, CancellationToken cancellationToken)
    {
        var company = await directory.GetAsync(tenant, cancellationToken);
        if (!company.LineAbove(absent).Any(p => p.Id == by))
        {
            return StandInOutcome.NotTheirs;
        }

        if (company.Find(absent) is not { Away: { } away } person || away.StandIn != standIn || away.From != from || !NoticeStanding.IsWaiting(person, company))
        {
            return StandInOutcome.Settled;
        }

        await TellNamerAsync(tenant, command, yes ? NoticeKind.Agreed : NoticeKind.Refused, person, away, by, cancellationToken);
        if (yes)
        {
            await PutAsync(tenant, command, new Notice(NoticeKind.Named, standIn, absent, away.From, away.Until, standIn, away.NamedBy ?? absent), cancellationToken);
        }

        return await ChangeAsync(tenant, absent, away, a => yes ? a with { AgreedBy = by } : a with { StandIn = null }, cancellationToken);
    }

    /// <summary>Ends an absence. Who comes back themselves is answered with what was done in their name; who is said to be back hears of it by a notice.</summary>
    public async Task EndAsync(TenantId tenant, Person person, bool byThemselves, CancellationToken cancellationToken)
    {
        if (person.Away is { } away)
        {
            var due = new NoticeDue(tenant, person.Id, KeyOfReturn(away));
            if (byThemselves)
            {
                await notices.TakeAwayAsync(due, cancellationToken);
            }
            else
            {
                await notices.BringForwardAsync(due, cancellationToken);
            }
        }

        await people.ChangeAsync(tenant, person.Id, p => p with { Away = null }, cancellationToken);
        Changed();
    }

    /// <summary>For whom a person was named to stand in, and may still decline.</summary>
    public static IReadOnlyList<Person> NamedFor(Company company, PersonId who, DateOnly today) =>
        [.. company.People.Where(p => p.Away?.StandIn == who && p.Away.Until >= today && !NoticeStanding.IsWaiting(p, company)).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whose stand-in waits for a person's yes.</summary>
    public static IReadOnlyList<Person> WaitingFor(Company company, PersonId who, DateOnly today) =>
        [.. company.TeamOf(who).Where(p => p.Id != who && p.Away?.Until >= today && NoticeStanding.IsWaiting(p, company)).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)];

    // above the absent person; who has nobody above is asked by nobody
    private static bool MayAgree(PersonId by, Person absent, Company company) =>
        by != absent.Id ? company.LineAbove(absent.Id).Any(p => p.Id == by)
        : absent.Role is Role.Executive or Role.Administrator && !company.LineAbove(absent.Id).Any();

    private static Person? AskedOf(PersonId absent, Company company) =>
        company.LineAbove(absent).FirstOrDefault(p => !company.IsAway(p)) ?? company.LineAbove(absent).FirstOrDefault();

    // what was done in their name is told on the first working morning, unless they say sooner that they are back
    private async Task BeginAsync(TenantId tenant, Person person, Absence away, Company company, CancellationToken cancellationToken)
    {
        var wasTold = person.Away is not { } before || !await notices.TakeAwayAsync(new NoticeDue(tenant, person.Id, KeyOfReturn(before)), cancellationToken);
        if (wasTold && !company.IsAway(person))
        {
            await acts.ClearAsync(tenant, person.Id, cancellationToken);
        }

        var calendar = FollowUpPolicy.CalendarOf(person, playbook.FollowUps);
        var morning = calendar.StartOfWork(calendar.AddBusinessDays(away.Until.AddDays(1), 0));
        await notices.PutAsync(tenant, KeyOfReturn(away), new Notice(NoticeKind.WhileAway, person.Id, person.Id, away.From, away.Until), morning, cancellationToken);
    }

    private Task TellNamerAsync(TenantId tenant, string command, NoticeKind kind, Person absent, Absence away, PersonId by, CancellationToken cancellationToken) =>
        (away.NamedBy ?? absent.Id) is var namer && namer == by
            ? Task.CompletedTask
            : PutAsync(tenant, command, new Notice(kind, namer, absent.Id, away.From, away.Until, away.StandIn, by), cancellationToken);

    private async Task<StandInOutcome> ChangeAsync(
        TenantId tenant, PersonId absent, Absence before, Func<Absence, Absence> change, CancellationToken cancellationToken)
    {
        var isStill = false;
        await people.ChangeAsync(tenant, absent, p => (isStill = p.Away == before) ? p with { Away = change(before) } : p, cancellationToken);
        Changed();
        return isStill ? StandInOutcome.Recorded : StandInOutcome.Settled;
    }

    // the notices wait for this: sooner, they would find nothing to tell
    private void Changed()
    {
        directory.Forget();
        signal.Set();
    }

    private Task PutAsync(TenantId tenant, string command, Notice notice, CancellationToken cancellationToken) =>
        notices.PutAsync(tenant, $"{notice.Kind}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(command)))[..24]}", notice, clock.GetUtcNow(), cancellationToken);

    private static string KeyOfReturn(Absence away) => $"{NoticeKind.WhileAway}~{away.From:yyyy-MM-dd}~{away.Until:yyyy-MM-dd}";
}
