using System.Globalization;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using Spectre.Console;

namespace KeyAccountBot.Commands;

/// <summary><c>explain</c>: who heard of an opportunity and who will if nothing happens, when and why; in English for the operator.</summary>
internal sealed class ExplainCommand(Playbook playbook, Company company)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>How far it looks ahead.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(90);

    /// <summary>Runs it and answers the exit code.</summary>
    public static async Task<int> RunAsync(
        IServiceProvider services, IAnsiConsole console, TextWriter error, string which, TenantId tenant, CancellationToken cancellationToken)
    {
        var ledger = services.GetRequiredService<OpportunityLedger>();
        var found = await ShowCommand.SearchAsync(ledger, tenant, which, cancellationToken);
        if (found.Count != 1 || await ledger.FindAsync(tenant, found[0].Id, cancellationToken) is not { Opportunity: var opportunity })
        {
            await error.WriteLineAsync(found.Count < 2
                ? $"No opportunity on record has the id '{which}', or these words in its account and name."
                : string.Create(English, $"{found.Count:N0} opportunities match '{which}': {string.Join("; ", found.Take(5).Select(l => $"{l.Id} ({l.Account}, {l.Name})"))}. Name one by its id."));
            return CommandLine.Refused;
        }

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var people = await services.GetRequiredService<PeopleRepository>().LoadAsync(tenant, cancellationToken);
        var account = await services.GetRequiredService<AccountLedger>().OfAsync(tenant, opportunity, cancellationToken);
        new ExplainCommand(services.GetRequiredService<Playbook>(), people).Write(console, opportunity, KnownCustomer.Of(account), now);
        return CommandLine.Done;
    }

    private void Write(IAnsiConsole console, Opportunity opportunity, KnownCustomer customer, DateTimeOffset now)
    {
        var facts = opportunity.Facts;
        console.WriteLine($"{(facts.Account.Length > 0 ? facts.Account : "No account yet")}: {facts.Name}");
        if (!opportunity.IsFollowedUp)
        {
            console.WriteLine("It is not open, so nobody hears of it.");
            return;
        }

        var table = new Table { Border = console.Profile.Out.IsTerminal ? TableBorder.Rounded : TableBorder.None };
        table.AddColumns("when (UTC)", "who", "what", "why", "policy");
        var standing = FollowUpCauses.Standing(opportunity, customer, playbook, company, now);
        foreach (var chain in opportunity.FollowUps.Where(c => standing.Contains(c.Key)))
        {
            foreach (var step in chain.Steps)
            {
                Add(table, Moment(step.At), Reader(step.To, step.Room), step.HeldBack is { } held ? $"held back: {OperatorWords.HeldBack(held)}" : "told", Why(chain.Cause, chain.Since), Policy(chain.Cause, facts));
            }

            foreach (var said in chain.All)
            {
                Add(table, said.QuietUntil is { } until ? $"until {Moment(until)}" : "for good", Reader(said.By, null), $"answered: {said.Answer}{OperatorWords.Reach(said)}", Why(chain.Cause, chain.Since), "");
            }
        }

        foreach (var next in Forecast.Of(opportunity, customer, playbook, company, now, now + Ahead))
        {
            var what = next.Step.HeldBack is { } held ? $"will be held back: {OperatorWords.HeldBack(held)}" : $"will hear: {OperatorWords.Kind(next.Step.Kind)}{(next.Step.Urgent ? ", urgent" : "")}";
            Add(table, Moment(next.At), Reader(next.Step.To, next.Step.Room) + (next.Step.InPlaceOf is { } away ? $" in place of {Reader(away, null)}" : ""), what, Why(next.Step.Cause, next.Step.Since), next.Policy);
        }

        console.Write(table);
        console.WriteLine(string.Create(English, $"As things stand at {Moment(now)}; a check-in, an answer or progress changes it. Looked {Ahead.TotalDays:N0} days ahead."));
    }

    private string Reader(PersonId? person, Room? room) =>
        room is not null ? $"{room.Channel} channel {room.Conversation}" : person is { } id ? company.Find(id)?.Name ?? id.Value : "nobody";

    private string Policy(FollowUpCause cause, OpportunityFacts facts) => playbook.FollowUps.PolicyFor(cause, facts.Amount.Amount) ?? "none";

    private static string Why(FollowUpCause cause, DateTimeOffset since) => $"{OperatorWords.Cause(cause)}, due {Moment(since)}";

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    // a cell is text as it stands: a bracket in a name is no colour
    private static void Add(Table table, params string[] cells) => table.AddRow(cells.Select(c => new Text(c)));
}
