namespace KeyAccountBot.Storage.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("key-account-bot-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
