using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Reminders;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Reminders;

/// <summary>Lists what somebody wants to be reminded of, and takes what they say to it: done, later, not any more.</summary>
internal sealed class OwnReminders(PersonalReminders reminders, Playbook playbook)
{
    private const int Shown = 10;
    private const int Pressable = 5;
    private const int LongestOnButton = 30;

    private static Texts Texts => ReminderMessage.Texts;

    /// <summary>All that are open, the next one first, each with a button that takes it away.</summary>
    public async ValueTask<Message> ListAsync(Scene scene, CancellationToken cancellationToken) =>
        ListOf(scene, Texts["list", scene.Culture], await reminders.OpenAsync(scene.Tenant, scene.Person.Id, cancellationToken));

    /// <summary>The lines of those that fall on a day or before, such as today's.</summary>
    public async ValueTask<IReadOnlyList<string>> LinesUntilAsync(Scene scene, DateOnly day, CancellationToken cancellationToken)
    {
        var calendar = scene.Calendar(playbook.FollowUps);
        return [.. (await reminders.OpenAsync(scene.Tenant, scene.Person.Id, cancellationToken))
            .Where(r => calendar.DateAt(r.Reminder.At) <= day).Select(r => LineOf(scene, r.Reminder))];
    }

    /// <summary>Takes a button's press; what it says takes the place of the message that was pressed.</summary>
    public async ValueTask<Message> PressAsync(Scene scene, ReminderPress? press, CancellationToken cancellationToken)
    {
        if (press is null)
        {
            return Message.Of(scene.Say("unknown-action"));
        }

        var key = new ReminderKey(scene.Tenant, scene.Person.Id, press.Key);
        return await reminders.FindAsync(key, cancellationToken) is not { } before ? Message.Of(Texts["not-yours", scene.Culture])
            : press.Later is { } later ? await PutOffAsync(scene, key, before, press.At, later, cancellationToken)
            : await EndAsync(scene, key, before, cancellationToken);
    }

    /// <summary>Sends what somebody answers to a colleague's question back to who asked; once, whatever comes twice.</summary>
    public async ValueTask<Message> ReplyAsync(Scene scene, AnswerPress? press, CancellationToken cancellationToken)
    {
        if (press is null)
        {
            return Message.Of(scene.Say("unknown-action"));
        }

        var key = new ReminderKey(scene.Tenant, scene.Person.Id, press.Key);
        if (await reminders.FindAsync(key, cancellationToken) is not { From: { } asker } asked)
        {
            return Message.Of(Texts["not-yours", scene.Culture]);
        }

        if (press.Reply?.Trim() is not { Length: > 0 } reply)
        {
            return Message.Of(Texts["reply.empty", scene.Culture]);
        }

        var answer = new PersonalReminder(reply, scene.Now, ReminderStatus.Waiting, scene.Now, asked.Opportunity) { From = scene.Person.Id, Answers = asked.Text };
        await reminders.PutAsync(new ReminderKey(scene.Tenant, asker, $"{press.Key}~answer"), answer, cancellationToken);
        await reminders.EndAsync(key, cancellationToken);
        var did = Texts["reply.sent", scene.Culture, scene.Company.Find(asker)?.Name ?? "", reply];
        return Message.Of(did) with { InPlace = ReminderMessage.After(asked, did, scene.Person) };
    }

    /// <summary>What is said as an answer to a colleague's question that came and still waits; <c>null</c> where none does.</summary>
    public async ValueTask<Message?> ReplyToLastAsync(Scene scene, string reply, CancellationToken cancellationToken) =>
        (await reminders.OpenAsync(scene.Tenant, scene.Person.Id, cancellationToken))
            .LastOrDefault(r => r.Reminder is { From: not null, Answers: null, Status: ReminderStatus.Told }) is { } asked
                ? await ReplyAsync(scene, new AnswerPress(asked.Key, reply), cancellationToken) with { InPlace = null }
                : null;

