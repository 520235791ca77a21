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
            State.First = new BegunDialog(id, options);
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

        Forget();
        return ValueTask.FromResult(new DialogTurnResult(DialogTurnStatus.Complete, result));
    }

    /// <summary>Puts another dialog in the active one's place; the dialog below gets the other's result.</summary>
    /// <exception cref="ArgumentException">The set has no such dialog.</exception>
    public ValueTask<DialogTurnResult> ReplaceAsync(string id, JsonElement? options = null, CancellationToken cancellationToken = default)
    {
        var dialog = Known(id);
        var replaced = ActiveInstance;
        Pop();
        var instance = new DialogInstance { DialogId = id, Version = dialog.Version };
        if (replaced is not null)
        {
            Waterfall.Remember(replaced, instance);
        }

        State.Stack.Add(instance);
        return dialog.BeginAsync(this, options, cancellationToken);
    }

    /// <summary>
    /// Returns to the question before the one that stands open, or to an earlier one; nothing that was said before it is lost, and what was
    /// answered is offered again.
    /// </summary>
    /// <param name="field">What the question is for to which it returns; absent, the one before.</param>
    /// <param name="cancellationToken">Stops before anything is asked.</param>
    /// <returns><c>null</c> where there is no such question: nothing has changed then.</returns>
    public async ValueTask<DialogTurnResult?> BackAsync(string? field = null, CancellationToken cancellationToken = default)
    {
        List<DialogInstance> stack = [.. State.Stack];
        while (State.Stack.Count > 0)
        {
            var active = ActiveInstance!;
            if (Current(active) is Waterfall waterfall && await waterfall.BackAsync(this, active, field, cancellationToken) is { } asked)
            {
                return asked;
            }

            Pop();
        }

        State.Stack.AddRange(stack);
        return null;
    }

    /// <summary>Begins the talk again, as it was begun.</summary>
    /// <param name="withoutWords">It was begun with words that name something: they are dropped, so that it is asked for.</param>
    /// <param name="cancellationToken">Stops before anything is asked.</param>
    /// <returns><c>null</c> where it cannot be: nothing has changed then.</returns>
    public async ValueTask<DialogTurnResult?> StartOverAsync(bool withoutWords = false, CancellationToken cancellationToken = default)
    {
        if (State.First is not { } first || Dialogs.Find(first.DialogId) is not Waterfall
            || (withoutWords && first.Options is not { ValueKind: JsonValueKind.String, } ))
        {
            return null;
        }

        CancelAll();
        return await BeginAsync(first.DialogId, withoutWords ? DialogJson.ToElement("") : first.Options, cancellationToken);
    }

    /// <summary>How the words read as a reply to the question that stands open; <c>null</c> where none does, or where it takes words as they are.</summary>
    public Language.ReplyReading? Read(string words) =>
        ActiveInstance is { } active && Dialogs.Find(active.DialogId) is IReadsReplies prompt ? prompt.Read(this, words) : null;

    /// <summary>What the question that stands open asks for; <c>null</c> where none does, or where it does not say.</summary>
    public string? OpenField => ActiveInstance is { } active && Dialogs.Find(active.DialogId) is IReadsReplies prompt ? prompt.FieldOf(this) : null;

    private void Forget()
    {
        State.Token = null;
        (State.First, State.Ahead, State.Answered) = (null, null, null);
    }

    /// <summary>Empties the stack.</summary>
    public DialogTurnResult CancelAll()
    {
        if (State.Stack.Count == 0)
        {
            return new(DialogTurnStatus.Empty);
        }

        State.Stack.Clear();
        Forget();
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
