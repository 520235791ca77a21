using System.Text;
using System.Text.Json;
using KeyAccountBot.Language;
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

    /// <summary>What is on record for the fields that the same reply may fill.</summary>
    public IReadOnlyDictionary<string, string>? FormerFurther { get; init; }

    /// <summary>Names on record that a reply may mention.</summary>
    public IReadOnlyList<NameBeside>? Names { get; init; }
}

/// <summary>A name on record that a reply may mention.</summary>
/// <param name="Id">Whose it is.</param>
/// <param name="Name">In full.</param>
/// <param name="IsRival">Somebody who sells the same; otherwise somebody at the customer.</param>
public sealed record NameBeside(string Id, string Name, bool IsRival = false);

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
public sealed record PromptManners(Func<TurnContext, Message, Message> Again, Func<TurnContext, Message> Declined)
{
    /// <summary>How words read as a reply to the question; absent, only the prompt itself reads them.</summary>
    public Func<TurnContext, OpenQuestion, PromptOptions, string, ReplyReading>? Read { get; init; }

    /// <summary>What is said of the question to somebody who asks what it means; the question follows.</summary>
    public Func<TurnContext, PromptOptions, string>? Explained { get; init; }

    /// <summary>The question put again, narrower, to a reply that cannot be decided.</summary>
    public Func<TurnContext, PromptOptions, ReplyReading, Message>? Narrower { get; init; }

    /// <summary>What is said to somebody who leaves the talk.</summary>
    public Func<TurnContext, Message>? Left { get; init; }

    /// <summary>What is said where there is no question before this one.</summary>
    public Func<TurnContext, Message>? IsFirst { get; init; }

    /// <summary>The button that gives again what was said to a question to which somebody went back.</summary>
    public Func<TurnContext, string, ReadyAnswer>? Offer { get; init; }

    /// <summary>Hears how a reply was taken.</summary>
    public Action<TurnContext, PromptOptions, ReplyReading>? Noted { get; init; }
}

/// <summary>A prompt that reads words in the light of its question.</summary>
internal interface IReadsReplies
{
    /// <summary>How the words read; <c>null</c> where the prompt takes words as they are.</summary>
    ReplyReading? Read(DialogContext dc, string words);

    /// <summary>What the answer is for; <c>null</c> where the question does not say.</summary>
    string? FieldOf(DialogContext dc);
}

/// <summary>A question asked until its answer is accepted.</summary>
/// <typeparam name="T">The answer, and the dialog's result.</typeparam>
/// <param name="id">Unique within its set.</param>
/// <param name="validator">Judges the answer; absent, every understood answer is accepted.</param>
/// <param name="manners">What the application says where an answer leads nowhere; absent, the question is only repeated.</param>
public abstract class Prompt<T>(string id, PromptValidator<T>? validator = null, PromptManners? manners = null) : Dialog(id), IReadsReplies
{
    private const string OptionsKey = "options";
    private const string AttemptsKey = "attempts";
    private const int Patience = 2;
    private const int LongestKept = 200;

    /// <inheritdoc/>
    public sealed override async ValueTask<DialogTurnResult> BeginAsync(DialogContext dc, JsonElement? options, CancellationToken cancellationToken)
    {
        if (options is not { } given)
        {
            throw new ArgumentException($"The prompt '{Id}' has nothing to ask.", nameof(options));
        }

        dc.ActiveInstance!.State[OptionsKey] = given;
        var asked = Asked(dc);

        // it was answered before it was put
        if (asked.Field is { } field && dc.State.Ahead is { } ahead && ahead.Remove(field, out var values) && TryTake(values, asked, out var value))
        {
            var judged = new PromptValidatorContext<T>(dc.Turn, true, value, 1, asked) { Said = string.Join(' ', values), State = dc.ActiveInstance!.State };
            var said = dc.Turn.Replies.Count;
            if (validator is null || await validator(judged, cancellationToken))
            {
                return await dc.EndAsync(DialogJson.ToElement(judged.IsAnswered ? judged.Answer : value), cancellationToken);
            }

            if (dc.Turn.Replies.Count > said)
            {
                return DialogTurnResult.Waiting;
            }
        }

        var before = asked.Field is { } name && dc.State.Answered?.GetValueOrDefault(name) is { Said: { Length: > 0 } words } && manners?.Offer is { } offer ? offer(dc.Turn, words) : null;
        Ask(dc, before is null ? asked.Prompt : asked.Prompt.Offering([.. asked.Prompt.ReadyAnswers, before]));
        return DialogTurnResult.Waiting;
    }

