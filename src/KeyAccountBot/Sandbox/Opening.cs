using System.Diagnostics.CodeAnalysis;
using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sandbox.FarEnds;
using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot.Sandbox;

/// <summary>
/// What happens before the page opens. On an empty store the clock begins some business days ago: the bot is installed for the people of
/// the sample, is told nothing of three opportunities, and lives through these days by itself. So the page opens on a morning on which a
/// rep is reminded, a manager nudged and a director alerted. Later starts go on where the last one ended.
/// </summary>
internal sealed partial class Opening(
    SandboxHost sandbox, SandboxUsers users, CompanyDirectory directory, PeopleRepository people, OpportunityLedger ledger, Playbook playbook, BotOptions options,
    StorageOptions storage, SandboxRows rows, WorkSignal signal, IHostApplicationLifetime life, ILogger<Opening> logger) : BackgroundService
{
    // each morning a little later than the one before, messages that gather for some minutes included: what was told on one is then whole
    // business days ago on the next
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(3);

    // what is left of a day in which everything can still be told
    private static readonly TimeSpan Enough = TimeSpan.FromHours(1);
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset? morning;

    /// <summary>Completes when the page may ask.</summary>
    public Task Done => done.Task;

    private WorkCalendar Calendar => FollowUpPolicy.CalendarOf(null, playbook.FollowUps);

    /// <summary>Sets the clock, and puts on record what the first of the days begins with; before anything runs.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var clock = sandbox.Clock;
        if (await rows.KeptAheadAsync(cancellationToken) is { } ahead)
        {
            clock.MoveTo(clock.GetUtcNow() + ahead);
            return;
        }

        // a first start at night, or when the day is nearly over, begins in the morning: otherwise nobody would be told anything for hours
        var enough = clock.GetUtcNow() + Enough;
        var opens = Calendar.NextWorkingMoment(Calendar.NextWorkingMoment(enough) is var later && later > enough ? later : clock.GetUtcNow());
        if (await IsOursAsync(cancellationToken) && SandboxClock.CanMoveOn(storage))
        {
            morning = opens;
            clock.BeginAt(MorningBefore(SamplePipeline.DaysBefore));
            await people.PutAsync(options.HomeTenant, SamplePipeline.People, cancellationToken);
            await SamplePipeline.OpenSilentAsync(options.HomeTenant, ledger, playbook, Calendar.DateAt(opens), cancellationToken);
            return;
        }

        clock.MoveTo(opens);
        await rows.KeepClockAsync(clock, cancellationToken);
    }

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "The page is of use without its first morning.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartedAsync(stoppingToken);
            await (morning is { } opens ? LiveUntilAsync(opens, stoppingToken) : ReconnectAsync(stoppingToken));
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            NotOpened(logger, e);
        }
        finally
        {
            done.TrySetResult();
        }
    }

    // with just the sample's people on record, a sandbox was stopped before it had opened
    private async Task<bool> IsOursAsync(CancellationToken cancellationToken)
    {
        var known = (await people.LoadAsync(options.HomeTenant, cancellationToken)).People;
        return known.Count == 0 || SamplePipeline.People.Select(p => p.Id).ToHashSet().SetEquals(known.Select(p => p.Id));
    }

    private async Task LiveUntilAsync(DateTimeOffset opens, CancellationToken cancellationToken)
    {
        foreach (var person in SamplePipeline.People)
        {
            await users.InstallAsync(person, "add", cancellationToken);
        }

        for (var days = SamplePipeline.DaysBefore; days > 0; days--)
        {
            sandbox.Clock.MoveTo(MorningBefore(days));
            await sandbox.SettleAsync(signal, cancellationToken);
        }

        sandbox.Clock.MoveTo(MorningBefore(0));
        sandbox.Clock.MoveTo(opens);
        await SamplePipeline.OpenAsync(options.HomeTenant, ledger, playbook, sandbox.Clock.GetUtcNow(), cancellationToken);
        await sandbox.SettleAsync(signal, cancellationToken);
        await rows.KeepClockAsync(sandbox.Clock, cancellationToken);
    }

    // the far ends listen elsewhere at every start: the bot hears where, as after an upgrade of its app
    private async Task ReconnectAsync(CancellationToken cancellationToken)
    {
        var company = await directory.GetAsync(options.HomeTenant, cancellationToken);
        foreach (var person in sandbox.Transcript.PeopleIn(Transcript.Teams).Select(id => company.Find(new PersonId(id))).OfType<Person>())
        {
            await users.InstallAsync(person, "add-upgrade", cancellationToken);
        }
    }

    private DateTimeOffset MorningBefore(int days) =>
        Calendar.StartOfWork(Calendar.SubtractBusinessDays(Calendar.DateAt(morning!.Value), days)) + (Later * (SamplePipeline.DaysBefore + 1 - days));

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = life.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sandbox opens without its first morning: it could not be played.")]
    private static partial void NotOpened(ILogger logger, Exception exception);
}
