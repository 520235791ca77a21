using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.StandIns;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.StandIns;

/// <summary>What is said to a notice.</summary>
internal enum StandInWord
{
    /// <summary>Who was named does not stand in.</summary>
    Decline,

    /// <summary>Who is asked agrees.</summary>
    Agree,

    /// <summary>Who is asked does not agree.</summary>
    Refuse,
}

/// <summary>Takes what people say to a notice, by a button or in words: decline, agree, refuse.</summary>
internal sealed class StandInAnswers(AbsenceBook book)
{
    private static Texts Texts => StandInTexts.Texts;

    /// <summary>Takes a press; the sentence to say to it.</summary>
    public async Task<string> PressAsync(Scene scene, StandInWord word, StandInPress? press, string command, CancellationToken cancellationToken) =>
        press is null ? scene.Say("unknown-action") : await DoAsync(scene, word, press, command, cancellationToken);

    /// <summary>Whether the words are an answer to a notice: there is something of the kind to answer, and a name they say is one of those.</summary>
    public static bool IsFor(Scene scene, StandInWord word, string words) => Open(scene, word) is { Count: > 0 } open && (words.Length == 0 || Colleagues.Named(open, words).Count > 0);

    /// <summary>Takes an answer in words; where it may be about several, asks about whom.</summary>
    public async Task<string> SayAsync(Scene scene, StandInWord word, string words, string command, CancellationToken cancellationToken)
    {
        var open = Open(scene, word);
        var meant = words.Length == 0 ? open : Colleagues.Named(open, words);
        return meant.Count switch
        {
            0 => Texts["nothing-to-answer", scene.Culture],
            1 => await DoAsync(scene, word, new StandInPress(meant[0].Id, meant[0].Away!.From, meant[0].Away!.StandIn!.Value), command, cancellationToken),
            _ => Texts["which", scene.Culture, string.Join(Words.Separator(scene.Culture), meant.Select(p => p.Name))],
        };
    }

    private static IReadOnlyList<Person> Open(Scene scene, StandInWord word) => word == StandInWord.Decline
        ? AbsenceBook.NamedFor(scene.Company, scene.Person.Id, scene.Today)
        : AbsenceBook.WaitingFor(scene.Company, scene.Person.Id, scene.Today);

    private async Task<string> DoAsync(Scene scene, StandInWord word, StandInPress press, string command, CancellationToken cancellationToken)
    {
        var outcome = word == StandInWord.Decline
            ? await book.DeclineAsync(scene.Tenant, scene.Person.Id, press.Absent, press.From, command, cancellationToken)
            : await book.AgreeAsync(scene.Tenant, scene.Person.Id, press.Absent, press.From, press.StandIn, word == StandInWord.Agree, command, cancellationToken);
        string Name(PersonId id) => FollowUpMessage.NameOf(scene.Company, id, scene.Culture);
        return (outcome, word) switch
        {
            (StandInOutcome.NotTheirs, _) => Texts["not-yours", scene.Culture],
            (StandInOutcome.Settled, _) => Texts["settled", scene.Culture],
            (_, StandInWord.Decline) => Texts["declined", scene.Culture, Name(press.Absent)],
            (_, StandInWord.Agree) => Texts["agreed", scene.Culture, Name(press.Absent), Name(press.StandIn)],
            _ => Texts["refused", scene.Culture, Name(press.Absent), Name(press.StandIn)],
        };
    }
}
