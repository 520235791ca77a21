using System.Globalization;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations;

/// <summary>How replies to a question are read, and what is said to those that do not answer it.</summary>
internal static class ReplyManners
{
    private const int MostOffered = 5;

    private const string AnyField = "any";

    /// <summary>The fields whose question has an explanation of its own; <c>any</c> is that of all others.</summary>
    public static IReadOnlyList<string> ExplainedFields { get; } =
    [
        "opportunity", "account", "milestones", "milestoneDate", "evidence", "nextStep", "nextStepDate", "lostReason", "holdReason", "until", "department", "level",
        "buyingRole", "strength", "coach", "reportsTo", "maintainer", "contacts", "answers", "visitAt", "expectedClose", "bidDeadline", "confirm", AnyField,
        .. Enum.GetValues<EvaluationCriterion>().Select(ScoreOf),
    ];

    /// <summary>The field of a score.</summary>
    public static string ScoreOf(EvaluationCriterion criterion) => $"evaluation.{criterion.ToString().ToLowerInvariant()}";

    /// <summary>The manners that all prompts share.</summary>
    public static PromptManners Of { get; } = new(
        static (turn, question) => Message.Of(PlainText.Of(question) + Marks.Paragraph + Scene.Of(turn).Say("prompt.leave")).Offering(question.ReadyAnswers),
        static turn => Message.Of(Scene.Of(turn).Say("prompt.declined")))
    {
        Read = static (turn, question, options, words) => Read(Scene.Of(turn), question, options, words),
        Explained = static (turn, options) => Scene.Of(turn).Say("what-is." + (options.Field is { } field && ExplainedFields.Contains(field, StringComparer.Ordinal) ? field : AnyField)),
        Narrower = static (turn, options, reading) => Narrower(Scene.Of(turn), options, reading),
        Left = static turn => Message.ForAll(Scene.Of(turn).Say("cancelled")),
        IsFirst = static turn => Message.Of(Scene.Of(turn).Say("prompt.first")),
        Offer = static (turn, words) => new ReadyAnswer(Scene.Of(turn).Say("prompt.as-before", words), words),
        Noted = Note,
    };

    /// <summary>Reads words in the light of a question, where the speaker is and in their formats.</summary>
    public static ReplyReading Read(Scene scene, OpenQuestion question, PromptOptions options, string words) => ReplyReadings.Read(
        words,
        question with
        {
            Today = scene.Today,
            Culture = scene.Culture,
            Names = options.Names is { } names ? [.. names.Select(n => new KnownName(n.IsRival ? NameKind.Competitor : NameKind.Contact, n.Id, n.Name))] : [],
            FormerFurther = options.FormerFurther is { } further ? [.. further.Select(f => new ReplyField(f.Key, [f.Value]))] : [],
        });

    private static Message Narrower(Scene scene, PromptOptions options, ReplyReading reading)
    {
        var offered = reading.Candidates.Take(MostOffered).ToList();
        if (offered.All(c => Day(c) is not null))
        {
            var days = offered.Select(c => Day(c)!.Value).ToList();
            return days switch
            {
                [var one] when one < scene.Today => Message.Of(scene.Say("prompt.past", scene.Format(one))),
                [var one] => Message.Of(scene.Say("prompt.which-day", scene.Format(one))),
                [var from, var to] when options.Field is "milestoneDate" or "contacts" => Message.Of(scene.Say("prompt.day-between", scene.Format(from), scene.Format(to))),
                _ => Message.Of(scene.Say("prompt.which-of")).Offering([.. days.Select(d => new ReadyAnswer(scene.Format(d), scene.Format(d)))]),
            };
        }

        return Message.Of(scene.Say("prompt.which-of")).Offering([.. offered.Select(c => Shown(scene, options, c))]);
    }

    private static ReadyAnswer Shown(Scene scene, PromptOptions options, string candidate)
    {
        var shown = options.Choices?.FirstOrDefault(c => (c.Id ?? c.Value) == candidate)?.Value
            ?? (decimal.TryParse(candidate, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number.ToString("N0", scene.Culture) : candidate);
        return new ReadyAnswer(shown, options.Choices is null ? candidate : shown);
    }

    private static DateOnly? Day(string value) =>
        DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    // for the trace: what the reply was taken for, never its words beyond the values
    private static void Note(TurnContext turn, PromptOptions options, ReplyReading reading)
    {
        var isAnswer = reading.Effect is ReplyEffect.Answer;
        turn.Set(new Understood
        {
            Effect = reading.Effect,
            Value = isAnswer ? ValueOf(options, reading) : null,
            Changes = [.. reading.Changes.Concat(reading.Also).Select(c => new UnderstoodChange(c.Field, c.Values))],
            Score = reading.Score,
            Slots = reading.To is { } to ? new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["to"] = [to] } : new(StringComparer.Ordinal),
        });
    }

    // why in a word, where the words give one of the usual reasons
    private static IReadOnlyList<string> ValueOf(PromptOptions options, ReplyReading reading) =>
        reading.Cause is { } cause && options.Field?.EndsWith("Reason", StringComparison.Ordinal) == true ? [cause] : reading.Values;
}
