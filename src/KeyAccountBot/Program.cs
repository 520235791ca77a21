using KeyAccountBot;
using KeyAccountBot.Conversations;
using KeyAccountBot.Operations;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Sandbox;

try
{
    var builder = WebApplication.CreateBuilder(Settings.Of(args));
    builder.AddSettings();
    builder.AddRecords();
    builder.AddConversations();
    builder.AddOperations();
    await using var app = builder.Build();
    app.MapMessages();
    app.MapHealth();
    if (app.Environment.IsDevelopment())
    {
        await app.AddSamplePipelineAsync();
    }

    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is InvalidPlaybookException or InvalidSettingsException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

/// <summary>The service's entry point, named so that tests can start it.</summary>
internal sealed partial class Program;
