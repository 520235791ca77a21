using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sandbox;

/// <summary>Whether one of ours can be told something at a moment, and what waits until they can.</summary>
/// <param name="Id">Who.</param>
/// <param name="Local">The moment where they are.</param>
/// <param name="BackAt">When their work next begins, local time; <c>null</c> while they work.</param>
/// <param name="AwayUntil">The last day of their absence, local date; <c>null</c> while they are there.</param>
/// <param name="StandIn">The name of who hears in their place; <c>null</c> while they are there, or where nobody does.</param>
/// <param name="Waiting">How many messages wait until their work begins.</param>
/// <param name="InDigest">How many messages wait for today's digest.</param>
internal sealed record Presence(
    string Id, DateTimeOffset Local, DateTimeOffset? BackAt, DateOnly? AwayUntil, string? StandIn, int Waiting, int InDigest);

/// <summary>Looks who is at work and who is away, so that who moves the clock sees why the bot is silent.</summary>
internal sealed class WhoIsThere(
    CompanyDirectory directory, DeliveryRows deliveries, Mailboxes mailboxes, Playbook playbook, BotOptions options, TimeProvider clock)
{
    /// <summary>When a digest goes out, local time of its reader.</summary>
    public TimeOnly DigestAt => playbook.FollowUps.DigestAt;

    /// <summary>Everybody, in no order.</summary>
    public async Task<IReadOnlyList<Presence>> LookAsync(CancellationToken cancellationToken)
    {
        var (tenant, now) = (options.HomeTenant, clock.GetUtcNow());
        var company = (await directory.GetAsync(tenant, cancellationToken)).AsOf(now);
        var unsent = await UnsentAsync(cancellationToken);
        List<Presence> found = [];
        foreach (var person in company.People)
        {
            var calendar = FollowUpPolicy.CalendarOf(person, playbook.FollowUps);
            var work = calendar.NextWorkingMoment(now);
            var isAway = company.IsAway(person);
            var (day, _, _) = await mailboxes.ReadAsync(tenant, person.Id, calendar.DateAt(now), cancellationToken);
            found.Add(new Presence(
                person.Id.Value, calendar.LocalTime(now), work > now ? calendar.LocalTime(work) : null,
                isAway ? person.Away!.Until : null, isAway ? company.StandInFor(person.Id)?.Name : null,
                work > now ? unsent.GetValueOrDefault(person.Id) : 0, day is null || day.Closed ? 0 : day.InDigest));
        }

        return found;
    }

    // what is urgent goes out at night as well, so it never waits for a morning
    private async Task<Dictionary<PersonId, int>> UnsentAsync(CancellationToken cancellationToken)
    {
        Dictionary<PersonId, int> unsent = [];
        await foreach (var row in deliveries.UnsentAsync(cancellationToken))
        {
            if (row.Record is { Delivery: { Urgent: false, Room: null } delivery })
            {
                unsent[delivery.To] = unsent.GetValueOrDefault(delivery.To) + 1;
            }
        }

        return unsent;
    }
}
