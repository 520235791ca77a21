using System.Globalization;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using Spectre.Console;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Commands;

/// <summary><c>show</c>: where an opportunity stands and how it came there, in English for the operator.</summary>
internal sealed class ShowCommand(Playbook playbook, Company company)
{
    private const int ShownOfAList = 50;
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    /// <summary>Runs it and answers the exit code.</summary>
    public static async Task<int> RunAsync(
        IServiceProvider services, IAnsiConsole console, TextWriter error, string which, TenantId tenant, CancellationToken cancellationToken)
    {
        var ledger = services.GetRequiredService<OpportunityLedger>();
        var show = new ShowCommand(
            services.GetRequiredService<Playbook>(), await services.GetRequiredService<PeopleRepository>().LoadAsync(tenant, cancellationToken));
        var stored = await ledger.FindAsync(tenant, new OpportunityId(which), cancellationToken);
        if (stored is null)
        {
            var found = await SearchAsync(ledger, tenant, which, cancellationToken);
            if (found.Count == 0)
            {
                await error.WriteLineAsync($"No opportunity on record has the id '{which}', or these words in its account and name.");
                return CommandLine.Refused;
            }

            if (found.Count > 1)
            {
                show.Write(console, found);
                return CommandLine.Done;
            }

            stored = await ledger.FindAsync(tenant, found[0].Id, cancellationToken);
        }

        if (stored is null)
        {
            await error.WriteLineAsync($"'{which}' is listed but not on record. It may just have been changed: try again.");
            return CommandLine.Refused;
        }

        List<OpportunityEntry> entries = [];
        await foreach (var entry in ledger.EntriesAsync(tenant, stored.Opportunity.Id, cancellationToken))
        {
            entries.Add(entry);
        }

        show.Write(console, stored.Opportunity, entries);
        return CommandLine.Done;
    }

    /// <summary>The opportunities with this id, or with these words in their account and name.</summary>
    internal static async Task<List<OpportunityListing>> SearchAsync(OpportunityLedger ledger, TenantId tenant, string which, CancellationToken cancellationToken)
    {
        List<OpportunityListing> found = [];
        var words = which.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await foreach (var line in ledger.AllAsync(tenant, cancellationToken))
        {
            if (string.Equals(line.Id.Value, which, StringComparison.OrdinalIgnoreCase))
            {
                return [line];
            }

            var text = $"{line.Account} {line.Name}";
            if (words.Length > 0 && words.All(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)))
            {
                found.Add(line);
            }
        }

