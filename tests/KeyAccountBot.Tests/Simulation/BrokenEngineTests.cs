using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Tests.Simulation.Checks;
using Xunit;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>The same checks on an engine that is broken in one way: each promise that it breaks is noticed.</summary>
[Collection(nameof(YearsAlone))]
public sealed class BrokenEngineTests
{
    private static readonly TalkPlan Talk = new(Seed: 20_260_101, People: 4, Days: 56);
    private static readonly YearPlan Weeks = new(Seed: 20_260_101, Reps: 60, Opportunities: 400, Days: 45);

    [Fact]
    public async Task A_calendar_that_knows_no_night_and_no_holiday_is_noticed() => await NoticedAsync(Promise.WorkingTime, Weeks with
    {
        Playbook = p => p with
        {
            FollowUps = p.FollowUps with { WorkingFrom = TimeOnly.MinValue, WorkingTo = new TimeOnly(23, 59), WorkingDays = WorkingDays.All, Holidays = Holidays.None },
        },
    });

    [Fact]
    public async Task A_message_that_is_sent_twice_is_noticed() => await NoticedAsync(Promise.Once, Weeks with { Channel = c => new Stutter(c) });

    [Fact]
    public async Task Wake_ups_that_are_lost_are_noticed() => await NoticedAsync(Promise.NothingOverdue, Weeks with { Queue = q => new LeakyQueue(q) });

    [Fact]
    public async Task A_wait_that_is_cut_short_is_noticed() => await NoticedAsync(Promise.Order, Weeks with { Playbook = p => Steps(p, s => s with { After = default }) });

    [Fact]
    public async Task A_step_that_is_told_once_more_than_the_policy_says_is_noticed() =>
        await NoticedAsync(Promise.Order, Weeks with { Playbook = p => Steps(p, s => s with { Times = s.Times + 1 }) });

    [Fact]
    public async Task A_stand_in_who_overreaches_is_noticed_where_nobody_asks_for_a_yes() => await NoticedAsync(Promise.Authority, Weeks with
    {
        Person = p => p with { Away = p.Away is { StandIn: not null } away ? away with { AgreedBy = p.Id } : p.Away },
    });

    [Fact]
    public async Task Too_many_messages_a_day_are_noticed() => await NoticedAsync(Promise.Few, Weeks with
    {
        Playbook = p => p with { FollowUps = p.FollowUps with { SeparateMessagesADay = 100 } },
        Reps = 10,
    });

    [Fact]
    public async Task A_reply_that_is_in_the_way_of_later_ones_is_noticed() => await NoticedAsync(Promise.NobodyMuted, Talk with { Channel = c => new StubbornChannel(c) });

    [Fact]
    public async Task A_reply_that_comes_however_late_is_noticed() => await NoticedAsync(Promise.NothingStale, Talk with { Tables = (t, clock) => new RejuvenatingTables(t, clock) });

    [Fact]
    public async Task A_reply_that_is_said_twice_is_noticed() => await NoticedAsync(Promise.Once, Talk with { Channel = c => new StutteringChannel(c) });

    [Fact]
    public async Task An_engine_in_which_an_owners_snooze_quiets_everybody_is_noticed() =>
        await NoticedAsync(Promise.NothingHidden, new YearPlan(Seed: 20_260_101, Reps: 10, Opportunities: 60, Days: 75) { Hidden = 70, OwnersQuietAll = true });

    [Fact]
    public void A_step_after_an_answer_for_good_or_after_the_end_is_noticed_and_so_is_telling_somebody_twice_of_one_cause()
    {
        var playbook = KeyAccountBot.Playbooks.PlaybookFile.Load(KeyAccountBot.Playbooks.PlaybookFile.Default);
        var staff = Staff.Hire(10, playbook.FollowUps, new Chance(1));
        var violations = new Violations(1, Year.Start);
        var checks = new ChainChecks(staff, playbook, violations);
        using var customer = new Customer("Cancity", new PersonId("d0"));
        var life = new Life(0, new Chance(1), customer, staff.Reps[0]) { Amount = 10_000 };
        var opened = new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
        Happens(life, opened, new OpportunityEvent.Opened("Cancity", "Pumps", new Money(10_000, "EUR"), staff.Reps[0], null, new StageId("development"), opened, OpportunityStatus.Open, null));
        var since = new DateTimeOffset(2026, 3, 16, 1, 0, 0, TimeSpan.Zero);
        var step = new OpportunityEvent.FollowUpStepTaken(
            FollowUpChain.KeyOf(FollowUpCause.CheckInMissed, since), FollowUpCause.CheckInMissed, since, 0, staff.Reps[0], DeliveryKind.Reminder);

        checks.Took(life, step, since);
        Assert.Equal(0, violations.Count);
        checks.Took(life, step with { Step = 1 }, since.AddDays(2));
        Assert.Equal((1, 1), (violations.Of(Promise.Once), violations.Count));
        ChainChecks.Answered(life, new OpportunityEvent.FollowUpAnswered(step.Chain, FollowUpAnswer.NotAnIssue, null), new PersonId("m0"), isOwners: false);
        checks.Took(life, step with { Step = 2, To = new PersonId("d0") }, since.AddDays(4));
        Assert.Equal(1, violations.Of(Promise.ChainsEnd));
        Happens(life, since.AddDays(4), new OpportunityEvent.Lost("gone"));
        checks.Took(life, step with { Step = 3 }, since.AddDays(7));
        Assert.Equal(2, violations.Of(Promise.ChainsEnd));
    }

