using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>Asks when a visit is: a day, and a time of day with it or after it.</summary>
internal static class VisitPrompts
{
    /// <summary>A day with or without a time, today or later.</summary>
    public const string Moment = "visit/moment";

    /// <summary>A time of day.</summary>
    public const string Time = "visit/time";

    /// <summary>When a visit begins unless somebody says otherwise.</summary>
    public static readonly TimeOnly UsualTime = new(10, 0);

    private static readonly TimeOnly[] OfferedTimes = [new(9, 0), UsualTime, new(14, 0), new(16, 0)];

    /// <summary>The prompts.</summary>
    public static IEnumerable<Dialog> All => [new TextPrompt(Moment, IsMomentAsync, Prompts.Manners) { As = QuestionKind.Moment }, new TextPrompt(Time, IsTimeAsync, Prompts.Manners) { As = QuestionKind.Number }];

    /// <summary>Asks for the day.</summary>
    public static PromptOptions AskMoment(Scene scene, string question) => new()
    {
        Prompt = Message.Of(question),
        Field = "visitAt",
        RetryPrompt = Message.Of(VisitTexts.Say(scene, "visit.when-again")),
    };

    /// <summary>Asks for the time.</summary>
    public static PromptOptions AskTime(Scene scene) => new()
    {
        Prompt = Message.Of(VisitTexts.Say(scene, "visit.time"))
            .Offering([.. OfferedTimes.Select(t => t.ToString("HH:mm", scene.Culture)).Select(t => new ReadyAnswer(t, t))]),
        RetryPrompt = Message.Of(VisitTexts.Say(scene, "visit.time-again")),
    };

    /// <summary>The day that was said, and the time if it was said with it.</summary>
    public static ReadMoment TakeMoment(WaterfallStepContext step)
    {
        var scene = Scene.Of(step.Turn);
        return TimeReading.Read(step.Result<string>()!, scene.Today, scene.Culture)!;
    }

    /// <summary>The time that was said after the day; <paramref name="before"/> where none was asked for.</summary>
    public static TimeOnly? TakeTime(WaterfallStepContext step, TimeOnly? before) =>
        step.HasResult ? TimeReading.ReadTime(step.Result<string>()!) ?? UsualTime : before;

    private static ValueTask<bool> IsMomentAsync(PromptValidatorContext<string> prompt, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(prompt.Turn);
        var moment = TimeReading.Read(prompt.Value ?? "", scene.Today, scene.Culture);
        if (moment?.Day < scene.Today)
        {
            prompt.Turn.Send(VisitTexts.Say(scene, "visit.day-passed", scene.Format(moment.Day)));
        }

        return ValueTask.FromResult(DateDoubts.IsMeant(
            prompt, moment?.Day >= scene.Today ? moment?.Day : null, d => scene.Format(d), DateSense.Ahead));
    }

    // "skip" leaves the usual time
    private static ValueTask<bool> IsTimeAsync(PromptValidatorContext<string> prompt, CancellationToken cancellationToken) =>
        ValueTask.FromResult(TimeReading.ReadTime(prompt.Value ?? "") is not null || Prompts.IsNothing(prompt.Value ?? ""));
}
