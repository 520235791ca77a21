using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>What somebody has said of a new opportunity so far.</summary>
internal sealed record OpenOpportunityDraft
{
    /// <summary>The customer.</summary>
    public string Account { get; init; } = "";

    /// <summary>What is to be sold.</summary>
    public string Name { get; init; } = "";

    /// <summary>For how much, in the playbook's currency.</summary>
    public decimal Amount { get; init; }

    /// <summary>When the customer is to decide.</summary>
    public DateOnly Close { get; init; }
}

/// <summary>Puts a new opportunity on record: customer, what, how much, when; on yes.</summary>
internal sealed class OpenOpportunityDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "open-opportunity";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<OpenOpportunityDraft>(Id, 2, AskAccountAsync, AskNameAsync, AskAmountAsync, AskCloseAsync, ConfirmAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> AskAccountAsync(WaterfallStepContext<OpenOpportunityDraft> step, CancellationToken cancellationToken) =>
        Ask(step, Prompts.Name, "open.account", cancellationToken);

    private static ValueTask<DialogTurnResult> AskNameAsync(WaterfallStepContext<OpenOpportunityDraft> step, CancellationToken cancellationToken)
    {
        step.Draft = step.Draft with { Account = step.Result<string>()! };
        return Ask(step, Prompts.Name, "open.name", cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskAmountAsync(WaterfallStepContext<OpenOpportunityDraft> step, CancellationToken cancellationToken)
    {
        step.Draft = step.Draft with { Name = step.Result<string>()! };
        return Ask(step, Prompts.Number, "open.amount", cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskCloseAsync(WaterfallStepContext<OpenOpportunityDraft> step, CancellationToken cancellationToken)
    {
        step.Draft = step.Draft with { Amount = step.Result<decimal>() };
        return Ask(step, Prompts.CloseDate, "open.expected-close", cancellationToken);
    }

    private ValueTask<DialogTurnResult> ConfirmAsync(WaterfallStepContext<OpenOpportunityDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Draft = step.Draft with { Close = step.Result<DateOnly>() };
        var question = scene.Say("open.understood", draft.Account, draft.Name, scene.Format(new Money(draft.Amount, playbook.Currency)), scene.Format(draft.Close));
        var message = Message.Of(question).Offering(new ReadyAnswer(scene.Say("yes"), scene.Say("yes.says")), new ReadyAnswer(scene.Say("no"), scene.Say("no.says")));
        return step.PromptAsync(Prompts.Confirm, new PromptOptions { Prompt = message }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<OpenOpportunityDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (!step.Result<bool>())
        {
            return await step.EndWithAsync(scene.Say("check-in.not-recorded"), cancellationToken);
        }

        var draft = step.Draft;
        var open = new OpportunityCommand.Open(draft.Account, draft.Name, new Money(draft.Amount, playbook.Currency), scene.Person.Id, draft.Close);
        var outcome = await dossiers.RecordAsync(
            scene.Asker, new OpportunityId(CommandIds.Derive(step.Token)), open, scene.Command(step.Token), cancellationToken);
        step.Turn.Send(StatusCard.Recorded(scene, playbook, outcome));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private static ValueTask<DialogTurnResult> Ask(WaterfallStepContext step, string prompt, string key, CancellationToken cancellationToken) =>
        step.PromptAsync(prompt, Prompts.Ask(Scene.Of(step.Turn).Say(key)), cancellationToken);
}
