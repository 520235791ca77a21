using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Dialogs;

/// <summary>Where a conversation stands: the dialogs begun and not ended, the active one last.</summary>
public sealed class DialogState
{
    /// <summary>The active dialog is the last.</summary>
    [SuppressMessage("Design", "CA1002", Justification = "State to be stored, not behaviour to be hidden.")]
    [SuppressMessage("Design", "MA0016", Justification = "State to be stored, not behaviour to be hidden.")]
    public List<DialogInstance> Stack { get; init; } = [];

    /// <summary>
    /// What the dialogs on the stack began with: the id of the turn that began the first of them. What they record is recorded under it,
    /// and what is pressed on one of their cards counts while the card carries it. <c>null</c> while no dialog is begun.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>What the first of the dialogs on the stack was begun with, to start over; <c>null</c> while none is begun, or where it cannot be begun again.</summary>
    public BegunDialog? First { get; set; }

    /// <summary>Answers that were given before their questions, by what they are for: the question is not put then.</summary>
    [SuppressMessage("Design", "MA0016", Justification = "State to be stored, not behaviour to be hidden.")]
    public Dictionary<string, IReadOnlyList<string>>? Ahead { get; set; }

    /// <summary>What was said to the questions of this talk, by what they are for: offered again by who goes back to one.</summary>
    [SuppressMessage("Design", "MA0016", Justification = "State to be stored, not behaviour to be hidden.")]
    public Dictionary<string, AnsweredField>? Answered { get; set; }

    /// <summary>Whether a card with this token belongs to the dialogs on the stack.</summary>
    public bool IsCurrent(string? token) => Stack.Count > 0 && Token is not null && string.Equals(Token, token, StringComparison.Ordinal);
}

/// <summary>One dialog on the stack, with what it remembers.</summary>
public sealed class DialogInstance
{
    /// <summary>Which dialog.</summary>
    public string DialogId { get; init; } = "";

    /// <summary>The dialog's version when it began; another one today means the memory no longer fits.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What the dialog remembers between turns.</summary>
    [SuppressMessage("Design", "MA0016", Justification = "State to be stored, not behaviour to be hidden.")]
    public Dictionary<string, JsonElement> State { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What a waterfall that keeps a draft remembers; <c>null</c> where it keeps none, or none yet.</summary>
    public TDraft? DraftOf<TDraft>() where TDraft : class => State.TryGetValue(Waterfall.DraftKey, out var draft) ? DialogJson.FromElement<TDraft>(draft) : null;

    /// <summary>Has a waterfall remember something else.</summary>
    public void Keep<TDraft>(TDraft draft) where TDraft : class => State[Waterfall.DraftKey] = DialogJson.ToElement(draft);

    /// <summary>What a waterfall was begun with; <c>null</c> for nothing.</summary>
    public TOptions? OptionsOf<TOptions>() where TOptions : class => State.TryGetValue(Waterfall.OptionsKey, out var options) ? DialogJson.FromElement<TOptions>(options) : null;
}

/// <summary>A dialog and what it was begun with.</summary>
/// <param name="DialogId">Which.</param>
/// <param name="Options">With what, if anything.</param>
public sealed record BegunDialog(string DialogId, JsonElement? Options);

/// <summary>A step of a waterfall at which something was asked, as it stood before: to return to it.</summary>
/// <param name="Step">Counted from 0.</param>
/// <param name="Result">What the step got.</param>
/// <param name="Draft">What the waterfall remembered.</param>
/// <param name="Field">What the answer is for, where it is known.</param>
public sealed record AskedStep(int Step, JsonElement? Result, JsonElement? Draft, string? Field);

/// <summary>What was answered to a question.</summary>
/// <param name="Said">In which words.</param>
/// <param name="Values">In invariant form.</param>
public sealed record AnsweredField(string Said, IReadOnlyList<string> Values);

/// <summary>Serialization of dialog state, generated at build time: camelCase, absent members left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(DialogState))]
[JsonSerializable(typeof(List<DialogInstance>))]
[JsonSerializable(typeof(PromptOptions))]
[JsonSerializable(typeof(List<AskedStep>))]
[JsonSerializable(typeof(DialogInstance))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(FoundChoice))]
[JsonSerializable(typeof(IReadOnlyList<FoundChoice>))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(DateOnly))]
public sealed partial class DialogJson : JsonSerializerContext
{
    private static readonly JsonSerializerOptions Any = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = JsonTypeInfoResolver.Combine(Default, new DefaultJsonTypeInfoResolver()),
    };

    /// <summary>A value as options, results and state carry it.</summary>
    public static JsonElement ToElement<T>(T value) =>
        value is JsonElement element ? element : JsonSerializer.SerializeToElement(value, Any);

    /// <summary>The value an element carries.</summary>
    public static T? FromElement<T>(JsonElement element) =>
        element is T same ? same : element.Deserialize<T>(Any);
}

/// <summary>The stored stack names a dialog that is gone or has changed since; the caller resets it with an apology.</summary>
public sealed class OutdatedDialogStateException : Exception
{
    /// <summary>Without a message.</summary>
    public OutdatedDialogStateException()
    {
    }

    /// <summary>With a message.</summary>
    public OutdatedDialogStateException(string message) : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    public OutdatedDialogStateException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
