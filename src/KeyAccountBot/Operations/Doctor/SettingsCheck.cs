using KeyAccountBot.Sales;

namespace KeyAccountBot.Operations.Doctor;

/// <summary>Whether the service would start with these settings.</summary>
internal sealed class SettingsCheck(ServiceSettings settings, IHostEnvironment environment) : IDoctorCheck
{
    // each sentence says what to do as well
    /// <inheritdoc/>
    public Task<CheckResult> LookAsync(TenantId tenant, CancellationToken cancellationToken) => Task.FromResult(new CheckResult(
        $"those of {environment.EnvironmentName}",
        [.. settings.OpenDoors(environment.IsDevelopment()).Select(f => new Finding("The service does not start with these settings.", f))]));
}
