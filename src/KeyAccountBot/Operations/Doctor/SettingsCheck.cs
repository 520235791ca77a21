using KeyAccountBot.Sales;

namespace KeyAccountBot.Operations.Doctor;

/// <summary>Whether the service would start with these settings.</summary>
internal sealed class SettingsCheck(IConfiguration configuration, IHostEnvironment environment) : IDoctorCheck
{
    /// <inheritdoc/>
    public Task<CheckResult> LookAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var looked = $"those of {environment.EnvironmentName}";
        try
        {
            Settings.RefuseOpenDoors(configuration, environment.IsDevelopment());
            return Task.FromResult(new CheckResult(looked, []));
        }
        catch (InvalidSettingsException e)
        {
            // the sentence says what to do as well
            return Task.FromResult(new CheckResult(looked, [new Finding("The service does not start with these settings.", e.Message)]));
        }
    }
}
