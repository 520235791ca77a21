namespace KeyAccountBot;

/// <summary>Settings that the service cannot start with: all that is wrong, each with the setting's name and what to do.</summary>
/// <param name="faults">A sentence or two for each; at least one.</param>
internal sealed class InvalidSettingsException(params IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    /// <summary>A sentence or two for each.</summary>
    public IReadOnlyList<string> Faults => faults;
}
