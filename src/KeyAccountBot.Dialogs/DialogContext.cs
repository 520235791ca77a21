using System.Text.Json;

namespace KeyAccountBot.Dialogs;

/// <summary>One turn on one stack. It changes <see cref="State"/> and collects replies in <see cref="Turn"/>; storing and sending are the caller's.</summary>
public sealed class DialogContext
{
    internal DialogContext(DialogSet dialogs, TurnContext turn, DialogState state)
    {
        Dialogs = dialogs;
        Turn = turn;
        State = state;
    }

    /// <summary>The dialogs that may begin.</summary>
    public DialogSet Dialogs { get; }

    /// <summary>What came in and what is said.</summary>
    public TurnContext Turn { get; }

    /// <summary>The stack.</summary>
    public DialogState State { get; }

    /// <summary>The dialog that gets the next activity.</summary>
    public DialogInstance? ActiveInstance => State.Stack.Count == 0 ? null : State.Stack[^1];

    /// <summary>Puts a dialog on the stack and starts it.</summary>
    /// <exception cref="ArgumentException">The set has no such dialog.</exception>
    public ValueTask<DialogTurnResult> BeginAsync(string id, JsonElement? options = null, CancellationToken cancellationToken = default)
    {
        var dialog = Known(id);
        if (State.Stack.Count == 0)
        {
            State.Token = Turn.Id;
        }

        State.Stack.Add(new DialogInstance { DialogId = id, Version = dialog.Version });
        return dialog.BeginAsync(this, options, cancellationToken);
    }

    /// <summary>Begins a dialog in the place of all that are begun, under the same token: a form that stands for their questions was sent.</summary>
    public ValueTask<DialogTurnResult> TakeOverAsync(string id, JsonElement? options, CancellationToken cancellationToken = default)
    {
        var token = State.Token;
        CancelAll();
        var dialog = Known(id);
        State.Token = token;
        State.Stack.Add(new DialogInstance { DialogId = id, Version = dialog.Version });
        return dialog.BeginAsync(this, options, cancellationToken);
    }

    /// <summary>Begins a prompt.</summary>
    public ValueTask<DialogTurnResult> PromptAsync(string id, PromptOptions options, CancellationToken cancellationToken = default) =>
        BeginAsync(id, JsonSerializer.SerializeToElement(options, DialogJson.Default.PromptOptions), cancellationToken);

    /// <summary>Gives the turn's activity to the active dialog.</summary>
    /// <exception cref="OutdatedDialogStateException">The stack was made by other dialogs than today's.</exception>
    public ValueTask<DialogTurnResult> ContinueAsync(CancellationToken cancellationToken = default)
    {
        if (ActiveInstance is not { } active)
        {
            return ValueTask.FromResult(new DialogTurnResult(DialogTurnStatus.Empty));
        }

        foreach (var instance in State.Stack)
        {
            Current(instance);
        }

        return Current(active).ContinueAsync(this, cancellationToken);
    }

    /// <summary>Ends the active dialog and resumes the one below it with the result.</summary>
    public ValueTask<DialogTurnResult> EndAsync(JsonElement? result = null, CancellationToken cancellationToken = default)
    {
        Pop();
        if (ActiveInstance is { } below)
        {
            return Current(below).ResumeAsync(this, result, cancellationToken);
        }

        State.Token = null;
        return ValueTask.FromResult(new DialogTurnResult(DialogTurnStatus.Complete, result));
    }

    /// <summary>Puts another dialog in the active one's place; the dialog below gets the other's result.</summary>
    /// <exception cref="ArgumentException">The set has no such dialog.</exception>
    public ValueTask<DialogTurnResult> ReplaceAsync(string id, JsonElement? options = null, CancellationToken cancellationToken = default)
    {
        var dialog = Known(id);
        Pop();
        State.Stack.Add(new DialogInstance { DialogId = id, Version = dialog.Version });
        return dialog.BeginAsync(this, options, cancellationToken);
    }

    /// <summary>Empties the stack.</summary>
    public DialogTurnResult CancelAll()
    {
        if (State.Stack.Count == 0)
        {
            return new(DialogTurnStatus.Empty);
        }

        State.Stack.Clear();
        State.Token = null;
        return new(DialogTurnStatus.Cancelled);
    }

    /// <summary>Lets the active dialog ask again, after an interruption.</summary>
    /// <exception cref="OutdatedDialogStateException">The stack was made by other dialogs than today's.</exception>
    public ValueTask RepromptAsync(CancellationToken cancellationToken = default) =>
        ActiveInstance is { } active ? Current(active).RepromptAsync(this, cancellationToken) : ValueTask.CompletedTask;

    private void Pop()
    {
        if (State.Stack.Count > 0)
        {
            State.Stack.RemoveAt(State.Stack.Count - 1);
        }
    }

    private Dialog Known(string id) =>
        Dialogs.Find(id) ?? throw new ArgumentException($"There is no dialog '{id}' in this set.", nameof(id));

    private Dialog Current(DialogInstance instance) =>
        Dialogs.Find(instance.DialogId) switch
        {
            null => throw new OutdatedDialogStateException($"The stack names the dialog '{instance.DialogId}', which is gone."),
            var dialog when dialog.Version != instance.Version => throw new OutdatedDialogStateException(
                $"The stack has version {instance.Version} of the dialog '{instance.DialogId}', which is now version {dialog.Version}."),
            var dialog => dialog,
        };
}
