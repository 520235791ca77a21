using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>Puts a new opportunity on record: customer, what, how much, when; on yes.</summary>
internal sealed class OpenOpportunityDialog(OpportunityLedger ledger, Playbook playbook)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "open-opportunity";

    private const string Currency = "EUR";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 1, AskAccountAsync, AskNameAsync, AskAmountAsync, AskCloseAsync, ConfirmAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> AskAccountAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        step.Values.Set("command", CommandIds.Of(step.Turn));
        return Ask(step, Prompts.Name, "open.account", cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskNameAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        step.Values.Set("account", step.Result<string>());
        return Ask(step, Prompts.Name, "open.name", cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskAmountAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        step.Values.Set("name", step.Result<string>());
        return Ask(step, Prompts.Number, "open.amount", cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskCloseAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        step.Values.Set("amount", step.Result<decimal>());
        return Ask(step, Prompts.CloseDate, "open.expected-close", cancellationToken);
    }

    private static ValueTask<DialogTurnResult> ConfirmAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        step.Values.Set("close", step.Result<DateOnly>());
        var question = scene.Say(
            "open.understood", step.Values.Get<string>("account"), step.Values.Get<string>("name"),
            scene.Format(new Money(step.Values.Get<decimal>("amount"), Currency)), scene.Format(step.Values.Get<DateOnly>("close")));
        var message = Prompts.Buttons(Message.Of(question), [(scene.Say("yes"), scene.Say("yes.says")), (scene.Say("no"), scene.Say("no.says"))]);
        return step.PromptAsync(Prompts.Confirm, new PromptOptions { Prompt = message }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (!step.Result<bool>())
        {
            step.Turn.Send(scene.Say("check-in.not-recorded"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var command = step.Values.Get<string>("command")!;
        var id = new OpportunityId(CommandIds.Derive(command));
        var outcome = await ledger.RecordAsync(
            scene.Tenant, id,
            new OpportunityCommand.Open(
                step.Values.Get<string>("account")!, step.Values.Get<string>("name")!,
                new Money(step.Values.Get<decimal>("amount"), Currency), scene.Person.Id, step.Values.Get<DateOnly>("close")),
            scene.Command(command), scene.Company, cancellationToken);
        step.Turn.Send(StatusCard.Recorded(scene, playbook, outcome));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private static ValueTask<DialogTurnResult> Ask(WaterfallStepContext step, string prompt, string key, CancellationToken cancellationToken) =>
        step.PromptAsync(prompt, Prompts.Ask(Scene.Of(step.Turn).Say(key)), cancellationToken);
}
