using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace KeyAccountBot.Testing;

/// <summary>
/// Microsoft's storage emulator, in memory on free ports: started by the first test that asks, ended with the run. Tables and queues
/// are a process each, for each keeps one core busy. A test project that uses it names it as its assembly fixture.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    // the emulator's account, the same on every machine
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Lock starting = new();
    private readonly List<Process> processes = [];
    private Task<string>? started;

    /// <summary>How to reach it; skips the test where Node or Azurite is missing.</summary>
    public Task<string> ConnectionStringAsync()
    {
        var folder = Needs.NodePackage("azurite");
        lock (starting)
        {
            return started ??= StartAsync(folder);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }

            process.Dispose();
        }
    }

    private async Task<string> StartAsync(string folder)
    {
        var (tables, queues) = FreePorts();
        Start(folder, "table", tables);
        Start(folder, "queue", queues);
        using var end = new CancellationTokenSource(Patience);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!(await Listens(tables) && await Listens(queues)))
        {
            Assert.False(end.IsCancellationRequested, $"Azurite does not listen after {Patience}.");
            await again.WaitForNextTickAsync(CancellationToken.None);
        }

        return $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Key};"
            + $"QueueEndpoint=http://127.0.0.1:{queues}/devstoreaccount1;TableEndpoint=http://127.0.0.1:{tables}/devstoreaccount1;";
    }

    private void Start(string folder, string service, int port) => processes.Add(Process.Start(new ProcessStartInfo("node",
    [
        Path.Combine(folder, "dist", "src", service, "main.js"), "--inMemoryPersistence", "--disableTelemetry", "--silent", "--skipApiVersionCheck",
        $"--{service}Port", $"{port}",
    ]) { WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = true, UseShellExecute = false })!);

    private static async Task<bool> Listens(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static (int Tables, int Queues) FreePorts()
    {
        using TcpListener a = new(IPAddress.Loopback, 0), b = new(IPAddress.Loopback, 0);
        a.Start();
        b.Start();
        return (((IPEndPoint)a.LocalEndpoint).Port, ((IPEndPoint)b.LocalEndpoint).Port);
    }
}
