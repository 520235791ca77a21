using System.Globalization;
using KeyAccountBot.Language;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Reads something once at the start, so that the language files are read and their patterns made before the first message needs them.</summary>
internal sealed class ReadingAtStart(Playbook playbook, TimeProvider clock) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Begin(playbook, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Begins it, where no host starts services.</summary>
    public static void Begin(Playbook playbook, DateOnly today) => ReadingReadiness.Begin(WishReadings.Prepare, () => Read(playbook, today));

    // the playbook's own words, in each of its languages
    private static void Read(Playbook playbook, DateOnly today)
    {
        var scene = new ReportScene(playbook, today, CultureInfo.InvariantCulture, new PersonId("-"));
        foreach (var words in playbook.Stages.SelectMany(s => s.Milestones.SelectMany(m => m.Name.Values).Take(3)))
        {
            MessageReports.Read(words, scene);
            Corrections.Read(words, new Proposal("", [new OpportunityProposal(null)]), scene);
        }
    }
}
