using KeyAccountBot.Deliveries;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Operations.Doctor;

/// <summary>Whether a channel is paused, as the service put it on record.</summary>
internal sealed class ChannelsCheck(Outages outages) : IDoctorCheck
{
    /// <inheritdoc/>
    public async Task<CheckResult> LookAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var open = await outages.OpenAsync(cancellationToken);
        return new CheckResult(open.Count == 0 ? "none is paused" : "", [.. open.Select(o => new Finding(
            OutageLine.Of(o.Channel, o.Since, o.Reason) + ".",
            "Mend the app's token, rights or registration, or the way to the channel's address; what waits is then sent by itself."))]);
    }
}
