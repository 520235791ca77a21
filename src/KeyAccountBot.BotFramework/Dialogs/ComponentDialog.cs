using System.Text.Json;

namespace KeyAccountBot.BotFramework.Dialogs;

/// <summary>Dialogs that belong together, with a stack of their own; seen from outside they are one.</summary>
public sealed class ComponentDialog : Dialog
{
    private const string StackKey = "#stack";
    private readonly DialogSet _children = new();
    private readonly string _initialDialogId;

    /// <summary>A component of these children.</summary>
    /// <param name="id">Unique within its set.</param>
    /// <param name="version">Raised when a stack kept earlier no longer fits; the children's own versions count too.</param>
    /// <param name="initialDialogId">The child that begins, and gets the options.</param>
    /// <param name="children">They see only one another.</param>
    public ComponentDialog(string id, int version, string initialDialogId, IEnumerable<Dialog> children) : base(id)
    {
        Version = version;
        _initialDialogId = initialDialogId;
        foreach (var child in children)
        {
            _children.Add(child);
        }

        if (_children.Find(initialDialogId) is null)
        {
            throw new ArgumentException($"The component '{id}' has no child '{initialDialogId}' to begin with.", nameof(initialDialogId));
        }
    }

    /// <inheritdoc/>
    public override int Version { get; }

    /// <inheritdoc/>
    public override async ValueTask<DialogTurnResult> BeginAsync(DialogContext dc, JsonElement? options, CancellationToken cancellationToken)
    {
        var inner = _children.CreateContext(dc.Turn, new DialogState());
        return await SettleAsync(dc, inner, await inner.BeginAsync(_initialDialogId, options, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public override async ValueTask<DialogTurnResult> ContinueAsync(DialogContext dc, CancellationToken cancellationToken)
    {
        var inner = Inner(dc);
        return await SettleAsync(dc, inner, await inner.ContinueAsync(cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public override async ValueTask<DialogTurnResult> ResumeAsync(DialogContext dc, JsonElement? result, CancellationToken cancellationToken)
    {
        await RepromptAsync(dc, cancellationToken);
        return DialogTurnResult.Waiting;
    }

    /// <inheritdoc/>
    public override ValueTask RepromptAsync(DialogContext dc, CancellationToken cancellationToken) =>
        Inner(dc).RepromptAsync(cancellationToken);

    private DialogContext Inner(DialogContext dc)
    {
        var stack = dc.ActiveInstance!.State.TryGetValue(StackKey, out var kept)
            ? kept.Deserialize(DialogJson.Default.ListDialogInstance)
            : null;
        return _children.CreateContext(dc.Turn, new DialogState { Stack = stack ?? [] });
    }

    private static ValueTask<DialogTurnResult> SettleAsync(DialogContext dc, DialogContext inner, DialogTurnResult result, CancellationToken cancellationToken)
    {
        switch (result.Status)
        {
            case DialogTurnStatus.Waiting:
                dc.ActiveInstance!.State[StackKey] = JsonSerializer.SerializeToElement(inner.State.Stack, DialogJson.Default.ListDialogInstance);
                return ValueTask.FromResult(result);
            case DialogTurnStatus.Cancelled:
                return ValueTask.FromResult(dc.CancelAll());
            default:
                return dc.EndAsync(result.Result, cancellationToken);
        }
    }
}
