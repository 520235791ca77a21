using System.Text.Json;

namespace KeyAccountBot.Dialogs;

/// <summary>How a turn left the stack.</summary>
public enum DialogTurnStatus
{
    /// <summary>No dialog was active.</summary>
    Empty,

    /// <summary>The active dialog waits for the next activity.</summary>
    Waiting,

    /// <summary>The last dialog ended.</summary>
    Complete,

    /// <summary>The whole stack was cancelled.</summary>
    Cancelled,
}

/// <summary>How a turn left the stack, and what came of it.</summary>
/// <param name="Status">How the turn left the stack.</param>
/// <param name="Result">What the ended dialog gave back.</param>
public readonly record struct DialogTurnResult(DialogTurnStatus Status, JsonElement? Result = null)
{
    /// <summary>The active dialog waits for the next activity.</summary>
    public static DialogTurnResult Waiting { get; } = new(DialogTurnStatus.Waiting);
}

/// <summary>A piece of conversation. It is shared by all conversations, so what it remembers stands in its <see cref="DialogInstance"/>.</summary>
/// <param name="id">Unique within its <see cref="DialogSet"/>.</param>
public abstract class Dialog(string id)
{
    /// <summary>Unique within its <see cref="DialogSet"/>.</summary>
    public string Id { get; } = id;

    /// <summary>Raised whenever instances begun earlier can no longer be continued.</summary>
    public virtual int Version => 1;

    /// <summary>The dialog has become the active one.</summary>
    public abstract ValueTask<DialogTurnResult> BeginAsync(DialogContext dc, JsonElement? options, CancellationToken cancellationToken);

    /// <summary>An activity came while this dialog was the active one.</summary>
    public abstract ValueTask<DialogTurnResult> ContinueAsync(DialogContext dc, CancellationToken cancellationToken);

    /// <summary>The dialog above this one ended with this result.</summary>
    public abstract ValueTask<DialogTurnResult> ResumeAsync(DialogContext dc, JsonElement? result, CancellationToken cancellationToken);

    /// <summary>Asks again what it waits for, after an interruption.</summary>
    public virtual ValueTask RepromptAsync(DialogContext dc, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

/// <summary>The dialogs that may begin one another.</summary>
public sealed class DialogSet
{
    private readonly Dictionary<string, Dialog> _dialogs = new(StringComparer.Ordinal);

    /// <summary>Adds a dialog under its id.</summary>
    /// <exception cref="ArgumentException">The id is taken.</exception>
    public DialogSet Add(Dialog dialog)
    {
        _dialogs.Add(dialog.Id, dialog);
        return this;
    }

    /// <summary>The dialog of this id, if there is one.</summary>
    public Dialog? Find(string id) => _dialogs.GetValueOrDefault(id);

    /// <summary>Joins a turn and the stored stack.</summary>
    public DialogContext CreateContext(TurnContext turn, DialogState state) => new(this, turn, state);
}
