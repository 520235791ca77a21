using KeyAccountBot.BotFramework.Schema;

namespace KeyAccountBot.BotFramework.Dialogs;

/// <summary>One activity and what is said in answer to it. Nothing is sent: replies are collected for the caller.</summary>
/// <param name="activity">What came in.</param>
public sealed class TurnContext(Activity activity)
{
    private readonly List<Activity> _replies = [];
    private Dictionary<Type, object>? _handed;

    /// <summary>What came in.</summary>
    public Activity Activity { get; } = activity;

    /// <summary>What was said so far, in order.</summary>
    public IReadOnlyList<Activity> Replies => _replies;

    /// <summary>Something was said in this turn.</summary>
    public bool Responded => _replies.Count > 0;

    /// <summary>Says this.</summary>
    public void Send(Activity reply) => _replies.Add(reply);

    /// <summary>Says this in words.</summary>
    public void Send(string text) => _replies.Add(Activity.Message(text));

    /// <summary>Hands the dialogs one thing of the application, such as the person, the clock or the texts; a later one of the same type replaces it.</summary>
    public void Set<T>(T value) where T : notnull => (_handed ??= [])[typeof(T)] = value;

    /// <summary>What the application handed over under this type.</summary>
    /// <exception cref="InvalidOperationException">Nothing of this type was handed over.</exception>
    public T Get<T>() where T : notnull =>
        _handed is not null && _handed.TryGetValue(typeof(T), out var value)
            ? (T)value
            : throw new InvalidOperationException($"The turn was handed no {typeof(T).Name}.");
}
