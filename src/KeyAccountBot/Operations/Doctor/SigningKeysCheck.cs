using KeyAccountBot.BotFramework.Authentication;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Operations.Doctor;

/// <summary>Whether the keys that Teams' messages are signed with can be fetched; without them every message is refused.</summary>
internal sealed class SigningKeysCheck(SigningKeys keys, ActivityAuthenticationOptions teams) : IDoctorCheck
{
    /// <inheritdoc/>
    public async Task<CheckResult> LookAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        if (teams.AppId.Length == 0)
        {
            return new CheckResult("not needed: no Teams app is set", []);
        }

        return new CheckResult(teams.OpenIdMetadata, await keys.AreKnownAsync(cancellationToken)
            ? []
            : [new Finding("The keys that Teams signs its messages with cannot be fetched, so every message is refused.", $"Let this machine reach {teams.OpenIdMetadata}.")]);
    }
}