    private static void Happens(Life life, DateTimeOffset at, OpportunityEvent what) => life.State = OpportunityDecider.Evolve(
        life.Id, life.State, new OpportunityEntry((life.State?.Version ?? 0) + 1, new CommandId("c"), null, at, "test", what));

    private static async Task NoticedAsync(Promise promise, YearPlan plan)
    {
        var year = await Year.LiveAsync(plan);
        Assert.True(year.Violations.Of(promise) > 0, $"nothing was noticed; {year.Violations}{Environment.NewLine}{year.Figures}");
    }

    private static async Task NoticedAsync(Promise promise, TalkPlan plan)
    {
        var year = await TalkYear.LiveAsync(plan);
        Assert.True(year.Violations.Of(promise) > 0, $"nothing was noticed; {year.Violations}{Environment.NewLine}{year.Figures}");
    }

    private static Playbook Steps(Playbook playbook, Func<FollowUpStep, FollowUpStep> change) => playbook with
    {
        FollowUps = playbook.FollowUps with
        {
            Policies = playbook.FollowUps.Policies.ToDictionary(p => p.Key, p => p.Value with { Steps = [.. p.Value.Steps.Select(change)] }),
        },
    };

    /// <summary>Says every hundredth message twice.</summary>
    private sealed class Stutter(IChannelSender inner) : IChannelSender
    {
        private int calls;

        public Channel Channel => inner.Channel;

        public async Task<SentMessage> SendAsync(TenantId tenant, Person person, Message message, CancellationToken cancellationToken)
        {
            var sent = await inner.SendAsync(tenant, person, message, cancellationToken);
            return Interlocked.Increment(ref calls) % 100 == 0 ? await inner.SendAsync(tenant, person, message, cancellationToken) : sent;
        }

        public Task<SentMessage> PostAsync(TenantId tenant, string conversation, Message message, CancellationToken cancellationToken) =>
            inner.PostAsync(tenant, conversation, message, cancellationToken);

        public Task UpdateAsync(TenantId tenant, Person person, SentMessage sent, Message message, CancellationToken cancellationToken) =>
            inner.UpdateAsync(tenant, person, sent, message, cancellationToken);
    }

    /// <summary>Loses every tenth wake-up.</summary>
    private sealed class LeakyQueue(IDelayedQueue inner) : IDelayedQueue
    {
        private int wakeUps;

        public ValueTask SendAsync(string queue, ReadOnlyMemory<byte> body, DateTimeOffset visibleAt, CancellationToken cancellationToken) =>
            queue == RowKeys.WakeUps && Interlocked.Increment(ref wakeUps) % 10 == 0
                ? ValueTask.CompletedTask
                : inner.SendAsync(queue, body, visibleAt, cancellationToken);

        public ValueTask<IReadOnlyList<LeasedMessage>> ReceiveAsync(string queue, int max, TimeSpan lease, CancellationToken cancellationToken) =>
            inner.ReceiveAsync(queue, max, lease, cancellationToken);

        public ValueTask CompleteAsync(LeasedMessage message, CancellationToken cancellationToken) => inner.CompleteAsync(message, cancellationToken);

        public ValueTask ReturnAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) => inner.ReturnAsync(message, visibleAt, cancellationToken);

        public ValueTask PutOffAsync(LeasedMessage message, DateTimeOffset visibleAt, CancellationToken cancellationToken) => inner.PutOffAsync(message, visibleAt, cancellationToken);
    }
}