    /// <summary>Takes away the one that the words name; lists them where it is not clear which.</summary>
    public async ValueTask<Message> RemoveAsync(Scene scene, string words, CancellationToken cancellationToken)
    {
        var open = await reminders.OpenAsync(scene.Tenant, scene.Person.Id, cancellationToken);
        var wanted = Spelling.Fold(words).Trim();
        var meant = wanted.Length == 0 ? open : [.. open.Where(r => Spelling.Fold(r.Reminder.Text).Contains(wanted, StringComparison.Ordinal) || HasWords(r.Reminder.Text, wanted))];
        return meant switch
        {
            [] when open.Count > 0 => ListOf(scene, Texts["no-such", scene.Culture], open),
            [] => Message.Of(Texts["none", scene.Culture]),
            [var only] => await EndAsync(scene, new ReminderKey(scene.Tenant, scene.Person.Id, only.Key), only.Reminder, cancellationToken),
            _ => ListOf(scene, Texts["which", scene.Culture], meant),
        };
    }

    /// <summary>Takes what is said right after a reminder came, without naming it; <c>null</c> where none came that is still open.</summary>
    /// <param name="scene">Who says it.</param>
    /// <param name="later">How much later; <c>null</c> where it is done.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async ValueTask<Message?> AnswerLastAsync(Scene scene, Later? later, CancellationToken cancellationToken)
    {
        var told = (await reminders.OpenAsync(scene.Tenant, scene.Person.Id, cancellationToken))
            .LastOrDefault(r => r.Reminder.Status == ReminderStatus.Told && scene.Now - r.Reminder.At < TimeSpan.FromHours(12));
        return told is null ? null : await PressAsync(scene, new ReminderPress(told.Key, told.Reminder.At, later), cancellationToken) with { InPlace = null };
    }

    private async ValueTask<Message> PutOffAsync(Scene scene, ReminderKey key, PersonalReminder before, DateTimeOffset told, Later later, CancellationToken cancellationToken)
    {
        var calendar = scene.Calendar(playbook.FollowUps);
        var after = await reminders.PutOffAsync(key, told, LaterMoments.Of(later, calendar, scene.Now), cancellationToken) ?? before;
        return Answered(scene, after, after.IsOpen
            ? Texts["later", scene.Culture, after.Text, ReminderMessage.When(after.At, calendar, scene.Culture)]
            : Texts["done-already", scene.Culture]);
    }

    private async ValueTask<Message> EndAsync(Scene scene, ReminderKey key, PersonalReminder before, CancellationToken cancellationToken)
    {
        var after = await reminders.EndAsync(key, cancellationToken) ?? before;
        return Answered(scene, after, Texts[before.IsOpen ? "done" : "done-already", scene.Culture, after.Text]);
    }

    private static Message Answered(Scene scene, PersonalReminder reminder, string did) =>
        Message.Of(did) with { Language = scene.Culture.Name, InPlace = ReminderMessage.After(reminder, did, scene.Person) };

    private Message ListOf(Scene scene, string title, IReadOnlyList<KeptReminder> open) => open.Count == 0
        ? Message.Of(Texts["none", scene.Culture])
        : new Message
        {
            Language = scene.Culture.Name,
            Title = title,
            Body =
            [
                .. open.Take(Shown).Select(r => new Paragraph(LineOf(scene, r.Reminder)) { IsDense = true }),
                .. open.Count > Shown ? [new Paragraph(Texts["more", scene.Culture, open.Count - Shown]) { IsAside = true }] : Array.Empty<Paragraph>(),
            ],
            Actions = [.. open.Take(Pressable).Select(r => ReminderMessage.DoneButton(r.Key, r.Reminder, scene.Culture, Texts["done", scene.Culture, Short(r.Reminder.Text)]) with { About = null })],
        };

    private string LineOf(Scene scene, PersonalReminder reminder) => Texts[
        reminder.Status == ReminderStatus.Told ? "line.told" : "line", scene.Culture,
        ReminderMessage.When(reminder.At, scene.Calendar(playbook.FollowUps), scene.Culture),
        reminder is { From: { } from, Answers: null } ? Texts["asks-line", scene.Culture, scene.Company.Find(from)?.Name ?? "", reminder.Text] : reminder.Text];

    private static bool HasWords(string text, string wanted)
    {
        var words = Spelling.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(w => w.Length > 2 && words.Contains(w, StringComparer.Ordinal)) > 1;
    }

    private static string Short(string text) => text.Length <= LongestOnButton ? text : text[..(LongestOnButton - 1)] + "…";
}
