using System.Collections.Concurrent;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Records;

/// <summary>Each rep's list, which follows the record: a command's answer need not wait for it, but who reads a list does.</summary>
internal sealed class OpportunityLists(Tables tables, Playbook playbook)
{
    private readonly Table<LineKey, OpportunityListing> lines = tables.Of(RowKinds.Line, RecordKeys.Line);

    // lines being brought in line with the record
    private readonly ConcurrentDictionary<(TenantId, OpportunityId), Following> following = new();

    /// <summary>Writes an opportunity's line, and takes it off its former owner's list.</summary>
    public async ValueTask WriteAsync(TenantId tenant, Opportunity? before, Opportunity after, CancellationToken cancellationToken)
    {
        await lines.PutAsync(new LineKey(tenant, after.Facts.Owner, after.Id), OpportunityListing.Of(after, playbook), cancellationToken);
        if (before is not null && before.Facts.Owner != after.Facts.Owner)
        {
            await lines.DeleteAsync(new LineKey(tenant, before.Facts.Owner, after.Id), cancellationToken);
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
