using System.Globalization;
using System.Text;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Operations;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;
using Spectre.Console;

namespace KeyAccountBot.Commands;

/// <summary><c>deliveries</c>: what was given up, why, and having it tried again; in English for the operator. All of it may run beside the service.</summary>
internal sealed class DeliveriesCommand(IServiceProvider services, IAnsiConsole console, TextWriter error, TenantId tenant)
{
    private const int Shown = 100;
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary><c>deliveries list</c>.</summary>
    public async Task<int> ListAsync(CancellationToken cancellationToken)
    {
        var lines = await LinesAsync(Shown, cancellationToken);
        if (lines.Count == 0)
        {
            console.WriteLine("No dead letters.");
            return CommandLine.Done;
        }

        console.WriteLine(lines.Count == 1 ? "1 dead letter." : string.Create(English, $"{lines.Count:N0} dead letters. Show or replay one by its number."));

        var table = TableOf("", "since (UTC)", "what", "about", "for", "why", "tried");
        foreach (var line in lines.Take(Shown))
        {
            Add(table, Number(line.Number), line.Since, line.What, line.About, line.For, line.Stored.Letter.Reason, Number(line.Stored.Letter.Attempts));
        }

        console.Write(table);
        if (lines.Count > Shown)
        {
            console.WriteLine(string.Create(English, $"… and {lines.Count - Shown:N0} more"));
        }

        return CommandLine.Done;
    }

    /// <summary><c>deliveries show N</c>.</summary>
    public async Task<int> ShowAsync(int number, CancellationToken cancellationToken)
    {
        if (await FindAsync(number, cancellationToken) is not { } line)
        {
            return CommandLine.Refused;
        }

        var letter = line.Stored.Letter;
        console.WriteLine(line.ToString());
        var about = TableOf("", "");
        about.HideHeaders();
        Add(about, "since", $"{line.Since} UTC");
        Add(about, "why", letter.Reason);
        Add(about, "tried", Number(letter.Attempts));
        if (letter is { Opportunity: { } opportunity, Key: { } key })
        {
            Add(about, "opportunity", opportunity.Value);
            Add(about, "delivery", key);
            await AddRowAsync(about, new DeliveryDue(tenant, opportunity, key), cancellationToken);
        }

        if (letter.Body is { } body)
        {
            Add(about, "body", Encoding.UTF8.GetString(body));
        }

        console.Write(about);
        return CommandLine.Done;
    }

    /// <summary><c>deliveries replay N|all</c>.</summary>
    public async Task<int> ReplayAsync(string which, CancellationToken cancellationToken)
    {
        var replay = services.GetRequiredService<Replay>();
        if (which == "all")
        {
            var letters = await services.GetRequiredService<DeadLetters>().ListAsync(tenant, cancellationToken);
            foreach (var letter in letters)
            {
                await replay.RunAsync(tenant, letter, cancellationToken);
            }

            console.WriteLine(string.Create(English, $"{letters.Count:N0} dead letters are on their queues again."));
            return CommandLine.Done;
        }

        if (!int.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            await error.WriteLineAsync($"'{which}' is neither a number of the list nor 'all'.");
            return CommandLine.Refused;
        }

        if (await FindAsync(number, cancellationToken) is not { } line)
        {
            return CommandLine.Refused;
        }

        await replay.RunAsync(tenant, line.Stored, cancellationToken);
        console.WriteLine($"On its queue again: {line}.");
        return CommandLine.Done;
    }

    /// <summary><c>deliveries reconcile</c>.</summary>
    public async Task<int> ReconcileAsync(CancellationToken cancellationToken)
    {
        // it mends lists, so it is held to the record as the service is
        await PlaybookAtStart.CheckAsync(services.GetRequiredService<Tables>(), services.GetRequiredService<Playbook>(), cancellationToken);
        var result = await services.GetRequiredService<ReconciliationWorker>().RunNowAsync(cancellationToken);
        console.WriteLine(result.ToString());
        return CommandLine.Done;
    }

    private async Task AddRowAsync(Table about, DeliveryDue due, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<DeliveryRows>().FindAsync(due, cancellationToken) is not var (record, _))
        {
            return;
        }

        Add(about, "stands", record.Status.ToString().ToLowerInvariant());
        foreach (var refusal in record.Refused ?? [])
        {
            Add(about, refusal.Channel.ToString(), refusal.Detail);
        }
    }

    private async Task<DeadLetterLine?> FindAsync(int number, CancellationToken cancellationToken)
    {
        var lines = await LinesAsync(number, cancellationToken);
        if (number >= 1 && number <= lines.Count)
        {
            return lines[number - 1];
        }

        await error.WriteLineAsync(lines.Count == 0
            ? "There are no dead letters."
            : string.Create(English, $"{number} is no number of the list, which goes from 1 to {lines.Count}. See 'deliveries list'."));
        return null;
    }

    private Task<IReadOnlyList<DeadLetterLine>> LinesAsync(int named, CancellationToken cancellationToken) =>
        services.GetRequiredService<DeadLetterLines>().OfAsync(tenant, named, cancellationToken);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Table TableOf(params string[] columns) =>
        new Table { Border = console.Profile.Out.IsTerminal ? TableBorder.Rounded : TableBorder.None }.AddColumns(columns);

    // a cell is text as it stands: a bracket in a name is no colour
    private static void Add(Table table, params string[] cells) => table.AddRow(cells.Select(c => new Text(c)));
}
