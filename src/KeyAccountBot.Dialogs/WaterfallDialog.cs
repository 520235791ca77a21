using System.Text.Json;

namespace KeyAccountBot.Dialogs;

/// <summary>Steps in speaking order. Each gets what the one before it asked for.</summary>
/// <param name="id">Unique within its set.</param>
/// <param name="version">Raised when steps change places or meaning.</param>
public abstract class Waterfall(string id, int version) : Dialog(id)
{
    internal const string StepKey = "#step";
    internal const string OptionsKey = "#options";
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

    internal ValueTask<DialogTurnResult> RunAsync(DialogContext dc, int index, JsonElement? result, CancellationToken cancellationToken)
    {
        if (index >= Count)
        {
            return dc.EndAsync(result, cancellationToken);
        }

        var instance = dc.ActiveInstance!;
        instance.State[StepKey] = JsonSerializer.SerializeToElement(index, DialogJson.Default.Int32);
        return StepAsync(dc, instance, index, result, cancellationToken);
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
