using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Dialogs;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.FollowUps;

/// <summary>Answers to follow-ups, pressed or in people's own words.</summary>
internal sealed class FollowUpsFeature(FollowUpConversation conversation, PressedAnswers pressed, OpenedFollowUps opened, ShownOpportunity shown) : Feature
{
    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.FollowUps.FollowUpPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs => [conversation.Dialog];

    /// <inheritdoc/>
    public override IEnumerable<Grant> Grants =>
    [
        new("take-follow-up", (dialog, scene, asked, cancellationToken) =>
            conversation.GrantAsync(dialog, scene, asked, new ChainAnswer(FollowUpAnswer.TakeIt, Until: asked.Date("until")), cancellationToken)) { IsAnswer = true },
        new("snooze-follow-up", (dialog, scene, asked, cancellationToken) =>
            conversation.GrantAsync(dialog, scene, asked, new ChainAnswer(FollowUpAnswer.Snooze, Until: Later(scene, asked)), cancellationToken)) { IsAnswer = true },
    ];

    // a day before today is no day to come back on
    private static DateOnly? Later(Scene scene, Asked asked) => (asked.Date("until") ?? asked.Date("to") ?? asked.Date("date")) is { } day && day > scene.Today ? day : null;

    /// <inheritdoc/>
    public override IEnumerable<Press> Presses => [Answer(FollowUpAnswers.Verb), Answer(FollowUpAnswers.ReplyVerb), Open];

    /// <inheritdoc/>
    public override ValueTask<bool> HearAsync(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken) =>
        conversation.AnswersAsync(dialog, scene, words, cancellationToken);

    // what is settled meanwhile is shown as it stands
    private Press Open => new(OpenedFollowUps.Verb, false, async (dialog, scene, data, cancellationToken) => dialog.Turn.Send(
        (await opened.OpenAsync(scene.Tenant, scene.Person, scene.Company, data, cancellationToken)
            ?? (OpenButton.Read(data) is { } id ? await shown.OfAsync(scene, id, cancellationToken) : Message.Of(scene.Say("unknown-action")))) with
        {
            LeavesPressed = true,
        }));

    private Press Answer(string verb) => new(verb, false, async (dialog, scene, data, cancellationToken) => dialog.Turn.Send(
        await pressed.AnswerAsync(scene.Tenant, scene.Person, verb, data, new CommandId(dialog.Turn.Id), scene.Channel, cancellationToken) is { } result
            ? result.ToPress()
            : Message.Of(scene.Say("unknown-action"))));
}
