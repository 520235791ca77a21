using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>What was asked about a proposal.</summary>
internal enum ProposalGap
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>By when the next step is.</summary>
    Due,

    /// <summary>Whether its day is meant.</summary>
    DoubtedDue,

    /// <summary>Why it is lost, rests, goes on or changes hands.</summary>
    Reason,

    /// <summary>Until when it rests.</summary>
    Until,
}

/// <summary>A proposal, and what was asked about it.</summary>
internal sealed record ConfirmProposalDraft
{
    /// <summary>What would be recorded.</summary>
    public Proposal Proposal { get; init; } = new("", []);

    /// <summary>What was asked.</summary>
    public ProposalGap Asked { get; init; }

    /// <summary>Of which of the opportunities.</summary>
    public int Part { get; init; }
}

/// <summary>
/// Shows what would be recorded of a message, asks for what it cannot do without, takes corrections in words or on a form, and records on
/// yes. What was corrected is shown again, unless the same message said yes.
/// </summary>
internal sealed class ConfirmProposalDialog(ReportScenes scenes, Dossiers dossiers, ProposalRecord record, Playbook playbook)
{
    /// <summary>The dialog's id; its option is a <see cref="Proposal"/>.</summary>
    public const string Id = "free-text/confirm";

    /// <summary>The question under the summary: any words answer it.</summary>
    public const string ShownId = "free-text/shown";

    /// <summary>The same on a form, filled with what is there; its option is a <see cref="Proposal"/>.</summary>
    public const string FormId = "free-text/form";

    /// <summary>Settles what a correction left open; its option is an <see cref="OpenCorrection"/>.</summary>
    public const string SettleId = "free-text/settle";

    private static readonly string[] Leave = ["-", "no"];

    /// <summary>The dialogs.</summary>
    public IEnumerable<Dialog> Dialogs =>
    [
        new WaterfallDialog<ConfirmProposalDraft>(Id, 1, AskMissingAsync, TakeMissingAsync, ShowAsync, ActAsync),
        new WaterfallDialog<ConfirmProposalDraft>(FormId, 1, ShowFormAsync, ActAsync),
        new WaterfallDialog<SettleDraft>(SettleId, 1, AskAsync, SettleAsync),
        new TextPrompt(ShownId),
    ];

    /// <summary>What words do to the summary that stands open.</summary>
    public async ValueTask<CorrectionReading?> ReadAsync(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken)
    {
        if (dialog is not { ActiveInstance.DialogId: ShownId, State.Stack: [.., { DialogId: Id or FormId } below, _] }
            || below.DraftOf<ConfirmProposalDraft>() is not { Proposal: var shown })
        {
            return null;
        }

        return await ReadAsync(scene, words, shown, cancellationToken);
    }

    private async ValueTask<CorrectionReading> ReadAsync(Scene scene, string words, Proposal shown, CancellationToken cancellationToken) =>
        Corrections.Plain(words, shown)
        ?? Corrections.Read(words, shown, await scenes.OfAsync(scene, $"{words} {shown.Text}", [.. shown.Opportunities.Select(o => o.Opportunity).OfType<OpportunityId>()], cancellationToken));

    private async ValueTask<DialogTurnResult> AskMissingAsync(WaterfallStepContext<ConfirmProposalDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var proposal = step.Options<Proposal>()!;
        step.Draft = new ConfirmProposalDraft { Proposal = proposal };
        for (var part = 0; part < proposal.Opportunities.Count; part++)
        {
            var of = proposal.Opportunities[part];
            switch (GapOf(scene, of))
            {
                case ProposalGap.Due:
                    step.Draft = step.Draft with { Asked = ProposalGap.Due, Part = part };
                    return await step.PromptAsync(Prompts.Date, ProposalWords.AskDue(scene, of.NextSteps[0].What), cancellationToken);
                case ProposalGap.DoubtedDue:
                    step.Draft = step.Draft with { Asked = ProposalGap.DoubtedDue, Part = part };
                    return await DateDoubts.AskAsync(step, of.NextSteps[0].Due, DateSense.Ahead, null, cancellationToken);
                case ProposalGap.Reason:
                    step.Draft = step.Draft with { Asked = ProposalGap.Reason, Part = part };
                    return await step.PromptAsync(Prompts.Text, Prompts.Ask(scene.Say("change.why")) with { Field = of.Status!.To == StatusChange.OnHold ? "holdReason" : "lostReason" }, cancellationToken);
                case ProposalGap.Until:
                    step.Draft = step.Draft with { Asked = ProposalGap.Until, Part = part };
                    return await step.PromptAsync(Prompts.HoldDate, Prompts.AskHoldDate(scene, Holds.Latest(playbook.FollowUps, scene.Today)), cancellationToken);
                default:
                    break;
            }
        }

        return await step.NextAsync(cancellationToken: cancellationToken);
    }

