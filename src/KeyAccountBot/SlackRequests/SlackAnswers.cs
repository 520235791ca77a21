using System.Globalization;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.FollowUps;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Slack.BlockKit;

namespace KeyAccountBot.SlackRequests;

/// <summary>Takes answers to follow-ups that are written in Slack: one message answers, a row of buttons asks which one is meant.</summary>
internal sealed class SlackAnswers(TypedAnswers answers)
{
    /// <summary>What a written answer is kept as.</summary>
    public const string Written = "follow-up/written";

    /// <summary>How the <c>action_id</c> of a button begins that says which one is meant.</summary>
    public const string Which = FollowUpAnswers.Verb + "/which";

    /// <summary>What is said to it; <c>null</c> where the words are no answer.</summary>
    public async ValueTask<OutboundMessage?> AnswerAsync(Scene scene, string text, string command, CancellationToken cancellationToken)
    {
        if (TypedAnswer.Read(text) is not { } typed)
        {
            return null;
        }

        var understood = await answers.UnderstandAsync(scene, typed, cancellationToken);
        if (!typed.IsSure && understood.Name == NameFound.No)
        {
            return null;
        }

        if (!FollowUpConversation.NeedsAsking(typed, understood))
        {
            return understood.Among.Count == 0
                ? new OutboundMessage(understood.Sentence)
                : MessageOf(await answers.RecordAsync(scene, understood.Among[0], understood.Answer, understood.Reply, command, cancellationToken));
        }

        return understood.Answer is { } answer ? Ask(scene, understood, answer) : InWords(scene, understood);
    }

    /// <summary>What is said of an answer, with what may be pressed instead.</summary>
    public static OutboundMessage MessageOf(AnswerResult result) => new(
        result.Sentence, Blocks: result.Blocks is { Count: > 0 } instead ? [new SectionBlock(result.Sentence), .. instead] : null);

    private static OutboundMessage Ask(Scene scene, UnderstoodAnswer understood, ChainAnswer answer)
    {
        List<(string Words, string Value)> presses =
            [.. understood.Among.Select(m => (m.Words, SlackPress.Of(scene.Tenant, m.Opportunity, m.Chain, answer).ToValue()))];
        return presses.Any(p => p.Value.Length > TextLimit.ButtonValue)
            ? InWords(scene, understood)
            : InWords(scene, understood) with
            {
                Blocks =
                [
                    new SectionBlock(understood.Sentence),
                    new ActionsBlock([.. presses.Select((p, i) => new Button(p.Words, Which + i.ToString(CultureInfo.InvariantCulture), p.Value))]),
                ],
            };
    }

    // to be answered by writing it once more with a name
    private static OutboundMessage InWords(Scene scene, UnderstoodAnswer understood) => new(FollowUpMessage.Texts[
        "Typed.NameIt", scene.Culture, understood.Sentence, string.Join(Words.Separator(scene.Culture), understood.Among.Select(m => m.Words))]);
}
