using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Playbooks;

/// <summary>
/// Refuses to start where the playbook does not say what became of something that opportunities have on record. A start reads one row;
/// only where that names an id which the playbook does not know is the record itself read.
/// </summary>
internal sealed partial class PlaybookAtStart(Tables tables, Playbook playbook, ILogger<PlaybookAtStart> logger) : BackgroundService
{
    /// <summary>The row's table.</summary>
    public const string Table = "operations";

    /// <summary>The row's partition.</summary>
    public const string Partition = "playbook";

    /// <summary>The row.</summary>
    public const string Row = "ids";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);
    private bool isUnchecked;

    /// <summary>Checks before the service listens. A store out of reach keeps no replica from starting: it is checked as soon as it answers.</summary>
    /// <exception cref="InvalidPlaybookException">Opportunities would be stranded; it says which and what to write.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "A store that is out of reach is said, and looked at again.")]
    public async Task BeforeListeningAsync()
    {
        try
        {
            await CheckAsync(tables, playbook, CancellationToken.None);
        }
        catch (Exception e) when (e is not InvalidPlaybookException)
        {
            isUnchecked = true;
            NotChecked(e);
        }
    }

    /// <summary>Holds a playbook against the record; an empty store takes any.</summary>
    /// <exception cref="InvalidPlaybookException">Opportunities would be stranded; it says which and what to write.</exception>
    public static async Task CheckAsync(Tables tables, Playbook playbook, CancellationToken cancellationToken)
    {
        // a row that cannot be read is as good as none: the record is read instead
        var rows = tables.Silent.Of(PlaybookRowKinds.IdsOnRecord, OnlyRow.At(Partition, Row));

        // in a conflict another replica starts with its own playbook: what it may write is looked at too
        await OptimisticLoop.RunAsync(async _ =>
        {
            var row = await ReadAsync(rows, cancellationToken);
            var known = row.Record;
            if (known is null || known.KnownTo(playbook) != known)
            {
                using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                bound.CancelAfter(LongestLook);
                var look = await new PlaybookOnRecord(tables).LookAsync(playbook, null, null, bound.Token);
                if (look.Stranded > 0)
                {
                    throw new InvalidPlaybookException(Refusal(playbook, look));
                }
            }

            var after = (known?.KnownTo(playbook) ?? IdsOnRecord.Of(playbook)).With(IdsOnRecord.Of(playbook));
            if (after != known)
            {
                await rows.WriteAsync(OnlyRow.Key, after, row.ETag, cancellationToken);
            }
        });
    }

    /// <summary>Why a playbook is refused, for who has to mend it.</summary>
    public static string Refusal(Playbook playbook, PlaybookLook look)
    {
        var lost = look.Findings.Where(f => f.Refuses).Select(f => string.Create(
            CultureInfo.InvariantCulture,
            $"the {NameOf(f.Effect)} '{f.From}' ({f.Count:N0}: {string.Join("; ", f.First)}{(f.Count > f.First.Count ? string.Create(CultureInfo.InvariantCulture, $"; and {f.Count - f.First.Count:N0} more") : "")})"));
        var (have, them) = look.Stranded == 1 ? ("opportunity that is open or on hold has", "it") : ("opportunities that are open or on hold have", "them");
        var count = look.Stranded.ToString("N0", CultureInfo.InvariantCulture);
        return $"The playbook '{playbook.Id}' does not know what {count} {have} on record, so it would strand {them} and nothing was started: {string.Join(", ", lost)}. "
            + "Write into the playbook what became of each: \"was\": [\"ID\"] at the stage, milestone or question that it is now, "
            + "or, for a milestone or question that you do without, its id under \"removed\". "
            + "`policy check --playbook FILE` shows what a playbook moves before it goes live; docs/playbook.md says more.";
    }

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "A store that is still out of reach is looked at again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Again);
        while (isUnchecked && await NextAsync(timer, stoppingToken))
        {
            try
            {
                await CheckAsync(tables, playbook, stoppingToken);
                isUnchecked = false;
            }
            catch (InvalidPlaybookException e)
            {
                // it runs already: people are told so where they meet it, and follow-ups still go out
                Strands(e.Message);
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                NotChecked(e);
            }
        }
    }

    private static async ValueTask<bool> NextAsync(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static string NameOf(PlaybookEffect effect) => effect switch
    {
        PlaybookEffect.StageLost => "stage",
        PlaybookEffect.MilestoneLost => "milestone",
        _ => "question",
    };

    private static async ValueTask<RowAsRead<OnlyRow, IdsOnRecord>> ReadAsync(Table<OnlyRow, IdsOnRecord> rows, CancellationToken cancellationToken)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bound.CancelAfter(Patience);
        return await rows.FindAsync(OnlyRow.Key, bound.Token);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The playbook could not be held against the record; trying again in half a minute.")]
    private partial void NotChecked(Exception exception);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Refusal}")]
    private partial void Strands(string refusal);
}
