using KeyAccountBot.Messages;
using KeyAccountBot.StandIns;

namespace KeyAccountBot.Conversations.StandIns;

/// <summary>Answers to notices about absences: who was named declines, who is asked agrees or does not.</summary>
internal sealed class StandInsFeature(StandInAnswers answers) : Feature
{
    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.StandIns.StandInPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes =>
        [Answer("decline", StandInWord.Decline), Answer("agree-stand-in", StandInWord.Agree), Answer("refuse-stand-in", StandInWord.Refuse)];

    /// <inheritdoc/>
    public override IEnumerable<Press> Presses =>
        [Pressed(StandInPress.Decline, StandInWord.Decline), Pressed(StandInPress.Agree, StandInWord.Agree), Pressed(StandInPress.Refuse, StandInWord.Refuse)];

    // "decline in demand" answers no notice
    private Wish Answer(string id, StandInWord word) => Wish.Answers(id, true, async (dialog, scene, words, cancellationToken) =>
        Message.Of(await answers.SayAsync(scene, word, words, dialog.Turn.Id, cancellationToken))) with
    {
        IsMeant = (dialog, scene, words) => StandInAnswers.IsFor(scene, word, words) || (dialog.ActiveInstance is null && words.Length == 0),
    };

    private Press Pressed(string verb, StandInWord word) => new(verb, false, async (dialog, scene, data, cancellationToken) =>
        dialog.Turn.Send(await answers.PressAsync(scene, word, StandInPress.Of(data), dialog.Turn.Id, cancellationToken)));
}
