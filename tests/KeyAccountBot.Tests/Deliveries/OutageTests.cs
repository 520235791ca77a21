using KeyAccountBot.Channels;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Operations;
using KeyAccountBot.Operations.Doctor;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;
using KeyAccountBot.StandIns;
using KeyAccountBot.Storage;
using KeyAccountBot.Tests.FollowUps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static KeyAccountBot.Tests.Deliveries.Telling;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Deliveries;

/// <summary>A channel that takes nothing: what is due waits, nothing dies, the administrator hears once, and it goes on by itself.</summary>
public sealed class OutageTests
{
    private const string Began = "has taken nothing from me";
    private const string Ended = "works again";

    [Theory]
    [InlineData(Blame.App)]
    [InlineData(Blame.Outage)]
    public async Task However_long_it_lasts_all_is_kept_uncounted_and_told_once_afterwards(object blame)
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        story.Slack.Refuses = () => Out((Blame)blame);
        foreach (var reader in (Person[])[Manager, Director, Peer])
        {
            await story.TellAsync(id, Answer($"to-{reader.Id}", reader));
        }

        await story.ForwardAsync(TimeSpan.FromDays(3));

        Assert.DoesNotContain(story.Teams.Sent, s => s.To != Rep.Id);
        Assert.Empty(await story.DeadLettersAsync());
        foreach (var reader in (Person[])[Manager, Director, Peer])
        {
            var record = await story.RecordAsync(id, $"to-{reader.Id}");
            Assert.Equal((DeliveryStatus.Pending, 0, null), (record.Status, record.Attempts, record.Refused));
        }

        story.Slack.Refuses = () => null;
        await story.ForwardAsync(TimeSpan.FromHours(1));

