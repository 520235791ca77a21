using KeyAccountBot.Dialogs;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Language;
using KeyAccountBot.Records;
using KeyAccountBot.Reminders;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Reminders;

/// <summary>Personal reminders: asked for, listed, done, put off; and what people ask those they lead.</summary>
internal sealed class RemindersFeature(PersonalReminders reminders, OwnReminders own, Dossiers dossiers, Playbook playbook) : Feature
{
    private readonly RemindDialog remind = new(reminders, playbook);

    private const int LongestAnswer = 40;

    private static LanguageFiles Words => LanguageFiles.Part("reminders");

    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Reminders.ReminderPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs => [remind.Moment, remind.Dialog, new NudgeDialog(reminders, dossiers).Dialog];

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes =>
    [
        new("remind", true, async (talk, scene, words, cancellationToken) =>
        {
            var read = Remind.Read(words, scene.Today, scene.Culture);
            talk.Turn.Set(read.Understood);
            talk.CancelAll();
            await talk.BeginAsync(RemindDialog.Id, DialogJson.ToElement(read), cancellationToken);
        }),
        Wish.Begins("nudge-rep", NudgeDialog.Id, words => DialogJson.ToElement(new Nudge { Text = words.Length > 0 ? words : null })),
        Wish.Answers("reminders", false, (_, scene, _, cancellationToken) => own.ListAsync(scene, cancellationToken)),
        Wish.Answers("remove-reminder", true, (_, scene, words, cancellationToken) => own.RemoveAsync(scene, words, cancellationToken)),
    ];

    /// <inheritdoc/>
    public override IEnumerable<Grant> Grants =>
    [
        new("remind", RemindAsync),
        Grant.Begins("nudge-rep", NudgeDialog.Id, asked => DialogJson.ToElement(Nudge.Of(asked))),
    ];

    private static async ValueTask RemindAsync(DialogContext talk, Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var whole = asked.One("text") is null ? asked.With("text", Remind.TextOf(asked.Words, scene.Today, scene.Culture)) : asked;
        talk.Turn.Set(whole.Understood);
        talk.CancelAll();
        await talk.BeginAsync(RemindDialog.Id, DialogJson.ToElement(Remind.Of(whole)), cancellationToken);
    }

    /// <inheritdoc/>
    public override IEnumerable<Press> Presses =>
    [
        new(ReminderPress.Verb, false, async (dialog, scene, data, cancellationToken) => dialog.Turn.Send(await own.PressAsync(scene, ReminderPress.Of(data), cancellationToken))),
        new(AnswerPress.Verb, false, async (dialog, scene, data, cancellationToken) => dialog.Turn.Send(await own.ReplyAsync(scene, AnswerPress.Of(data), cancellationToken))),
    ];

    /// <inheritdoc/>
    /// <remarks>"Done" and "in an hour" answer the reminder that came last, where nothing else is being asked.</remarks>
    public override async ValueTask<bool> HearAsync(DialogContext dialog, Scene scene, string words, CancellationToken cancellationToken)
    {
        if (dialog.ActiveInstance is not null || dialog.Turn.IsAmongOthers)
        {
            return false;
        }

        if (TypedAnswer.Read(words) is { Answer: null, Account.Length: 0, Note: { } reply } && await own.ReplyToLastAsync(scene, reply, cancellationToken) is { } replied)
        {
            dialog.Turn.Send(replied);
            return true;
        }

        if (words.Length > LongestAnswer)
        {
            return false;
        }

        var said = Spelling.Fold(Phrases.Plain(words)).Trim();
        var isDone = Words.Pattern("done").IsIn(said);
        var later = Enum.GetValues<Later>().Where(l => Words.Pattern("later/" + l).IsIn(said)).Select(l => (Later?)l).FirstOrDefault();
        if ((!isDone && later is null) || await own.AnswerLastAsync(scene, isDone ? null : later, cancellationToken) is not { } answer)
        {
            return false;
        }

        dialog.Turn.Send(answer);
        return true;
    }
}
