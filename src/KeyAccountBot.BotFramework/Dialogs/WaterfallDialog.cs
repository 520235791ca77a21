using System.Text.Json;

namespace KeyAccountBot.BotFramework.Dialogs;

/// <summary>One step of a waterfall: it asks something, goes on, or ends.</summary>
public delegate ValueTask<DialogTurnResult> WaterfallStep(WaterfallStepContext step, CancellationToken cancellationToken);

/// <summary>Steps in speaking order; each gets what the one before it asked for.</summary>
/// <param name="id">Unique within its set.</param>
/// <param name="version">Raised when steps change places or meaning.</param>
/// <param name="steps">In speaking order.</param>
public sealed class WaterfallDialog(string id, int version, params WaterfallStep[] steps) : Dialog(id)
{
    internal const string StepKey = "#step";
    internal const string OptionsKey = "#options";

    /// <inheritdoc/>
    public override int Version => version;

    /// <inheritdoc/>
    public override ValueTask<DialogTurnResult> BeginAsync(DialogContext dc, JsonElement? options, CancellationToken cancellationToken)
    {
        if (options is { } given)
        {
            dc.ActiveInstance!.State[OptionsKey] = given;
        }

        return RunAsync(dc, 0, null, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Reached when a step waited without a prompt: the next step gets the words said, or the card's data.</remarks>
    public override ValueTask<DialogTurnResult> ContinueAsync(DialogContext dc, CancellationToken cancellationToken)
    {
        var activity = dc.Turn.Activity;
        var said = activity.Value ?? (activity.Text is { } text ? JsonSerializer.SerializeToElement(text, DialogJson.Default.String) : null);
        return ResumeAsync(dc, said, cancellationToken);
    }

    /// <inheritdoc/>
    public override ValueTask<DialogTurnResult> ResumeAsync(DialogContext dc, JsonElement? result, CancellationToken cancellationToken) =>
        RunAsync(dc, dc.ActiveInstance!.State[StepKey].GetInt32() + 1, result, cancellationToken);

    internal ValueTask<DialogTurnResult> RunAsync(DialogContext dc, int index, JsonElement? result, CancellationToken cancellationToken)
    {
        if (index >= steps.Length)
        {
            return dc.EndAsync(result, cancellationToken);
        }

        var instance = dc.ActiveInstance!;
        instance.State[StepKey] = JsonSerializer.SerializeToElement(index, DialogJson.Default.Int32);
        return steps[index](new WaterfallStepContext(this, dc, instance, index, result), cancellationToken);
    }
}

/// <summary>What a step of a waterfall sees and may do.</summary>
public sealed class WaterfallStepContext
{
    private readonly WaterfallDialog _waterfall;
    private readonly DialogInstance _instance;
    private readonly JsonElement? _result;

    internal WaterfallStepContext(WaterfallDialog waterfall, DialogContext dialog, DialogInstance instance, int index, JsonElement? result)
    {
        _waterfall = waterfall;
        _instance = instance;
        _result = result;
        Dialog = dialog;
        Index = index;
        Values = new StepValues(instance.State);
    }

    /// <summary>Counted from 0.</summary>
    public int Index { get; }

    /// <summary>The stack.</summary>
    public DialogContext Dialog { get; }

    /// <summary>What came in and what is said.</summary>
    public TurnContext Turn => Dialog.Turn;

    /// <summary>What this waterfall remembers between its steps.</summary>
    public StepValues Values { get; }

    /// <summary>The step before gave or got something.</summary>
    public bool HasResult => _result is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) };

    /// <summary>What the waterfall was begun with, if anything.</summary>
    public T? Options<T>() =>
        _instance.State.TryGetValue(WaterfallDialog.OptionsKey, out var options) ? DialogJson.FromElement<T>(options) : default;

    /// <summary>What the step before gave or got, if anything.</summary>
    public T? Result<T>() => HasResult ? DialogJson.FromElement<T>(_result!.Value) : default;

    /// <summary>Goes on to the next step within the same turn.</summary>
    public ValueTask<DialogTurnResult> NextAsync(JsonElement? result = null, CancellationToken cancellationToken = default) =>
        _waterfall.RunAsync(Dialog, Index + 1, result, cancellationToken);

    /// <summary>Asks; the next step gets the answer.</summary>
    public ValueTask<DialogTurnResult> PromptAsync(string id, PromptOptions options, CancellationToken cancellationToken = default) =>
        Dialog.PromptAsync(id, options, cancellationToken);

    /// <summary>Begins another dialog; the next step gets its result.</summary>
    public ValueTask<DialogTurnResult> BeginAsync(string id, JsonElement? options = null, CancellationToken cancellationToken = default) =>
        Dialog.BeginAsync(id, options, cancellationToken);

    /// <summary>Ends the waterfall.</summary>
    public ValueTask<DialogTurnResult> EndAsync(JsonElement? result = null, CancellationToken cancellationToken = default) =>
        Dialog.EndAsync(result, cancellationToken);

    /// <summary>Begins another dialog in the waterfall's place; its own id starts it over.</summary>
    public ValueTask<DialogTurnResult> ReplaceAsync(string id, JsonElement? options = null, CancellationToken cancellationToken = default) =>
        Dialog.ReplaceAsync(id, options, cancellationToken);
}

/// <summary>What a waterfall remembers between its steps.</summary>
public sealed class StepValues
{
    private readonly Dictionary<string, JsonElement> _state;

    internal StepValues(Dictionary<string, JsonElement> state) => _state = state;

    /// <summary>The value under this key, or the type's default.</summary>
    public T? Get<T>(string key) => _state.TryGetValue(key, out var value) ? DialogJson.FromElement<T>(value) : default;

    /// <summary>Remembers a value. Keys that begin with <c>#</c> are the waterfall's own.</summary>
    /// <exception cref="ArgumentException">The key begins with <c>#</c>.</exception>
    public void Set<T>(string key, T value)
    {
        if (key.StartsWith('#'))
        {
            throw new ArgumentException("Keys that begin with # are the waterfall's own.", nameof(key));
        }

        _state[key] = DialogJson.ToElement(value);
    }
}
