using System.CommandLine;
using KeyAccountBot.Import;
using KeyAccountBot.Operations;
using KeyAccountBot.Sales;
using Spectre.Console;

namespace KeyAccountBot.Commands;

/// <summary>The commands beside the service: import, show, explain, export, deliveries, policy, doctor, chat, understand.</summary>
internal static class CommandLine
{
    /// <summary>Everything went as asked.</summary>
    public const int Done = 0;

    /// <summary>Nothing was done; a sentence on the error output says why.</summary>
    public const int Refused = 1;

    /// <summary>Some lines stayed out; each is named on the error output.</summary>
    public const int SomeRejected = 2;

    /// <summary>Says also what stands behind a failure.</summary>
    public const string Verbose = "--verbose";

    /// <summary>
    /// Whether these arguments are for a command, not for the service: a word is, also one that is no command, so that the service does not
    /// start for it; <c>--urls …</c> and the host's other settings are not.
    /// </summary>
    public static bool Wants(string[] args) => args.SkipWhile(a => a == Verbose).FirstOrDefault() is { Length: > 0 } first
        && (first is "--help" or "-h" or "-?" or "--version" or "--tenant" || !(first[0] is '-' or '/' || first.Contains('=', StringComparison.Ordinal)));

    /// <summary>Runs one command and answers its exit code; the services are made only when a command needs them, and disposed after it.</summary>
    public static Task<int> RunAsync(string[] args, Func<IServiceProvider> services) => RunAsync(args, services, Console.Out, Console.Error);

