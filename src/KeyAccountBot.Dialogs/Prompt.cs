using System.Text;
using System.Text.Json;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Dialogs;

/// <summary>What a prompt asks. It is kept in the prompt's instance, so that asking again repeats it.</summary>
public sealed record PromptOptions
{
    /// <summary>The question.</summary>
    public Message Prompt { get; init; } = new();

    /// <summary>Said to an answer not understood; absent, the question is repeated.</summary>
    public Message? RetryPrompt { get; init; }

    /// <summary>What may be chosen.</summary>
    public IReadOnlyList<Choice>? Choices { get; init; }

    /// <summary>Whatever the validator needs.</summary>
    public JsonElement? Validations { get; init; }

    /// <summary>What the answer is for, such as <c>nextStepDate</c>; absent, nothing is known of it.</summary>
    public string? Field { get; init; }

    /// <summary>Other fields that the same reply may fill.</summary>
    public IReadOnlyList<string>? Further { get; init; }

    /// <summary>Whether it may be left without an answer.</summary>
    public bool MayBeLeftOut { get; init; }

    /// <summary>In which unit a number without one is meant; absent, 1.</summary>
    public decimal? Unit { get; init; }

    /// <summary>What is on record for it, in invariant form.</summary>
    public string? Former { get; init; }
}

/// <summary>What a validator judges.</summary>
/// <param name="Turn">What came in and what is said.</param>
/// <param name="Succeeded">The answer was understood.</param>
/// <param name="Value">The answer, where it was understood.</param>
/// <param name="AttemptCount">Which answer to this prompt it is, counted from 1.</param>
/// <param name="Options">What was asked.</param>
public sealed record PromptValidatorContext<T>(TurnContext Turn, bool Succeeded, T? Value, int AttemptCount, PromptOptions Options)
{
    /// <summary>The answer as it was said.</summary>
    public string Said { get; init; } = "";

    /// <summary>What a validator remembers from one answer to the next.</summary>
    public IDictionary<string, JsonElement> State { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    internal bool IsAnswered { get; private set; }

    internal T? Answer { get; private set; }

    /// <summary>Answers in the place of what was said, such as a yes that means a date said before.</summary>
    public void AnswerWith(T answer) => (IsAnswered, Answer) = (true, answer);
}

/// <summary>
/// Whether the answer is accepted; a validator that refuses may say why, and then the retry prompt is not said. Only an answer that is
/// understood, or that the validator gives itself, can be accepted.
/// </summary>
public delegate ValueTask<bool> PromptValidator<T>(PromptValidatorContext<T> prompt, CancellationToken cancellationToken);

/// <summary>What the application says where an answer leads nowhere.</summary>
/// <param name="Again">The question as it is put from the second miss on: with how to leave it.</param>
/// <param name="Declined">What is said to "none of these", which leaves all that is going on.</param>
public sealed record PromptManners(Func<TurnContext, Message, Message> Again, Func<TurnContext, Message> Declined);

/// <summary>A question asked until its answer is accepted.</summary>
/// <typeparam name="T">The answer, and the dialog's result.</typeparam>
/// <param name="id">Unique within its set.</param>
/// <param name="validator">Judges the answer; absent, every understood answer is accepted.</param>
/// <param name="manners">What the application says where an answer leads nowhere; absent, the question is only repeated.</param>
public abstract class Prompt<T>(string id, PromptValidator<T>? validator = null, PromptManners? manners = null) : Dialog(id)
{
    private const string OptionsKey = "options";
    private const string AttemptsKey = "attempts";
    private const int Patience = 2;

    /// <inheritdoc/>
    public sealed override ValueTask<DialogTurnResult> BeginAsync(DialogContext dc, JsonElement? options, CancellationToken cancellationToken)
    {
        if (options is not { } given)
        {
            throw new ArgumentException($"The prompt '{Id}' has nothing to ask.", nameof(options));
        }

        dc.ActiveInstance!.State[OptionsKey] = given;
        Ask(dc, Asked(dc).Prompt);
        return ValueTask.FromResult(DialogTurnResult.Waiting);
    }

