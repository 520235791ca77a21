using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;
using KeyAccountBot.Tests.FollowUps;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Records;

public class LedgerTests
{
    private static readonly Company Company = new([Rep, Manager, Director]);
    private int commands;

    [Fact]
    public async Task A_command_on_a_state_that_another_replica_has_changed_decides_again()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var (ours, theirs) = (LedgerOf(story, story.Store), LedgerOf(story, story.Store));
        await ours.FindAsync(Tenant, id, default);
        await RecordAsync(theirs, story, id, new OpportunityCommand.Lose("price"));

        var outcome = await RecordAsync(ours, story, id, new OpportunityCommand.CheckIn([], null));

        Assert.Equal(new Refusal.WrongStatus(OpportunityStatus.Lost), outcome.Refusal);
    }

    [Fact]
    public async Task What_a_remembered_state_would_refuse_is_decided_on_the_record_as_it_stands()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var (ours, theirs) = (LedgerOf(story, story.Store), LedgerOf(story, story.Store));
        await RecordAsync(ours, story, id, new OpportunityCommand.Hold("budget frozen"));
        await RecordAsync(theirs, story, id, new OpportunityCommand.Reopen("budget is back"));

        var outcome = await RecordAsync(ours, story, id, new OpportunityCommand.CheckIn([], null));

        Assert.Null(outcome.Refusal);
        Assert.IsType<OpportunityEvent.CheckedIn>(Assert.Single(outcome.Entries).What);
    }

    [Fact]
    public async Task A_command_is_answered_before_the_list_is_written_and_who_reads_the_list_waits_for_it()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var tables = new HeldIndex(story.Store);
        var ledger = LedgerOf(story, tables);

        await RecordAsync(ledger, story, id, new OpportunityCommand.Hold("budget frozen"));
        var reading = ListAsync(ledger);
        Assert.False(reading.IsCompleted);

        tables.LetGo();
        Assert.Equal(OpportunityStatus.OnHold, Assert.Single(await reading).Status);
    }

    [Fact]
    public async Task One_wake_up_mends_the_list_and_arms_the_next()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var waiting = story.Store.Count(RowKeys.WakeUps);
        var today = DateOnly.FromDateTime(story.Clock.GetUtcNow().UtcDateTime);

        await RecordAsync(story.Ledger, story, id, new OpportunityCommand.CheckIn(
            [new MilestoneClaim(new MilestoneId("project-information"), today, null)], new NextStep("Visit the line", today.AddDays(1))));
        Assert.Equal(waiting + 1, story.Store.Count(RowKeys.WakeUps));

        await story.ForwardAsync(TimeSpan.FromDays(4));
        Assert.Contains(story.Teams.Sent, s => s.To == Rep.Id);
    }

    private static OpportunityLedger LedgerOf(FollowUpStory story, ITableStore tables) => new(new Tables(tables), story.Store, story.Playbook, story.Clock);

    private static async Task<List<OpportunityListing>> ListAsync(OpportunityLedger ledger)
    {
        List<OpportunityListing> lines = [];
        await foreach (var line in ledger.OfOwnerAsync(Tenant, Rep.Id, default))
        {
            lines.Add(line);
        }

        return lines;
    }

    private async Task<LedgerOutcome> RecordAsync(OpportunityLedger ledger, FollowUpStory story, OpportunityId id, OpportunityCommand command)
    {
        var now = story.Clock.GetUtcNow();
        var context = new CommandContext(new CommandId($"command-{++commands}"), Rep.Id, now, DateOnly.FromDateTime(now.UtcDateTime), "msteams");
        return await ledger.RecordAsync(Tenant, id, command, context, Company, default);
    }

    /// <summary>Holds back what is written to lists.</summary>
    private sealed class HeldIndex(ITableStore inner) : ITableStore
    {
        private readonly TaskCompletionSource letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void LetGo() => letGo.SetResult();

        public async ValueTask<IReadOnlyList<string>> SubmitAsync(
            string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
        {
            if (table == RowKeys.Index)
            {
                await letGo.Task;
            }

            return await inner.SubmitAsync(table, partitionKey, operations, cancellationToken);
        }

        public ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
            inner.GetAsync(table, partitionKey, rowKey, cancellationToken);

        public IAsyncEnumerable<TableRow> QueryAsync(string table, string partitionKey, string fromRowKey, string toRowKey, CancellationToken cancellationToken) =>
            inner.QueryAsync(table, partitionKey, fromRowKey, toRowKey, cancellationToken);

        public IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, CancellationToken cancellationToken) =>
            inner.ScanAsync(table, label, cancellationToken);

        public ValueTask CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);
    }
}
