using System.Globalization;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Reads something once at the start, so that nobody waits with the first message for the language files to be read and their patterns made.</summary>
internal sealed class ReadingAtStart(Playbook playbook, TimeProvider clock) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        foreach (var stage in playbook.Stages)
        {
            // the playbook's own words, in each of its languages
            foreach (var words in stage.Milestones.SelectMany(m => m.Name.Values).Take(3))
            {
                stoppingToken.ThrowIfCancellationRequested();
                var scene = new ReportScene(playbook, today, CultureInfo.InvariantCulture, new PersonId("-"));
                MessageReports.Read(words, scene);
                Corrections.Read(words, new Proposal("", [new OpportunityProposal(null)]), scene);
            }
        }
    }
}
