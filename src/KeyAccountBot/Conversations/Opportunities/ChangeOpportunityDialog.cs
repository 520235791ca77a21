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

/// <summary>What can be asked of an opportunity that is on record.</summary>
internal enum OpportunityChange
{
    /// <summary>How it stands.</summary>
    Status,

    /// <summary>The last entry is taken back.</summary>
    Undo,
    Won,
    Lost,

    /// <summary>It rests until a day.</summary>
    Hold,
    Reopen,
    HandOver,

    /// <summary>A milestone does not hold after all.</summary>
    TakeBack,
}

/// <summary>What is to change.</summary>
/// <param name="Change">What.</param>
/// <param name="Words">Which account, as the person said it; empty to ask.</param>
internal sealed record ChangeOpportunity(OpportunityChange Change, string Words)
{
    /// <summary>The opportunity's id, where it is settled already.</summary>
    public string? Opportunity { get; init; }

    /// <summary>The new owner's id, where they were named.</summary>
    public string? To { get; init; }

    /// <summary>The reason, where it was said.</summary>
    public string? Why { get; init; }

    /// <summary>Until when it rests, where that was said.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The id of the milestone that is taken back, where it was named.</summary>
    public string? Milestone { get; init; }

    /// <summary>The day on which it was signed, where that was said.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The slots of a wish.</summary>
    public static ChangeOpportunity Of(OpportunityChange change, Asked asked) => new(change, asked.Opportunity is null ? asked.Account ?? "" : "")
    {
        Opportunity = asked.One("opportunity"),
        To = asked.One("rep"),
        Why = asked.One("reason"),
        Until = change == OpportunityChange.Hold ? asked.Date("until") ?? asked.Date("date") : null,
        On = change == OpportunityChange.Won ? asked.Date("date") : null,
        Milestone = asked.All("milestone") is [var one] ? one : asked.All("milestones") is [var only] ? only : null,
    };
}

/// <summary>What somebody has said of a change so far.</summary>
internal sealed record ChangeOpportunityDraft
{
    /// <summary>What changes.</summary>
    public OpportunityChange Change { get; init; }

    /// <summary>The opportunity's id.</summary>
    public string Opportunity { get; init; } = "";

    /// <summary>Whom it may be handed over to, as listed.</summary>
    public IReadOnlyList<string>? Colleagues { get; init; }

    /// <summary>The new owner's id.</summary>
    public string? To { get; init; }

    /// <summary>The reason.</summary>
    public string? Why { get; init; }

    /// <summary>The day to look at it again.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The command whose entries are taken back.</summary>
    public string? Entry { get; init; }

    /// <summary>What is taken back, in words.</summary>
    public string? Undone { get; init; }

    /// <summary>The id of the milestone that is taken back.</summary>
    public string? Milestone { get; init; }

    /// <summary>The day on which it was signed; <c>null</c> for today.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The milestones that were offered to take back, as listed.</summary>
    public IReadOnlyList<string>? Offered { get; init; }
}

