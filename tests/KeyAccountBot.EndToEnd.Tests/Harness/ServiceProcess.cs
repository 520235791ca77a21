using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using KeyAccountBot.BotFramework.Schema;
using Xunit;
using Activity = KeyAccountBot.BotFramework.Schema.Activity;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>The service as an operator runs it: a process of its own, told everything by its environment, which can be killed.</summary>
internal sealed partial class ServiceProcess : IBot, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly HttpClient http = new() { Timeout = Patience };
    private readonly ConcurrentQueue<string> lines = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int killed;
    private int said;

    private readonly FarEnds? ends;

    private ServiceProcess(FarEnds? ends, Process process)
    {
        this.ends = ends;
        this.process = process;
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public FarEnds Ends => ends ?? throw new InvalidOperationException("This service was started without far ends.");

    /// <summary>All that it wrote, to either output.</summary>
    public string Output => string.Join('\n', lines);

    /// <summary>Where it listens; known once it listens.</summary>
    public Uri Address => listening.Task.Result;

    /// <summary>Launches it on a store, with these settings over those that the far ends need, where there are some.</summary>
    public static ServiceProcess Launch(
        FarEnds? ends, string folder, string environment = "Development", IReadOnlyDictionary<string, string>? settings = null, params string[] arguments) =>
        Launch(typeof(Program).Assembly.Location, ends, folder, environment, settings, arguments);

    /// <summary>Launches a program that was published, in the environment that it takes when nobody names one.</summary>
    public static ServiceProcess LaunchPublished(string program, string folder, IReadOnlyDictionary<string, string> settings) =>
        Launch(program, null, folder, null, settings, []);

    private static ServiceProcess Launch(
        string program, FarEnds? ends, string folder, string? environment, IReadOnlyDictionary<string, string>? settings, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in (string[])["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"])
        {
            start.Environment.Remove(name);
            if (environment is not null)
            {
                start.Environment[name] = environment;
            }
        }

        start.Environment["Urls"] = "http://127.0.0.1:0";
        start.Environment["Storage__Path"] = folder;
        foreach (var (name, value) in (ends?.Settings() ?? []).Concat(settings ?? new Dictionary<string, string>()))
        {
            start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return new ServiceProcess(ends, Process.Start(start)!);
    }

    /// <summary>Launches it and waits until it listens.</summary>
    public static async Task<ServiceProcess> StartAsync(
        FarEnds? ends, string folder, string environment = "Development", IReadOnlyDictionary<string, string>? settings = null)
    {
        var service = Launch(ends, folder, environment, settings);
        Assert.True(await service.ListensAsync(), "The service did not start:\n" + service.Output);
        return service;
    }

    /// <summary>Runs a command of the service's command line and asserts that it was done.</summary>
    public static async Task CommandAsync(
        FarEnds ends, string folder, string environment, IReadOnlyDictionary<string, string>? settings, params string[] arguments)
    {
        await using var command = Launch(ends, folder, environment, settings, arguments);
        Assert.True(await command.ExitAsync() == 0, command.Output);
    }

    /// <summary>Waits until it listens; <c>false</c> where it ended before.</summary>
    public async Task<bool> ListensAsync()
    {
        var ended = process.WaitForExitAsync();
        await Task.WhenAny(listening.Task, ended).WaitAsync(Patience);
        return listening.Task.IsCompletedSuccessfully;
    }

    /// <summary>A person who writes in Teams.</summary>
    public TeamsUser Teams(string personId) => new(this, personId);

    public string NextId() => string.Create(CultureInfo.InvariantCulture, $"{process.Id}-{Interlocked.Increment(ref said)}");

    public async Task<HttpResponseMessage> PostAsync(Activity activity, string? token = null, bool anonymous = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "api/messages"))
        {
            Content = JsonContent.Create(activity, ActivityJson.Default.Activity),
        };
        if (!anonymous)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token ?? Ends.Token());
        }

        return await http.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(new Uri(Address, path));

    /// <summary>SIGKILL: no handler runs, nothing is flushed. <c>false</c> where it had ended.</summary>
    public bool TryKill()
    {
        if (Interlocked.Exchange(ref killed, 1) == 1 || process.HasExited)
        {
            return false;
        }

        process.Kill();
        return true;
    }

    /// <summary>SIGTERM, as an orchestrator asks for an orderly end.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Waits until it has written this.</summary>
    public Task WritesAsync(string words) => Eventually.FindAsync(
        () => lines.FirstOrDefault(l => l.Contains(words, StringComparison.Ordinal)), () => $"The service did not write “{words}” but:\n{Output}");

    /// <summary>Waits for its end; the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        TryKill();
        await ExitAsync();
        process.Dispose();
        http.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        if (Listening().Match(line) is { Success: true } found)
        {
            listening.TrySetResult(new Uri(found.Groups["address"].Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://[0-9.:]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
