using System.Globalization;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Playbooks;
using Spectre.Console;

namespace KeyAccountBot.Commands;

/// <summary><c>policy check</c>: whether a playbook could go live, and what it would move on record; in English for the operator.</summary>
internal static class PolicyCommand
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>Runs it and answers the exit code: as refused where a service would not start with this playbook.</summary>
    /// <param name="services">The record, and the playbook of today.</param>
    /// <param name="console">Where it says what it found.</param>
    /// <param name="error">Where it says why it is refused.</param>
    /// <param name="file">The playbook to check; <c>null</c> for the one that is in the settings.</param>
    /// <param name="tenant">Whose record.</param>
    /// <param name="cancellationToken">Stops between two opportunities.</param>
    /// <exception cref="InvalidPlaybookException">The file breaks a rule of its own.</exception>
    public static async Task<int> CheckAsync(
        IServiceProvider services, IAnsiConsole console, TextWriter error, string? file, TenantId tenant, CancellationToken cancellationToken)
    {
        var today = services.GetRequiredService<Playbook>();
        var playbook = file is null ? today : Loaded(file, today);
        console.WriteLine(string.Create(
            English,
            $"The playbook '{playbook.Id}', version {playbook.Version}, keeps its rules: {playbook.Stages.Count} stages, {playbook.Stages.Sum(s => s.Milestones.Count)} milestones, {playbook.Stages.Sum(s => s.Questions.Count)} questions."));
        var people = await services.GetRequiredService<PeopleRepository>().LoadAsync(tenant, cancellationToken);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var followUps = new PlaybookFollowUps(today, playbook, people.AsOf(now), now);
        var look = await new PlaybookOnRecord(services.GetRequiredService<Tables>()).LookAsync(playbook, tenant, followUps.Add, cancellationToken);
        console.WriteLine(string.Create(English, $"It was held against {look.Opportunities:N0} opportunities on record that are open or on hold."));
        Write(console, look);
        if (file is not null)
        {
            Write(console, followUps);
        }

        if (look.Stranded == 0)
        {
            return CommandLine.Done;
        }

        await error.WriteLineAsync(PlaybookAtStart.Refusal(playbook, look));
        return CommandLine.Refused;
    }

    private static Playbook Loaded(string file, Playbook today)
    {
        var playbook = PlaybookFile.Load(Path.GetFullPath(file));
        return playbook with { FollowUps = playbook.FollowUps with { Holidays = today.FollowUps.Holidays } };
    }

    private static void Write(IAnsiConsole console, PlaybookLook look)
    {
        if (look.Findings.Count == 0)
        {
            console.WriteLine("It moves nothing.");
            return;
        }

        var table = Lines(console, "what", "on record", "becomes", "opportunities", "the first by account and name");
        foreach (var finding in look.Findings)
        {
            var more = finding.Count > finding.First.Count ? string.Create(English, $"; and {finding.Count - finding.First.Count:N0} more") : "";
            Add(table, What(finding.Effect), finding.From, finding.To ?? "nothing", finding.Count.ToString("N0", English), string.Join("; ", finding.First) + more);
        }

        console.Write(table);
    }

    private static void Write(IAnsiConsole console, PlaybookFollowUps followUps)
    {
        if (followUps.Counts.Count == 0)
        {
            console.WriteLine("No follow-up would end or begin for it.");
            return;
        }

        var table = Lines(console, "follow-ups because", "would end", "would begin");
        foreach (var cause in FollowUpCauses.All.Where(c => followUps.Counts.ContainsKey(c.Name)))
        {
            var (ends, begins) = followUps.Counts[cause.Name];
            Add(table, cause.ForOperator, ends.ToString("N0", English), begins.ToString("N0", English));
        }

        console.Write(table);
    }

    private static string What(PlaybookEffect effect) => effect switch
    {
        PlaybookEffect.StageLost => "stage not known",
        PlaybookEffect.MilestoneLost => "milestone not known",
        PlaybookEffect.QuestionLost => "question not known",
        PlaybookEffect.StageMoves => "stage moves",
        PlaybookEffect.GateMoves => "moves at the next check-in, by its gates",
        PlaybookEffect.MilestoneRenamed => "milestone renamed",
        PlaybookEffect.QuestionRenamed => "question renamed",
        PlaybookEffect.MilestoneRemoved => "milestone removed",
        PlaybookEffect.QuestionRemoved => "question removed",
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, null),
    };

    private static Table Lines(IAnsiConsole console, params string[] columns)
    {
        var table = new Table { Border = console.Profile.Out.IsTerminal ? TableBorder.Rounded : TableBorder.None };
        return table.AddColumns(columns);
    }

    // a cell is text as it stands: a bracket in a name is no colour
    private static void Add(Table table, params string[] cells) => table.AddRow(cells.Select(c => new Text(c)));
}
