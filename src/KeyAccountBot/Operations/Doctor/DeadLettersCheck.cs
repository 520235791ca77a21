using System.Globalization;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Operations.Doctor;

/// <summary>Whether anything was given up.</summary>
internal sealed class DeadLettersCheck(DeadLetters letters) : IDoctorCheck
{
    /// <inheritdoc/>
    public async Task<CheckResult> LookAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var count = (await letters.ListAsync(tenant, cancellationToken)).Count;
        return new CheckResult(string.Create(CultureInfo.InvariantCulture, $"{count}"), count == 0
            ? []
            : [new Finding(
                string.Create(CultureInfo.InvariantCulture, $"{count} deliveries or messages were given up."),
                "See why with 'deliveries list', mend the cause, then 'deliveries replay all'.")]);
    }
}
