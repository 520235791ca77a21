using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.BotFramework.Schema;

namespace KeyAccountBot.Conversations;

/// <summary>The card that most answers share: a title, facts, a sentence, and buttons.</summary>
internal static class ConversationCard
{
    /// <summary>The verb of a button that answers the question being asked.</summary>
    public const string AnswerVerb = "answer";

    /// <summary>A button that answers; its token makes it stale once the question is settled.</summary>
    public static AdaptiveAction Answer(string title, string answer, string token, ActionStyle? style = null) =>
        new ExecuteAction(
            AnswerVerb, title, DialogJson.ToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["answer"] = answer, ["token"] = token }), style);

    /// <summary>The card; <paramref name="news"/> stands before the facts, <paramref name="sentence"/> after them.</summary>
    public static Attachment Of(
        Scene scene, string title, IReadOnlyList<(string Label, string Value)> facts, string sentence, IReadOnlyList<AdaptiveAction> answers, string news = "")
    {
        List<AdaptiveElement> body = [new TextBlock(title) { Heading = true, Weight = TextWeight.Bolder, Size = TextSize.Medium }];
        if (news.Length > 0)
        {
            body.Add(new TextBlock(news));
        }

        if (facts.Count > 0)
        {
            body.Add(new FactSet([.. facts.Select(f => new Fact(f.Label, f.Value))]));
        }

        if (sentence.Length > 0)
        {
            body.Add(new TextBlock(sentence));
        }

        return new AdaptiveCard(body, answers) { FallbackText = title, Lang = scene.Culture.TwoLetterISOLanguageName }.ToAttachment();
    }

    /// <summary>The card with the same words beside it, for clients and readers without cards.</summary>
    public static Activity Message(
        Scene scene, string title, IReadOnlyList<(string Label, string Value)> facts, string sentence, IReadOnlyList<AdaptiveAction> answers)
    {
        string[] lines = [title, .. facts.Select(f => scene.Say("fact", f.Label, f.Value)), .. sentence.Length > 0 ? [sentence] : Array.Empty<string>()];
        return Activity.Message(string.Join(Marks.Paragraph, lines)) with { Summary = title, Attachments = [Of(scene, title, facts, sentence, answers)] };
    }

    /// <summary>What was understood, and yes or no: as a card, and as words with buttons.</summary>
    public static PromptOptions Confirm(
        Scene scene, string title, IReadOnlyList<(string Label, string Value)> facts, string sentence, string yes, string token)
    {
        var message = Message(scene, title, facts, sentence, [Answer(yes, "yes", token, ActionStyle.Positive), Answer(scene.Say("no"), "no", token)]);
        return new PromptOptions { Prompt = Prompts.Buttons(message, [(yes, scene.Say("yes.says")), (scene.Say("no"), scene.Say("no.says"))]) };
    }
}
