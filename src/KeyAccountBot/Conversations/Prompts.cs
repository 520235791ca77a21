using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;

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

    // what is written here is shown on cards, which have a size of their own to keep
    private const int LongestText = 1000;
    private const int LongestName = 200;

    /// <summary>How many choices a question lists.</summary>
    public const int Listed = 12;

    private const int MostSuggested = 3;
    private const int MostOnCard = 6;
    private const int LongestButton = 80;

    /// <summary>Adds the prompts to a set.</summary>
    public static void AddTo(DialogSet dialogs)
    {
        dialogs.Add(new TextPrompt(Text, UpTo(LongestText)));
        dialogs.Add(new TextPrompt(Name, UpTo(LongestName)));
        dialogs.Add(new NumberPrompt(Number, manners: Manners));
        dialogs.Add(new ChoicePrompt(Choice, manners: Manners));
        dialogs.Add(new MultiChoicePrompt(Choices, manners: Manners));
        dialogs.Add(new ConfirmPrompt(Confirm, manners: Manners));
        dialogs.Add(new DateTimePrompt(Date, ReadDate, DateDoubts.Of(DateSense.Ahead), Manners));
        dialogs.Add(new DateTimePrompt(PastDate, ReadDate, DateDoubts.Of(DateSense.Past), Manners));
        dialogs.Add(new DateTimePrompt(CloseDate, ReadDate, DateDoubts.Of(DateSense.FarAhead), Manners));
        dialogs.Add(new DateTimePrompt(HoldDate, ReadDate, IsHoldDateAsync, Manners));
    }

    /// <summary>A question without choices.</summary>
    public static PromptOptions Ask(string question) => new() { Prompt = Activity.Message(question) };

    /// <summary>A question with its choices numbered, and as buttons where there are few; where not all are listed, it says how many more can be named.</summary>
    /// <param name="scene">Who is asked.</param>
    /// <param name="question">What.</param>
    /// <param name="choices">All that may be named.</param>
    /// <param name="of">How many there are, where not all of them are among the choices.</param>
    public static Activity Ask(Scene scene, string question, IReadOnlyList<Choice> choices, int? of = null)
    {
        var listed = Numbered(question, [.. choices.Take(Listed)]);
        var more = (of ?? choices.Count) - Math.Min(choices.Count, Listed);
        return more > 0
            ? Activity.Message(listed + Marks.Paragraph + scene.Say("prompt.more", more))
            : Offer(scene, Activity.Message(listed), question, [.. choices.Select((c, i) => (c.Value, (i + 1).ToString(CultureInfo.InvariantCulture)))]);
    }

    /// <summary>A question of whose choices any may be taken: all of them numbered, for numbers are what it is answered with.</summary>
    public static Activity AskAny(string question, IReadOnlyList<Choice> choices) => Activity.Message(Numbered(question, choices));

    /// <summary>
    /// A question with what may be pressed. Teams shows three suggested actions; more are buttons of a card, as many as a card shows, and
    /// beyond that, or where they are too long for a button, the words alone do.
    /// </summary>
    public static Activity Offer(Scene scene, Activity message, string question, IReadOnlyList<(string Title, string Says)> buttons)
    {
        if (buttons.Count <= MostSuggested)
        {
            return Buttons(message, buttons);
        }

        if (buttons.Count > MostOnCard || buttons.Any(b => b.Title.Length > LongestButton))
        {
            return message;
        }

        // the same question with the same choices is the same card: an older one is as good while they stand
        var token = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', [question, .. buttons.Select(b => b.Title)]))))[..24];
        return message with
        {
            Summary = Marks.Without(Marks.FirstLine(question)),
            Attachments = [ConversationCard.Of(scene, question, [], "", [.. buttons.Select(b => ConversationCard.Answer(b.Title, b.Says, token))])],
        };
    }

    /// <summary>What is said where an answer leads nowhere; in words, for the card was seen and did not help.</summary>
    public static PromptManners Manners { get; } = new(
        static (turn, question) => question with { Text = question.Text + Marks.Paragraph + Scene.Of(turn).Say("prompt.leave"), Attachments = null },
        static turn => Activity.Message(Scene.Of(turn).Say("prompt.declined")));

    private static string Numbered(string question, IReadOnlyList<Choice> choices)
    {
        var text = new StringBuilder(question);
        for (var i = 0; i < choices.Count; i++)
        {
            text.Append(Marks.Paragraph + Marks.Number(i + 1)).Append(choices[i].Value);
        }

        return text.ToString();
    }

    /// <summary>A message with buttons that say something.</summary>
    public static Activity Buttons(Activity message, IReadOnlyList<(string Title, string Says)> buttons) => message with
    {
        SuggestedActions = new SuggestedActions([.. buttons.Select(b => new CardAction("imBack", Marks.Plain(b.Title), b.Says))]),
    };

    /// <summary>The words said; <c>null</c> for "-", "skip" and their like: nothing to say.</summary>
    public static string? Said(WaterfallStepContext step)
    {
        var text = step.HasResult ? step.Result<string>()?.Trim() : null;
        return text is null || IsNothing(text) ? null : text;
    }

    /// <summary>Whether the words say that there is nothing to say.</summary>
    public static bool IsNothing(string text) => text.Trim() is "" or "-" || NothingWords.Contains(text.Trim());

    private static readonly HashSet<string> NothingWords =
        new(StringComparer.OrdinalIgnoreCase) { "skip", "none", "no", "nothing", "n/a", "无", "没有", "跳过" };

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
        Prompt = Activity.Message(question ?? scene.Say("hold.until", scene.Format(latest))),
        RetryPrompt = Activity.Message(scene.Say("hold.until-again", scene.Format(latest))),
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
                ? Buttons(Activity.Message(scene.Say("date.meant", scene.Format(prompt.Value), scene.Format(likely))), [(scene.Format(likely), scene.Format(likely))])
                : Activity.Message(scene.Say("refusal.hold-outside", scene.Format(latest))));
        }

        return ValueTask.FromResult(isIn);
    }

    /// <summary>Reads a date as the speaker writes it.</summary>
    public static DateOnly? ReadDate(string text, TurnContext turn)
    {
        var scene = Scene.Of(turn);
        return DateReading.Read(text, scene.Today, scene.Culture);
    }
}
