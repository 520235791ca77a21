using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using KeyAccountBot.Language;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>
/// Reads something beside the start, so that the language files are read and their patterns made before most messages need them. Nobody waits
/// for it: who is faster has them made in their own turn.
/// </summary>
internal sealed partial class ReadingAtStart(Playbook playbook, TimeProvider clock, ILogger<ReadingAtStart> logger) : IHostedService
{
    // what it makes is made once a process
    private static int isBegun;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref isBegun, 1) == 0)
        {
            var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            new Thread(() => Read(today)) { IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "reading" }.Start();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // an exception on a thread of its own would end the process
    [SuppressMessage("Design", "CA1031", Justification = "What fails here fails again where it is needed, and says so there.")]
    private void Read(DateOnly today)
    {
        try
        {
            ReadAll(playbook, today);
        }
        catch (Exception e)
        {
            NotRead(e);
        }
    }

    // the playbook's own words, in each of its languages
    private static void ReadAll(Playbook playbook, DateOnly today)
    {
        var scene = new ReportScene(playbook, today, CultureInfo.InvariantCulture, new PersonId("-"));
        foreach (var words in playbook.Stages.SelectMany(s => s.Milestones.SelectMany(m => m.Name.Values).Take(3)))
        {
            MessageReports.Read(words, scene);
            WishReadings.Read(WishText.Of(words, [], [], []));
            Corrections.Read(words, new Proposal("", [new OpportunityProposal(null)]), scene);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reading could not be made ready ahead; the first messages make what is missing.")]
    private partial void NotRead(Exception exception);
}
