using System.Text.Json;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;

namespace KeyAccountBot.Conversations;

/// <summary>
/// Something that people can talk to the bot about: its dialogs, what asks for it, and what can be pressed. A feature is one folder; this
/// is all that the conversation knows of it.
/// </summary>
internal abstract class Feature
{
    /// <summary>What people say to ask for it, and its line in the help.</summary>
    public virtual Phrases? Phrases => null;

    /// <summary>Its dialogs.</summary>
    public virtual IEnumerable<Dialog> Dialogs => [];

    /// <summary>What can be asked for at any point, in the words of <see cref="Phrases"/>.</summary>
    public virtual IEnumerable<Wish> Wishes => [];

    /// <summary>What can be asked for in any words, with what it is about read from them.</summary>
    public virtual IEnumerable<Grant> Grants => [];

    /// <summary>The dialogs that begin anew with what a message says once it is changed: nothing of them is on record until they end.</summary>
    public virtual IReadOnlyList<string> ReadAgain => [];

    /// <summary>It takes whole sentences of any kind: it is asked last, once it is known that they ask for nothing.</summary>
    public virtual bool TakesAnyWords => false;

    /// <summary>What can be pressed or filled in.</summary>
    public virtual IEnumerable<Press> Presses => [];

    /// <summary>Takes words where a question of its own stands open that any words may answer, before they are taken for a wish.</summary>
    /// <returns><c>null</c> where they are something else; otherwise what of them is left for something else, mostly nothing.</returns>
    public virtual ValueTask<string?> AnswerAsync(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

    /// <summary>
    /// Takes words that ask for nothing by a phrase, such as a whole sentence; asked in the order of the features, before the question that
    /// stands open.
    /// </summary>
    /// <returns>Whether they were meant for it.</returns>
    public virtual ValueTask<bool> HearAsync(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken) => ValueTask.FromResult(false);
}

/// <summary>Does what is asked for.</summary>
/// <param name="dialog">The talk as it stands.</param>
/// <param name="scene">Who asks.</param>
/// <param name="words">What was said after the phrase, mostly an account; empty for nothing.</param>
/// <param name="cancellationToken">Stops before anything is recorded.</param>
internal delegate ValueTask WishHandler(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken);

/// <summary>Something that can be asked for at any point.</summary>
/// <param name="Id">Names its phrases.</param>
/// <param name="TakesWords">Something may follow the phrase.</param>
/// <param name="Do">Does it.</param>
internal sealed record Wish(string Id, bool TakesWords, WishHandler Do)
{
    /// <summary>Its phrases are plain words that a report may begin with, such as "won the line, contract signed today".</summary>
    public bool MayBeginReport { get; init; }

    /// <summary>Its answer may stand where others read.</summary>
    public bool IsForAll { get; init; }

    /// <summary>Whether it is meant at all by these words; absent, it is.</summary>
    public Func<DialogContext, Scene, string, bool>? IsMeant { get; init; }

    /// <summary>The same only where the words behind the phrase name no day: with one it is a whole sentence, and what it says is read.</summary>
    public Wish WithoutDay() => this with { IsMeant = static (_, scene, words) => SpokenDates.In(words, scene.Today, scene.Culture).Count == 0 };

    /// <summary>What of the words after the phrase names an account or an opportunity; absent, all of it.</summary>
    public Func<Scene, string, string>? NameIn { get; init; }

    /// <summary>Begins a dialog in the place of what stands open; its option is the words.</summary>
    public static Wish Begins(string id, string dialog) => Begins(id, dialog, words => DialogJson.ToElement(words));

    /// <summary>Begins a dialog in the place of what stands open, with an option made of the words.</summary>
    public static Wish Begins(string id, string dialog, Func<string, JsonElement?> option, bool takesWords = true) => new(id, takesWords, async (talk, _, words, cancellationToken) =>
    {
        talk.CancelAll();
        await talk.BeginAsync(dialog, option(words), cancellationToken);
    });

    /// <summary>Answers words that may as well be the answer to a question, such as "today": while one stands open they are that.</summary>
    public static Wish AnswersAlone(string id, Func<DialogContext, Scene, string, CancellationToken, ValueTask<Message>> answer) =>
        Answers(id, false, answer) with { IsMeant = (talk, _, _) => talk.ActiveInstance is null };

    /// <summary>Answers at once; the question that stands open is asked again.</summary>
    public static Wish Answers(string id, bool takesWords, Func<DialogContext, Scene, string, CancellationToken, ValueTask<Message>> answer) =>
        new(id, takesWords, async (talk, scene, words, cancellationToken) =>
        {
            talk.Turn.Send(await answer(talk, scene, words, cancellationToken));
            await talk.RepromptAsync(cancellationToken);
        });
}

/// <summary>Takes a press or a form.</summary>
/// <param name="dialog">The talk as it stands.</param>
/// <param name="scene">Who presses.</param>
/// <param name="data">What the button carries, with what was filled in beside it.</param>
/// <param name="cancellationToken">Stops before anything is recorded.</param>
internal delegate ValueTask PressHandler(DialogContext dialog, Scene scene, JsonElement data, CancellationToken cancellationToken);

/// <summary>Something that can be pressed or filled in.</summary>
/// <param name="Verb">What the button says is to be done.</param>
/// <param name="BelongsToTalk">It counts only while the talk that showed it goes on.</param>
/// <param name="Do">Does it.</param>
internal sealed record Press(string Verb, bool BelongsToTalk, PressHandler Do)
{
    /// <summary>A form that stands for a dialog's questions: what was filled in goes to the dialog that confirms it.</summary>
    public static Press Fills<TDraft>(string verb, string dialog, Func<JsonElement, TDraft> read) => new(
        verb, true, async (talk, _, data, cancellationToken) => await talk.TakeOverAsync(dialog, DialogJson.ToElement(read(data)), cancellationToken));
}