        return [.. found.OrderBy(l => l.Status).ThenBy(l => l.Account, StringComparer.Ordinal).ThenBy(l => l.Id.Value, StringComparer.Ordinal)];
    }

    private void Write(IAnsiConsole console, List<OpportunityListing> found)
    {
        console.WriteLine(string.Create(English, $"{found.Count:N0} opportunities match. Show one by its id."));
        var table = Lines(console, "id", "account", "name", "amount", "stage", "status", "owner");
        foreach (var line in found.Take(ShownOfAList))
        {
            Add(table, line.Id.Value, line.Account, line.Name, Amount(line.Amount), Stage(line.Stage), Status(line.Status), Name(line.Owner));
        }

        console.Write(table);
        if (found.Count > ShownOfAList)
        {
            console.WriteLine(string.Create(English, $"… and {found.Count - ShownOfAList:N0} more"));
        }
    }

    private void Write(IAnsiConsole console, Opportunity opportunity, List<OpportunityEntry> entries)
    {
        var facts = opportunity.Facts;
        console.WriteLine($"{(facts.Account.Length > 0 ? facts.Account : "No account yet")}: {facts.Name}");
        var stage = playbook.Find(facts.Stage);
        var about = Lines(console, "", "");
        about.HideHeaders();
        Add(about, "id", opportunity.Id.Value);
        Add(about, "owner", Name(facts.Owner));
        Add(about, "amount", Amount(facts.Amount));
        Add(about, "status", Status(facts.Status) + (facts.ClosedOn is { } on ? $" on {Day(on)}" : "") + (facts.StatusReason is { } why ? $": {why}" : ""));
        var number = playbook.NumberOf(facts.Stage) is { } n ? string.Create(English, $"{n} of {playbook.Stages.Count}") : "which the playbook does not have";
        Add(about, "stage", $"{Stage(facts.Stage)}, {number}, since {Moment(facts.StageEnteredAt)}");
        var milestones = playbook.Stages.SelectMany(s => s.Milestones).ToList();
        Add(about, "milestones", string.Create(English, $"{milestones.Count(m => facts.Reached.ContainsKey(m.Id))}/{milestones.Count}"));
        if (opportunity.IsOpen && stage is not null)
        {
            Add(about, "gate", Gate(stage.Gate, opportunity.ReachedSet()));
        }

        Add(about, "next step", facts.NextStep is { } next ? $"{next.What}, by {Day(next.Due)}" : "none promised");
        if (facts.ExpectedClose is { } close)
        {
            Add(about, "expected close", Day(close));
        }

        console.Write(about);
        console.WriteLine();
        var timeline = Lines(console, "when (UTC)", "who", "through", "what");
        foreach (var entry in entries)
        {
            Add(timeline, Moment(entry.At), entry.By is { } by ? Name(by) + (entry.For is { } absent ? $" for {Name(absent)}" : "") : "the bot", entry.Channel, Sentence(entry.What));
        }

        console.Write(timeline);
    }

    private string Gate(Gate gate, IReadOnlySet<MilestoneId> reached)
    {
        var all = gate.All.Where(m => !reached.Contains(m)).Select(Milestone).ToList();
        var any = gate.Any.Any(reached.Contains) ? [] : gate.Any.Select(Milestone).ToList();
        return gate.IsOpen(reached) ? "open"
            : "missing " + string.Join(" and ", all.Concat(any.Count > 0 ? [$"one of {string.Join(", ", any)}"] : []));
    }

    private string Sentence(OpportunityEvent what) => what switch
    {
        Opened e => $"came on record in {Stage(e.Stage)}, {Status(e.Status)}, worth {Amount(e.Amount)}, owned by {Name(e.Owner)}",
        CheckedIn { NextStep: { } next } => $"checked in; next step: {next.What}, by {Day(next.Due)}",
        CheckedIn => "checked in",
        MilestoneReached e => $"reached on {Day(e.On)}: {Milestone(e.Milestone)}{(string.IsNullOrEmpty(e.Evidence) ? "" : $" ({e.Evidence})")}",
        MilestoneTakenBack e => $"took back: {Milestone(e.Milestone)} ({e.Reason})",
        StageChanged e => $"went from {Stage(e.From)} to {Stage(e.To)}",
        Won => "won",
        WinTakenBack => "not won after all",
        Lost e => $"lost: {e.Reason}",
        PutOnHold e => $"put on hold{(e.Until is { } day ? $" until {Day(day)}" : "")}: {e.Reason}",
        Reopened e => $"reopened: {e.Reason}",
        HandedOver e => $"handed over from {Name(e.From)} to {Name(e.To)}: {e.Reason}",
        Completed => "completed",
        EntryUndone => "took back the last entry",
        FollowUpStepTaken e => $"{OperatorWords.Cause(e.Cause)}: {Told(e)}",
        FollowUpAnswered e => $"{Answer(e)}{(e.QuietUntil is { } until ? $", quiet until {Moment(until)}" : "")}",
        TimeAskedFor e => $"asked {Name(e.Of)} for quiet until {Moment(e.Until)}",
        TimeAnswered e => $"{(e.Allowed ? "allowed" : "did not allow")} {Name(e.To)} quiet until {Moment(e.Until)}",
        FollowUpReplied e => $"answered {Name(e.To)}: {e.Text}",
        QuestionAdded e => $"the customer asks: {e.Text}",
        QuestionAnswered e => $"answered on {Day(e.On)}: {Question(e.Question)} ({e.Answer})",
        QuestionReopened e => $"open again: {Question(e.Question)} ({e.Reason})",
        VisitPlanned e => $"planned a visit at {Moment(e.At)}{(e.Aims is { } aims ? $": {aims}" : "")}",
        VisitMoved e => $"moved the visit to {Moment(e.At)}",
        VisitCancelled e => $"cancelled the visit: {e.Reason}",
        VisitReported e => string.Create(English, $"visited on {Day(e.On)}, met {e.Met.Count}{(e.Notes is { } notes ? $": {notes}" : "")}"),
        BriefSent e => $"briefed {Name(e.To)} for the visit at {Moment(e.VisitAt)}",
        CustomerEvaluated e => string.Create(English, $"scored the customer {e.Evaluation.Score(playbook)} of 100"),
        FactsChanged e => $"changed {string.Join(", ", Changes(e))}",
        BidBranchChosen { Branch: BidBranch.Bid bid } => $"a tender; bids are in by {Day(bid.Deadline)}",
        BidBranchChosen => "direct negotiation, no tender",
        DecisionMakerAssigned e => $"told {Name(e.To)} that {e.Name} is theirs to look after",
        ContractApproverNamed e => $"named who approves the contract: {e.Approver}",
        _ => throw new InvalidOperationException($"No sentence for {what.GetType().Name}."),
    };

    private static IEnumerable<string> Changes(FactsChanged changed)
    {
        var (from, to) = (changed.From, changed.To);
        string?[] said =
        [
            Change("amount", from.Amount is { } was ? Amount(was) : null, to.Amount is { } amount ? Amount(amount) : null),
            Change("expected close", from.ExpectedClose is { } day ? Day(day) : null, to.ExpectedClose is { } close ? Day(close) : null),
            Change("name", from.Name, to.Name),
            Change("bids in by", from.BidDeadline is { } before ? Day(before) : null, to.BidDeadline is { } deadline ? Day(deadline) : null),
            Change("competitors", Names(from.Competitors), Names(to.Competitors)),
        ];
        return said.OfType<string>();

        static string? Names(IReadOnlyList<string>? all) => all is null ? null : all.Count == 0 ? "none" : string.Join("; ", all);
        static string? Change(string what, string? from, string? to) => to is null ? null : $"{what} from {from ?? "not known"} to {to}";
    }

    private string Question(QuestionId id) => playbook.Find(id)?.Text.For(English) ?? id.Value;

    private string Told(FollowUpStepTaken step) => (step.HeldBack, step.Room, step.To) switch
    {
        ({ } held, _, { } to) => $"{Name(to)} not told: {OperatorWords.HeldBack(held)}",
        (_, { } room, _) => $"told the {room.Channel} channel {room.Conversation}",
        (_, _, { } to) => $"told {Name(to)}{(step.InPlaceOf is { } away ? $" in place of {Name(away)}" : "")}",
        _ => "nobody to tell",
    };

    private string Answer(FollowUpAnswered answered) => answered.Answer switch
    {
        FollowUpAnswer.TakeIt => "took it",
        FollowUpAnswer.Snooze => "snoozed it",
        FollowUpAnswer.AskTheRep => "had the rep asked" + Quoted(answered.Note),
        FollowUpAnswer.NotAnIssue => "said it is not an issue" + Quoted(answered.Note),
        FollowUpAnswer.Reassign => $"asked {(answered.To is { } to ? Name(to) : "a colleague")} to look after it",
        _ => throw new InvalidOperationException($"No words for {answered.Answer}."),
    };

    private static string Quoted(string? note) => note is null ? "" : $": {note}";

    private static string Status(OpportunityStatus status) => status switch
    {
        OpportunityStatus.Open => "open",
        OpportunityStatus.OnHold => "on hold",
        OpportunityStatus.Lost => "lost",
        OpportunityStatus.Completed => "completed",
        _ => status.ToString(),
    };

    private string Stage(StageId id) => playbook.Find(id)?.Name.For(English) ?? id.Value;

    private string Milestone(MilestoneId id) => playbook.Find(id)?.Name.For(English) ?? id.Value;

    private string Name(PersonId id) => company.Find(id)?.Name ?? id.Value;

    private static string Amount(Money money) => $"{money.Amount.ToString("N2", CultureInfo.InvariantCulture)} {money.Currency}";

    private static string Day(DateOnly on) => on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static Table Lines(IAnsiConsole console, params string[] columns)
    {
        var table = new Table { Border = console.Profile.Out.IsTerminal ? TableBorder.Rounded : TableBorder.None };
        return table.AddColumns(columns);
    }

    // a cell is text as it stands: a bracket in a name is no colour
    private static void Add(Table table, params string[] cells) => table.AddRow(cells.Select(c => new Text(c)));
}