    /// <inheritdoc/>
    public sealed override async ValueTask<DialogTurnResult> ContinueAsync(DialogContext dc, CancellationToken cancellationToken)
    {
        if (PromptAnswer.Of(dc.Turn.Incoming) is not { } answer)
        {
            return DialogTurnResult.Waiting;
        }

        var options = Asked(dc);
        var state = dc.ActiveInstance!.State;
        var attempt = 1 + (state.TryGetValue(AttemptsKey, out var before) ? before.GetInt32() : 0);
        state[AttemptsKey] = JsonSerializer.SerializeToElement(attempt, DialogJson.Default.Int32);

        var said = dc.Turn.Replies.Count;
        var understood = TryRead(answer, dc.Turn, options, out var value);
        if (!understood && manners is not null && IsDeclined(answer))
        {
            dc.Turn.Send(manners.Declined(dc.Turn));
            return dc.CancelAll();
        }

        var judged = new PromptValidatorContext<T>(dc.Turn, understood, value, attempt, options) { Said = answer, State = state };
        var accepted = validator is null ? understood : await validator(judged, cancellationToken) && (understood || judged.IsAnswered);
        if (accepted)
        {
            return await dc.EndAsync(DialogJson.ToElement(judged.IsAnswered ? judged.Answer : value), cancellationToken);
        }

        if (dc.Turn.Replies.Count == said)
        {
            var again = options.RetryPrompt ?? options.Prompt;
            Ask(dc, attempt >= Patience && manners is not null ? manners.Again(dc.Turn, again) : again);
        }

        return DialogTurnResult.Waiting;
    }

    /// <inheritdoc/>
    public sealed override async ValueTask<DialogTurnResult> ResumeAsync(DialogContext dc, JsonElement? result, CancellationToken cancellationToken)
    {
        await RepromptAsync(dc, cancellationToken);
        return DialogTurnResult.Waiting;
    }

    /// <inheritdoc/>
    public sealed override ValueTask RepromptAsync(DialogContext dc, CancellationToken cancellationToken)
    {
        Ask(dc, Asked(dc).Prompt);
        return ValueTask.CompletedTask;
    }

    /// <summary>Understands the answer, or does not.</summary>
    /// <param name="text">The words said or the card's answer, trimmed, never empty.</param>
    /// <param name="turn">What came in.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="value">The answer.</param>
    protected abstract bool TryRead(string text, TurnContext turn, PromptOptions options, out T? value);

    /// <summary>Whether an answer that was not understood turns the question down.</summary>
    /// <param name="text">The words said or the card's answer, trimmed, never empty.</param>
    protected virtual bool IsDeclined(string text) => false;

    // its choices count while the talk goes on
    private static void Ask(DialogContext dc, Message question) => dc.Turn.Send(question with { Token = dc.State.Token });

    private static PromptOptions Asked(DialogContext dc) =>
        dc.ActiveInstance!.State[OptionsKey].Deserialize(DialogJson.Default.PromptOptions)!;
}

/// <summary>How a question is answered: in words, or by a press whose data has <c>answer</c>.</summary>
internal static class PromptAnswer
{
    public static string? Of(Incoming incoming)
    {
        var text = incoming switch
        {
            Incoming.Said said => said.Words,
            Incoming.Pressed pressed => Incoming.TextOf(pressed.Data, "answer"),
            Incoming.Filled filled => Incoming.TextOf(filled.Values, "answer"),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>One spelling for comparing: half-width, without case or closing punctuation.</summary>
    public static string Fold(string text) =>
        text.Normalize(NormalizationForm.FormKC).Trim().TrimEnd('.', '!', '。', ',', '?').TrimEnd().ToUpperInvariant();
}
