using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Channels.Terminal;
using KeyAccountBot.Commands;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.FreeText;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Operations;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Sandbox;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Storage.Engines;

try
{
    var builder = WebApplication.CreateBuilder(Settings.Of(args));
    await using var sandbox = CommandLine.Wants(args) ? null : await SandboxHost.StartAsync(builder);
    builder.AddSettings(listens: !CommandLine.Wants(args), isAtPlay: sandbox is not null);
    builder.AddRecords();
    builder.AddTeams();
    builder.Services.AddConversations();
    builder.AddFreeText();
    builder.AddSlack();
    builder.Services.AddTerminal();
    builder.Services.AddFollowUps();
    builder.AddOperations();
    if (CommandLine.Wants(args))
    {
        builder.Logging.ClearProviders();
        await using var commands = builder.Build();
        return await CommandLine.RunAsync(args, () => commands.Services);
    }

    if (sandbox is not null)
    {
        builder.AddSandbox(sandbox);
    }

    await using var app = builder.Build();

    // a store that cannot be opened stops the start here, in one sentence
    _ = app.Services.GetRequiredService<StorageEngine>();
    await app.Services.GetRequiredService<PlaybookAtStart>().BeforeListeningAsync();
    app.MapMessages();
    app.MapSlack();
    app.MapHealth();
    app.MapOperator();
    if (sandbox is not null)
    {
        await app.UseSandboxAsync(sandbox);
    }

    if (app.Environment.IsDevelopment())
    {
        app.WarnOfRealTeamsApp();
        await app.AddSamplePipelineAsync();
    }

    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is not HostAbortedException)
{
    await Console.Error.WriteLineAsync(Failures.Tell(e, args.Contains(CommandLine.Verbose)));
    return CommandLine.Refused;
}

/// <summary>The service's entry point, named so that tests can start it.</summary>
internal sealed partial class Program;
