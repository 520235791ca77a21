using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>Finds what somebody put on record last, so that "undo that" needs no name.</summary>
internal sealed class LastEntries(OpportunitySearch search, Dossiers dossiers)
{
    private const int LookedAt = 60;
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    /// <summary>The opportunity whose last entry is the speaker's, and fresh: of the last day. <c>null</c> where there is none.</summary>
    public async ValueTask<OpportunityId?> OfSpeakerAsync(Scene scene, CancellationToken cancellationToken)
    {
        (OpportunityId Id, DateTimeOffset At)? latest = null;
        var lines = await search.FirstAsync(scene, _ => true, (a, b) => (b.Owner == scene.Person.Id).CompareTo(a.Owner == scene.Person.Id), LookedAt, cancellationToken);
        foreach (var line in lines.InOrder)
        {
            if (await dossiers.FindAsync(scene.Asker, line.Id, cancellationToken) is not { LastEntry: { } last } || last.By != scene.Person.Id)
            {
                continue;
            }

            await foreach (var entry in dossiers.EntriesAsync(scene.Asker, line.Id, cancellationToken))
            {
                if (entry.Command == last.Command && scene.Now - entry.At < Fresh && !(latest?.At >= entry.At))
                {
                    latest = (line.Id, entry.At);
                }
            }
        }

        return latest?.Id;
    }
}
