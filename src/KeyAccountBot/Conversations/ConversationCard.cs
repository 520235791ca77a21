using KeyAccountBot.Messages;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations;

/// <summary>The message that most answers share: a title, news, facts, a sentence, and buttons.</summary>
internal static class ConversationCard
{
    /// <summary>A button that answers. Its token makes it stale once the question is settled.</summary>
    public static PressAction Answer(string title, string answer, string token, ActionStyle style = ActionStyle.Plain) =>
        PressAction.Answer(title, answer, token) with { Style = style };

    /// <summary>The message; <paramref name="news"/> stand before the facts, the sentence after them.</summary>
    public static Message Of(
        Scene scene, string title, IReadOnlyList<(string Label, string Value)> facts, string sentence = "", IReadOnlyList<MessageAction>? actions = null,
        IReadOnlyList<string>? news = null) => new()
    {
        Language = scene.Culture.Name,
        Title = title,
        Body =
        [
            .. news is { Count: > 0 } ? [new Paragraph(Words.Sentences(scene.Culture, news))] : Array.Empty<Part>(),
            .. facts.Count > 0 ? [new FactList([.. facts.Select(f => new Fact(f.Label, f.Value))])] : Array.Empty<Part>(),
            .. sentence.Length > 0 ? [new Paragraph(sentence)] : Array.Empty<Part>(),
        ],
        Actions = actions ?? [],
    };

    /// <summary>What was understood, and yes or no.</summary>
    public static Message Confirm(
        Scene scene, string title, IReadOnlyList<(string Label, string Value)> facts, string sentence, string token, string? yes = null, params IReadOnlyList<MessageAction> more)
    {
        var (agree, disagree) = (yes ?? scene.Say("yes"), scene.Say("no"));
        return Of(scene, title, facts, sentence, [Answer(agree, "yes", token, ActionStyle.Positive), Answer(disagree, "no", token), .. more])
            .Offering(new ReadyAnswer(agree, scene.Say("yes.says")), new ReadyAnswer(disagree, scene.Say("no.says")));
    }
}
