namespace KeyAccountBot.Benchmarks.Wire;

/// <summary>A folder that is gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes one, in the system's temporary folder unless told otherwise.</summary>
    public TemporaryFolder(string? within = null) =>
        Path = Directory.CreateDirectory(System.IO.Path.Combine(within ?? System.IO.Path.GetTempPath(), "key-account-bot-benchmark-" + Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
