using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Schema;

namespace KeyAccountBot.Conversations;

/// <summary>The card that most answers share: a title, facts, a sentence, and buttons.</summary>
internal static class ConversationCard
{
    /// <summary>The verb of a button that answers the question being asked.</summary>
    public const string AnswerVerb = "answer";

    /// <summary>A button that answers; <paramref name="token"/> makes it stale once the question is settled.</summary>
    public static CardAnswer Answer(string title, string answer, string token, string? style = null) => new(title, answer, token, style);

    /// <summary>The card.</summary>
    public static Attachment Of(
        Scene scene, string title, IReadOnlyList<(string Label, string Value)> facts, string sentence, IReadOnlyList<CardAnswer> answers)
    {
        List<CardElement> body =
        [
            new TextBlock(title) { Weight = "Bolder", Size = "Medium", Wrap = true },
            new FactSet([.. facts.Select(f => new Fact(f.Label, f.Value))]),
        ];
        if (sentence.Length > 0)
        {
            body.Add(new TextBlock(sentence) { Wrap = true });
        }

        return new AdaptiveCard
        {
            Body = body,
            Actions = [.. answers.Select(a => new ExecuteAction(a.Title, AnswerVerb, new { answer = a.Says, token = a.Token }) { Style = a.Style })],
            FallbackText = title,
            Lang = scene.Culture.Name,
        }.ToAttachment();
    }
}

/// <summary>A button of a <see cref="ConversationCard"/>.</summary>
internal sealed record CardAnswer(string Title, string Says, string Token, string? Style);
