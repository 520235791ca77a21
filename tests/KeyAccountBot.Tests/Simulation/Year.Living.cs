using System.Globalization;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Operations;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Tests.Simulation.Checks;

namespace KeyAccountBot.Tests.Simulation;

/// <content>From moment to moment: people act, the clock's steps are decided, people act in between, what is decided is told, and everything is checked.</content>
internal sealed partial class Year
{
    private const int LooksADay = 60;
    private const int ReconcileEvery = 28;
    private const int ActAtOnce = 8;
    private const int MostRounds = 5_000;
    private static readonly StageId[] Stages =
        [.. new[] { "development", "development", "development", "development", "development", "establishment", "establishment", "proposal", "proposal", "bidding", "negotiation" }.Select(s => new StageId(s))];

    private DateOnly day;

    /// <summary>The next moment at which anybody acts or anything comes, and every midnight; whole seconds.</summary>
    private DateTimeOffset Next
    {
        get
        {
            var next = new DateTimeOffset(Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
            if (acts.TryPeek(out _, out var act) && act.At < next)
            {
                next = act.At;
            }

            if (diary.Next is { } due && due < next)
            {
                next = due;
            }

            return new DateTimeOffset((next.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        }
    }

    private async Task RunAsync()
    {
        await Get<PeopleRepository>().PutAsync(Tenant, Staff.Company.People.Select(plan.Person), default);
        await Parallel.ForEachAsync(customers.Select((c, i) => (Customer: c, Number: i)), async (c, _) =>
            await c.Customer.MapAsync(Accounts, (c.Number % 9) switch { < 4 => 7, < 7 => 3, _ => 0 }, Staff.Reps[c.Number % Staff.Reps.Count], Now, Today(Staff.Reps[0])));
        customers.ForEach(c => c.Settle());
        for (var end = Start.AddDays(plan.Days); Next is var next && next < end;)
        {
            if (next > Now)
            {
                clock.SetUtcNow(next);
                Figures.Moments++;
            }

            await BeginDayAsync();
            await ActAsync();
            await WorkAsync(w => w is WakeUpWorker);
            await ActAsync();
            await WorkAsync(_ => true);
        }

        await EndAsync();
    }

    // what each will be comes from one chance, in order
    private void Open(Reps reps)
    {
        for (var i = 0; i < Math.Max(6, plan.Opportunities / 50); i++)
        {
            customers.Add(new Customer($"Customer {i:D3}", new PersonId($"d{i % Region.All.Count}")));
        }

        for (var i = 0; i < plan.Opportunities; i++)
        {
            var own = chance.Own();
            var life = new Life(i, own, own.One(customers), own.One(Staff.Reps))
            {
                Temper = own.Between(0, 1) switch
                {
                    var draw when draw > 1 - (plan.Hidden / 100.0) => Temper.Hiding, < 0.65 => Temper.Diligent, < 0.91 => Temper.Average, _ => Temper.Silent,
                },
                Amount = own.Of(0.15) ? own.From(500, 3_000) * 1_000 : own.From(10, 499) * 1_000,
                Stage = own.One(Stages),
            };
            lives.Add(life);
            var opened = Start.AddDays(own.Of(0.05) ? 0 : own.From(0, Math.Max(1, plan.Days - 15)));
            Later(life, Moment(life.Opener, own, 0, 0, opened), () => reps.OpensAsync(life));
        }

        Figures.Opportunities = plan.Opportunities;
    }

    private async Task BeginDayAsync()
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        if (today == day)
        {
            return;
        }

        day = today;
        if (Staff.AnnouncedOn(today, Now) is { Count: > 0 } announced)
        {
            Figures.Absences += announced.Count;
            company = new Company(Staff.Company.People.Select(plan.Person));
            await Get<PeopleRepository>().PutAsync(Tenant, announced.Select(plan.Person), default);
            Get<CompanyDirectory>().Forget();
        }

        await Get<WeeklyDigests>().ArmAllAsync(Tenant, default);
        Life[] open = [.. audit.Open];
        overreach.Begin(open);
        for (var i = 0; i < LooksADay && open.Length > 0; i++)
        {
            var life = looking.One(open);
            overdue.Look(life, life.State!, Now);
            hiding.Look(life, life.State!, Now);
        }

        if (day.DayNumber % ReconcileEvery == 0)
        {
            var mended = await Get<ReconciliationWorker>().RunNowAsync(default);
            Figures.Mended += mended.WakeUps + mended.Deliveries;
        }
    }

    // many at once, but one after the other on one opportunity: so nobody's decision depends on who was faster
    private async Task ActAsync()
    {
        List<(Life Life, Func<Task> Act)> due = [];
        while (acts.TryPeek(out _, out var next) && next.At <= Now)
        {
            due.Add(acts.Dequeue());
        }

        if (due.Count == 0)
        {
            return;
        }

        await Parallel.ForEachAsync(due.GroupBy(d => d.Life), new ParallelOptions { MaxDegreeOfParallelism = ActAtOnce }, async (one, _) =>
        {
            foreach (var (_, act) in one)
            {
                await act();
            }
        });
        customers.ForEach(c => c.Settle());
        audit.Read(Now);
    }

    private async Task WorkAsync(Func<QueueWorker, bool> which)
    {
        var rounds = 0;
        for (var worked = true; worked;)
        {
            worked = false;
            foreach (var worker in workers.Where(which))
            {
                while (worker.Lanes.Any(l => diary.IsDue(l.Queue)))
                {
                    await worker.RunOnceAsync(default);
                    audit.Read(Now);
                    telling.Rest();
                    worked = true;
                    if (++rounds > MostRounds)
                    {
                        throw new InvalidOperationException($"The queues do not come to rest at {Now:u}.{Environment.NewLine}{Violations}");
                    }
                }
            }
        }
    }

    private async Task EndAsync()
    {
        clock.SetUtcNow(Start.AddDays(plan.Days));
        await WorkAsync(_ => true);
        foreach (var life in audit.Open)
        {
            var stands = (await Get<OpportunityLedger>().FindAsync(Tenant, life.Id, default))!.Opportunity;
            overdue.Look(life, stands, Now);
            hiding.Look(life, stands, Now);
        }

        await new EndChecks(Staff, engine.Queues, Get<DeadLetters>(), Get<DeliveryRows>(), Get<OpportunityLedger>(), Violations)
            .LookAsync(lives, diary.Queues, telling, looking, Now);
        (Figures.Queued, Figures.Refused, Figures.Updated) = (diary.Sent, ears.Refused, ears.Updated);
        Figures.Fingerprint = lives.Aggregate(14695981039346656037, (hash, life) => unchecked((hash ^ life.Fingerprint) * 1099511628211))
            .ToString("x16", CultureInfo.InvariantCulture);
    }
}
