using System.Globalization;
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
    public const string Date = "date";

    // what is written here is shown on cards, which have a size of their own to keep
    private const int LongestText = 1000;
    private const int LongestName = 200;

    /// <summary>Adds the prompts to a set.</summary>
    public static void AddTo(DialogSet dialogs)
    {
        dialogs.Add(new TextPrompt(Text, UpTo(LongestText)));
        dialogs.Add(new TextPrompt(Name, UpTo(LongestName)));
        dialogs.Add(new NumberPrompt(Number));
        dialogs.Add(new ChoicePrompt(Choice));
        dialogs.Add(new MultiChoicePrompt(Choices));
        dialogs.Add(new ConfirmPrompt(Confirm));
        dialogs.Add(new DateTimePrompt(Date, ReadDate));
    }

    /// <summary>A question without choices.</summary>
    public static PromptOptions Ask(string question) => new() { Prompt = Activity.Message(question) };

    /// <summary>A question with its choices numbered, and as buttons.</summary>
    public static Activity Ask(string question, IReadOnlyList<Choice> choices)
    {
        var text = new StringBuilder(question);
        for (var i = 0; i < choices.Count; i++)
        {
            text.Append(Marks.Paragraph + Marks.Number(i + 1)).Append(choices[i].Value);
        }

        return Buttons(Activity.Message(text.ToString()), [.. choices.Select((c, i) => (c.Value, (i + 1).ToString(CultureInfo.InvariantCulture)))]);
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

    /// <summary>Reads a date as the speaker writes it.</summary>
    public static DateOnly? ReadDate(string text, TurnContext turn)
    {
        var scene = Scene.Of(turn);
        return DateReading.Read(text, scene.Today, scene.Culture);
    }
}
