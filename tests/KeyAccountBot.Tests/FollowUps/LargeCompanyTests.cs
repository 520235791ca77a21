using System.Text.Json;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Operations;
using KeyAccountBot.People;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Storage;
using KeyAccountBot.Tests.Deliveries;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.FollowUps;

/// <summary>A company with thousands of opportunities costs a weekly digest what is late, not what exists.</summary>
public class LargeCompanyTests
{
    [Fact]
    public async Task A_weekly_digest_of_five_thousand_opportunities_reads_the_records_of_the_late_ones_only()
    {
        await using var story = await BeginAsync();
        await OnTheirWayAsync(story, 5_000);
        for (var i = 0; i < 12; i++)
        {
            await story.RemindsAsync($"Late {i:D2}", 1_000 * (i + 1));
        }

        story.Store.ResetCounts();
        var digest = await DigestAsync(story);

        Assert.Equal((12, 5_012, 0), (digest.Stuck.Count, digest.Open, digest.LateBeside));
        Assert.Equal("Late 11", digest.Stuck[0].Opportunity.Facts.Account);
        Assert.InRange(story.Store.Reads(RowKeys.Opportunities), 12, 30);
        Assert.InRange(story.Store.Reads(RowKeys.Accounts), 12, 30);
    }

    [Fact]
    public async Task A_line_written_by_an_older_version_hides_nothing_and_is_mended_by_the_next_reconciliation()
    {
        await using var story = await BeginAsync();
        var id = await story.RemindsAsync("Cancity", 1_000);
        var (partition, key) = (RowKeys.Owner(Tenant, Rep.Id), RowKeys.Escape(id.Value));
        var line = JsonSerializer.Deserialize((await story.Store.GetAsync(RowKeys.Index, partition, key, default))!.Body.Span, StoredJson.Default.OpportunityListing)!;
        var old = JsonSerializer.SerializeToUtf8Bytes(line with { Times = null }, StoredJson.Default.OpportunityListing);
        await story.Store.SubmitAsync(RowKeys.Index, partition, [new TableOperation.Put(key, old)], default);

        Assert.Equal(id, Assert.Single((await DigestAsync(story)).Stuck).Opportunity.Id);

        Assert.Equal(1, (await story.Get<Reconciliation>().RunAsync(null, default)).Lines);
        Assert.Equal(0, (await story.Get<Reconciliation>().RunAsync(null, default)).Lines);
    }

    [Fact]
    public void Of_more_than_a_digest_looks_at_the_largest_are_looked_at_and_the_late_ones_beside_them_are_counted()
    {
        var now = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        var playbook = PlaybookFile.Load(PlaybookFile.Default);
        var looks = new DigestLooks(4, playbook, now);
        for (var i = 0; i < 10; i++)
        {
            looks.Add(Line($"late-{i}", i, new DigestTimes(now.AddDays(-90), now.AddDays(-60), null, false)));
            looks.Add(Line($"fine-{i}", 1_000 + i, new DigestTimes(now.AddDays(-90), now.AddDays(5), null, false)));
        }

        looks.Add(Line("news", 1, new DigestTimes(now.AddDays(-2), now.AddDays(5), null, false)));
        var (chosen, beside) = looks.Choose();

        Assert.Equal(["news", "late-9", "late-8", "late-7"], chosen.Select(c => c.Value));
        Assert.Equal((7, 21), (beside, looks.Open));

        OpportunityListing Line(string id, decimal amount, DigestTimes times) => new(
            new OpportunityId(id), Rep.Id, "Cancity", "Pumps", new Money(amount, "EUR"), playbook.First.Id, OpportunityStatus.Open, false, null, null, times);
    }

    [Fact]
    public async Task A_check_in_that_only_puts_off_what_falls_due_costs_no_line_of_a_list()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        story.Clock.Advance(TimeSpan.FromDays(1));
        story.Store.ResetCounts();

        await story.CheckInAsync(id);

        Assert.Equal(1, story.Store.Batches);
    }

    private static async Task<WeeklyDigest> DigestAsync(FollowUpStory story) =>
        await story.Get<WeeklyReview>().OfAsync(Tenant, Manager, await story.Get<CompanyDirectory>().GetAsync(Tenant, default), default);

    // opened three weeks ago, and their rep said yesterday where they stand: rows as the service leaves them
    private static async Task OnTheirWayAsync(FollowUpStory story, int count)
    {
        var now = story.Clock.GetUtcNow();
        for (var i = 0; i < count; i += 100)
        {
            await story.Store.SubmitAsync(
                RowKeys.Index, RowKeys.Owner(Tenant, Rep.Id),
                [.. Enumerable.Range(i, 100).Select(n => new TableOperation.Put(
                    $"w-{n}", JsonSerializer.SerializeToUtf8Bytes(OpportunityListing.Of(OnItsWay(n), story.Playbook), StoredJson.Default.OpportunityListing)))],
                default);
        }

        Opportunity OnItsWay(int n)
        {
            var opened = new OpportunityEvent.Opened(
                $"Works {n}", "Pumps", new Money(100_000 + n, "EUR"), Rep.Id, null, story.Playbook.First.Id, now.AddDays(-21), OpportunityStatus.Open, null);
            var id = new OpportunityId($"w-{n}");
            var opportunity = OpportunityDecider.Evolve(id, null, new OpportunityEntry(1, new CommandId("a"), null, now.AddDays(-21), "test", opened));
            return OpportunityDecider.Evolve(id, opportunity, new OpportunityEntry(2, new CommandId("b"), Rep.Id, now.AddDays(-1), "test", new OpportunityEvent.CheckedIn(null)));
        }
    }
}
