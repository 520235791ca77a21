using System.Text.Json;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Tests.Import;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Playbooks;

/// <summary>A start with a playbook that would strand opportunities on record is refused; one that says what became of them is not.</summary>
public sealed class PlaybookAtStartTests
{
    private static readonly Playbook Shipped = PlaybookFile.Load(PlaybookFile.Default);
    private static readonly TenantId Tenant = new("acme");
    private static readonly Company Company = new([new Person(new("ann"), "Ann", Role.Rep)]);
    private readonly MemoryStore store = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));
    private int commands;

    [Fact]
    public async Task An_empty_store_takes_any_playbook() => await StartsAsync(EditedPlaybook.Load(EditedPlaybook.WithoutProposal()));

    [Fact]
    public async Task A_playbook_without_a_stage_is_refused_with_the_opportunities_counted_and_the_first_ten_named()
    {
        await StartsAsync(Shipped);
        for (var i = 1; i <= 12; i++)
        {
            await OpensAsync($"Works {i:00}", "proposal");
        }

        await OpensAsync("Elsewhere", "bidding");
        await OpensAsync("Long lost", "proposal", OpportunityStatus.Lost);

        var refused = await Assert.ThrowsAsync<InvalidPlaybookException>(() => StartsAsync(EditedPlaybook.Load(EditedPlaybook.WithoutProposal())));

        Assert.Contains("does not know what 12 opportunities that are open or on hold have on record", refused.Message, StringComparison.Ordinal);
        Assert.Contains("the stage 'proposal' (12: Works 01: Line; Works 02: Line; Works 03: Line", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Works 10: Line; and 2 more)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("\"was\": [\"ID\"]", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Elsewhere", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Long lost", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_playbook_that_says_where_the_stage_went_starts_and_its_opportunities_stand_there_everywhere()
    {
        await StartsAsync(Shipped);
        var id = await OpensAsync("Works", "proposal");
        await RecordAsync(Shipped, id, new OpportunityCommand.CheckIn([new MilestoneClaim(new("solution-presented"), new DateOnly(2026, 11, 20), null)], null));
        var after = EditedPlaybook.Load(EditedPlaybook.WithProposalInBidding());

        await StartsAsync(after);

        var ledger = LedgerOf(after);
        var stored = (await ledger.FindAsync(Tenant, id, default))!.Opportunity;
        Assert.Equal("bidding", stored.Facts.Stage.Value);
        Assert.Equal("bidding", Assert.Single(await ListedAsync(ledger)).Stage.Value);
        var checkedIn = await RecordAsync(after, id, new OpportunityCommand.CheckIn([new MilestoneClaim(new("bid-approved"), new DateOnly(2026, 11, 23), null)], null));
        Assert.Null(checkedIn.Refusal);
        Assert.Equal("bidding", checkedIn.Opportunity!.Facts.Stage.Value);
        Assert.DoesNotContain(checkedIn.Entries, e => e.What is OpportunityEvent.StageChanged);
        Assert.Equal("proposal", (await FirstEventOnDiskAsync(id)).GetProperty("what").GetProperty("stage").GetString());
    }

    [Fact]
    public async Task A_milestone_or_question_that_a_playbook_says_nothing_of_is_refused_only_where_it_is_on_record()
    {
        var without = EditedPlaybook.Load(EditedPlaybook.Edited(playbook =>
        {
            playbook["stages"]![0]!["milestones"]!.AsArray().RemoveAt(0);
            playbook["stages"]![0]!["questions"]!.AsArray().RemoveAt(0);
        }));
        await StartsAsync(Shipped);
        var id = await OpensAsync("Works", "development");
        await StartsAsync(without);

        await StartsAsync(Shipped);
        await RecordAsync(Shipped, id, new OpportunityCommand.CheckIn([new MilestoneClaim(new("customer-profile"), new DateOnly(2026, 11, 20), null)], null));
        await RecordAsync(Shipped, id, new OpportunityCommand.AnswerQuestion(new GivenAnswer(new("why-change-now"), "because"), new DateOnly(2026, 11, 20)));
        var refused = await Assert.ThrowsAsync<InvalidPlaybookException>(() => StartsAsync(without));

        Assert.Contains("what 1 opportunity that is open or on hold has on record", refused.Message, StringComparison.Ordinal);
        Assert.Contains("the milestone 'customer-profile' (1: Works: Line), the question 'why-change-now' (1: Works: Line)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_undo_would_bring_back_is_looked_at_too()
    {
        await StartsAsync(Shipped);
        var id = await OpensAsync("Works", "proposal");
        await RecordAsync(Shipped, id, new OpportunityCommand.CheckIn([new MilestoneClaim(new("relationship-advanced"), new DateOnly(2026, 11, 20), null)], null));

        var refused = await Assert.ThrowsAsync<InvalidPlaybookException>(() => StartsAsync(EditedPlaybook.Load(EditedPlaybook.WithoutProposal())));

        Assert.Contains("the stage 'proposal' (1: Works: Line)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_reads_the_record_only_where_the_playbook_does_not_know_an_id_that_may_be_on_it()
    {
        await StartsAsync(Shipped);
        await OpensAsync("Works", "proposal");
        var counting = new CountingStore(store);

        await PlaybookAtStart.CheckAsync(new Tables(counting), Shipped, default);
        await PlaybookAtStart.CheckAsync(new Tables(counting), EditedPlaybook.Load(EditedPlaybook.WithProposalInBidding()), default);
        Assert.Equal((2, 0), (counting.Gets, counting.Scans));

        await Assert.ThrowsAsync<InvalidPlaybookException>(() => PlaybookAtStart.CheckAsync(new Tables(counting), EditedPlaybook.Load(EditedPlaybook.WithoutProposal()), default));
        Assert.Equal(1, counting.Scans);
    }

    [Fact]
    public async Task A_record_from_before_such_checks_is_read_once_and_what_an_old_replica_may_still_write_is_remembered()
    {
        await OpensAsync("Works", "proposal");
        var counting = new CountingStore(store);
        await PlaybookAtStart.CheckAsync(new Tables(counting), EditedPlaybook.Load(EditedPlaybook.WithProposalInBidding()), default);
        await PlaybookAtStart.CheckAsync(new Tables(counting), Shipped, default);
        await PlaybookAtStart.CheckAsync(new Tables(counting), EditedPlaybook.Load(EditedPlaybook.WithProposalInBidding()), default);
        Assert.Equal(1, counting.Scans);

        var row = await store.GetAsync(PlaybookAtStart.Table, PlaybookAtStart.Partition, PlaybookAtStart.Row, default);
        Assert.Contains("\"proposal\"", System.Text.Encoding.UTF8.GetString(row!.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_keeps_nobody_from_starting()
    {
        await OpensAsync("Works", "proposal");
        await store.SubmitAsync(RowKeys.Index, RowKeys.Owner(Tenant, new("ann")), [new TableOperation.Put("broken", "no JSON"u8.ToArray())], default);
        await store.SubmitAsync(PlaybookAtStart.Table, PlaybookAtStart.Partition, [new TableOperation.Put(PlaybookAtStart.Row, "no JSON"u8.ToArray())], default);

        await StartsAsync(Shipped);
    }

    private Task StartsAsync(Playbook playbook) => PlaybookAtStart.CheckAsync(new Tables(store), playbook, default);

    private OpportunityLedger LedgerOf(Playbook playbook) => new(new Tables(store), store, playbook, clock);

    private async Task<OpportunityId> OpensAsync(string account, string stage, OpportunityStatus status = OpportunityStatus.Open)
    {
        var id = new OpportunityId("o-" + account);
        var opened = await RecordAsync(Shipped, id, new OpportunityCommand.Open(
            account, "Line", new Money(1_000, "EUR"), new("ann"), null, new StageId(stage), Status: status));
        Assert.Null(opened.Refusal);
        return id;
    }

    private async Task<LedgerOutcome> RecordAsync(Playbook playbook, OpportunityId id, OpportunityCommand command) => await LedgerOf(playbook).RecordAsync(
        Tenant, id, command, new CommandContext(new CommandId($"c{++commands}"), new("ann"), clock.GetUtcNow(), new DateOnly(2026, 11, 24), "test"), Company, default);

    private async Task<JsonElement> FirstEventOnDiskAsync(OpportunityId id)
    {
        var row = await store.GetAsync(RowKeys.Opportunities, RowKeys.Partition(Tenant, id), RowKeys.Entry(1), default);
        return JsonDocument.Parse(row!.Body).RootElement;
    }

    private static async Task<List<OpportunityListing>> ListedAsync(OpportunityLedger ledger)
    {
        List<OpportunityListing> lines = [];
        await foreach (var line in ledger.AllAsync(Tenant, default))
        {
            lines.Add(line);
        }

        return lines;
    }

    private sealed class CountingStore(ITableStore inner) : ITableStore
    {
        public int Gets { get; private set; }

        public int Scans { get; private set; }

        public ValueTask<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
        {
            Gets++;
            return inner.GetAsync(table, partitionKey, rowKey, cancellationToken);
        }

        public IAsyncEnumerable<TableRow> QueryAsync(string table, string partitionKey, string fromRowKey, string toRowKey, CancellationToken cancellationToken) =>
            inner.QueryAsync(table, partitionKey, fromRowKey, toRowKey, cancellationToken);

        public IAsyncEnumerable<TableRow> ScanAsync(string table, string? label, CancellationToken cancellationToken)
        {
            Scans++;
            return inner.ScanAsync(table, label, cancellationToken);
        }

        public ValueTask<IReadOnlyList<string>> SubmitAsync(
            string table, string partitionKey, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken) =>
            inner.SubmitAsync(table, partitionKey, operations, cancellationToken);

        public ValueTask CheckAsync(CancellationToken cancellationToken) => inner.CheckAsync(cancellationToken);
    }
}
