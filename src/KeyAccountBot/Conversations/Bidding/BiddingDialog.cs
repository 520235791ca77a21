using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Bidding;

/// <summary>What is to be said of bidding.</summary>
/// <param name="Approver">Who approves the contract; otherwise how they buy.</param>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record AboutBidding(bool Approver, string Words);

/// <summary>What was said of bidding so far.</summary>
internal sealed record BiddingDraft
{
    /// <summary>Which opportunity.</summary>
    public string Opportunity { get; init; } = "";

    /// <summary>The contacts that were offered.</summary>
    public IReadOnlyList<string> Contacts { get; init; } = [];

    /// <summary>Which of what was offered.</summary>
    public int Chosen { get; init; }
}

/// <summary>How the customer buys, until when they take bids, and who approves the contract; records once the last question is answered.</summary>
internal sealed class BiddingDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "bidding";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<BiddingDraft>(Id, 2, FindAsync, AskAsync, AskDeadlineAsync, RecordAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var about = step.Options<AboutBidding>()!;
        return step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(about.Words, Among.WorkedOn)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext<BiddingDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await dossiers.OpenAsync(scene.Asker, new OpportunityId(id), cancellationToken) is not { } dossier)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        step.Draft = new BiddingDraft { Opportunity = id };
        if (!dossier.Opportunity.IsOpen)
        {
            return await step.EndWithAsync(BiddingWords.Say(scene, "bidding.not-open", account), cancellationToken);
        }

        if (!NamesApprover(step))
        {
            return await ChooseAsync(
                step, BiddingWords.Say(scene, "bidding.how", account),
                [
                    new Choice(BiddingWords.Say(scene, "bidding.bid"), AnswerWords.File.Words("bid")),
                    new Choice(BiddingWords.Say(scene, "bidding.direct"), AnswerWords.File.Words("direct")),
                ],
                cancellationToken);
        }

        if (dossier.Contacts.Count == 0)
        {
            return await step.EndWithAsync(BiddingWords.Say(scene, "bidding.no-contacts", account), cancellationToken);
        }

        step.Draft = step.Draft with { Contacts = [.. dossier.Contacts.Select(c => c.Id.Value)] };
        return await ChooseAsync(step, BiddingWords.Say(scene, "bidding.who", account), ContactChoices.Of(scene, playbook, dossier.Contacts), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskDeadlineAsync(WaterfallStepContext<BiddingDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var chosen = step.Result<FoundChoice>()!.Index;
        step.Draft = step.Draft with { Chosen = chosen };
        return NamesApprover(step) || chosen != 0
            ? step.NextAsync(cancellationToken: cancellationToken)
            : step.PromptAsync(
                Prompts.Date,
                new PromptOptions
                {
                    Prompt = Message.Of(BiddingWords.Say(scene, "bidding.deadline")),
                    RetryPrompt = Message.Of(scene.Say("check-in.due-again")),
                    Field = "bidDeadline",
                },
                cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<BiddingDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (await dossiers.OpenAsync(scene.Asker, new OpportunityId(step.Draft.Opportunity), cancellationToken) is not { } dossier)
        {
            return await step.EndWithAsync(scene.Say("find.none-at-all"), cancellationToken);
        }

        OpportunityCommand command = NamesApprover(step)
            ? new OpportunityCommand.NameContractApprover(new ContactId(step.Draft.Contacts[step.Draft.Chosen]))
            : new OpportunityCommand.ChooseBidBranch(step.HasResult ? new BidBranch.Bid(step.Result<DateOnly>()) : new BidBranch.DirectNegotiation());
        var outcome = await dossiers.RecordAsync(scene.Asker, dossier.Opportunity.Id, command, scene.Command(step.Token), cancellationToken);
        step.Turn.Send(outcome.Refusal is { } refusal ? Refusals.Explain(scene, playbook, refusal) : Recorded(scene, dossier, command));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private static bool NamesApprover(WaterfallStepContext step) => step.Options<AboutBidding>()!.Approver;

    private static string Recorded(Scene scene, Dossier dossier, OpportunityCommand command)
    {
        var account = scene.AccountOf(dossier.Opportunity.Facts.Account);
        return command switch
        {
            OpportunityCommand.NameContractApprover named =>
                BiddingWords.Say(scene, "bidding.approver", account, dossier.Account?.Find(named.Approver)?.Name),
            OpportunityCommand.ChooseBidBranch { Branch: BidBranch.Bid bid } when bid.Deadline < scene.Today =>
                BiddingWords.Say(scene, "bidding.recorded", account, BidWords.Of(scene.Culture, bid)) + " "
                + BiddingWords.Say(scene, "bidding.passed", scene.Format(bid.Deadline)),
            OpportunityCommand.ChooseBidBranch chosen =>
                BiddingWords.Say(scene, "bidding.recorded", account, BidWords.Of(scene.Culture, chosen.Branch)),
            _ => throw new InvalidOperationException($"{command.GetType().Name} is not about bidding."),
        };
    }

    private static ValueTask<DialogTurnResult> ChooseAsync(
        WaterfallStepContext step, string question, IReadOnlyList<Choice> choices, CancellationToken cancellationToken) =>
        step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(Scene.Of(step.Turn), question, choices), Choices = choices }, cancellationToken);
}
