using KeyAccountBot.Messages;

namespace KeyAccountBot.Dialogs;

/// <summary>One turn: what came in and what is said in answer to it. Nothing is sent; messages are collected for the caller.</summary>
/// <param name="id">The same for every delivery of what came in, and for nothing else.</param>
/// <param name="incoming">What came in.</param>
public sealed class TurnContext(string id, Incoming incoming)
{
    private readonly List<Message> _replies = [];
    private Dictionary<Type, object>? _handed;

    /// <summary>The same for every delivery of what came in, and for nothing else: what the turn begins is recorded under it once.</summary>
    public string Id { get; } = id;

    /// <summary>What came in.</summary>
    public Incoming Incoming { get; private set; } = incoming;

    /// <summary>Others than the speaker read here.</summary>
    public bool IsAmongOthers { get; init; }

    /// <summary>The speaker's language, a culture name: whatever is said from then on is said in it. <c>null</c> while it is not known.</summary>
    public string? Language { get; set; }

    /// <summary>The words said; empty for a press or a form.</summary>
    public string Words => Incoming is Incoming.Said said ? said.Words : "";

    /// <summary>Takes these words in the place of what came in, such as the address of a file.</summary>
    public void Take(string words) => Incoming = new Incoming.Said(words);

    /// <summary>What was said so far, in order.</summary>
    public IReadOnlyList<Message> Replies => _replies;

    /// <summary>Says this.</summary>
    public void Send(Message message) => _replies.Add(Language is { } language ? message with { Language = language } : message);

    /// <summary>Says this in words.</summary>
    public void Send(string words) => Send(Message.Of(words));

    /// <summary>Hands the dialogs one thing of the application, such as the person, the clock or the texts; a later one of the same type replaces it.</summary>
    public void Set<T>(T value) where T : notnull => (_handed ??= [])[typeof(T)] = value;

    /// <summary>What was handed over under this type; <c>null</c> for nothing.</summary>
    public T? Find<T>() where T : class => _handed is not null && _handed.TryGetValue(typeof(T), out var value) ? (T)value : null;

    /// <summary>What the application handed over under this type.</summary>
    /// <exception cref="InvalidOperationException">Nothing of this type was handed over.</exception>
    public T Get<T>() where T : notnull =>
        _handed is not null && _handed.TryGetValue(typeof(T), out var value)
            ? (T)value
            : throw new InvalidOperationException($"The turn was handed no {typeof(T).Name}.");

}
