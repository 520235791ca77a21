using KeyAccountBot.Dialogs;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>A question as it was offered.</summary>
/// <param name="Id">Which.</param>
/// <param name="Text">As the speaker read it.</param>
internal sealed record AskedQuestion(string Id, string Text);

/// <summary>Which answers are asked for, and those given already.</summary>
/// <param name="Left">In the order asked.</param>
/// <param name="Given">So far.</param>
internal sealed record AskAnswers(IReadOnlyList<AskedQuestion> Left, IReadOnlyList<AnswerDraft> Given);

/// <summary>Asks what was told, one question after the other. Ends with a list of <see cref="AnswerDraft"/>.</summary>
internal static class AskAnswersDialog
{
    /// <summary>The dialog's id; its option is an <see cref="AskAnswers"/>.</summary>
    public const string Id = "visit/report/answers";

    /// <summary>The dialog: one round asks one question.</summary>
    public static Dialog Dialog => new WaterfallDialog(Id, 2, AskAsync, TakeAsync);

    private static ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        step.PromptAsync(
            Prompts.Text, Prompts.Ask(VisitTexts.Say(Scene.Of(step.Turn), "report.answer", step.Options<AskAnswers>()!.Left[0].Text)), cancellationToken);

    private static ValueTask<DialogTurnResult> TakeAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var asked = step.Options<AskAnswers>()!;

        // "skip" leaves the question open
        IReadOnlyList<AnswerDraft> given = Prompts.Said(step) is { } text ? [.. asked.Given, new AnswerDraft(asked.Left[0].Id, text)] : asked.Given;
        return asked.Left.Count == 1
            ? step.EndAsync(DialogJson.ToElement(given), cancellationToken)
            : step.ReplaceAsync(Id, DialogJson.ToElement(new AskAnswers([.. asked.Left.Skip(1)], given)), cancellationToken);
    }
}
