using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;

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

    /// <summary>Adds the prompts to a set.</summary>
    public static void AddTo(DialogSet dialogs)
    {
        dialogs.Add(new TextPrompt(Moment, IsMomentAsync, Prompts.Manners));
        dialogs.Add(new TextPrompt(Time, IsTimeAsync, Prompts.Manners));
    }

    /// <summary>Asks for the day.</summary>
    public static PromptOptions AskMoment(Scene scene, string question) => new()
    {
        Prompt = Activity.Message(question),
        RetryPrompt = Activity.Message(VisitTexts.Say(scene, "visit.when-again")),
    };

    /// <summary>Asks for the time.</summary>
    public static PromptOptions AskTime(Scene scene) => new()
    {
        Prompt = Prompts.Offer(
            scene, Activity.Message(VisitTexts.Say(scene, "visit.time")), VisitTexts.Say(scene, "visit.time"),
            [.. OfferedTimes.Select(t => t.ToString("HH:mm", scene.Culture)).Select(t => (t, t))]),
        RetryPrompt = Activity.Message(VisitTexts.Say(scene, "visit.time-again")),
    };

    /// <summary>Keeps the day that was said, and the time if it was said with it.</summary>
    public static void TakeMoment(WaterfallStepContext step)
    {
        var scene = Scene.Of(step.Turn);
        var moment = TimeReading.Read(step.Result<string>()!, scene.Today, scene.Culture)!;
        step.Values.Set("day", moment.Day);
        step.Values.Set("time", moment.Time);
    }

    /// <summary>Keeps the time that was said after the day.</summary>
    public static void TakeTime(WaterfallStepContext step)
    {
        if (step.HasResult)
        {
            step.Values.Set("time", TimeReading.ReadTime(step.Result<string>()!) ?? UsualTime);
        }
    }

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
