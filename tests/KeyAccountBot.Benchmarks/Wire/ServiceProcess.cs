using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KeyAccountBot.Benchmarks.Wire;

/// <summary>A process under measurement, with what the kernel says it used.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process process;

    private ServiceProcess(Process process, int port)
    {
        this.process = process;
        Port = port;
    }

    /// <summary>Where it listens on this machine.</summary>
    public int Port { get; }

    /// <summary>Its address, with a slash at the end.</summary>
    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>Processor time so far, of all its threads, in the kernel and out of it.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory it ever had resident, in bytes.</summary>
    public long PeakMemory
    {
        get
        {
            var line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line.AsSpan(6).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
        }
    }

    /// <summary>Starts the bot, from beside this program or from another folder it was published to.</summary>
    public static ServiceProcess Start(string? service, string work, IReadOnlyDictionary<string, string> settings)
    {
        var folder = service ?? AppContext.BaseDirectory;
        var program = Path.GetFullPath(Path.Combine(folder, "KeyAccountBot"));
        if (!File.Exists(program))
        {
            throw new FileNotFoundException($"There is no KeyAccountBot in {folder}: build or publish it first.", program);
        }

        return Start(program, [], work, settings);
    }

    /// <summary>Starts this program again, to be the floor.</summary>
    public static ServiceProcess StartFloor(string work) =>
        Start(Path.Combine(AppContext.BaseDirectory, "KeyAccountBot.Benchmarks"), ["floor"], work, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>Waits until it accepts connections.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(Address, "health/live"), cancellationToken);
                return;
            }
            catch (HttpRequestException) when (!process.HasExited && Stopwatch.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(20, cancellationToken);
            }
        }
    }

    /// <summary>Asks it to stop, as an orchestrator does, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            using var bound = new CancellationTokenSource(Patience);
            try
            {
                await process.WaitForExitAsync(bound.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }

        process.Dispose();
    }

    private static ServiceProcess Start(string program, string[] arguments, string work, IReadOnlyDictionary<string, string> settings)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = work, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        start.Environment["Urls"] = $"http://127.0.0.1:{port}";
        var started = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");

        // what it logs is read and let go, or it would wait for a reader; its errors go where ours go
        started.OutputDataReceived += (_, _) => { };
        started.BeginOutputReadLine();
        return new ServiceProcess(started, port);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
