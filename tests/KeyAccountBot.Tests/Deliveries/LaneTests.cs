using System.Text;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Tests.FollowUps;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static KeyAccountBot.Tests.Deliveries.Telling;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Deliveries;

public sealed class LaneTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(20);

    public static TheoryData<DeliveryKind, string> Kinds => new()
    {
        { DeliveryKind.Reminder, "deliveries-slack" },
        { DeliveryKind.Brief, "deliveries-slack" },
        { DeliveryKind.Nudge, "deliveries-slack" },
        { DeliveryKind.HandedOver, "deliveries-slack" },
        { DeliveryKind.Alert, "deliveries-slack-first" },
        { DeliveryKind.NobodyFound, "deliveries-slack-first" },
        { DeliveryKind.Taken, "deliveries-slack-first" },
        { DeliveryKind.ColleagueAsked, "deliveries-slack-first" },
        { DeliveryKind.Question, "deliveries-slack-first" },
        { DeliveryKind.Answered, "deliveries-slack-first" },
        { DeliveryKind.Reply, "deliveries-slack-first" },
        { DeliveryKind.Reassigned, "deliveries-slack-first" },
        { DeliveryKind.DoneInName, "deliveries-slack" },
        { DeliveryKind.Undelivered, "deliveries-slack-first" },
        { DeliveryKind.Held, "deliveries-slack" },
        { DeliveryKind.HandedOn, "deliveries-slack" },
        { DeliveryKind.DecisionMakerAssigned, "deliveries-slack" },
        { DeliveryKind.TimeAsked, "deliveries-slack-first" },
        { DeliveryKind.TimeAllowed, "deliveries-slack-first" },
        { DeliveryKind.TimeRefused, "deliveries-slack-first" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_delivery_goes_by_the_lane_of_its_readers_channel_and_what_cannot_wait_goes_first(DeliveryKind kind, string lane) =>
        Assert.Equal(lane, DeliveryLanes.Of(Of(kind), Manager));

    [Fact]
    public void Every_kind_has_a_lane_here() => Assert.Equal(Enum.GetValues<DeliveryKind>().Order(), Kinds.Select(k => k.Data.Item1).Order());

    [Fact]
    public void The_playbooks_channel_a_room_urgency_and_a_refusal_decide_before_the_readers_taste()
    {
        ChannelRefusal slack = new(Channel.Slack, RefusalReason.Refused, "is_archived"), teams = slack with { Channel = Channel.Teams };
        var nudge = Of(DeliveryKind.Nudge);

        Assert.Equal("deliveries-teams", DeliveryLanes.Of(nudge with { Over = Channel.Teams }, Manager));
        Assert.Equal("deliveries-slack-first", DeliveryLanes.Of(nudge with { Urgent = true }, Manager));
        Assert.Equal("deliveries-teams", DeliveryLanes.Of(nudge, Manager, [slack]));
        Assert.Equal("deliveries-teams", DeliveryLanes.Of(nudge with { Room = new Room(Channel.Teams, "19:x") }, Manager));
        Assert.Null(DeliveryLanes.ChannelOf(nudge, Manager, [slack, teams]));
        Assert.Null(DeliveryLanes.ChannelOf(nudge with { Room = new Room(Channel.Teams, "19:x") }, Manager, [teams]));
    }

    [Fact]
    public async Task A_message_that_hangs_holds_its_own_slot_and_an_orderly_stop_waits_for_it()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
        var (store, signal) = (new MemoryStore(clock), new WorkSignal());
        using var worker = new Scripted(store, clock, signal, slots: 2);
        for (var i = 0; i < 20; i++)
        {
            await store.SendAsync(Scripted.Queue, Encoding.UTF8.GetBytes(i == 0 ? "hang" : $"{i}"), clock.GetUtcNow(), default);
        }

        await worker.StartAsync(default);
        await worker.Done(19).WaitAsync(Enough);
        Assert.Equal((1, 1), (store.Count(Scripted.Queue), worker.Lanes[0].InFlight));
        Assert.False(signal.SettleAsync(default).IsCompleted);

        var stopping = worker.StopAsync(default);
        Assert.False(stopping.IsCompleted);
        worker.LetGo();
        await stopping.WaitAsync(Enough);
        Assert.Equal(0, store.Count(Scripted.Queue));
    }

    [Fact]
    public async Task At_rest_means_that_everything_due_was_done_also_what_was_sent_meanwhile()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));
        var (store, signal) = (new MemoryStore(clock), new WorkSignal());
        using var worker = new Scripted(store, clock, signal, slots: 3);
        await store.SendAsync(Scripted.Queue, "again 9"u8.ToArray(), clock.GetUtcNow(), default);
        await worker.StartAsync(default);

        await signal.SettleAsync(default).WaitAsync(Enough);

        Assert.Equal((0, 10L), (store.Count(Scripted.Queue), worker.Lanes[0].Handled));
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task A_channel_that_hangs_holds_neither_the_other_channel_nor_alerts_and_each_call_ends_within_half_a_minute()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var (hanging, told) = (new CountdownEvent(16), new TaskCompletionSource());
        story.Teams.Meanwhile = _ =>
        {
            hanging.Signal();
            return new TaskCompletionSource().Task;
        };
        story.Slack.Meanwhile = _ =>
        {
            told.TrySetResult();
            return Task.CompletedTask;
        };
        for (var i = 0; i < 16; i++)
        {
            await story.HiresAsync(Rep with { Id = new($"rep-{i}") });
            await story.TellAsync(id, Answer($"hangs-{i}", Rep with { Id = new($"rep-{i}") }));
        }

        var worker = story.Get<DeliveryWorker>();
        await worker.StartAsync(default);
        Assert.True(await Task.Run(() => hanging.Wait(Enough)));
        await story.TellAsync(id, Answer("passes", Director));
        story.Get<WorkSignal>().Set();
        await told.Task.WaitAsync(Enough);

        story.Clock.Advance(Outbox.Patience);
        await worker.StopAsync(default).WaitAsync(Enough);
        var late = await story.RecordAsync(id, "hangs-0");
        Assert.Equal((DeliveryStatus.Pending, 0), (late.Status, late.Attempts));
        Assert.Contains("30 s", late.Error, StringComparison.Ordinal);
        hanging.Dispose();
    }

    [Fact]
    public async Task What_is_left_on_the_old_queue_is_told()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.TellAsync(id, Answer("old", Manager), queue: RowKeys.Deliveries);

        await story.WorkAsync();

        Assert.Equal(Manager.Id, Assert.Single(story.Slack.Sent).To);
        Assert.Equal(0, story.Store.Count(RowKeys.Deliveries));
    }

    private static Delivery Of(DeliveryKind kind) => new("k", kind, Manager.Id, null, null, null, null);

    /// <summary>A worker whose messages say what happens to them.</summary>
    private sealed class Scripted(MemoryStore store, TimeProvider clock, WorkSignal signal, int slots)
        : QueueWorker(Queue, store, new DeadLetters(new Tables(store), clock), WorkTimes.Usual, clock, signal, NullLogger.Instance, slots)
    {
        public const string Queue = "scripted";
        private readonly TaskCompletionSource hung = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int wanted;
        private int done;

        public Task Done(int messages)
        {
            wanted = messages;
            if (Volatile.Read(ref done) >= messages)
            {
                enough.TrySetResult();
            }

            return enough.Task;
        }

        public void LetGo() => hung.TrySetResult();

        protected override async Task HandleAsync(LeasedMessage message, CancellationToken cancellationToken)
        {
            var text = Encoding.UTF8.GetString(message.Body.Span);
            if (text == "hang")
            {
                await hung.Task;
            }
            else if (text.Split(' ') is ["again", var left] && int.Parse(left, System.Globalization.CultureInfo.InvariantCulture) is > 0 and var times)
            {
                await Queues.SendAsync(Queue, Encoding.UTF8.GetBytes($"again {times - 1}"), Clock.GetUtcNow(), cancellationToken);
            }

            await Queues.CompleteAsync(message, cancellationToken);
            if (Interlocked.Increment(ref done) == Volatile.Read(ref wanted))
            {
                enough.TrySetResult();
            }
        }
    }
}