/// <summary>
/// Won, lost, hold, reopen, hand over, take back and undo: which one, to whom, which milestone, why. All but reopen shows what it understood,
/// and records on yes. What was said in one sentence is not asked about.
/// </summary>
internal sealed class ChangeOpportunityDialog(Dossiers dossiers, ShownOpportunity shown, LastEntries last, Playbook playbook)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "change-opportunity";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<ChangeOpportunityDraft>(Id, 5, FindAsync, AskWhomAsync, AskWhyAsync, AskUntilAsync, ConfirmAsync, RecordAsync);

    private async ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext<ChangeOpportunityDraft> step, CancellationToken cancellationToken)
    {
        var change = step.Options<ChangeOpportunity>()!;
        step.Draft = new ChangeOpportunityDraft { Change = change.Change, To = change.To, Why = change.Why, Until = change.Until, Milestone = change.Milestone, On = change.On <= Scene.Of(step.Turn).Today ? change.On : null };
        var words = change.Words;
        if (change.Opportunity is { } settled)
        {
            return await step.NextAsync(DialogJson.ToElement(settled), cancellationToken);
        }

        // "undo that" means what the speaker recorded last, wherever that was
        if (change.Change == OpportunityChange.Undo && words.Length == 0 && Scene.Of(step.Turn) is { Subject: null } speaking)
        {
            if (await last.OfSpeakerAsync(speaking, cancellationToken) is { } latest)
            {
                return await step.NextAsync(DialogJson.ToElement(latest.Value), cancellationToken);
            }

            step.Turn.Send(speaking.Say("undo.nothing-fresh"));
        }

        if (change.Change == OpportunityChange.Hold && change.Why is null && change.Until is null)
        {
            // all of it in one sentence, where it was said so
            var scene = Scene.Of(step.Turn);
            var hold = HoldWords.Read(change.Words, scene.Today, scene.Culture);
            step.Draft = step.Draft with { Until = hold.Until, Why = hold.Why };
            words = hold.Account;
        }

        var among = change.Change switch
        {
            OpportunityChange.Reopen => Among.Resting,
            OpportunityChange.Status or OpportunityChange.Undo or OpportunityChange.TakeBack => Among.Any,
            _ => Among.WorkedOn,
        };
        return await step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(words, among)), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhomAsync(WaterfallStepContext<ChangeOpportunityDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is not { } id)
        {
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Draft = step.Draft with { Opportunity = id };
        var what = step.Draft.Change;
        if (what == OpportunityChange.Status)
        {
            step.Turn.Send(await shown.OfAsync(scene, new OpportunityId(id), cancellationToken));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        // what would be refused anyway is not asked about first
        var (opportunity, refusal) = await TryAsync(scene, step.Draft, cancellationToken);
        if (what == OpportunityChange.TakeBack && opportunity is not null && (refusal is null or Refusal.NotReached))
        {
            return await AskWhichMilestoneAsync(step, scene, opportunity, refusal, cancellationToken);
        }

        if (refusal is not null)
        {
            step.Turn.Send(Refusals.Explain(scene, playbook, refusal));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        if (what != OpportunityChange.HandOver || (step.Draft.To is { } to && scene.Company.Find(new PersonId(to)) is { Role: Sales.People.Role.Rep }))
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

        step.Draft = step.Draft with { Colleagues = [.. colleagues.Select(p => p.Id.Value)] };
        var choices = colleagues.Select(p => new Choice(p.Name)).ToList();
        return await step.PromptAsync(
            Prompts.Choice,
            new PromptOptions { Prompt = Prompts.Ask(scene, scene.Say("hand-over.to-whom"), choices), Choices = choices },
            cancellationToken);
    }

    // the newest first: a slip is mostly noticed soon
    private async ValueTask<DialogTurnResult> AskWhichMilestoneAsync(
        WaterfallStepContext<ChangeOpportunityDraft> step, Scene scene, Opportunity opportunity, Refusal? refusal, CancellationToken cancellationToken)
    {
        if (refusal is null && step.Draft.Milestone is not null)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        if (refusal is not null && step.Draft.Milestone is not null)
        {
            step.Turn.Send(Refusals.Explain(scene, playbook, refusal));
        }

        List<Milestone> reached = [.. opportunity.Facts.Reached.OrderByDescending(r => r.Value.On).ThenByDescending(r => playbook.NumberOf(playbook.StageOf(r.Key)?.Id ?? opportunity.Facts.Stage))
            .Select(r => playbook.Find(r.Key)).OfType<Milestone>()];
        if (reached.Count == 0)
        {
            return await step.EndWithAsync(scene.Say("take-back.nothing", scene.AccountOf(opportunity.Facts.Account)), cancellationToken);
        }

        step.Draft = step.Draft with { Milestone = null, Offered = [.. reached.Select(m => m.Id.Value)] };
        List<Choice> choices = [.. reached.Select(m => new Choice(m.Name.For(scene.Culture)))];
        return await step.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, scene.Say("take-back.which"), choices), Choices = choices }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhyAsync(WaterfallStepContext<ChangeOpportunityDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult && step.Draft.Colleagues is { } colleagues)
        {
            step.Draft = step.Draft with { To = colleagues[step.Result<FoundChoice>()!.Index] };
        }

        if (step.HasResult && step.Draft.Offered is { } offered)
        {
            step.Draft = step.Draft with { Milestone = offered[step.Result<FoundChoice>()!.Index] };
        }

        return step.Draft.Change is OpportunityChange.Undo or OpportunityChange.Won || step.Draft.Why is { Length: > 0 }
            ? await step.NextAsync(cancellationToken: cancellationToken)
            : await step.PromptAsync(Prompts.Text, AskWhy(scene, step.Draft.Change) with { Names = await RivalsAsync(step, cancellationToken) }, cancellationToken);
    }

    private async ValueTask<IReadOnlyList<NameBeside>?> RivalsAsync(WaterfallStepContext<ChangeOpportunityDraft> step, CancellationToken cancellationToken) =>
        step.Draft.Change == OpportunityChange.Lost
        && await dossiers.ReadAsync(Scene.Of(step.Turn).Asker, new OpportunityId(step.Draft.Opportunity), cancellationToken) is { Facts.Competitors: { Count: > 0 } rivals }
            ? [.. rivals.Select(r => new NameBeside(r, r, IsRival: true))] : null;

    // with the reason of a pause often goes until when
    private static PromptOptions AskWhy(Scene scene, OpportunityChange change) => Prompts.Ask(scene.Say(change == OpportunityChange.TakeBack ? "take-back.why" : "change.why")) with
    {
        Field = change switch { OpportunityChange.Lost => "lostReason", OpportunityChange.Hold => "holdReason", _ => "reason" },
        Further = change == OpportunityChange.Hold ? ["until"] : [],
    };

    // what rests is looked at again on a day, whatever the reason
    private async ValueTask<DialogTurnResult> AskUntilAsync(WaterfallStepContext<ChangeOpportunityDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult)
        {
            step.Draft = step.Draft with { Why = step.Result<string>() };
        }

        if (step.Draft.Change != OpportunityChange.Hold)
        {
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        var latest = Holds.Latest(playbook.FollowUps, scene.Today);
        var until = step.Draft.Until;
        if (until > scene.Today && until <= latest)
        {
            return await step.NextAsync(DialogJson.ToElement(until.Value), cancellationToken);
        }

        var question = until is { } said && PlausibleDate.Likely(said, scene.Today, DateSense.Ahead) is { } likely && likely <= latest
            ? scene.Say("date.meant", scene.Format(said), scene.Format(likely))
            : until is null ? null : scene.Say("refusal.hold-outside", scene.Format(latest));
        return await step.PromptAsync(Prompts.HoldDate, Prompts.AskHoldDate(scene, latest, question), cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ConfirmAsync(WaterfallStepContext<ChangeOpportunityDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var what = step.Draft.Change;
        if (what == OpportunityChange.Hold)
        {
            step.Draft = step.Draft with { Until = step.Result<DateOnly>() };
        }

        if (what == OpportunityChange.Reopen && step.Options<ChangeOpportunity>()!.Why is null)
        {
            return await step.NextAsync(DialogJson.ToElement(true), cancellationToken);
        }

        var (opportunity, refusal) = await TryAsync(scene, step.Draft, cancellationToken);
        if (opportunity is null || refusal is not null)
        {
            step.Turn.Send(Refusals.Explain(scene, playbook, refusal ?? new Refusal.NotOnRecord()));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        List<(string Label, string Value)> facts =
            [(scene.Say("label.opportunity"), $"{opportunity.Facts.Name} · {scene.Format(opportunity.Facts.Amount)}")];
        if (what == OpportunityChange.Undo)
        {
            var entry = opportunity.LastEntry!.Command;
            var undone = await EntryWords.OfAsync(scene, playbook, dossiers.EntriesAsync(scene.Asker, opportunity.Id, cancellationToken), entry);
            step.Draft = step.Draft with { Entry = entry.Value, Undone = undone };
            facts.Add((scene.Say("label.take-back"), undone));
        }
        else if (what == OpportunityChange.TakeBack)
        {
            facts.Add((scene.Say("label.take-back"), MilestoneOf(scene, opportunity, new MilestoneId(step.Draft.Milestone!))));
            facts.AddRange(Said(scene, step.Draft));
        }
        else
        {
            facts.Add((scene.Say("label.change"), ChangeOf(scene, what)));
            if (what == OpportunityChange.HandOver && opportunity.Facts.Owner != scene.Person.Id && scene.Company.Find(opportunity.Facts.Owner) is { } owner)
            {
                facts.Add((scene.Say("label.owner"), owner.Name));
            }

            facts.AddRange(Said(scene, step.Draft));
        }

        var (ask, yes) = what is OpportunityChange.Undo or OpportunityChange.TakeBack ? ("change.take-back", "change.take-back-yes") : ("check-in.record", "yes");
        return await step.PromptAsync(
            Prompts.Confirm,
            new PromptOptions
            {
                Prompt = ConversationCard.Confirm(
                    scene, scene.Say("check-in.understood", scene.AccountOf(opportunity.Facts.Account)), facts, scene.Say(ask), step.Token, scene.Say(yes)),
            },
            cancellationToken);
    }

    private string MilestoneOf(Scene scene, Opportunity opportunity, MilestoneId milestone)
    {
        var name = playbook.Find(milestone)?.Name.For(scene.Culture) ?? milestone.Value;
        return opportunity.Facts.Reached.TryGetValue(milestone, out var reached) ? scene.Say("take-back.reached", name, scene.Format(reached.On)) : name;
    }

    private static string ChangeOf(Scene scene, OpportunityChange what) => what switch
    {
        OpportunityChange.Won => scene.Say("change.won"),
        OpportunityChange.Lost => scene.Say("change.lost"),
        OpportunityChange.Hold => scene.Say("status.OnHold"),
        OpportunityChange.Reopen => scene.Say("entry.reopened"),
        OpportunityChange.HandOver => scene.Say("change.handed-over"),
        _ => throw new InvalidOperationException($"{what} is not asked about."),
    };

    private static IEnumerable<(string Label, string Value)> Said(Scene scene, ChangeOpportunityDraft draft)
    {
        if (draft.To is { } to)
        {
            yield return (scene.Say("label.new-owner"), scene.Company.Find(new PersonId(to))?.Name ?? "");
        }

        if (draft.On is { } on)
        {
            yield return (scene.Say("label.on"), scene.Format(on));
        }

        if (draft.Until is { } until)
        {
            yield return (scene.Say("label.until"), scene.Format(until));
        }

        if (draft.Why is { Length: > 0 } why)
        {
            yield return (scene.Say("label.why"), why);
        }
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<ChangeOpportunityDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (!step.Result<bool>())
        {
            step.Turn.Send(scene.Say("check-in.not-recorded"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        var draft = step.Draft;
        var command = CommandOf(scene, draft, draft.Why ?? "", draft.Until, draft.To ?? "", draft.Entry is { } entry ? new CommandId(entry) : null);
        var outcome = await dossiers.RecordAsync(
            scene.Asker, new OpportunityId(draft.Opportunity), command, scene.Command(step.Token), cancellationToken);
        step.Turn.Send(outcome.Refusal is { } refusal
            ? Message.Of(Refusals.Explain(scene, playbook, refusal))
            : StatusCard.Recorded(
                scene, playbook, outcome, progress: draft.Undone is { } undone ? [scene.Say("fact", scene.Say("label.taken-back"), undone)] : null));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    // the reason, the day and the new owner are still to be said
    private ValueTask<OpenedOpportunity> TryAsync(Scene scene, ChangeOpportunityDraft draft, CancellationToken cancellationToken) =>
        dossiers.TryAsync(scene.Asker, new OpportunityId(draft.Opportunity), CommandOf(scene, draft, "-", null, draft.To ?? "", null), scene.Command("-"), cancellationToken);

    private static OpportunityCommand CommandOf(Scene scene, ChangeOpportunityDraft draft, string why, DateOnly? until, string to, CommandId? entry) => draft.Change switch
    {
        OpportunityChange.Won => new OpportunityCommand.Win(draft.On ?? scene.Today, null),
        OpportunityChange.Lost => new OpportunityCommand.Lose(why),
        OpportunityChange.Hold => new OpportunityCommand.Hold(why, until),
        OpportunityChange.Reopen => new OpportunityCommand.Reopen(why),
        OpportunityChange.HandOver => new OpportunityCommand.HandOver(new PersonId(to), why),
        OpportunityChange.Undo => new OpportunityCommand.Undo(entry),
        OpportunityChange.TakeBack => new OpportunityCommand.TakeBack(new MilestoneId(draft.Milestone ?? ""), why),
        _ => throw new InvalidOperationException($"{draft.Change} changes no opportunity."),
    };
}
