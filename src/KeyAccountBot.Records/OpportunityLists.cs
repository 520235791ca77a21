using System.Collections.Concurrent;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Records;

/// <summary>Each rep's list, which follows the record: a command's answer need not wait for it, but who reads a list does.</summary>
internal sealed class OpportunityLists(ITableStore tables, Playbook playbook)
{
    // lines being brought in line with the record
    private readonly ConcurrentDictionary<(TenantId, OpportunityId), Following> following = new();

    /// <summary>Writes an opportunity's line, and takes it off its former owner's list.</summary>
    public async ValueTask WriteAsync(TenantId tenant, Opportunity? before, Opportunity after, CancellationToken cancellationToken)
    {
        var key = RowKeys.Escape(after.Id.Value);
        var line = RowKinds.Line.BytesOf(OpportunityListing.Of(after, playbook));
        await tables.SubmitAsync(RowKeys.Index, RowKeys.Owner(tenant, after.Facts.Owner), [new TableOperation.Put(key, line)], cancellationToken);
        if (before is not null && before.Facts.Owner != after.Facts.Owner)
        {
            await tables.SubmitAsync(RowKeys.Index, RowKeys.Owner(tenant, before.Facts.Owner), [new TableOperation.Delete(key)], cancellationToken);
        }
    }

    /// <summary>Writes an opportunity's line soon, after any earlier one of the same opportunity. Should it fail, the wake-up sent before the commit mends it.</summary>
    public void Follow(TenantId tenant, Opportunity before, Opportunity after)
    {
        var key = (tenant, after.Id);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mine = new Following(before.Facts.Owner, after.Facts.Owner, done.Task);
        following.TryGetValue(key, out var earlier);
        following[key] = mine;
        _ = RunAsync();

        async Task RunAsync()
        {
            try
            {
                await (earlier?.Done ?? Task.CompletedTask);
                await WriteAsync(tenant, before, after, CancellationToken.None);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // the record stands, and the wake-up is on the queue
            }
            finally
            {
                following.TryRemove(KeyValuePair.Create(key, mine));
                done.SetResult();
            }
        }
    }

    /// <summary>Waits until what this process recorded stands on an owner's list, or on all of them.</summary>
    public Task SettleAsync(PersonId? owner, CancellationToken cancellationToken) =>
        following.IsEmpty
            ? Task.CompletedTask
            : Task.WhenAll(following.Values.Where(l => owner is null || l.From == owner || l.To == owner).Select(l => l.Done)).WaitAsync(cancellationToken);

    private sealed record Following(PersonId From, PersonId To, Task Done);
}
