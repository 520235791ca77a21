using System.Globalization;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>Which fact of an opportunity changes.</summary>
internal enum OpportunityField
{
    Amount,
    ExpectedClose,
    Name,
    BidDeadline,
    Competitors,
    NextStep,
}

/// <summary>A fact that is to change, as far as it was said.</summary>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record ChangeFact(string Words)
{
    /// <summary>The opportunity's id, where it is settled already.</summary>
    public string? Opportunity { get; init; }

    /// <summary>Which fact; <c>null</c> to ask.</summary>
    public OpportunityField? Field { get; init; }

    /// <summary>What it is from now on, in invariant form; <c>null</c> to ask.</summary>
    public string? Value { get; init; }

    /// <summary>The currency of an amount; <c>null</c> for the one on record.</summary>
    public string? Currency { get; init; }

    /// <summary>The day, of a date or of a next step.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The slots of a wish.</summary>
    public static ChangeFact Of(Asked asked)
    {
        var field = FieldOf(asked.One("field"));
        return new ChangeFact(asked.Opportunity is null ? asked.Account ?? "" : "")
        {
            Opportunity = asked.One("opportunity"),
            Field = field,
            Value = asked.One("value") ?? (field == OpportunityField.NextStep ? asked.One("text") : null),
            Currency = asked.One("currency"),
            On = asked.Date("value") ?? asked.Date("date") ?? asked.Date("until"),
        };
    }

    private static OpportunityField? FieldOf(string? field) => field switch
    {
        "amount" => OpportunityField.Amount,
        "expectedClose" => OpportunityField.ExpectedClose,
        "name" => OpportunityField.Name,
        "bidDeadline" => OpportunityField.BidDeadline,
        "competitor" or "competitors" => OpportunityField.Competitors,
        "nextStep" => OpportunityField.NextStep,
        _ => null,
    };
}

/// <summary>What was said of a change of facts so far.</summary>
internal sealed record ChangeFactDraft
{
    /// <summary>The opportunity's id.</summary>
    public string Opportunity { get; init; } = "";

    /// <summary>Which fact.</summary>
    public OpportunityField? Field { get; init; }

    /// <summary>The amount.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Its currency; <c>null</c> for the one on record.</summary>
    public string? Currency { get; init; }

    /// <summary>The day.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The name, the competitor or the step.</summary>
    public string? Text { get; init; }
}