    /// <inheritdoc/>
    public sealed override async ValueTask<DialogTurnResult> ContinueAsync(DialogContext dc, CancellationToken cancellationToken)
    {
        if (PromptAnswer.Of(dc.Turn.Incoming) is not { } answer)
        {
            return DialogTurnResult.Waiting;
        }

        var options = Asked(dc);
        var reading = dc.Turn.Incoming is Incoming.Said ? Read(dc, options, answer) : null;
        if (reading is not null && await FollowAsync(dc, options, reading, cancellationToken) is { } followed)
        {
            return followed;
        }

        var state = dc.ActiveInstance!.State;
        var attempt = 1 + (state.TryGetValue(AttemptsKey, out var before) ? before.GetInt32() : 0);
        state[AttemptsKey] = JsonSerializer.SerializeToElement(attempt, DialogJson.Default.Int32);

        var said = dc.Turn.Replies.Count;
        var understood = TryRead(answer, dc.Turn, options, out var value);
        if (reading is { Effect: ReplyEffect.Answer } && (!understood || IsReadInItsLight) && TryTake(reading.Values, options, out var taken))
        {
            (understood, value) = (true, taken);
        }
        else if (Kind is QuestionKind.Text or QuestionKind.Name && reading is { Effect: ReplyEffect.Interrupt or ReplyEffect.Reask })
        {
            understood = false;
        }
        else if (understood && reading is not null && !IsReadInItsLight)
        {
            reading = new ReplyReading(ReplyEffect.Answer) { Values = ValuesOf(value!, options) };
        }

        if (!understood && manners is not null && (IsDeclined(answer) || reading is { Effect: ReplyEffect.Answer, Values.Count: 0, IsLeftOut: false }))
        {
            Note(dc, options, reading is null ? null : new ReplyReading(ReplyEffect.Answer));
            dc.Turn.Send(manners.Declined(dc.Turn));
            return dc.CancelAll();
        }

        if (reading is { IsLeftOut: true } && options.MayBeLeftOut)
        {
            Note(dc, options, reading);
            return await dc.EndAsync(null, cancellationToken);
        }

        var judged = new PromptValidatorContext<T>(dc.Turn, understood, value, attempt, options) { Said = answer, State = state };
        var accepted = validator is null ? understood : await validator(judged, cancellationToken) && (understood || judged.IsAnswered);
        if (!accepted && dc.Turn.Replies.Count == said && !IsReadInItsLight && reading is { Effect: ReplyEffect.Answer } && TryTake(reading.Values, options, out var meant))
        {
            judged = judged with { Succeeded = true, Value = meant };
            accepted = validator is null || await validator(judged, cancellationToken);
            value = accepted ? meant : value;
        }

        if (accepted && !judged.IsAnswered && IsReadInItsLight && IsToBeNarrowed(reading))
        {
            accepted = false;
        }

        if (accepted)
        {
            var given = judged.IsAnswered ? judged.Answer : value;
            Note(dc, options, reading is { Effect: ReplyEffect.Answer } ? reading : new ReplyReading(ReplyEffect.Answer) { Values = ValuesOf(given!, options) });
            Keep(dc, options, given, reading, answer);
            return await dc.EndAsync(DialogJson.ToElement(given), cancellationToken);
        }

        Note(dc, options, reading is { Effect: ReplyEffect.Interrupt } ? reading : new ReplyReading(ReplyEffect.Reask) { Candidates = reading?.Candidates ?? [] });
        if (dc.Turn.Replies.Count == said)
        {
            var again = options.RetryPrompt ?? options.Prompt;
            Ask(dc, reading is { Effect: ReplyEffect.Reask, Candidates.Count: > 0 } && manners?.Narrower is { } narrower ? narrower(dc.Turn, options, reading)
                : attempt >= Patience && manners is not null ? manners.Again(dc.Turn, again) : again);
        }

        return DialogTurnResult.Waiting;
    }

    // a day gone by for something to come; some day of a week for something past
    private bool IsToBeNarrowed(ReplyReading? reading) =>
        reading is { Effect: ReplyEffect.Reask, Candidates.Count: > 0 } && (Kind != QuestionKind.PastDay || reading.Candidates.Count > 1);

    /// <inheritdoc/>
    ReplyReading? IReadsReplies.Read(DialogContext dc, string words) => Read(dc, Asked(dc), words);

    string? IReadsReplies.FieldOf(DialogContext dc) => Asked(dc).Field;

