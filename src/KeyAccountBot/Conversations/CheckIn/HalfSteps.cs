using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Conversations.CheckIn;

/// <summary>A next step without a day, or a day without a step, as a card may bring it: what is missing is asked for.</summary>
internal static class HalfSteps
{
    /// <summary>Asks for what is missing; goes on to the next step where nothing is.</summary>
    public static ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext step, string? what, DateOnly? due, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        return (what, due) switch
        {
            ({ } next, null) => step.PromptAsync(
                Prompts.Date,
                new PromptOptions
                {
                    Prompt = Message.Of(scene.Say("check-in.due-of", next)), RetryPrompt = Message.Of(scene.Say("check-in.due-again")), Field = NextStepQuestion.Due,
                },
                cancellationToken),
            (null, { } day) => step.PromptAsync(Prompts.Text, Prompts.Ask(scene.Say("check-in.step-of", scene.Format(day)), NextStepQuestion.Field), cancellationToken),
            _ => step.NextAsync(cancellationToken: cancellationToken),
        };
    }

    /// <summary>The step and its day with what was answered; neither where there is to be no step after all.</summary>
    public static (string? What, DateOnly? Due) Take(WaterfallStepContext step, string? what, DateOnly? due) =>
        !step.HasResult ? (what, due)
        : what is not null ? (what, step.Result<DateOnly>())
        : Prompts.Said(step) is { } said ? (said, due)
        : (null, null);
}
