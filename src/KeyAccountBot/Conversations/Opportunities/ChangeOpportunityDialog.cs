using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>What is to change.</summary>
/// <param name="Intent">Won, lost, hold, reopen, hand over, undo or status.</param>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record ChangeOpportunity(Intent Intent, string Words);

/// <summary>
/// Won, lost, hold, reopen, hand over and undo: which one, to whom, why. All but reopen shows what it understood, and records on yes.
/// </summary>
internal sealed class ChangeOpportunityDialog(OpportunityLedger ledger, Playbook playbook, StatusLines lines)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "change-opportunity";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 3, FindAsync, AskWhomAsync, AskWhyAsync, AskUntilAsync, ConfirmAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var change = step.Options<ChangeOpportunity>()!;
        step.Values.Set("intent", change.Intent);
        step.Values.Set("command", CommandIds.Of(step.Turn));
        var words = change.Words;
        if (change.Intent == Intent.Hold)
        {
            // all of it in one sentence, where it was said so
            var scene = Scene.Of(step.Turn);
            var hold = HoldWords.Read(change.Words, scene.Today, scene.Culture);
            step.Values.Set("until", hold.Until);
            step.Values.Set("why", hold.Why);
            words = hold.Account;
        }

        var among = change.Intent switch
        {
            Intent.Reopen => Among.Resting,
            Intent.Status or Intent.Undo => Among.Any,
            _ => Among.WorkedOn,
        };
        return step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(words, among)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhomAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("id", id);
        var intent = step.Values.Get<Intent>("intent");
        if (intent == Intent.Status)
        {
            var stored = await ledger.ReadAsync(scene.Tenant, new OpportunityId(id), cancellationToken);
            step.Turn.Send(stored is null
                ? Activity.Message(scene.Say("refusal.not-on-record"))
                : StatusCard.Of(scene, playbook, stored.Opportunity, await lines.OfAsync(scene, stored.Opportunity, cancellationToken)));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        // what would be refused anyway is not asked about first
        var (_, refusal) = await LookAsync(scene, intent, id, cancellationToken);
        if (refusal is not null)
        {
            step.Turn.Send(Refusals.Explain(scene, playbook, refusal));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        if (intent != Intent.HandOver)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var colleagues = scene.Company.People
            .Where(p => p.Role == Sales.People.Role.Rep && p.Id != scene.Person.Id)
            .OrderBy(p => p.Manager != scene.Person.Manager)
            .ThenBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        if (colleagues.Count == 0)
        {
            step.Turn.Send(scene.Say("hand-over.nobody"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("colleagues", colleagues.Select(p => p.Id.Value).ToList());
        var choices = colleagues.Select(p => new Choice(p.Name)).ToList();
        return await step.PromptAsync(
            Prompts.Choice,
            new PromptOptions { Prompt = Prompts.Ask(scene, scene.Say("hand-over.to-whom"), choices), Choices = choices },
            cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> AskWhyAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult && step.Values.Get<List<string>>("colleagues") is { } colleagues)
        {
            step.Values.Set("to", colleagues[step.Result<FoundChoice>()!.Index]);
        }

        return step.Values.Get<Intent>("intent") is Intent.Undo or Intent.Won || step.Values.Get<string>("why") is { Length: > 0 }
            ? await step.NextAsync(cancellationToken: cancellationToken)
            : await step.PromptAsync(Prompts.Text, Prompts.Ask(scene.Say("change.why")), cancellationToken);
    }

    // what rests is looked at again on a day, whatever the reason
    private async ValueTask<DialogTurnResult> AskUntilAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult)
        {
            step.Values.Set("why", step.Result<string>());
        }

        if (step.Values.Get<Intent>("intent") != Intent.Hold)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var latest = Holds.Latest(playbook.FollowUps, scene.Today);
        var until = step.Values.Get<DateOnly?>("until");
        if (until > scene.Today && until <= latest)
        {
            return await step.NextAsync(DialogJson.ToElement(until.Value), cancellationToken);
        }

        var question = until is { } said && PlausibleDate.Likely(said, scene.Today, DateSense.Ahead) is { } likely && likely <= latest
            ? scene.Say("date.meant", scene.Format(said), scene.Format(likely))
            : until is null ? null : scene.Say("refusal.hold-outside", scene.Format(latest));
        return await step.PromptAsync(Prompts.HoldDate, Prompts.AskHoldDate(scene, latest, question), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ConfirmAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var intent = step.Values.Get<Intent>("intent");
        if (intent == Intent.Hold)
        {
            step.Values.Set("until", (DateOnly?)step.Result<DateOnly>());
        }

        if (intent == Intent.Reopen)
        {
            return await step.NextAsync(DialogJson.ToElement(true), cancellationToken);
        }

        var (opportunity, refusal) = await LookAsync(scene, intent, step.Values.Get<string>("id")!, cancellationToken);
        if (opportunity is null || refusal is not null)
        {
            step.Turn.Send(Refusals.Explain(scene, playbook, refusal ?? new Refusal.NotOnRecord()));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        List<(string Label, string Value)> facts =
            [(scene.Say("label.opportunity"), $"{opportunity.Facts.Name} · {scene.Format(opportunity.Facts.Amount)}")];
        if (intent == Intent.Undo)
        {
            var entry = opportunity.LastEntry!.Command;
            step.Values.Set("entry", entry.Value);
            step.Values.Set("undone", await EntryWords.OfAsync(scene, playbook, ledger.EntriesAsync(scene.Tenant, opportunity.Id, cancellationToken), entry));
            facts.Add((scene.Say("label.take-back"), step.Values.Get<string>("undone")!));
        }
        else
        {
            facts.Add((scene.Say("label.change"), ChangeOf(scene, intent)));
            facts.AddRange(Said(scene, step));
        }

        var (ask, yes) = intent == Intent.Undo ? ("change.take-back", "change.take-back-yes") : ("check-in.record", "yes");
        return await step.PromptAsync(
            Prompts.Confirm,
            ConversationCard.Confirm(
                scene, scene.Say("check-in.understood", scene.AccountOf(opportunity.Facts.Account)), facts, scene.Say(ask), scene.Say(yes),
                step.Values.Get<string>("command")!),
            cancellationToken);
    }

    private static string ChangeOf(Scene scene, Intent intent) => intent switch
    {
        Intent.Won => scene.Say("change.won"),
        Intent.Lost => scene.Say("change.lost"),
        Intent.Hold => scene.Say("status.OnHold"),
        Intent.HandOver => scene.Say("change.handed-over"),
        _ => throw new InvalidOperationException($"{intent} is not asked about."),
    };

    private static IEnumerable<(string Label, string Value)> Said(Scene scene, WaterfallStepContext step)
    {
        if (step.Values.Get<string>("to") is { } to)
        {
            yield return (scene.Say("label.new-owner"), scene.Company.Find(new PersonId(to))?.Name ?? "");
        }

        if (step.Values.Get<DateOnly?>("until") is { } until)
        {
            yield return (scene.Say("label.until"), scene.Format(until));
        }

        if (step.Values.Get<string>("why") is { Length: > 0 } why)
        {
            yield return (scene.Say("label.why"), why);
        }
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (!step.Result<bool>())
        {
            step.Turn.Send(scene.Say("check-in.not-recorded"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var values = step.Values;
        var command = CommandOf(
            scene, values.Get<Intent>("intent"), values.Get<string>("why") ?? "", values.Get<DateOnly?>("until"), values.Get<string>("to") ?? "",
            values.Get<string>("entry") is { } entry ? new CommandId(entry) : null);
        var outcome = await ledger.RecordAsync(
            scene.Tenant, new OpportunityId(values.Get<string>("id")!), command, scene.Command(values.Get<string>("command")!), scene.Company, cancellationToken);
        step.Turn.Send(outcome.Refusal is { } refusal
            ? Activity.Message(Refusals.Explain(scene, playbook, refusal))
            : StatusCard.Recorded(
                scene, playbook, outcome, progress: values.Get<string>("undone") is { } undone ? [scene.Say("fact", scene.Say("label.taken-back"), undone)] : null));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private async ValueTask<(Opportunity? Opportunity, Refusal? Refusal)> LookAsync(Scene scene, Intent intent, string id, CancellationToken cancellationToken)
    {
        var which = new OpportunityId(id);
        var stored = await ledger.FindAsync(scene.Tenant, which, cancellationToken);
        if (stored is not { IsNewer: false, Opportunity: var opportunity })
        {
            var cannotBeRead = stored is not null || await ledger.IsSetAsideAsync(scene.Tenant, which, cancellationToken);
            return (null, cannotBeRead ? new Refusal.CannotBeRead() : new Refusal.NotOnRecord());
        }

        // the reason, the day and the new owner are still to be said
        var command = CommandOf(scene, intent, "-", null, "", null);
        return (opportunity, !Authority.Allows(scene.Person.Id, command, opportunity, scene.Company) ? new Refusal.NotTheirs()
            : OpportunityDecider.Decide(command, opportunity, scene.Command("-"), playbook) is Decision.Refused refused ? refused.Reason
            : null);
    }

    private static OpportunityCommand CommandOf(Scene scene, Intent intent, string why, DateOnly? until, string to, CommandId? entry) => intent switch
    {
        Intent.Won => new OpportunityCommand.Win(scene.Today, null),
        Intent.Lost => new OpportunityCommand.Lose(why),
        Intent.Hold => new OpportunityCommand.Hold(why, until),
        Intent.Reopen => new OpportunityCommand.Reopen(why),
        Intent.HandOver => new OpportunityCommand.HandOver(new PersonId(to), why),
        Intent.Undo => new OpportunityCommand.Undo(entry),
        _ => throw new InvalidOperationException($"{intent} changes no opportunity."),
    };
}
