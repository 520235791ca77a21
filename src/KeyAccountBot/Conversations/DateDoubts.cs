using System.Text.Json;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Conversations;

/// <summary>Dates that are hardly meant are asked about, not taken: the question says the date as read and offers the likely one, or yes.</summary>
internal static class DateDoubts
{
    private const string Doubted = "doubted";

    /// <summary>Judges a date that was written as an answer.</summary>
    public static PromptValidator<DateOnly> Of(DateSense sense) => (prompt, _) => ValueTask.FromResult(IsMeant(prompt, prompt.Succeeded ? prompt.Value : null, d => d, sense));

    /// <summary>Whether an answer stands, whose date is <paramref name="day"/>: one that is doubted does after a yes.</summary>
    /// <param name="prompt">The answer.</param>
    /// <param name="day">Its date; <c>null</c> where none was understood.</param>
    /// <param name="answerOf">The answer that a doubted date stands for.</param>
    /// <param name="sense">What the date is for.</param>
    public static bool IsMeant<T>(PromptValidatorContext<T> prompt, DateOnly? day, Func<DateOnly, T> answerOf, DateSense sense)
    {
        var scene = Scene.Of(prompt.Turn);
        if (DoubtedOf(prompt) is { } doubted && ConfirmPrompt.Meaning(prompt.Said) == true)
        {
            prompt.AnswerWith(answerOf(doubted));
            return true;
        }

        prompt.State.Remove(Doubted);
        if (day is not { } read)
        {
            return false;
        }

        if (PlausibleDate.Likely(read, scene.Today, sense) is not { } likely)
        {
            return true;
        }

        prompt.State[Doubted] = DialogJson.ToElement(read);
        prompt.Turn.Send(Question(scene, read, likely));
        return false;
    }

    /// <summary>Asks about a date that came otherwise than as an answer: on a card, in a sentence. Goes on to the next step where there is nothing to doubt.</summary>
    /// <param name="step">Where it came up.</param>
    /// <param name="day">The date.</param>
    /// <param name="sense">What it is for.</param>
    /// <param name="token">Where a card was filled in, what makes the question's card stale once it is answered: it stands in that card's place.</param>
    /// <param name="cancellationToken">Stops before the question.</param>
    /// <param name="otherwise">What the next step gets where there is nothing to doubt.</param>
    public static ValueTask<DialogTurnResult> AskAsync(
        WaterfallStepContext step, DateOnly? day, DateSense sense, string? token, CancellationToken cancellationToken, JsonElement? otherwise = null)
    {
        var scene = Scene.Of(step.Turn);
        if (day is not { } read || PlausibleDate.Likely(read, scene.Today, sense) is not { } likely)
        {
            return step.NextAsync(otherwise, cancellationToken);
        }

        var prompt = sense switch { DateSense.Past => Prompts.PastDate, DateSense.FarAhead => Prompts.CloseDate, _ => Prompts.Date };
        return step.PromptAsync(
            prompt,
            new PromptOptions
            {
                Prompt = Question(scene, read, likely, token),
                RetryPrompt = Message.Of(scene.Say("check-in.due-again")),
                Validations = DialogJson.ToElement(new Dictionary<string, DateOnly>(StringComparer.Ordinal) { [Doubted] = read }),
            },
            cancellationToken);
    }

    private static DateOnly? DoubtedOf<T>(PromptValidatorContext<T> prompt) =>
        prompt.State.TryGetValue(Doubted, out var kept) ? DialogJson.FromElement<DateOnly>(kept)
        : prompt.AttemptCount == 1 && prompt.Options.Validations is { ValueKind: JsonValueKind.Object } given && given.TryGetProperty(Doubted, out var asked)
            ? DialogJson.FromElement<DateOnly>(asked)
        : null;

    private static Message Question(Scene scene, DateOnly read, DateOnly likely, string? token = null)
    {
        var (said, meant) = (scene.Format(read), scene.Format(likely));
        var (question, keep) = (scene.Say("date.doubt", said, meant), scene.Say("date.doubt-keep", said));
        var message = token is null ? Message.Of(question) : ConversationCard.Of(
            scene, question, [], "", [ConversationCard.Answer(meant, meant, token, ActionStyle.Positive), ConversationCard.Answer(keep, "yes", token)]);
        return message.Offering(new ReadyAnswer(meant, meant), new ReadyAnswer(keep, scene.Say("yes.says")));
    }
}
