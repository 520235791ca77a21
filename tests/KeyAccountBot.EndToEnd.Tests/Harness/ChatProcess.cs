using System.Diagnostics;
using System.Text;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>The real <c>chat</c> command, in a process of its own.</summary>
internal sealed class ChatProcess : ITerminal, IAsyncDisposable
{
    private const string Prompt = "> ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private bool isOpen;

    private readonly StringBuilder errors = new();

    private ChatProcess(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
    }

    /// <summary>What went wrong; complete once it has ended.</summary>
    public string Error => errors.ToString().Trim();

    /// <summary>Opens it as somebody, to type line by line.</summary>
    public static ChatProcess Open(string folder, string speaker) => new(Start(folder, ["--as", speaker]));

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(string folder, params string[] arguments)
    {
        using var run = Start(folder, arguments);
        run.StandardInput.Close();
        var (output, error) = (run.StandardOutput.ReadToEndAsync(), run.StandardError.ReadToEndAsync());
        await run.WaitForExitAsync().WaitAsync(Patience);
        return (run.ExitCode, await output, await error);
    }

    /// <summary>Plays a script as somebody.</summary>
    public static async Task<(int Code, string Output, string Error)> PlayAsync(string folder, string speaker, string script)
    {
        var file = Path.Combine(folder, $"{Guid.NewGuid():N}.txt");
        await File.WriteAllTextAsync(file, script);
        return await RunAsync(folder, "--as", speaker, "--script", file);
    }

    public async Task<string> TypeAsync(string line)
    {
        if (!isOpen)
        {
            await ToPromptAsync();
            isOpen = true;
        }

        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
        return await ToPromptAsync();
    }

    /// <summary>Ends the input; the exit code.</summary>
    public async Task<int> EndAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> ToPromptAsync()
    {
        using var bound = new CancellationTokenSource(Patience);
        var (printed, buffer) = (new StringBuilder(), new char[1]);
        while (printed.ToString() is var text && text != Prompt && !text.EndsWith("\n" + Prompt, StringComparison.Ordinal))
        {
            if (await process.StandardOutput.ReadAsync(buffer, bound.Token) == 0)
            {
                throw new InvalidOperationException($"The chat ended: {text}\n{Error}");
            }

            printed.Append(buffer[0]);
        }

        return printed.ToString()[..^Prompt.Length];
    }

    private static Process Start(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Program).Assembly.Location, "chat", .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Storage__Path"] = folder;
        return Process.Start(start)!;
    }
}
