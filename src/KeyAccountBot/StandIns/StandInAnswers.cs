using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.StandIns;

/// <summary>Takes what people say to a notice, by a button or in words, in Teams and in Slack: decline, agree, refuse.</summary>
internal sealed class StandInAnswers(AbsenceBook book)
{
    private static Texts Texts => StandInTexts.Texts;

    /// <summary>Takes a press; the sentence to say to it.</summary>
    public async Task<string> PressAsync(Scene scene, string verb, StandInPress? press, string command, CancellationToken cancellationToken) => press is null
        ? scene.Say("unknown-action")
        : await DoAsync(
            scene, verb switch { StandInPress.Decline => Intent.Decline, StandInPress.Agree => Intent.AgreeStandIn, _ => Intent.RefuseStandIn }, press, command, cancellationToken);

    /// <summary>Whether the words are an answer to a notice: there is something of the kind to answer, and a name they say is one of those.</summary>
    public static bool IsFor(Scene scene, Intent intent, string words) => Open(scene, intent) is { Count: > 0 } open && (words.Length == 0 || Colleagues.Named(open, words).Count > 0);

    /// <summary>Takes an answer in words; where it may be about several, asks about whom.</summary>
    public async Task<string> SayAsync(Scene scene, Intent intent, string words, string command, CancellationToken cancellationToken)
    {
        var open = Open(scene, intent);
        var meant = words.Length == 0 ? open : Colleagues.Named(open, words);
        return meant.Count switch
        {
            0 => Texts["nothing-to-answer", scene.Culture],
            1 => await DoAsync(scene, intent, new StandInPress(meant[0].Id, meant[0].Away!.From, meant[0].Away!.StandIn!.Value), command, cancellationToken),
            _ => Texts["which", scene.Culture, string.Join(Words.Separator(scene.Culture), meant.Select(p => p.Name))],
        };
    }

    private static IReadOnlyList<Person> Open(Scene scene, Intent intent) => intent == Intent.Decline
        ? AbsenceBook.NamedFor(scene.Company, scene.Person.Id, scene.Today)
        : AbsenceBook.WaitingFor(scene.Company, scene.Person.Id, scene.Today);

    private async Task<string> DoAsync(Scene scene, Intent intent, StandInPress press, string command, CancellationToken cancellationToken)
    {
        var outcome = intent == Intent.Decline
            ? await book.DeclineAsync(scene.Tenant, scene.Person.Id, press.Absent, press.From, command, cancellationToken)
            : await book.AgreeAsync(scene.Tenant, scene.Person.Id, press.Absent, press.From, press.StandIn, intent == Intent.AgreeStandIn, command, cancellationToken);
        string Name(PersonId id) => FollowUpMessage.NameOf(scene.Company, id, scene.Culture);
        return (outcome, intent) switch
        {
            (StandInOutcome.NotTheirs, _) => Texts["not-yours", scene.Culture],
            (StandInOutcome.Settled, _) => Texts["settled", scene.Culture],
            (_, Intent.Decline) => Texts["declined", scene.Culture, Name(press.Absent)],
            (_, Intent.AgreeStandIn) => Texts["agreed", scene.Culture, Name(press.Absent), Name(press.StandIn)],
            _ => Texts["refused", scene.Culture, Name(press.Absent), Name(press.StandIn)],
        };
    }
}
