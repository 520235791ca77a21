using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.StandIns;

namespace KeyAccountBot.Conversations.Absences;

/// <summary>Who is away until when, and who is back.</summary>
internal sealed class AbsencesFeature(AbsenceBook book, DoneWhileAway done, FallsInto falls) : Feature
{
    private readonly AbsenceDialog absences = new(book, done, falls);

    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Absences.AbsencePhrases");

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs => [absences.Until, absences.Dialog];

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes =>
    [
        Wish.Begins("away", AbsenceDialog.Id, words => DialogJson.ToElement(new SaidAbsence(words))) with
        {
            // "away next week, Otto covers" is a whole sentence; the phrase itself knows only "until"
            IsMeant = static (_, scene, words) => AbsenceWords.Read(words, scene.Today, scene.Culture).Until is not null || SpokenDates.In(words, scene.Today, scene.Culture).Count == 0,
        },
        Wish.Answers("back", true, async (_, scene, words, cancellationToken) => Message.Of(await absences.EndAsync(scene, words, cancellationToken))),
        Wish.Answers("i-am-back", false, async (_, scene, _, cancellationToken) => Message.Of(await absences.EndAsync(scene, "", cancellationToken))),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Grant> Grants =>
    [
        Grant.Begins("absence", AbsenceDialog.Id, asked => DialogJson.ToElement(SaidAbsence.Of(asked))),
        Grant.Answers("end-absence", async (_, scene, asked, cancellationToken) =>
            Message.Of(await absences.EndAsync(scene, asked.Person("rep") is { } who ? scene.Company.Find(who)?.Name ?? "" : "", cancellationToken))),
    ];

    /// <inheritdoc/>
    /// <remarks>"Rosa is away until Friday" is an absence where Rosa is the speaker's to say so; "their buyer is away until Friday" is a report.</remarks>
    public override async ValueTask<bool> HearAsync(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken)
    {
        var said = Phrases.Plain(words);
        if (!AbsencePatterns.SomebodyIsAway.IsMatch(said) || !AbsenceDialog.IsOfOurs(scene, said))
        {
            return false;
        }

        dialog.CancelAll();
        await dialog.BeginAsync(AbsenceDialog.Id, DialogJson.ToElement(new SaidAbsence(said)), cancellationToken);
        return true;
    }
}
