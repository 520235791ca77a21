using System.Collections.Frozen;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Conversations;

/// <summary>The prompts that the dialogs share, and how a question is put.</summary>
internal static class Prompts
{
    /// <summary>A sentence or two: a reason, evidence, a next step.</summary>
    public const string Text = "text";

    /// <summary>What something is called.</summary>
    public const string Name = "name";
    public const string Number = "number";
    public const string Choice = "choice";
    public const string Choices = "choices";
    public const string Confirm = "confirm";

    /// <summary>A day to come: a step, a deadline, an absence.</summary>
    public const string Date = "date";

    /// <summary>A day on which something happened.</summary>
    public const string PastDate = "date/past";

    /// <summary>A day on which a customer is to decide.</summary>
    public const string CloseDate = "date/close";

    /// <summary>A day on which what rests is looked at again, at the latest the one that is carried with the question.</summary>
    public const string HoldDate = "date/hold";

    /// <summary>Which of several opportunities is meant.</summary>
    public const string WhichOpportunity = "find-opportunity/which";

    // what is written here is shown on cards, which have a size of their own to keep
    private const int LongestText = 1000;
    private const int LongestName = 200;

    /// <summary>How many choices a question lists.</summary>
    public const int Listed = 12;


    /// <summary>Adds the prompts to a set.</summary>
    public static void AddTo(DialogSet dialogs)
    {
        dialogs.Add(new TextPrompt(Text, UpTo(LongestText), ReplyManners.Of));
        dialogs.Add(new TextPrompt(Name, UpTo(LongestName), ReplyManners.Of) { As = QuestionKind.Name });
        dialogs.Add(new NumberPrompt(Number, manners: Manners) { IsAmount = true });
        dialogs.Add(new ChoicePrompt(Choice, manners: Manners));
        dialogs.Add(new MultiChoicePrompt(Choices, manners: Manners));
        dialogs.Add(new ConfirmPrompt(Confirm, manners: Manners));
        dialogs.Add(new DateTimePrompt(Date, ReadDate, DateDoubts.Of(DateSense.Ahead), Manners));
        dialogs.Add(new DateTimePrompt(PastDate, ReadDate, DateDoubts.Of(DateSense.Past), Manners) { IsPast = true });
        dialogs.Add(new DateTimePrompt(CloseDate, ReadDate, DateDoubts.Of(DateSense.FarAhead), Manners));
        dialogs.Add(new DateTimePrompt(HoldDate, ReadDate, IsHoldDateAsync, Manners));
    }

    /// <summary>A question without choices.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="field">What the answer is for.</param>
    public static PromptOptions Ask(string question, string? field = null) => new() { Prompt = Message.Of(question), Field = field };

    /// <summary>A question with its choices; where not all are listed, it says how many more can be named.</summary>
    /// <param name="scene">Who is asked.</param>
    /// <param name="question">What.</param>
    /// <param name="choices">All that may be named.</param>
    /// <param name="of">How many there are, where not all of them are among the choices.</param>
    public static Message Ask(Scene scene, string question, IReadOnlyList<Choice> choices, int? of = null)
    {
        var more = (of ?? choices.Count) - Math.Min(choices.Count, Listed);
        return Message.Of(question) with
        {
            Language = scene.Culture.Name,
            Choices = [.. choices.Take(Listed).Select(c => c.Value)],
            Hint = more > 0 ? scene.Say("prompt.more", more) : null,
        };
    }

    /// <summary>A question of whose choices any may be taken: all of them numbered, for numbers are what it is answered with.</summary>
    public static Message AskAny(string question, IReadOnlyList<Choice> choices) =>
        Message.Of(question) with { Choices = [.. choices.Select(c => c.Value)], IsAnsweredInWords = true };

    /// <summary>What is said where an answer leads nowhere; in words, for the buttons were seen and did not help.</summary>
    public static PromptManners Manners => ReplyManners.Of;

    /// <summary>The words said; <c>null</c> for "-", "skip" and their like: nothing to say.</summary>
    public static string? Said(WaterfallStepContext step)
    {
        var text = step.HasResult ? step.Result<string>()?.Trim() : null;
        return text is null || IsNothing(text) ? null : text;
    }

    /// <summary>Whether the words say that there is nothing to say.</summary>
    public static bool IsNothing(string text) => text.Trim() is "" or "-" || NothingWords.Contains(text.Trim());

    private static readonly FrozenSet<string> NothingWords = AnswerWords.Of("nothing");

    private static PromptValidator<string> UpTo(int length) => (prompt, _) =>
    {
        if (prompt.Value?.Length <= length)
        {
            return ValueTask.FromResult(true);
        }

        prompt.Turn.Send(Scene.Of(prompt.Turn).Say("too-long", length + 1));
        return ValueTask.FromResult(false);
    };

    /// <summary>Asks for the day on which what rests is looked at again.</summary>
    public static PromptOptions AskHoldDate(Scene scene, DateOnly latest, string? question = null) => new()
    {
        Field = "until",
        Prompt = Message.Of(question ?? scene.Say("hold.until", scene.Format(latest))),
        RetryPrompt = Message.Of(scene.Say("hold.until-again", scene.Format(latest))),
        Validations = DialogJson.ToElement(new Dictionary<string, DateOnly>(StringComparer.Ordinal) { [Latest] = latest }),
    };

    private const string Latest = "latest";

    // no yes takes it further away than the playbook allows
    private static ValueTask<bool> IsHoldDateAsync(PromptValidatorContext<DateOnly> prompt, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(prompt.Turn);
        var latest = DialogJson.FromElement<DateOnly>(prompt.Options.Validations!.Value.GetProperty(Latest));
        var isIn = prompt.Succeeded && prompt.Value > scene.Today && prompt.Value <= latest;
        if (prompt.Succeeded && !isIn)
        {
            prompt.Turn.Send(PlausibleDate.Likely(prompt.Value, scene.Today, DateSense.Ahead) is { } likely && likely > scene.Today && likely <= latest
                ? Message.Of(scene.Say("date.meant", scene.Format(prompt.Value), scene.Format(likely))).Offering(new ReadyAnswer(scene.Format(likely), scene.Format(likely)))
                : Message.Of(scene.Say("refusal.hold-outside", scene.Format(latest))));
        }

        return ValueTask.FromResult(isIn);
    }

    /// <summary>Whether a question is closed: a few answers fit it, and no sentence does.</summary>
    public static bool IsClosed(string dialog) =>
        dialog is Choice or Choices or Confirm or Number or Date or PastDate or CloseDate or HoldDate or WhichOpportunity;

    /// <summary>Reads a date as the speaker writes it.</summary>
    public static DateOnly? ReadDate(string text, TurnContext turn)
    {
        var scene = Scene.Of(turn);
        return DateReading.Read(text, scene.Today, scene.Culture);
    }
}