    private ReplyReading? Read(DialogContext dc, PromptOptions options, string words) => manners?.Read?.Invoke(
        dc.Turn,
        new OpenQuestion(Kind, options.Field ?? "")
        {
            Choices = [.. (options.Choices ?? []).Select(c => new ReplyChoice(c.Id ?? c.Value, c.Value) { Synonyms = c.Synonyms ?? [], Beside = c.Beside ?? [] })],
            Further = options.Further ?? [],
            MayBeLeftOut = options.MayBeLeftOut,
            Unit = options.Unit ?? 1,
            Former = options.Former,
        },
        options,
        words);

    // back, out, what does it mean: what a reply does beside answering
    private async ValueTask<DialogTurnResult?> FollowAsync(DialogContext dc, PromptOptions options, ReplyReading reading, CancellationToken cancellationToken)
    {
        switch (reading.Effect)
        {
            case ReplyEffect.Abandon when manners?.Left is { } left:
                Note(dc, options, reading);
                dc.Turn.Send(left(dc.Turn));
                return dc.CancelAll();
            case ReplyEffect.Clarify when manners?.Explained is { } explained:
                Note(dc, options, reading);
                dc.Turn.Send(explained(dc.Turn, options));
                Ask(dc, options.Prompt);
                return DialogTurnResult.Waiting;
            case ReplyEffect.Back:
                Note(dc, options, reading);
                if (reading.To == ReplyReading.ToStart)
                {
                    return await dc.StartOverAsync(false, cancellationToken) ?? First();
                }

                return (reading.To is { } to ? await dc.BackAsync(to, cancellationToken) : null)
                    ?? await dc.BackAsync(cancellationToken: cancellationToken) ?? await dc.StartOverAsync(true, cancellationToken) ?? First();
            case ReplyEffect.Correct when reading.Changes.Count > 0:
                Note(dc, options, reading);
                return await CorrectAsync(dc, options, reading, cancellationToken);
            default:
                return null;
        }

        DialogTurnResult First()
        {
            if (manners?.IsFirst is { } isFirst)
            {
                dc.Turn.Send(isFirst(dc.Turn));
            }

            Ask(dc, options.Prompt);
            return DialogTurnResult.Waiting;
        }
    }

    // an earlier answer was wrong: its question is answered anew, and those after it as they were
    private async ValueTask<DialogTurnResult> CorrectAsync(DialogContext dc, PromptOptions options, ReplyReading reading, CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyList<string>> ahead = new(StringComparer.Ordinal);
        foreach (var (field, given) in dc.State.Answered ?? [])
        {
            ahead[field] = given.Values;
        }

        foreach (var change in reading.Changes.Concat(reading.Also))
        {
            ahead[change.Field] = change.Values;
        }

        var kept = dc.State.Ahead;
        dc.State.Ahead = ahead;
        foreach (var change in reading.Changes)
        {
            if (await dc.BackAsync(change.Field, cancellationToken) is { } asked)
            {
                return asked;
            }
        }

        // nothing is left to record, and no earlier question to put again
        if (reading.Changes.All(c => c.Values.Count == 0) && manners?.Left is { } left)
        {
            dc.Turn.Send(left(dc.Turn));
            return dc.CancelAll();
        }

        dc.State.Ahead = kept;
        Ask(dc, options.Prompt);
        return DialogTurnResult.Waiting;
    }

    private void Note(DialogContext dc, PromptOptions options, ReplyReading? reading)
    {
        if (reading is not null)
        {
            manners?.Noted?.Invoke(dc.Turn, options, reading);
        }
    }

    private void Keep(DialogContext dc, PromptOptions options, T? given, ReplyReading? reading, string said)
    {
        if (options.Field is { } field && given is not null)
        {
            (dc.State.Answered ??= new(StringComparer.Ordinal))[field] = new AnsweredField(said.Length <= LongestKept ? said : "", ValuesOf(given, options));
        }

        foreach (var also in (reading?.Also ?? []).Where(a => options.Further?.Contains(a.Field, StringComparer.Ordinal) == true))
        {
            (dc.State.Ahead ??= new(StringComparer.Ordinal))[also.Field] = also.Values;
        }
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

    /// <summary>What kind of answer it wants.</summary>
    protected abstract QuestionKind Kind { get; }

    /// <summary>Whether a reply is taken as it reads in the light of the question, rather than by the prompt's own reading.</summary>
    protected virtual bool IsReadInItsLight => false;

    /// <summary>Takes an answer in invariant form, or does not.</summary>
    /// <param name="values">A choice's id or value, several, a text, a number, an ISO date, yes or no.</param>
    /// <param name="options">What was asked.</param>
    /// <param name="value">The answer.</param>
    protected abstract bool TryTake(IReadOnlyList<string> values, PromptOptions options, out T? value);

    /// <summary>The answer in invariant form.</summary>
    protected abstract IReadOnlyList<string> ValuesOf(T value, PromptOptions options);

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
