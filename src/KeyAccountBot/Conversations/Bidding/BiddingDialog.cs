using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.Bidding;

/// <summary>What is to be said of bidding.</summary>
/// <param name="Intent">How they buy, or who approves the contract.</param>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record AboutBidding(Intent Intent, string Words);

/// <summary>How the customer buys, until when they take bids, and who approves the contract; records once the last question is answered.</summary>
internal sealed class BiddingDialog(OpportunityLedger ledger, Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "bidding";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 1, FindAsync, AskAsync, AskDeadlineAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var about = step.Options<AboutBidding>()!;
        step.Values.Set("approver", about.Intent == Intent.Approver);
        step.Values.Set("command", CommandIds.Of(step.Turn));
        return step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(about.Words, Among.WorkedOn)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await dossiers.OpenAsync(scene, id, cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        step.Values.Set("id", id);
        if (!dossier.Opportunity.IsOpen)
        {
            step.Turn.Send(BiddingWords.Say(scene, "bidding.not-open", account));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        if (!step.Values.Get<bool>("approver"))
        {
            return await ChooseAsync(
                step, BiddingWords.Say(scene, "bidding.how", account),
                [
                    new Choice(BiddingWords.Say(scene, "bidding.bid"), ["bid", "tender", "投标"]),
                    new Choice(BiddingWords.Say(scene, "bidding.direct"), ["direct", "negotiation", "谈判"]),
                ],
                cancellationToken);
        }

        if (dossier.Contacts.Count == 0)
        {
            step.Turn.Send(BiddingWords.Say(scene, "bidding.no-contacts", account));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("contacts", dossier.Contacts.Select(c => c.Id.Value).ToList());
        return await ChooseAsync(step, BiddingWords.Say(scene, "bidding.who", account), ContactChoices.Of(scene, playbook, dossier.Contacts), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskDeadlineAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var chosen = step.Result<FoundChoice>()!.Index;
        step.Values.Set("chosen", chosen);
        return step.Values.Get<bool>("approver") || chosen != 0
            ? step.NextAsync(cancellationToken: cancellationToken)
            : step.PromptAsync(
                Prompts.Date,
                new PromptOptions
                {
                    Prompt = Activity.Message(BiddingWords.Say(scene, "bidding.deadline")),
                    RetryPrompt = Activity.Message(scene.Say("check-in.due-again")),
                },
                cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (await dossiers.OpenAsync(scene, step.Values.Get<string>("id")!, cancellationToken) is not { } dossier)
        {
            step.Turn.Send(scene.Say("find.none-at-all"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var chosen = step.Values.Get<int>("chosen");
        OpportunityCommand command = step.Values.Get<bool>("approver")
            ? new OpportunityCommand.NameContractApprover(new ContactId(step.Values.Get<List<string>>("contacts")![chosen]))
            : new OpportunityCommand.ChooseBidBranch(step.HasResult ? new BidBranch.Bid(step.Result<DateOnly>()) : new BidBranch.DirectNegotiation());
        var outcome = await ledger.RecordAsync(
            scene.Tenant, dossier.Opportunity.Id, command, scene.Command(step.Values.Get<string>("command")!), scene.Company, cancellationToken);
        step.Turn.Send(outcome.Refusal is { } refusal ? Refusals.Explain(scene, playbook, refusal) : Recorded(scene, dossier, command));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private static string Recorded(Scene scene, Dossier dossier, OpportunityCommand command)
    {
        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        return command switch
        {
            OpportunityCommand.NameContractApprover named =>
                BiddingWords.Say(scene, "bidding.approver", account, dossier.Account?.Find(named.Approver)?.Name),
            OpportunityCommand.ChooseBidBranch { Branch: BidBranch.Bid bid } when bid.Deadline < scene.Today =>
                BiddingWords.Say(scene, "bidding.recorded", account, BiddingWords.Of(scene.Culture, bid)) + " "
                + BiddingWords.Say(scene, "bidding.passed", scene.Format(bid.Deadline)),
            OpportunityCommand.ChooseBidBranch chosen =>
                BiddingWords.Say(scene, "bidding.recorded", account, BiddingWords.Of(scene.Culture, chosen.Branch)),
            _ => throw new InvalidOperationException($"{command.GetType().Name} is not about bidding."),
        };
    }

    private static ValueTask<DialogTurnResult> ChooseAsync(
        WaterfallStepContext step, string question, IReadOnlyList<Choice> choices, CancellationToken cancellationToken) =>
        step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(Scene.Of(step.Turn), question, choices), Choices = choices }, cancellationToken);
}