/// <summary>Another amount, close date, name, deadline, competitor or next step: which, what; shows the old beside the new, and records on yes.</summary>
internal sealed class ChangeFactDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is a <see cref="ChangeFact"/>.</summary>
    public const string Id = "change-fact";

    private static readonly OpportunityField[] Fields = Enum.GetValues<OpportunityField>();

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<ChangeFactDraft>(Id, 1, FindAsync, AskWhichAsync, AskWhatAsync, AskDayAsync, DoubtAsync, ShowAsync, RecordAsync);

    private static async ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext<ChangeFactDraft> step, CancellationToken cancellationToken)
    {
        var change = step.Options<ChangeFact>()!;
        var isDate = change.Field is OpportunityField.ExpectedClose or OpportunityField.BidDeadline or OpportunityField.NextStep;
        step.Draft = new ChangeFactDraft
        {
            Field = change.Field,
            Amount = change.Field == OpportunityField.Amount && decimal.TryParse(change.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : null,
            Currency = change.Currency,
            On = isDate ? change.On : null,
            Text = change.Field is OpportunityField.Name or OpportunityField.Competitors or OpportunityField.NextStep ? change.Value : null,
        };
        return change.Opportunity is { } settled
            ? await step.NextAsync(DialogJson.ToElement(settled), cancellationToken)
            : await step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(change.Words, Among.Any)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext<ChangeFactDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id || await dossiers.ReadAsync(scene.Asker, new OpportunityId(id), cancellationToken) is null)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Draft = step.Draft with { Opportunity = id };
        if (step.Draft.Field is not null)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        List<Choice> choices = [.. Fields.Select(f => new Choice(LabelOf(scene, f)))];
        return await step.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, scene.Say("change-fact.which"), choices), Choices = choices }, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskWhatAsync(WaterfallStepContext<ChangeFactDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult)
        {
            step.Draft = step.Draft with { Field = Fields[step.Result<FoundChoice>()!.Index] };
        }

        var (draft, field) = (step.Draft, step.Draft.Field!.Value);
        var isThere = field switch
        {
            OpportunityField.Amount => draft.Amount is not null,
            OpportunityField.ExpectedClose or OpportunityField.BidDeadline => draft.On is not null,
            _ => draft.Text is { Length: > 0 },
        };
        var prompt = field switch
        {
            OpportunityField.Amount => Prompts.Number,
            OpportunityField.ExpectedClose => Prompts.CloseDate,
            OpportunityField.BidDeadline => Prompts.Date,
            OpportunityField.NextStep => Prompts.Text,
            _ => Prompts.Name,
        };
        return isThere ? step.NextAsync(cancellationToken: cancellationToken) : step.PromptAsync(
            prompt, new PromptOptions { Prompt = Message.Of(scene.Say("change-fact.what", LabelOf(scene, field))), RetryPrompt = Retry(scene, field) }, cancellationToken);
    }

    private static ValueTask<DialogTurnResult> AskDayAsync(WaterfallStepContext<ChangeFactDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult)
        {
            step.Draft = step.Draft.Field switch
            {
                OpportunityField.Amount => step.Draft with { Amount = step.Result<decimal>() },
                OpportunityField.ExpectedClose or OpportunityField.BidDeadline => step.Draft with { On = step.Result<DateOnly>() },
                _ => step.Draft with { Text = step.Result<string>()!.Trim() },
            };
        }

        return step.Draft is { Field: OpportunityField.NextStep, On: null }
            ? step.PromptAsync(
                Prompts.Date, new PromptOptions { Prompt = Message.Of(scene.Say("change-fact.by-when")), RetryPrompt = Message.Of(scene.Say("check-in.due-again")) }, cancellationToken)
            : step.NextAsync(cancellationToken: cancellationToken);
    }

    private static ValueTask<DialogTurnResult> DoubtAsync(WaterfallStepContext<ChangeFactDraft> step, CancellationToken cancellationToken)
    {
        if (step.HasResult)
        {
            step.Draft = step.Draft with { On = step.Result<DateOnly>() };
        }

        var isSaid = step.Options<ChangeFact>()!.On is { } said && said == step.Draft.On;
        return DateDoubts.AskAsync(
            step, isSaid ? step.Draft.On : null, step.Draft.Field == OpportunityField.ExpectedClose ? DateSense.FarAhead : DateSense.Ahead, null, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext<ChangeFactDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult)
        {
            step.Draft = step.Draft with { On = step.Result<DateOnly>() };
        }

        var draft = step.Draft;
        if (await dossiers.ReadAsync(scene.Asker, new OpportunityId(draft.Opportunity), cancellationToken) is not { } opportunity)
        {
            return await step.EndWithAsync(scene.Say("find.none-at-all"), cancellationToken);
        }

        var command = CommandOf(draft, opportunity);
        if ((await dossiers.TryAsync(scene.Asker, opportunity.Id, command, scene.Command("-"), cancellationToken)).Refusal is { } refusal)
        {
            return await step.EndWithAsync(Refusals.Explain(scene, playbook, refusal), cancellationToken);
        }

        var facts = FactsOf(scene, opportunity, command).ToList();
        if (facts.Count == 0)
        {
            return await step.EndWithAsync(scene.Say("change-fact.same"), cancellationToken);
        }

        facts.Insert(0, (scene.Say("label.opportunity"), opportunity.Facts.Name));
        return await step.PromptAsync(
            Prompts.Confirm,
            new PromptOptions
            {
                Prompt = ConversationCard.Confirm(
                    scene, scene.Say("check-in.understood", scene.AccountOf(opportunity.Facts.Account)), facts, scene.Say("check-in.record"), step.Token),
            },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<ChangeFactDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Draft;
        if (!step.Result<bool>() || await dossiers.ReadAsync(scene.Asker, new OpportunityId(draft.Opportunity), cancellationToken) is not { } opportunity)
        {
            return await step.EndWithAsync(scene.Say("check-in.not-recorded"), cancellationToken);
        }

        var outcome = await dossiers.RecordAsync(scene.Asker, opportunity.Id, CommandOf(draft, opportunity), scene.Command(step.Token), cancellationToken);
        step.Turn.Send(outcome.Refusal is { } refusal
            ? Message.Of(Refusals.Explain(scene, playbook, refusal))
            : StatusCard.Recorded(scene, playbook, outcome, progress: [.. outcome.Entries.Select(e => EntryWords.Of(scene, playbook, e.What)).OfType<string>()]));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private static OpportunityCommand CommandOf(ChangeFactDraft draft, Opportunity opportunity) => draft.Field switch
    {
        OpportunityField.Amount => Change(new FactValues { Amount = new Money(draft.Amount!.Value, draft.Currency ?? opportunity.Facts.Amount.Currency) }),
        OpportunityField.ExpectedClose => Change(new FactValues { ExpectedClose = draft.On }),
        OpportunityField.BidDeadline => Change(new FactValues { BidDeadline = draft.On }),
        OpportunityField.Name => Change(new FactValues { Name = draft.Text }),
        OpportunityField.Competitors => Change(new FactValues { Competitors = [.. opportunity.Facts.Competitors, draft.Text!] }),
        OpportunityField.NextStep => new OpportunityCommand.CheckIn([], new NextStep(draft.Text!, draft.On!.Value)),
        _ => throw new InvalidOperationException($"{draft.Field} is no fact of an opportunity."),
    };

    private static OpportunityCommand.ChangeFacts Change(FactValues to) => new(to);

    private static IEnumerable<(string Label, string Value)> FactsOf(Scene scene, Opportunity opportunity, OpportunityCommand command)
    {
        if (command is OpportunityCommand.CheckIn { NextStep: { } next })
        {
            var before = opportunity.Facts.NextStep is { } was ? scene.Say("check-in.by", was.What, scene.Format(was.Due)) : null;
            var after = scene.Say("check-in.by", next.What, scene.Format(next.Due));
            return [(scene.Say("label.next-step"), before is null ? after : scene.Say("fact.instead-of", after, before))];
        }

        return OpportunityDecider.Changes((OpportunityCommand.ChangeFacts)command, opportunity) is { } changed ? FactWords.Lines(scene, changed.From, changed.To) : [];
    }

    private static string LabelOf(Scene scene, OpportunityField field) => field switch
    {
        OpportunityField.Amount => scene.Say("fact.amount"),
        OpportunityField.ExpectedClose => scene.Say("fact.expectedClose"),
        OpportunityField.Name => scene.Say("fact.name"),
        OpportunityField.BidDeadline => scene.Say("fact.bidDeadline"),
        OpportunityField.Competitors => scene.Say("fact.competitors"),
        OpportunityField.NextStep => scene.Say("label.next-step"),
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    private static Message? Retry(Scene scene, OpportunityField field) =>
        field is OpportunityField.ExpectedClose or OpportunityField.BidDeadline ? Message.Of(scene.Say("check-in.due-again")) : null;
}
