using System.Text.Json;

namespace KeyAccountBot.Dialogs;

/// <summary>What a step of a waterfall sees and may do.</summary>
public class WaterfallStepContext
{
    private readonly Waterfall _waterfall;
    private readonly JsonElement? _result;

    internal WaterfallStepContext(Waterfall waterfall, DialogContext dialog, DialogInstance instance, int index, JsonElement? result)
    {
        _waterfall = waterfall;
        _result = result;
        Instance = instance;
        Dialog = dialog;
        Index = index;
    }

    /// <summary>Counted from 0.</summary>
    public int Index { get; }

    /// <summary>The stack.</summary>
    public DialogContext Dialog { get; }

    /// <summary>What came in and what is said.</summary>
    public TurnContext Turn => Dialog.Turn;

    /// <summary>What the talk that this step belongs to is recorded under, and what its cards carry.</summary>
    public string Token => Dialog.State.Token ?? Turn.Id;

    /// <summary>The step before gave or got something.</summary>
    public bool HasResult => _result is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) };

    private protected DialogInstance Instance { get; }

    /// <summary>What the waterfall was begun with, if anything.</summary>
    public T? Options<T>() =>
        Instance.State.TryGetValue(Waterfall.OptionsKey, out var options) ? DialogJson.FromElement<T>(options) : default;

    /// <summary>What the step before gave or got, if anything.</summary>
    public T? Result<T>() => HasResult ? DialogJson.FromElement<T>(_result!.Value) : default;

    /// <summary>Takes what was said for a field that no question of this dialog asks for; <c>null</c> for nothing.</summary>
    public string? TakeAhead(string field) => TakeAllAhead(field) is [var first, ..] ? first : null;

    /// <summary>Takes all that was said for such a field; none for nothing.</summary>
    public IReadOnlyList<string> TakeAllAhead(string field) => Dialog.State.Ahead is { } ahead && ahead.Remove(field, out var values) ? values : [];

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

    /// <summary>Says this and ends the waterfall.</summary>
    public ValueTask<DialogTurnResult> EndWithAsync(string words, CancellationToken cancellationToken = default)
    {
        Turn.Send(words);
        return Dialog.EndAsync(cancellationToken: cancellationToken);
    }

    /// <summary>Begins another dialog in the waterfall's place; its own id starts it over.</summary>
    public ValueTask<DialogTurnResult> ReplaceAsync(string id, JsonElement? options = null, CancellationToken cancellationToken = default) =>
        Dialog.ReplaceAsync(id, options, cancellationToken);
}

/// <summary>What a step sees of a waterfall that keeps a draft.</summary>
/// <typeparam name="TDraft">What the waterfall remembers.</typeparam>
public sealed class WaterfallStepContext<TDraft> : WaterfallStepContext
    where TDraft : class, new()
{
    private TDraft? _draft;

    internal WaterfallStepContext(Waterfall waterfall, DialogContext dialog, DialogInstance instance, int index, JsonElement? result)
        : base(waterfall, dialog, instance, index, result)
    {
    }

    /// <summary>What the waterfall remembers. What is set here is there at the next step.</summary>
    public TDraft Draft
    {
        get => _draft ??= Instance.State.TryGetValue(Waterfall.DraftKey, out var kept) ? DialogJson.FromElement<TDraft>(kept)! : new TDraft();
        set
        {
            _draft = value;
            Instance.State[Waterfall.DraftKey] = DialogJson.ToElement(value);
        }
    }
}
