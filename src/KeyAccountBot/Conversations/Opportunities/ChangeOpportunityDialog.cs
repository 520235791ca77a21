using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>What is to change.</summary>
/// <param name="Intent">Won, lost, hold, reopen, hand over, undo or status.</param>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record ChangeOpportunity(Intent Intent, string Words);

/// <summary>Won, lost, hold, reopen, hand over and undo: which one, to whom, why; records once the last question is answered.</summary>
internal sealed class ChangeOpportunityDialog(OpportunityLedger ledger, Playbook playbook, StatusLines lines)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "change-opportunity";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 2, FindAsync, AskWhomAsync, AskWhyAsync, AskUntilAsync, RecordAsync);

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
                ? Message.Of(scene.Say("refusal.not-on-record"))
                : StatusCard.Of(scene, playbook, stored.Opportunity, await lines.OfAsync(scene, stored.Opportunity, cancellationToken)));
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
            new PromptOptions { Prompt = Prompts.Ask(scene.Say("hand-over.to-whom"), [.. choices.Take(12)]), Choices = choices },
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

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var why = step.Values.Get<string>("why") ?? "";
        OpportunityCommand command = step.Values.Get<Intent>("intent") switch
        {
            Intent.Won => new OpportunityCommand.Win(scene.Today, null),
            Intent.Lost => new OpportunityCommand.Lose(why),
            Intent.Hold => new OpportunityCommand.Hold(why, step.Result<DateOnly>()),
            Intent.Reopen => new OpportunityCommand.Reopen(why),
            Intent.HandOver => new OpportunityCommand.HandOver(new PersonId(step.Values.Get<string>("to")!), why),
            Intent.Undo => new OpportunityCommand.Undo(),
            var intent => throw new InvalidOperationException($"{intent} changes no opportunity."),
        };
        var outcome = await ledger.RecordAsync(
            scene.Tenant, new OpportunityId(step.Values.Get<string>("id")!), command,
            scene.Command(step.Values.Get<string>("command")!), scene.Company, cancellationToken);
        step.Turn.Send(outcome.Refusal is { } refusal
            ? Message.Of(Refusals.Explain(scene, playbook, refusal))
            : StatusCard.Recorded(scene, playbook, outcome));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }
}
