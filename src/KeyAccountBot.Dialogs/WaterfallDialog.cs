using System.Text.Json;

namespace KeyAccountBot.Dialogs;

/// <summary>Steps in speaking order. Each gets what the one before it asked for.</summary>
/// <param name="id">Unique within its set.</param>
/// <param name="version">Raised when steps change places or meaning.</param>
public abstract class Waterfall(string id, int version) : Dialog(id)
{
    internal const string StepKey = "#step";
    internal const string OptionsKey = "#options";

    // the steps that asked something, and the dialog in whose place this one came: to go back to them
    private const string AskedKey = "#asked";
    private const string BeforeKey = "#before";
    private const int MostKept = 8;
    internal const string DraftKey = "#draft";

    /// <inheritdoc/>
    public override int Version => version;

    /// <summary>How many steps there are.</summary>
    private protected abstract int Count { get; }

    /// <inheritdoc/>
    public sealed override ValueTask<DialogTurnResult> BeginAsync(DialogContext dc, JsonElement? options, CancellationToken cancellationToken)
    {
        if (options is { } given)
        {
            dc.ActiveInstance!.State[OptionsKey] = given;
        }

        return RunAsync(dc, 0, null, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Reached when a step waited without a prompt: the next step gets the words said, or the data of a press or a form.</remarks>
    public sealed override ValueTask<DialogTurnResult> ContinueAsync(DialogContext dc, CancellationToken cancellationToken) =>
        ResumeAsync(
            dc,
            dc.Turn.Incoming switch
            {
                Incoming.Said said => JsonSerializer.SerializeToElement(said.Words, DialogJson.Default.String),
                Incoming.Pressed pressed => pressed.Data,
                Incoming.Filled filled => filled.Values,
                _ => null,
            },
            cancellationToken);

    /// <inheritdoc/>
    public sealed override ValueTask<DialogTurnResult> ResumeAsync(DialogContext dc, JsonElement? result, CancellationToken cancellationToken) =>
        RunAsync(dc, dc.ActiveInstance!.State[StepKey].GetInt32() + 1, result, cancellationToken);

    /// <summary>An instance that waits at a step, as if the steps before it had been taken: resumed, it goes on to the next.</summary>
    /// <param name="step">Counted from 0.</param>
    /// <param name="options">What it was begun with.</param>
    /// <param name="draft">What it remembers.</param>
    public DialogInstance WaitingAt(int step, JsonElement? options = null, JsonElement? draft = null)
    {
        var instance = new DialogInstance { DialogId = Id, Version = Version };
        instance.State[StepKey] = JsonSerializer.SerializeToElement(step, DialogJson.Default.Int32);
        if (options is { } given)
        {
            instance.State[OptionsKey] = given;
        }

        if (draft is { } kept)
        {
            instance.State[DraftKey] = kept;
        }

        return instance;
    }

    internal async ValueTask<DialogTurnResult> RunAsync(DialogContext dc, int index, JsonElement? result, CancellationToken cancellationToken)
    {
        if (index >= Count)
        {
            return await dc.EndAsync(result, cancellationToken);
        }

        var instance = dc.ActiveInstance!;
        instance.State[StepKey] = JsonSerializer.SerializeToElement(index, DialogJson.Default.Int32);
        JsonElement? draft = instance.State.TryGetValue(DraftKey, out var kept) ? kept : null;
        var turned = await StepAsync(dc, instance, index, result, cancellationToken);
        if (turned.Status == DialogTurnStatus.Waiting && StepOf(instance) == index && dc.State.Stack.Contains(instance))
        {
            var asked = AskedOf(instance);
            asked.RemoveAll(a => a.Step >= index);
            asked.Add(new AskedStep(index, result, draft, FieldOf(dc.ActiveInstance)));
            Keep(instance, asked);
        }

        return turned;
    }

    /// <summary>Asks again what was asked before the step at which the instance stands, or what is for the field; <c>null</c> where nothing was.</summary>
    internal async ValueTask<DialogTurnResult?> BackAsync(DialogContext dc, DialogInstance instance, string? field, CancellationToken cancellationToken)
    {
        var step = StepOf(instance);
        var asked = AskedOf(instance);
        if (asked.LastOrDefault(a => a.Step < step && (field is null || a.Field == field)) is { } before)
        {
            return await ReturnAsync(dc, instance, asked, before, cancellationToken);
        }

        if (!instance.State.TryGetValue(BeforeKey, out var kept) || kept.Deserialize(DialogJson.Default.DialogInstance) is not { } replaced
            || dc.Dialogs.Find(replaced.DialogId) is not Waterfall waterfall || waterfall.Version != replaced.Version)
        {
            return null;
        }

        // the one in whose place this one came had asked last
        var itsAsked = AskedOf(replaced);
        if (itsAsked.LastOrDefault(a => field is null || a.Field == field) is not { } last)
        {
            return null;
        }

        dc.State.Stack[^1] = replaced;
        return await waterfall.ReturnAsync(dc, replaced, itsAsked, last, cancellationToken);
    }

    /// <summary>Keeps of a dialog what it takes to go back to its last question from the one that comes in its place.</summary>
    internal static void Remember(DialogInstance replaced, DialogInstance by)
    {
        var depth = 1;
        for (var at = replaced.State; at.TryGetValue(BeforeKey, out var before); depth++)
        {
            if (depth > MostKept || before.Deserialize(DialogJson.Default.DialogInstance) is not { } earlier)
            {
                return;
            }

            at = earlier.State;
        }

        if (AskedOf(replaced).Count > 0)
        {
            by.State[BeforeKey] = JsonSerializer.SerializeToElement(replaced, DialogJson.Default.DialogInstance);
        }
        else if (replaced.State.TryGetValue(BeforeKey, out var kept))
        {
            by.State[BeforeKey] = kept;
        }
    }

    private ValueTask<DialogTurnResult> ReturnAsync(DialogContext dc, DialogInstance instance, List<AskedStep> asked, AskedStep to, CancellationToken cancellationToken)
    {
        asked.RemoveAll(a => a.Step >= to.Step);
        Keep(instance, asked);
        instance.State.Remove(DraftKey);
        if (to.Draft is { } draft)
        {
            instance.State[DraftKey] = draft;
        }

        return RunAsync(dc, to.Step, to.Result, cancellationToken);
    }

    private static string? FieldOf(DialogInstance? prompt) =>
        prompt is not null && prompt.State.TryGetValue("options", out var options) && options.ValueKind == JsonValueKind.Object
        && options.TryGetProperty("field", out var field) && field.ValueKind == JsonValueKind.String ? field.GetString() : null;

    private static int StepOf(DialogInstance instance) => instance.State.TryGetValue(StepKey, out var step) ? step.GetInt32() : 0;

    private static List<AskedStep> AskedOf(DialogInstance instance) =>
        instance.State.TryGetValue(AskedKey, out var asked) ? asked.Deserialize(DialogJson.Default.ListAskedStep)! : [];

    private static void Keep(DialogInstance instance, List<AskedStep> asked)
    {
        if (asked.Count == 0)
        {
            instance.State.Remove(AskedKey);
            return;
        }

        instance.State[AskedKey] = JsonSerializer.SerializeToElement(asked.TakeLast(MostKept).ToList(), DialogJson.Default.ListAskedStep);
    }

    private protected abstract ValueTask<DialogTurnResult> StepAsync(
        DialogContext dc, DialogInstance instance, int index, JsonElement? result, CancellationToken cancellationToken);
}

/// <summary>One step of a waterfall: it asks something, goes on, or ends.</summary>
public delegate ValueTask<DialogTurnResult> WaterfallStep(WaterfallStepContext step, CancellationToken cancellationToken);

/// <summary>A waterfall that remembers nothing but what it was begun with.</summary>
/// <param name="id">Unique within its set.</param>
/// <param name="version">Raised when steps change places or meaning.</param>
/// <param name="steps">In speaking order.</param>
public sealed class WaterfallDialog(string id, int version, params WaterfallStep[] steps) : Waterfall(id, version)
{
    private protected override int Count => steps.Length;

    private protected override ValueTask<DialogTurnResult> StepAsync(
        DialogContext dc, DialogInstance instance, int index, JsonElement? result, CancellationToken cancellationToken) =>
        steps[index](new WaterfallStepContext(this, dc, instance, index, result), cancellationToken);
}

/// <summary>One step of a waterfall that keeps a draft.</summary>
/// <typeparam name="TDraft">What it remembers.</typeparam>
public delegate ValueTask<DialogTurnResult> WaterfallStep<TDraft>(WaterfallStepContext<TDraft> step, CancellationToken cancellationToken)
    where TDraft : class, new();

/// <summary>A waterfall with a draft: what it remembers between its steps, a record of its own.</summary>
/// <typeparam name="TDraft">Its shape belongs to the dialog's version: a change that old rows do not fit raises it.</typeparam>
/// <param name="id">Unique within its set.</param>
/// <param name="version">Raised when steps change places or meaning, or when the draft changes its shape.</param>
/// <param name="steps">In speaking order.</param>
public sealed class WaterfallDialog<TDraft>(string id, int version, params WaterfallStep<TDraft>[] steps) : Waterfall(id, version)
    where TDraft : class, new()
{
    private protected override int Count => steps.Length;

    private protected override ValueTask<DialogTurnResult> StepAsync(
        DialogContext dc, DialogInstance instance, int index, JsonElement? result, CancellationToken cancellationToken) =>
        steps[index](new WaterfallStepContext<TDraft>(this, dc, instance, index, result), cancellationToken);
}
