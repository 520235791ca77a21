using KeyAccountBot.Channels.Terminal;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Operations;
using KeyAccountBot.People;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sandbox;

namespace KeyAccountBot.Commands;

/// <summary><c>chat</c>: talks to the bot in this terminal, as one of our people, on the store that the settings name.</summary>
internal static class ChatCommand
{
    private const char Comment = '#';
    private const string Prompt = "> ";

    /// <summary>Talks until the input ends; exit code 1 where the bot failed a turn, or a line of a script pressed what was not there.</summary>
    /// <param name="services">Of the bot.</param>
    /// <param name="speaker">The name of who speaks.</param>
    /// <param name="script">A file with one line a turn and comments behind <c>#</c>; <c>null</c> to type.</param>
    /// <param name="output">Where the talk is printed.</param>
    /// <param name="error">Where is said what went wrong.</param>
    /// <param name="cancellationToken">Ends the talk between two lines.</param>
    public static async Task<int> RunAsync(
        IServiceProvider services, string? speaker, string? script, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        // who has the terminal could speak as anybody, so this is for trying the bot
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment() || services.GetRequiredService<ServiceSettings>().Teams.AppId.Length > 0)
        {
            await error.WriteLineAsync(
                "'chat' speaks as anybody, so it runs in Development only and without a real Teams app. Set ASPNETCORE_ENVIRONMENT=Development to try the bot on a store of your own.");
            return CommandLine.Refused;
        }

        await services.GetRequiredService<PlaybookAtStart>().BeforeListeningAsync();
        var home = services.GetRequiredService<BotOptions>().HomeTenant;
        await SamplePipeline.EnsureAsync(
            home, services.GetRequiredService<PeopleRepository>(), services.GetRequiredService<OpportunityLedger>(), services.GetRequiredService<Playbook>(),
            services.GetRequiredService<TimeProvider>(), cancellationToken);
        var company = await services.GetRequiredService<CompanyDirectory>().GetAsync(home, cancellationToken);
        if (company.People.FirstOrDefault(p => string.Equals(p.Name, speaker?.Trim(), StringComparison.OrdinalIgnoreCase)) is not { } person)
        {
            await error.WriteLineAsync($"Say who speaks: --as with one of {string.Join(", ", company.People.Select(p => $"\"{p.Name}\""))}.");
            return CommandLine.Refused;
        }

        var screen = services.GetRequiredService<TerminalScreen>();
        screen.Output = output;
        if (ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected)
        {
            screen.IsColoured = Environment.GetEnvironmentVariable("NO_COLOR") is null;
            screen.Width = Console.WindowWidth;
            if (script is null && !Console.IsInputRedirected)
            {
                await output.WriteLineAsync(screen.Coloured($"You speak as {person.Name}. /a presses the button (a); Ctrl+D ends.", "2") + Environment.NewLine);
            }
        }

        var chat = new Chat(services.GetRequiredService<TurnEngine>(), services.GetRequiredService<ConversationReplies>(), screen, person, output, error);
        return await chat.RunAsync(script is null ? Typed(screen) : Written(script), echoes: script is not null, cancellationToken)
            ? CommandLine.Done
            : CommandLine.Refused;
    }

    private static IEnumerable<string> Written(string script) =>
        File.ReadLines(script).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith(Comment));

    private static IEnumerable<string> Typed(TerminalScreen screen)
    {
        var prompt = screen.Coloured(Prompt, "32");
        var editor = new LineEditor(prompt, () => Console.ReadKey(intercept: true), Console.Out, () => Console.WindowWidth);
        while ((Console.IsInputRedirected ? Piped(prompt) : editor.Read()) is { } line)
        {
            if (line.Trim().Length > 0)
            {
                yield return line;
            }
        }
    }

    private static string? Piped(string prompt)
    {
        Console.Write(prompt);
        return Console.ReadLine();
    }

    private sealed class Chat(TurnEngine turns, ConversationReplies replies, TerminalScreen screen, Person person, TextWriter output, TextWriter error)
    {
        /// <summary>Says the lines one by one; <c>false</c> where one of them failed.</summary>
        public async Task<bool> RunAsync(IEnumerable<string> lines, bool echoes, CancellationToken cancellationToken)
        {
            var isWell = true;
            foreach (var line in lines)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (echoes)
                {
                    await output.WriteLineAsync(screen.Coloured(Prompt, "32") + line);
                }

                isWell &= await SayAsync(line, cancellationToken);
            }

            await replies.NoteAsync(CancellationToken.None);
            return isWell;
        }

        [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1031", Justification = "A turn that fails is told, and the talk goes on.")]
        private async Task<bool> SayAsync(string line, CancellationToken cancellationToken)
        {
            if (screen.Read(line) is not { } said)
            {
                await error.WriteLineAsync($"There is no button '{line[1..]}' on the last message.");
                return false;
            }

            try
            {
                await turns.RunAsync(TerminalArrival.Of(person, said), cancellationToken);
                return true;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                await error.WriteLineAsync(Failures.Tell(e, verbose: false));
                return false;
            }
        }
    }
}
