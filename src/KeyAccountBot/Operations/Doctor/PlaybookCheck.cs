using System.Globalization;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Operations.Doctor;

/// <summary>Whether the playbook knows all that is on record; one that cannot be read stops every command before this.</summary>
internal sealed class PlaybookCheck(Playbook playbook, Tables tables) : IDoctorCheck
{
    /// <inheritdoc/>
    public async Task<CheckResult> LookAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var look = await new PlaybookOnRecord(tables).LookAsync(playbook, tenant, null, cancellationToken);
        var looked = string.Create(
            CultureInfo.InvariantCulture,
            $"{playbook.Stages.Count} stages with {playbook.Stages.Sum(s => s.Milestones.Count)} milestones, {look.Opportunities} opportunities that are open or on hold");
        return new CheckResult(looked, look.Stranded == 0
            ? []
            : [new Finding(PlaybookAtStart.Refusal(playbook, look), "Name what became of each in the playbook; 'policy check' shows what a playbook moves.")]);
    }
}
