using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>What a sentence says of a new opportunity.</summary>
internal sealed record OpenOpportunity
{
    /// <summary>The customer, on record or as typed.</summary>
    public string? Account { get; init; }

    /// <summary>What is to be sold.</summary>
    public string? Name { get; init; }

    /// <summary>For how much.</summary>
    public decimal? Amount { get; init; }

    /// <summary>In which currency; <c>null</c> for the playbook's.</summary>
    public string? Currency { get; init; }

    /// <summary>When the customer is to decide.</summary>
    public DateOnly? Close { get; init; }

    /// <summary>The slots of a wish.</summary>
    public static OpenOpportunity Of(Asked asked) => new()
    {
        Account = asked.Account,
        Name = asked.One("name") ?? asked.One("text"),
        Amount = asked.Number("amount") ?? asked.Number("value"),
        Currency = asked.One("currency"),
        Close = asked.Date("date") ?? asked.Date("until"),
    };
}

/// <summary>What somebody has said of a new opportunity so far.</summary>
internal sealed record OpenOpportunityDraft
{
    /// <summary>The customer.</summary>
    public string Account { get; init; } = "";

    /// <summary>What is to be sold.</summary>
    public string Name { get; init; } = "";

    /// <summary>For how much.</summary>
    public decimal Amount { get; init; }

    /// <summary>In which currency; <c>null</c> for the playbook's.</summary>
    public string? Currency { get; init; }

    /// <summary>When the customer is to decide.</summary>
    public DateOnly Close { get; init; }
}

/// <summary>Puts a new opportunity on record: customer, what, how much, when; on yes.</summary>
internal sealed class OpenOpportunityDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is an <see cref="OpenOpportunity"/>, absent to ask for all of it.</summary>
    public const string Id = "open-opportunity";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<OpenOpportunityDraft>(Id, 2, AskAccountAsync, AskNameAsync, AskAmountAsync, AskCloseAsync, ConfirmAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> AskAccountAsync(WaterfallStepContext<OpenOpportunityDraft> step, CancellationToken cancellationToken) =>
        Ask(step, Prompts.Name, "open.account", Said(step).Account, cancellationToken);

    private static ValueTask<DialogTurnResult> AskNameAsync(WaterfallStepContext<OpenOpportunityDraft> step, CancellationToken cancellationToken)
    {
        step.Draft = step.Draft with { Account = step.Result<string>()!, Currency = Said(step).Currency };
        return Ask(step, Prompts.Name, "open.name", Said(step).Name, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskAmountAsync(WaterfallStepContext<OpenOpportunityDraft> step, CancellationToken cancellationToken)
    {
        step.Draft = step.Draft with { Name = step.Result<string>()! };
        return Ask<decimal?>(step, Prompts.Number, "open.amount", Said(step).Amount is > 0 and var amount ? amount : null, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskCloseAsync(WaterfallStepContext<OpenOpportunityDraft> step, CancellationToken cancellationToken)
    {
        step.Draft = step.Draft with { Amount = step.Result<decimal>() };
        return Said(step).Close is { } close && close >= Scene.Of(step.Turn).Today
            ? DateDoubts.AskAsync(step, close, DateSense.FarAhead, null, cancellationToken, DialogJson.ToElement(close))
            : Ask<DateOnly?>(step, Prompts.CloseDate, "open.expected-close", null, cancellationToken);
    }

    private ValueTask<DialogTurnResult> ConfirmAsync(WaterfallStepContext<OpenOpportunityDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Draft = step.Draft with { Close = step.Result<DateOnly>() };
        var question = scene.Say("open.understood", draft.Account, draft.Name, scene.Format(new Money(draft.Amount, draft.Currency ?? playbook.Currency)), scene.Format(draft.Close));
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
        var open = new OpportunityCommand.Open(draft.Account, draft.Name, new Money(draft.Amount, draft.Currency ?? playbook.Currency), scene.Person.Id, draft.Close);
        var outcome = await dossiers.RecordAsync(
            scene.Asker, new OpportunityId(CommandIds.Derive(step.Token)), open, scene.Command(step.Token), cancellationToken);
        step.Turn.Send(StatusCard.Recorded(scene, playbook, outcome));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private static OpenOpportunity Said(WaterfallStepContext step) => step.Options<OpenOpportunity>() ?? new OpenOpportunity();

    // what the sentence said is not asked for again
    private static ValueTask<DialogTurnResult> Ask<T>(WaterfallStepContext step, string prompt, string key, T? said, CancellationToken cancellationToken) => said is not null
        ? step.NextAsync(DialogJson.ToElement(said), cancellationToken)
        : step.PromptAsync(prompt, Prompts.Ask(Scene.Of(step.Turn).Say(key)), cancellationToken);
}
