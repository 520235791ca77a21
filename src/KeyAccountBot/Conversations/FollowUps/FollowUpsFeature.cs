using KeyAccountBot.Dialogs;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Conversations.FollowUps;

/// <summary>Answers to follow-ups, pressed or in people's own words.</summary>
internal sealed class FollowUpsFeature(FollowUpConversation conversation, PressedAnswers pressed) : Feature
{
    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.FollowUps.FollowUpPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs => [conversation.Dialog];

    /// <inheritdoc/>
    public override IEnumerable<Press> Presses => [Answer(FollowUpAnswers.Verb), Answer(FollowUpAnswers.ReplyVerb)];

    /// <inheritdoc/>
    public override ValueTask<bool> HearAsync(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken) =>
        conversation.AnswersAsync(dialog, scene, words, cancellationToken);

    private Press Answer(string verb) => new(verb, false, async (dialog, scene, data, cancellationToken) => dialog.Turn.Send(
        await pressed.AnswerAsync(scene.Tenant, scene.Person, verb, data, new CommandId(dialog.Turn.Id), scene.Channel, cancellationToken) is { } result
            ? result.ToPress()
            : Message.Of(scene.Say("unknown-action"))));
}
