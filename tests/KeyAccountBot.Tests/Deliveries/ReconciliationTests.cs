using KeyAccountBot.FollowUps;
using KeyAccountBot.Operations;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Storage;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Deliveries;

public sealed class ReconciliationTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<bool, int?, int?, bool> States => new()
    {
        // is due, next attention and wake-up in minutes from now, lost
        { false, null, null, false },
        { false, null, -600, false },
        { false, 30, 30, false },
        { false, 30, 20, false },
        { false, 30, null, true },
        { false, 30, 90, true },
        { false, 30, -61, true },
        { true, null, -59, false },
        { true, null, -61, true },
        { true, null, 5, true },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void A_wake_up_is_lost_where_none_waits_in_time_or_it_should_have_come_an_hour_ago(bool isDue, int? next, int? wakeUp, bool lost)
    {
        IReadOnlyList<DueStep> due = isDue ? [new DueStep("k", StageOverdueCause.Id, Now, 0, null)] : [];

        Assert.Equal(lost, Reconciliation.IsLost(new FollowUpPlan(due, [], In(next)), In(wakeUp), Now));
    }

    [Fact]
    public async Task Where_nothing_was_lost_it_repairs_nothing()
    {
        await using var story = await BeginAsync();
        await story.OpensAsync("Cancity");
        await story.ForwardAsync(TimeSpan.FromDays(20));
        var (queued, told) = (story.Store.Count(RowKeys.WakeUps), story.Slack.Sent.Count);

        var result = await story.Get<Reconciliation>().RunAsync(null, default);
        await story.WorkAsync();

        Assert.Equal((1, 0, 0, 0), (result.Opportunities, result.WakeUps, result.Deliveries, result.Lines));
        Assert.Equal((queued, told), (story.Store.Count(RowKeys.WakeUps), story.Slack.Sent.Count));
    }

    [Fact]
    public async Task A_lost_wake_up_is_found_and_the_rep_is_reminded_after_all()
    {
        await using var story = await BeginAsync();
        await story.OpensAsync("Cancity");
        story.Store.Lose(RowKeys.WakeUps);
        await story.ForwardAsync(TimeSpan.FromDays(21));
        Assert.Empty(story.Teams.Sent);

        var (_, said) = await story.TypesAsync("deliveries", "reconcile");
        await story.WorkAsync();

        Assert.Contains("put 1 lost wake-ups and 0 lost deliveries on their queues again", said, StringComparison.Ordinal);
        Assert.NotEmpty(story.Teams.Sent);
        Assert.Equal(1, (await story.Get<ReconciliationWorker>().StateAsync(default))!.Last!.WakeUps);
    }

    [Fact]
    public async Task A_delivery_whose_message_was_lost_is_sent_after_all_and_one_that_waits_for_the_morning_is_left_alone()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.TellAsync(id, Telling.Answer("lost", Manager), withMessage: false);
        story.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(0, (await story.Get<Reconciliation>().RunAsync(null, default)).Deliveries);
        story.Clock.Advance(TimeSpan.FromHours(12));
        await story.TellAsync(id, Telling.Answer("for the morning", Director));
        story.Clock.Advance(TimeSpan.FromHours(3));

        var result = await story.Get<Reconciliation>().RunAsync(null, default);
        await story.ForwardAsync(TimeSpan.FromHours(10));

        Assert.Equal(1, result.Deliveries);
        Assert.Equal(["dora", "melvin"], story.Slack.Sent.Select(s => s.To.Value).Order());
        Assert.Equal(0, (await story.Get<Reconciliation>().RunAsync(null, default)).Deliveries);
    }

    [Fact]
    public async Task A_line_of_a_list_that_no_longer_matches_is_mended_and_one_on_a_wrong_list_is_gone()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var line = Assert.Single(story.Store.Rows(RowKeys.Index));
        var stale = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            System.Text.Json.JsonSerializer.Deserialize(line.Body.Span, StoredJson.Default.OpportunityListing)! with { Account = "Old name" }, StoredJson.Default.OpportunityListing);
        await story.Store.SubmitAsync(RowKeys.Index, line.PartitionKey, [new TableOperation.Put(line.RowKey, stale)], default);
        await story.Store.SubmitAsync(RowKeys.Index, RowKeys.Owner(Tenant, Manager.Id), [new TableOperation.Put(line.RowKey, stale)], default);

        var result = await story.Get<Reconciliation>().RunAsync(null, default);

        Assert.Equal(2, result.Lines);
        var mended = Assert.Single(story.Store.Rows(RowKeys.Index));
        Assert.Equal((line.PartitionKey, id.Value), (mended.PartitionKey, mended.RowKey));
        Assert.Contains("Cancity", System.Text.Encoding.UTF8.GetString(mended.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_many_replicas_arm_it_it_runs_once_a_day_and_a_lost_message_is_noticed()
    {
        await using var story = await BeginAsync();
        var worker = story.Get<ReconciliationWorker>();
        await worker.ArmAsync(default);
        await worker.ArmAsync(default);
        Assert.Equal(1, story.Store.Count(ReconciliationWorker.Queue));

        await story.ForwardAsync(TimeSpan.FromHours(25));
        var first = (await worker.StateAsync(default))!;
        Assert.NotNull(first.Last);
        Assert.Equal(1, story.Store.Count(ReconciliationWorker.Queue));

        story.Store.Lose(ReconciliationWorker.Queue);
        await story.ForwardAsync(TimeSpan.FromHours(26));
        await worker.ArmAsync(default);
        await worker.ArmAsync(default);
        Assert.Equal(1, story.Store.Count(ReconciliationWorker.Queue));
        await story.WorkAsync();

        Assert.True((await worker.StateAsync(default))!.Last!.At > first.Last.At);
    }

    [Fact]
    public async Task A_follow_up_is_decided_with_one_read_and_one_batch_and_armed_anew_in_it()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        while (story.Deliveries().Count == 0)
        {
            story.Clock.Advance(TimeSpan.FromHours(1));
            story.Store.ResetCounts();
            await story.Get<WakeUpWorker>().RunOnceAsync(default);
        }

        // the snapshot is read once; our people were read before
        Assert.Equal((1, 1), (story.Store.Reads(RowKeys.Opportunities), story.Store.Batches));
        Assert.True((await story.Ledger.FindAsync(Tenant, id, default))!.WakeUpAt > story.Clock.GetUtcNow());
        Assert.Equal(1, story.Store.Count(RowKeys.WakeUps));
    }

    private static DateTimeOffset? In(int? minutes) => minutes is { } m ? Now.AddMinutes(m) : null;
}
