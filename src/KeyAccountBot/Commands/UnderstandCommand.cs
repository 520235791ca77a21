using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.FreeText;
using KeyAccountBot.Operations;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sayings;
using KeyAccountBot.Sayings.Judging;
using KeyAccountBot.Sayings.Trials;
using KeyAccountBot.Sayings.Worlds;
using KeyAccountBot.Startup;
using KeyAccountBot.Storage.Engines;
using KeyAccountBot.Storage.Memory;
using Spectre.Console;

namespace KeyAccountBot.Commands;

/// <summary>What <c>understand</c> is asked to do.</summary>
/// <param name="World">The file with the world.</param>
/// <param name="Said">The file with what is said in it.</param>
internal sealed record UnderstandRequest(string World, string Said)
{
    /// <summary>A file for the verdicts as JSON; <c>null</c> for none.</summary>
    public string? Json { get; init; }

    /// <summary><c>rules</c> or <c>chat</c>; <c>null</c> for what the settings name.</summary>
    public string? Understanding { get; init; }

    /// <summary>The ids that are said; empty for all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>The kinds that are said; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Also tell what the bot answered, and what it was taken for.</summary>
    public bool Shows { get; init; }
}

/// <summary><c>understand WORLD SAID</c>: says sentences in a world of one's own, in memory, and tells how much of them is understood.</summary>
internal static class UnderstandCommand
{
    /// <summary>Says them; exit code 1 where a file cannot be used.</summary>
    public static async Task<int> RunAsync(UnderstandRequest request, IAnsiConsole console, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            return await SayAsync(request, console, error, cancellationToken);
        }
        catch (SayingsFaultException fault)
        {
            await error.WriteLineAsync(fault.Message);
            return CommandLine.Refused;
        }
    }

    private static async Task<int> SayAsync(UnderstandRequest request, IAnsiConsole console, TextWriter error, CancellationToken cancellationToken)
    {
        var world = WorldFile.Read(request.World);
        var sayings = SayingsFile.Read(request.Said, world)
            .Where(s => request.Only.Count == 0 || request.Only.Contains(s.Id, StringComparer.OrdinalIgnoreCase))
            .Where(s => request.Kinds.Count == 0 || request.Kinds.Any(k => k.Contains(s.Kind, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        if (sayings.Count == 0)
        {
            throw new SayingsFaultException($"Nothing in {Path.GetFileName(request.Said)} is asked for by --only or --kind.");
        }

        await using var trial = await Trial.OpenAsync(world, (tables, clock, placing) => Services(request.Understanding, world, tables, clock, placing), cancellationToken);
        foreach (var refused in trial.Refused)
        {
            await error.WriteLineAsync($"The record does not take all of the world: {refused}");
        }

        var judge = new SayingJudge(world, IsMissed(world));
        List<(Saying Saying, Verdict Verdict)> judged = [];
        foreach (var saying in sayings)
        {
            var outcome = await trial.SayAsync(saying, cancellationToken);
            judged.Add((saying, judge.Judge(saying, outcome)));
            if (request.Shows)
            {
                Show(console, saying, outcome);
            }
        }

        SayingsReport.Print(console, world.Language, judged);
        if (request.Json is { } path)
        {
            await File.WriteAllTextAsync(path, SayingsReport.Json([.. judged.Select(j => j.Verdict)]), cancellationToken);
        }

        return CommandLine.Done;
    }

    // as in the service, around a store in memory; nothing is sent and no worker runs
    private static ServiceProvider Services(string? understanding, World world, MemoryTableStore tables, TimeProvider clock, Feature placing)
    {
        var builder = WebApplication.CreateBuilder(Settings.Of([]));
        if (understanding is not null)
        {
            builder.Configuration.AddInMemoryCollection([new("Understanding:Proposer", understanding)]);
        }

        builder.Logging.ClearProviders();
        builder.AddSettings(listens: false, isAtPlay: false);
        builder.AddRecords();
        builder.AddTeams();
        builder.Services.AddConversations();
        builder.AddFreeText();
        builder.AddSlack();
        builder.Services.AddFollowUps();
        builder.AddOperations();
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(StorageEngine.InMemory(tables));
        builder.Services.AddSingleton(placing);
        var playbook = (Playbook)builder.Services.Last(s => s.ServiceType == typeof(Playbook)).ImplementationInstance!;
        builder.Services.AddSingleton(playbook with { Currency = world.Currency });
        return builder.Services.BuildServiceProvider();
    }

    private static Func<string, bool> IsMissed(World world)
    {
        var texts = new Texts("Conversations.ConversationTexts");
        var missed = world.People.Select(p => Scene.CultureOf(p.Locale)).DistinctBy(c => c.Name, StringComparer.Ordinal).Select(c => Messages.Marks.Plain(texts["not-understood", c]).Trim()).ToHashSet(StringComparer.Ordinal);
        return reply => missed.Contains(reply.Trim());
    }

    private static void Show(IAnsiConsole console, Saying saying, Outcome? outcome)
    {
        console.WriteLine($"{saying.Id} {saying.Speaker}: {saying.Text.ReplaceLineEndings(" / ")}");
        if (outcome?.Understood is { } understood)
        {
            var slots = string.Join(' ', understood.Slots.Select(s => $"{s.Key}={string.Join(',', s.Value)}"));
            var changes = string.Join(' ', understood.Changes.Select(c => $"{c.Field}:={string.Join(',', c.Value)}"));
            console.WriteLine($"    = {understood.Wish} {understood.Effect} {(understood.Value is { } value ? $"[{string.Join(',', value)}]" : "")} {slots} {changes}");
        }

        foreach (var reply in outcome?.Replies ?? [])
        {
            console.WriteLine($"    > {reply.ReplaceLineEndings(" / ")}");
        }
    }
}
