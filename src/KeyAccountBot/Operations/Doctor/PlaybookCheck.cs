using System.Globalization;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Operations.Doctor;

/// <summary>Says which playbook counts; one that cannot be read stops every command before this.</summary>
internal sealed class PlaybookCheck(Playbook playbook) : IDoctorCheck
{
    /// <inheritdoc/>
    public Task<CheckResult> LookAsync(TenantId tenant, CancellationToken cancellationToken) => Task.FromResult(new CheckResult(
        string.Create(CultureInfo.InvariantCulture, $"{playbook.Stages.Count} stages with {playbook.Stages.Sum(s => s.Milestones.Count)} milestones"), []));
}