        Assert.Equal([Peer.Id, Director.Id, Manager.Id], story.Slack.Sent.Select(s => s.To).OrderBy(p => p.Value, StringComparer.Ordinal));
        Assert.Null(story.Get<ChannelHealth>().Of(Channel.Slack).Pause);
    }

    [Fact]
    public async Task A_paused_channel_is_tried_by_one_message_at_a_time_and_seldom()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var calls = 0;
        story.Slack.Refuses = () =>
        {
            calls++;
            return Out(Blame.App);
        };
        for (var i = 0; i < 20; i++)
        {
            await story.TellAsync(id, Answer($"a{i}", i % 2 == 0 ? Manager : Director));
        }

        await story.WorkAsync();
        Assert.Equal(1, calls);

        for (var minutes = 0; minutes < 60; minutes++)
        {
            story.Clock.Advance(TimeSpan.FromMinutes(1));
            await story.WorkAsync();
        }

        // 30 s, 1, 2, 4, 8 minutes, then every quarter of an hour
        Assert.InRange(calls, 6, 9);
    }

    [Fact]
    public async Task The_administrator_hears_once_over_the_other_channel_and_once_that_it_works_again_whatever_the_number_of_replicas()
    {
        await using var story = await BeginAsync();
        await using var second = Replica(story);
        await story.HiresAsync(Administrator);
        var id = await story.OpensAsync("Cancity");
        story.Slack.Refuses = () => Out(Blame.App);
        for (var i = 0; i < 6; i++)
        {
            await story.TellAsync(id, Answer($"a{i}", i % 2 == 0 ? Manager : Director));
        }

        await BothWorkAsync(story, second, TimeSpan.FromHours(5));

        var (to, message) = Assert.Single(story.Teams.Sent, s => s.Message.Notification.Contains(Began, StringComparison.Ordinal));
        Assert.Equal(Administrator.Id, to);
        Assert.Contains("Slack has taken nothing from me since 3/2/2026 10:00", Marked(message), StringComparison.Ordinal);
        Assert.Contains("token_revoked", message.Notification, StringComparison.Ordinal);

        story.Slack.Refuses = () => null;
        await BothWorkAsync(story, second, TimeSpan.FromHours(5));

        Assert.Single(story.Slack.Sent, s => s.To == Administrator.Id && s.Message.Notification.Contains(Ended, StringComparison.Ordinal));
        Assert.Single(story.Teams.Sent, s => s.Message.Notification.Contains(Began, StringComparison.Ordinal));
        Assert.Equal(6, story.Slack.Sent.Count(s => s.To != Administrator.Id));
        Assert.Empty(await story.DeadLettersAsync());
    }

    [Fact]
    public async Task What_is_over_within_minutes_the_administrator_is_not_told()
    {
        await using var story = await BeginAsync();
        await story.HiresAsync(Administrator);
        var id = await story.OpensAsync("Cancity");
        story.Slack.Refuses = () => Out(Blame.App);
        await story.TellAsync(id, Answer("a", Manager));
        await story.WorkAsync();

        story.Slack.Refuses = () => null;
        story.Clock.Advance(TimeSpan.FromMinutes(1));
        await story.WorkAsync();
        await story.ForwardAsync(TimeSpan.FromHours(2));

        Assert.Equal([Manager.Id], story.Slack.Sent.Select(s => s.To));
        Assert.Empty(story.Teams.Sent);
    }

    [Fact]
    public async Task A_process_that_begins_in_an_outage_knows_of_it_and_says_when_it_is_over()
    {
        await using var story = await BeginAsync();
        await story.HiresAsync(Administrator);
        var id = await story.OpensAsync("Cancity");
        story.Slack.Refuses = () => Out(Blame.App);
        await story.TellAsync(id, Answer("a", Manager));
        await story.ForwardAsync(TimeSpan.FromHours(1));

        await using var next = Replica(story);
        await next.GetRequiredService<Outages>().RememberAsync(default);
        var known = next.GetRequiredService<ChannelHealth>().Of(Channel.Slack).Pause!;
        Assert.Equal((new DateTimeOffset(2026, 3, 2, 11, 0, 0, TimeSpan.Zero), "token_revoked"), (known.Since, known.Reason));

        story.Slack.Refuses = () => null;
        for (var rounds = 0; rounds < 3; rounds++)
        {
            story.Clock.Advance(TimeSpan.FromMinutes(20));
            await LookAsync(next);
        }

        Assert.Single(story.Slack.Sent, s => s.To == Manager.Id);
        Assert.Single(story.Slack.Sent, s => s.To == Administrator.Id && s.Message.Notification.Contains(Ended, StringComparison.Ordinal));
        Assert.Empty(await next.GetRequiredService<Outages>().OpenAsync(default));
    }

    [Fact]
    public async Task What_presses_goes_over_the_other_channel_after_five_minutes_and_what_does_not_waits()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        story.Slack.Refuses = () => Out(Blame.App);
        await story.TellAsync(id, Answer("calm", Manager));
        await story.TellAsync(id, Answer("presses", Manager) with { Urgent = true });
        await story.WorkAsync();
        Assert.Empty(story.Teams.Sent);

        story.Clock.Advance(SendingRules.ShortPatience + TimeSpan.FromSeconds(6));
        await story.WorkAsync();

        Assert.Equal(Manager.Id, Assert.Single(story.Teams.Sent).To);
        var pressing = await story.RecordAsync(id, "presses");
        Assert.Equal((DeliveryStatus.Sent, "msteams", Channel.Teams, null), (pressing.Status, pressing.Channel, pressing.Instead, pressing.Refused));
        Assert.Equal(DeliveryStatus.Pending, (await story.RecordAsync(id, "calm")).Status);
    }

    [Fact]
    public async Task What_presses_is_the_probe_where_it_is_time_for_one_so_that_nothing_goes_another_way_longer_than_it_must()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        story.Slack.Refuses = () => Out(Blame.App);
        await story.TellAsync(id, Answer("first", Manager) with { Urgent = true });
        await story.ForwardAsync(TimeSpan.FromHours(2));
        Assert.Single(story.Teams.Sent);

        story.Slack.Refuses = () => null;
        await story.TellAsync(id, Answer("second", Manager) with { Urgent = true });
        await story.ForwardAsync(TimeSpan.FromHours(1));

        Assert.Single(story.Teams.Sent);
        Assert.Single(story.Slack.Sent);
    }

    [Fact]
    public async Task A_refusal_of_everybody_without_a_word_why_is_no_refusal_of_the_readers()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        Person[] readers = [Manager, Director, Peer];
        story.Slack.Refuses = () => new NotSentException("403", isPermanent: true, blame: Blame.Doubt);
        story.Teams.Refuses = () => new NotSentException("no Teams id", isPermanent: true, why: RefusalReason.NoAddress);
        foreach (var reader in readers)
        {
            await story.TellAsync(id, Answer($"to-{reader.Id}", reader));
        }

        await story.ForwardAsync(TimeSpan.FromDays(2));
        Assert.Empty(await story.DeadLettersAsync());

        story.Slack.Refuses = () => null;
        await story.ForwardAsync(TimeSpan.FromHours(1));
        Assert.Equal(readers.Length, story.Slack.Sent.Count);
    }

    [Fact]
    public async Task A_refusal_of_one_alone_without_a_word_why_is_theirs_a_minute_later()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        story.Slack.Refuses = () => new NotSentException("403", isPermanent: true, blame: Blame.Doubt);
        await story.TellAsync(id, Answer("a", Manager));
        await story.WorkAsync();
        Assert.Empty(story.Teams.Sent);

        story.Clock.Advance(SendingRules.DoubtLasts);
        await story.WorkAsync();
        Assert.Equal(Manager.Id, Assert.Single(story.Teams.Sent).To);
        Assert.Empty(story.Get<ChannelHealth>().Paused);
    }

    [Fact]
    public async Task What_presses_but_has_no_other_way_waits()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        story.Teams.Reaches = person => person.TeamsId is not null;
        story.Slack.Refuses = () => Out(Blame.Outage);
        for (var i = 0; i < 4; i++)
        {
            await story.TellAsync(id, Answer($"a{i}", Manager) with { Urgent = true });
        }

        await story.ForwardAsync(TimeSpan.FromDays(2));
        Assert.Empty(story.Teams.Sent);
        Assert.Empty(await story.DeadLettersAsync());

        story.Slack.Refuses = () => null;
        await story.ForwardAsync(TimeSpan.FromHours(1));
        Assert.Equal(4, story.Slack.Sent.Count);
    }

    [Fact]
    public async Task Both_channels_out_nothing_dies_and_each_goes_on_by_itself()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        story.Slack.Refuses = story.Teams.Refuses = () => Out(Blame.App);
        await story.TellAsync(id, Answer("in-slack", Manager) with { Urgent = true });
        await story.TellAsync(id, Answer("in-teams", Rep));
        await story.ForwardAsync(TimeSpan.FromDays(1));
        Assert.Empty(await story.DeadLettersAsync());

        story.Teams.Refuses = () => null;
        await story.ForwardAsync(TimeSpan.FromHours(2));
        Assert.Contains(Rep.Id, story.Teams.Sent.Select(s => s.To));
        Assert.Contains(Manager.Id, story.Teams.Sent.Select(s => s.To));
    }

    [Fact]
    public async Task One_reader_who_is_refused_pauses_nothing()
    {
        await using var story = await BeginAsync();
        await story.HiresAsync(Administrator);
        var id = await story.OpensAsync("Cancity");
        var refusals = 1;
        story.Slack.Refuses = () => refusals-- > 0 ? new NotSentException("user_not_found", isPermanent: true) : null;
        await story.TellAsync(id, Answer("gone", Manager));
        await story.WorkAsync();
        await story.TellAsync(id, Answer("there", Director));
        await story.WorkAsync();

        Assert.Equal(Manager.Id, Assert.Single(story.Teams.Sent).To);
        Assert.Equal(Director.Id, Assert.Single(story.Slack.Sent).To);
        Assert.Empty(story.Get<ChannelHealth>().Paused);
    }

    [Fact]
    public async Task A_message_that_the_channel_fails_on_while_it_takes_others_is_given_up_for_the_other()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var refuse = false;
        story.Slack.Meanwhile = to =>
        {
            refuse = to == Manager.Id;
            return Task.CompletedTask;
        };
        story.Slack.Refuses = () => refuse ? new NotSentException("fatal_error", isPermanent: false, blame: Blame.Outage) : null;
        await story.TellAsync(id, Answer("poison", Manager));
        for (var i = 0; i < 300 && story.Teams.Sent.Count == 0; i++)
        {
            await story.TellAsync(id, Answer($"fine-{i}", Director));
            story.Clock.Advance(TimeSpan.FromMinutes(15));
            await story.WorkAsync();
        }

        Assert.Equal(Manager.Id, Assert.Single(story.Teams.Sent).To);
        Assert.Equal(RefusalReason.NoAnswer, Assert.Single((await story.RecordAsync(id, "poison")).Refused!).Reason);
    }

    [Fact]
    public async Task A_digest_a_weekly_digest_and_a_notice_wait_too_and_each_comes_once()
    {
        await using var story = await BeginAsync();
        await story.HiresAsync(Rep, Manager with { WeeklyDigest = "0 9 * * 2" });
        var weekly = story.Get<WeeklyDigestWorker>();
        await weekly.ArmAsync(default);
        await story.ForwardAsync(TimeSpan.FromHours(1));
        story.Slack.Refuses = () => Out(Blame.App);
        await story.Get<AbsenceBook>().RecordAsync(Tenant, Rep.Id, Rep.Id, new Absence(new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 31), Manager.Id), "away", default);

        // as the worker itself does: whether one was lost is looked at every hour
        for (var hours = 0; hours < 24 * 9; hours++)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
            await weekly.ArmAsync(default);
        }

        Assert.DoesNotContain(Manager.Id, story.Slack.Sent.Concat(story.Teams.Sent).Select(s => s.To));
        Assert.Empty(await story.DeadLettersAsync());

        story.Slack.Refuses = () => null;
        await story.ForwardAsync(TimeSpan.FromHours(30));

        var told = story.Slack.Sent.Where(s => s.To == Manager.Id).Select(s => s.Message.Notification).ToList();
        Assert.Equal(2, told.Count);
        Assert.Single(told, t => t.Contains("Anna", StringComparison.Ordinal));
        Assert.NotNull((await story.Get<WeeklyDigests>().ReadAsync(Tenant, Manager.Id, default)).State);
    }

    [Fact]
    public async Task A_message_whose_handling_meets_an_outage_is_not_given_up_after_ten_tries()
    {
        await using var story = await BeginAsync();
        using var worker = new Calling(story, () => Out(Blame.App));
        await story.Store.SendAsync(Calling.Queue, "{}"u8.ToArray(), story.Clock.GetUtcNow(), default);
        for (var tries = 0; tries < 50; tries++)
        {
            Assert.Equal(1, await worker.RunOnceAsync(default));
            story.Clock.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Empty(await story.DeadLettersAsync());
        Assert.Equal(1, Assert.Single(await story.Store.ReceiveAsync(Calling.Queue, 1, TimeSpan.FromMinutes(1), default)).DequeueCount);
    }

    [Fact]
    public async Task Doctor_and_the_operators_page_say_which_channel_is_paused_since_when_and_why()
    {
        await using var story = await BeginAsync();
        var check = new ChannelsCheck(story.Get<Outages>());
        Assert.Empty((await check.LookAsync(Tenant, default)).Findings);
        Assert.Empty(OutageLine.Html([]));
        var id = await story.OpensAsync("Cancity");
        story.Slack.Refuses = () => Out(Blame.App);
        await story.TellAsync(id, Answer("a", Manager));
        await story.WorkAsync();

        const string Line = "Slack is paused since 2026-03-02 10:00 UTC: token_revoked";
        Assert.StartsWith(Line, Assert.Single((await check.LookAsync(Tenant, default)).Findings).What, StringComparison.Ordinal);
        Assert.Contains(Line, OutageLine.Html(await story.Get<Outages>().OpenAsync(default)), StringComparison.Ordinal);
    }

    private static NotSentException Out(Blame blame) => new(blame == Blame.App ? "token_revoked" : "unreachable", isPermanent: false, blame: blame);

    private static string Marked(Message message) => message.Notification;

    // another process on the same store and channels, with a health of its own
    private static ServiceProvider Replica(FollowUpStory story) => FollowUpServices.On(story.Clock, story.Store, story.Store, story.Playbook, Tenant)
        .Replace<IChannel>(story.Teams, story.Slack)
        .Replace<ISlackWorkspace>(story.Workspace)
        .BuildServiceProvider();

    private static async Task LookAsync(ServiceProvider replica)
    {
        foreach (var worker in replica.GetServices<QueueWorker>())
        {
            await worker.RunOnceAsync(default);
        }
    }

    private static async Task BothWorkAsync(FollowUpStory story, ServiceProvider second, TimeSpan span)
    {
        for (var until = story.Clock.GetUtcNow() + span; story.Clock.GetUtcNow() < until;)
        {
            story.Clock.Advance(TimeSpan.FromSeconds(45));
            await LookAsync(second);
            await story.WorkAsync();
        }
    }

    /// <summary>A worker whose handling calls a channel.</summary>
    private sealed class Calling(FollowUpStory story, Func<Exception> fails)
        : QueueWorker(Queue, story.Store, story.Get<DeadLetters>(), WorkTimes.Usual, story.Clock, new WorkSignal(), NullLogger.Instance)
    {
        public const string Queue = "calling";

        protected override Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken) => Task.FromException(fails());
    }
}