    /// <summary>Runs one command with its output elsewhere than on the console.</summary>
    public static async Task<int> RunAsync(string[] args, Func<IServiceProvider> services, TextWriter output, TextWriter error)
    {
        string[] said = args is ["help", .. var rest] ? [.. rest, "--help"] : args;
        var root = Create(services, output, error);
        if (said.FirstOrDefault(a => a != Verbose) is { } word && !word.StartsWith('-') && root.Subcommands.All(c => c.Name != word))
        {
            await error.WriteLineAsync(
                $"'{word}' is no command. There are {string.Join(", ", root.Subcommands.Select(c => c.Name))}; 'help' tells more. Without a command the service starts.");
            return Refused;
        }

        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false };
        return await root.Parse(said).InvokeAsync(configuration);
    }

    /// <summary>All commands.</summary>
    public static RootCommand Create(Func<IServiceProvider> services, TextWriter output, TextWriter error)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!console.Profile.Out.IsTerminal)
        {
            // a line stays a line where a program reads it
            console.Profile.Width = 400;
        }

        var tenant = new Option<string?>("--tenant") { Description = "The company's tenant; the bot's own where it is not given.", HelpName = "TENANT", Recursive = true };
        var verbose = new Option<bool>(Verbose) { Description = "Say also what stands behind a failure.", Recursive = true };
        var root = new RootCommand("Key Account Bot. Without a command it runs the service.")
        {
            Imports(),
            Show(),
            Explain(),
            Export(),
            Deliveries(),
            Policy(),
            Doctor(),
            Chat(),
            Understand(),
            tenant,
            verbose,
        };
        return root;

        Command Imports()
        {
            var dryRun = new Option<bool>("--dry-run") { Description = "Say what would change and write nothing.", Recursive = true };
            var map = new Option<string?>("--map") { Description = "A JSON file with {\"Their header\": \"our_name\"}.", HelpName = "map.json", Recursive = true };
            var strict = new Option<bool>("--strict") { Description = "All lines or none: one bad line and nothing is written.", Recursive = true };

            Command Import(string name, string description, string what, string about, Func<string, string?, OnRecord, ImportPlan> read)
            {
                var path = new Argument<string>(what) { Description = about };
                var command = new Command(name, description) { path };
                command.SetAction((given, stop) => ActAsync(given, stop, scope => ImportCommand.RunAsync(
                    scope, console, error, onRecord => read(given.GetRequiredValue(path), given.GetValue(map), onRecord),
                    Tenant(given, scope), given.GetValue(dryRun), given.GetValue(strict), stop)));
                return command;
            }

            var file = new Argument<string>("FILE") { Description = "account,called: several names are separated by semicolons." };
            var accounts = new Command("accounts", "What people call customers beside their names, so that a message is understood.") { file };
            accounts.SetAction((given, stop) => ActAsync(given, stop, scope => ImportAccountsCommand.RunAsync(
                scope, console, error, given.GetRequiredValue(file), given.GetValue(map), Tenant(given, scope), given.GetValue(dryRun), given.GetValue(strict), stop)));
            return new Command("import", "Put people and opportunities on record. Importing again changes only what differs.")
            {
                Import("crm", "A CRM export: accounts, products, sales_teams and sales_pipeline.", "FOLDER", "The folder with the four CSV files.", CrmFolder.Plan),
                Import("people", "Our people; known ones are updated.", "FILE", "name,email,role,manager_email,teams_id,slack_id,time_zone,locale,channel,country,working_days,working_hours,called", PeopleFile.Plan),
                Import("opportunities", "Opportunities; those on record stay as they are.", "FILE", "id,account,name,amount,currency,stage,owner_email,expected_close,stage_entered (and status), or an export of Salesforce, HubSpot or Dynamics.", OpportunitiesFile.Plan),
                accounts,
                dryRun, map, strict,
            };
        }

        Command Show()
        {
            var which = new Argument<string[]>("OPPORTUNITY") { Description = "Its id, or words of its account and name.", Arity = ArgumentArity.OneOrMore };
            var command = new Command("show", "Where an opportunity stands and how it came there.") { which };
            command.SetAction((given, stop) => ActAsync(given, stop, scope =>
                ShowCommand.RunAsync(scope, console, error, string.Join(' ', given.GetRequiredValue(which)), Tenant(given, scope), stop)));
            return command;
        }

        Command Explain()
        {
            var which = new Argument<string[]>("OPPORTUNITY") { Description = "Its id, or words of its account and name.", Arity = ArgumentArity.OneOrMore };
            var command = new Command("explain", "Who heard of an opportunity, who will hear if nothing happens, when and why.") { which };
            command.SetAction((given, stop) => ActAsync(given, stop, scope =>
                ExplainCommand.RunAsync(scope, console, error, string.Join(' ', given.GetRequiredValue(which)), Tenant(given, scope), stop)));
            return command;
        }

        Command Export()
        {
            var format = new Option<string>("--format") { Description = "csv or json.", DefaultValueFactory = _ => "csv", HelpName = "csv|json" };
            format.AcceptOnlyFromAmong("csv", "json");
            var file = new Option<string?>("--output") { Description = "The file to write; the console where it is not given.", HelpName = "FILE" };
            var opportunities = new Command("opportunities", "All opportunities, one a line.") { format, file };
            opportunities.SetAction((given, stop) => ActAsync(given, stop, scope =>
                ExportCommand.RunAsync(scope, output, given.GetValue(format) == "json", given.GetValue(file), Tenant(given, scope), stop)));
            return new Command("export", "Take what is on record elsewhere.") { opportunities };
        }

        Command Deliveries()
        {
            Command Act(string name, string description, Func<DeliveriesCommand, ParseResult, CancellationToken, Task<int>> act, params Argument[] arguments)
            {
                var command = new Command(name, description);
                foreach (var argument in arguments)
                {
                    command.Add(argument);
                }

                command.SetAction((given, stop) => ActAsync(given, stop, scope => act(new DeliveriesCommand(scope, console, error, Tenant(given, scope)), given, stop)));
                return command;
            }

            var number = new Argument<int>("N") { Description = "Its number in the list." };
            var which = new Argument<string>("N|all") { Description = "Its number in the list, or all." };
            return new Command("deliveries", "What could not be delivered or worked on, and having it tried again.")
            {
                Act("list", "The dead letters, the oldest first.", (deliveries, _, stop) => deliveries.ListAsync(stop)),
                Act("show", "One dead letter.", (deliveries, given, stop) => deliveries.ShowAsync(given.GetRequiredValue(number), stop), number),
                Act("replay", "Have it tried again; the service does it.", (deliveries, given, stop) => deliveries.ReplayAsync(given.GetRequiredValue(which), stop), which),
                Act("reconcile", "Find and put back what was lost on the queues, now.", (deliveries, _, stop) => deliveries.ReconcileAsync(stop)),
            };
        }

        Command Policy()
        {
            var playbook = new Option<string?>("--playbook") { Description = "The playbook's file; the one in the settings where it is not given.", HelpName = "FILE" };
            var check = new Command("check", "Whether a playbook keeps its rules, and what it would move on record before it goes live.") { playbook };
            check.SetAction((given, stop) => ActAsync(given, stop, scope =>
                PolicyCommand.CheckAsync(scope, console, error, given.GetValue(playbook), Tenant(given, scope), stop)));
            return new Command("policy", "The playbook that the company sells by.") { check };
        }

        Command Doctor()
        {
            var json = new Option<bool>("--json") { Description = "As JSON, for a program." };
            var command = new Command("doctor", "What is wrong with settings, store, people and records, and how to mend it.") { json };
            command.SetAction((given, stop) => ActAsync(given, stop, scope =>
                DoctorCommand.RunAsync(scope, output, given.GetValue(json), Tenant(given, scope), stop)));
            return command;
        }

        Command Understand()
        {
            var world = new Argument<string>("WORLD") { Description = "A JSON file with people, customers and opportunities." };
            var said = new Argument<string>("SAID") { Description = "A JSON file with what is said in it, and what must come of it." };
            var json = new Option<string?>("--json") { Description = "Write the verdicts to this file too.", HelpName = "OUT" };
            var understanding = new Option<string?>("--understanding") { Description = "Who understands: rules or chat; what the settings name where it is not given.", HelpName = "rules|chat" };
            understanding.AcceptOnlyFromAmong("rules", "chat");
            var only = new Option<string[]>("--only") { Description = "Say these only, by id.", HelpName = "ID", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
            var kind = new Option<string[]>("--kind") { Description = "Say these kinds only, such as A or BC.", HelpName = "KIND", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
            var show = new Option<bool>("--show") { Description = "Tell also what the bot answers." };
            var command = new Command("understand", "Say sentences of your own in a world of your own, in memory, and see what is understood.") { world, said, json, understanding, only, kind, show };
            command.SetAction((given, stop) => ActAsync(given, stop, _ => UnderstandCommand.RunAsync(
                new UnderstandRequest(given.GetRequiredValue(world), given.GetRequiredValue(said))
                {
                    Json = given.GetValue(json), Understanding = given.GetValue(understanding), Only = given.GetValue(only) ?? [], Kinds = given.GetValue(kind) ?? [], Shows = given.GetValue(show),
                },
                console, error, stop)));
            return command;
        }

        Command Chat()
        {
            var speaker = new Option<string?>("--as") { Description = "Who speaks: the name of one of our people.", HelpName = "NAME" };
            var script = new Option<string?>("--script") { Description = "A file with one line a turn; # begins a comment.", HelpName = "FILE" };
            var command = new Command("chat", "Talk to the bot in this terminal, in Development only. /a presses the button (a).") { speaker, script };
            command.SetAction((given, stop) => ActAsync(given, stop, scope =>
                ChatCommand.RunAsync(scope, given.GetValue(speaker), given.GetValue(script), output, error, stop)));
            return command;
        }

        TenantId Tenant(ParseResult given, IServiceProvider scope) =>
            given.GetValue(tenant) is { Length: > 0 } named ? new TenantId(named) : scope.GetRequiredService<BotOptions>().HomeTenant;

        // no failure shows more than a sentence here, whatever it is
        async Task<int> ActAsync(ParseResult given, CancellationToken stop, Func<IServiceProvider, Task<int>> act)
        {
            IServiceProvider? scope = null;
            try
            {
                scope = services();
                return await act(scope);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                await error.WriteLineAsync("Stopped. What was written stays; run it again for the rest.");
                return Refused;
            }
            catch (Exception e)
            {
                await error.WriteLineAsync(Failures.Tell(e, given.GetValue(verbose)));
                return Refused;
            }
            finally
            {
                if (scope is IAsyncDisposable disposable)
                {
                    await disposable.DisposeAsync();
                }
            }
        }
    }
}