    private ProposalGap GapOf(Scene scene, OpportunityProposal of) =>
        of.NextSteps is [{ Due: null }, ..] ? ProposalGap.Due
        : of.NextSteps is [{ Due: { } due, IsSure: false }, ..] && PlausibleDate.Likely(due, scene.Today, DateSense.Ahead) is not null ? ProposalGap.DoubtedDue
        : of.Status is { To: StatusChange.Lost or StatusChange.OnHold or StatusChange.HandedOver or StatusChange.Reopened, Reason: null } ? ProposalGap.Reason
        : of.Status is { To: StatusChange.OnHold, Until: var until } && !(until > scene.Today && until <= Holds.Latest(playbook.FollowUps, scene.Today)) ? ProposalGap.Until
        : ProposalGap.None;

    private static ValueTask<DialogTurnResult> TakeMissingAsync(WaterfallStepContext<ConfirmProposalDraft> step, CancellationToken cancellationToken)
    {
        var (proposal, part) = (step.Draft.Proposal, step.Draft.Part);
        if (step.Draft.Asked == ProposalGap.None)
        {
            return step.NextAsync(cancellationToken: cancellationToken);
        }

        var of = proposal.Opportunities[part];
        of = step.Draft.Asked switch
        {
            ProposalGap.Due or ProposalGap.DoubtedDue when step.HasResult => of with
            {
                NextSteps = [of.NextSteps[0] with { Due = step.Result<DateOnly>(), IsSure = true }, .. of.NextSteps.Skip(1)],
            },
            ProposalGap.DoubtedDue => of with { NextSteps = [of.NextSteps[0] with { IsSure = true }, .. of.NextSteps.Skip(1)] },

            // left out on purpose: no step without a day
            ProposalGap.Due => of with { NextSteps = [.. of.NextSteps.Skip(1)] },
            ProposalGap.Reason => of with { Status = of.Status! with { Reason = Proposals.Cut(step.Result<string>()?.Trim() is { Length: > 0 } why ? why : "-") } },
            ProposalGap.Until => of with { Status = of.Status! with { Until = step.Result<DateOnly>() } },
            _ => of,
        };
        return step.ReplaceAsync(Id, DialogJson.ToElement(proposal.With(part, of)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext<ConfirmProposalDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var dossiersOf = await DossiersOfAsync(scene, step.Draft.Proposal, cancellationToken);
        if (dossiersOf.Count == 0)
        {
            return await step.EndWithAsync(scene.Say("check-in.not-open"), cancellationToken);
        }

        step.Draft = step.Draft with { Proposal = step.Draft.Proposal with { Opportunities = [.. dossiersOf.Select(d => d.Part)] } };
        if (!step.Draft.Proposal.HasAnything)
        {
            step.Turn.Send(FreeTextSummary.Nothing(scene, playbook, dossiersOf[0].Dossier, dossiersOf[0].Part));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        return await AskAsync(step, FreeTextSummary.Of(scene, playbook, dossiersOf, step.Draft.Proposal, step.Token), cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext step, Message message, CancellationToken cancellationToken) =>
        step.PromptAsync(ShownId, new PromptOptions { Prompt = message, Field = "proposal" }, cancellationToken);

    // those that the speaker may see and that are going on, or are to go on again
    private async ValueTask<IReadOnlyList<ProposedDossier>> DossiersOfAsync(Scene scene, Proposal proposal, CancellationToken cancellationToken)
    {
        List<ProposedDossier> found = [];
        foreach (var part in proposal.Opportunities)
        {
            if (part.Opportunity is { } id && await dossiers.OpenAsync(scene.Asker, id, cancellationToken) is { } dossier
                && (dossier.Opportunity.IsOpen || part.Status is not null))
            {
                found.Add(new ProposedDossier(dossier, part));
            }
        }

        return found;
    }

    private async ValueTask<DialogTurnResult> ActAsync(WaterfallStepContext<ConfirmProposalDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var shown = step.Draft.Proposal;
        if (step.Turn.Incoming is Incoming.Filled { Verb: ProposalForm.Verb, Values: var values })
        {
            return await step.ReplaceAsync(Id, DialogJson.ToElement(ProposalForm.Read(values, shown)), cancellationToken);
        }

        var reading = step.Turn.Find<CorrectionReading>() ?? await ReadAsync(scene, step.Result<string>() ?? "", shown, cancellationToken);
        step.Turn.Set(UnderstoodOf(reading));
        switch (reading.Effect)
        {
            case ReplyEffect.Answer:
                return await RecordAsync(step, scene, shown, cancellationToken);
            case ReplyEffect.Abandon:
                return await step.EndWithAsync(scene.Say("check-in.not-recorded"), cancellationToken);
            case ReplyEffect.Correct when reading.WantsForm:
                return await step.ReplaceAsync(FormId, DialogJson.ToElement(shown), cancellationToken);
            case ReplyEffect.Correct or ReplyEffect.Reask when reading.Doubt is { About: not DoubtAbout.Change } doubt:
                return await step.ReplaceAsync(SettleId, DialogJson.ToElement(new OpenCorrection(reading.After, doubt)), cancellationToken);
            case ReplyEffect.Correct when reading.IsConfirmed && reading.After.HasAnything && reading.After.Opportunities.All(o => GapOf(scene, o) == ProposalGap.None):
                return await RecordAsync(step, scene, reading.After, cancellationToken);
            case ReplyEffect.Correct:
                return await step.ReplaceAsync(Id, DialogJson.ToElement(reading.After), cancellationToken);
            case ReplyEffect.Clarify:
                step.Turn.Send(reading.AsksWhoSees ? ProposalWords.WhoSees(scene) : ProposalWords.Say(scene, "free-text.clarify"));
                return await step.ReplaceAsync(Id, DialogJson.ToElement(shown), cancellationToken);
            default:
                // what speaks of something else would drop what nobody has said yes to: this first
                step.Turn.Send(ProposalWords.Say(scene, reading.Effect == ReplyEffect.Interrupt ? "free-text.this-first" : "free-text.what-to-change"));
                return await step.ReplaceAsync(Id, DialogJson.ToElement(shown), cancellationToken);
        }
    }

    private async ValueTask<DialogTurnResult> ShowFormAsync(WaterfallStepContext<ConfirmProposalDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var shown = step.Options<Proposal>()!;
        step.Draft = new ConfirmProposalDraft { Proposal = shown };

        // several at once have no form: each is corrected in words
        return shown.Opportunities is [{ Opportunity: { } id } part] && await dossiers.OpenAsync(scene.Asker, id, cancellationToken) is { } dossier
            ? await AskAsync(step, ProposalForm.Of(scene, playbook, dossier, part, step.Token), cancellationToken)
            : await AskAsync(step, Message.Of(ProposalWords.Say(scene, "free-text.what-to-change")), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, Scene scene, Proposal proposal, CancellationToken cancellationToken)
    {
        var toAdd = await record.RecordAsync(step.Turn, scene, step.Token, proposal, cancellationToken);
        return toAdd.Count == 0
            ? await step.EndAsync(cancellationToken: cancellationToken)
            : await step.ReplaceAsync(AddNamedContactsDialog.Id, DialogJson.ToElement(new NamedContacts(toAdd)), cancellationToken);
    }

    private static Understood UnderstoodOf(CorrectionReading reading) => new()
    {
        Effect = reading.Doubt is { About: DoubtAbout.WhichDate or DoubtAbout.Day or DoubtAbout.Item } && reading.Changes.Count == 0 ? ReplyEffect.Reask : reading.Effect,
        Value = reading.Effect == ReplyEffect.Answer ? ["record"] : reading.WantsForm ? ["change"] : null,
        Changes = [.. reading.Changes.Select(c => new UnderstoodChange(c.Field, c.Values))],
    };

    private async ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext<SettleDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var open = step.Options<OpenCorrection>()!;
        var settle = await OpenCorrections.OfAsync(scene, playbook, dossiers, open, cancellationToken);
        step.Draft = new SettleDraft { Open = open, Options = [.. settle.Options.Select(o => o.Id)] };
        return open.Doubt.About == DoubtAbout.Day
            ? await step.PromptAsync(Prompts.Date, new PromptOptions { Prompt = settle.Question, RetryPrompt = Message.Of(scene.Say("check-in.due-again")), Field = ProposalFields.NextStepDate }, cancellationToken)
            : await step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = settle.Question, Choices = [.. settle.Options.Select(o => new Choice(o.Label, o.IsNone ? Leave : null) { Id = o.Id })] }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> SettleAsync(WaterfallStepContext<SettleDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var open = step.Draft.Open!;
        if (open.Doubt.About == DoubtAbout.Day)
        {
            return await step.ReplaceAsync(Id, DialogJson.ToElement(step.HasResult ? OpenCorrections.WithDue(open.After, step.Result<DateOnly>()) : open.After), cancellationToken);
        }

        var chosen = step.Draft.Options[step.Result<FoundChoice>()!.Index];
        if (open.Doubt.About != DoubtAbout.Opportunity)
        {
            return await step.ReplaceAsync(Id, DialogJson.ToElement(OpenCorrections.Settled(open, chosen)), cancellationToken);
        }

        var at = open.After.Opportunities.ToList().FindIndex(o => o.Opportunity is null);
        var id = new OpportunityId(chosen);
        var read = await scenes.OfAsync(scene, open.After.Text, [id], cancellationToken);
        return await step.ReplaceAsync(Id, DialogJson.ToElement(open.After.With(at, Corrections.Retargeted(open.After.Opportunities[at], id, open.After.Text, read))), cancellationToken);
    }
}

/// <summary>What is asked to settle a correction.</summary>
internal sealed record SettleDraft
{
    /// <summary>The correction.</summary>
    public OpenCorrection? Open { get; init; }

    /// <summary>What is offered, in the order shown.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}

/// <summary>A part of a proposal with the records that it is about.</summary>
/// <param name="Dossier">The opportunity and its customer.</param>
/// <param name="Part">What would be recorded.</param>
internal sealed record ProposedDossier(Dossier Dossier, OpportunityProposal Part);
