using KeyAccountBot.Sales;

namespace KeyAccountBot.Operations.Doctor;

/// <summary>Something that is wrong.</summary>
/// <param name="What">In a sentence.</param>
/// <param name="Mend">How to mend it, in a sentence.</param>
internal sealed record Finding(string What, string Mend);

/// <summary>What a check came to.</summary>
/// <param name="Looked">What it looked at, in a few words.</param>
/// <param name="Findings">What is wrong; empty where nothing is.</param>
internal sealed record CheckResult(string Looked, IReadOnlyList<Finding> Findings);

/// <summary>One thing that <c>doctor</c> looks at.</summary>
internal interface IDoctorCheck
{
    /// <summary>Looks; what it throws counts as found.</summary>
    Task<CheckResult> LookAsync(TenantId tenant, CancellationToken cancellationToken);
}

/// <summary>A check in the list.</summary>
/// <param name="Name">As the operator reads it.</param>
/// <param name="Create">Made only when its turn comes: what it needs may be what is broken.</param>
internal sealed record DoctorCheck(string Name, Func<IServiceProvider, IDoctorCheck> Create)
{
    /// <summary>A check whose needs come from the services.</summary>
    public static DoctorCheck Of<T>(string name) where T : IDoctorCheck => new(name, services => ActivatorUtilities.CreateInstance<T>(services));
}

/// <summary>All that <c>doctor</c> looks at, in this order. To add a check, write it beside these and name it here.</summary>
internal static class DoctorChecks
{
    /// <summary>The list.</summary>
    public static IReadOnlyList<DoctorCheck> All { get; } =
    [
        DoctorCheck.Of<SettingsCheck>("settings"),
        DoctorCheck.Of<PlaybookCheck>("playbook"),
        DoctorCheck.Of<StorageCheck>("storage"),
        DoctorCheck.Of<SigningKeysCheck>("signing keys"),
        DoctorCheck.Of<PeopleCheck>("people"),
        DoctorCheck.Of<RowsCheck>("rows"),
        DoctorCheck.Of<ChannelsCheck>("channels"),
        DoctorCheck.Of<DeadLettersCheck>("dead letters"),
    ];
}
