using System.Globalization;
using System.Text.Json;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Reminders;

/// <summary>Says a personal reminder, with the buttons it takes.</summary>
internal static class ReminderMessage
{
    /// <summary>What reminders say.</summary>
    public static Texts Texts { get; } = new("Reminders.ReminderTexts");

    /// <summary>The message that comes at its time.</summary>
    public static Message Of(string key, PersonalReminder reminder, Person reader, Company company)
    {
        var culture = FollowUpMessage.CultureOf(reader);
        if (reminder.From is { } from)
        {
            return OfColleague(key, reminder, FollowUpMessage.NameOf(company, from, culture), culture);
        }

        return new Message
        {
            Language = culture.Name,
            Title = Texts["title", culture, reminder.Text],
            Actions =
            [
                DoneButton(key, reminder, culture),
                Button(key, reminder, Later.AnHour, culture),
                Button(key, reminder, Later.Tomorrow, culture),
                Button(key, reminder, Later.Monday, culture),
            ],
            Summary = Texts["title", culture, reminder.Text],
            IsDense = true,
        };
    }

    // a question is answered there and then; an answer is read
    private static Message OfColleague(string key, PersonalReminder reminder, string name, CultureInfo culture)
    {
        var title = Texts[reminder.Answers is null ? "asks" : "answers", culture, name];
        var message = new Message
        {
            Language = culture.Name,
            Title = title,
            Body = [new Paragraph(reminder.Text)],
            Summary = Words.Sentences(culture, title, reminder.Text),
            IsDense = true,
        };
        return reminder.Answers is { } question
            ? message with { Body = [new Paragraph(Texts["asked-was", culture, question]) { IsAside = true }, .. message.Body], Actions = [DoneButton(key, reminder, culture)] }
            : message with
            {
                Form = new Form([new TextField("reply", Texts["reply.field", culture]) { IsMultiline = true, Longest = LongestReply }]),
                Hint = Texts["reply.how", culture],
                Actions =
                [
                    new PressAction(Texts["reply.send", culture], AnswerPress.Verb, JsonSerializer.SerializeToElement(new AnswerPress(key), ReminderJson.Default.AnswerPress))
                    {
                        Takes = ["reply"], Style = ActionStyle.Positive,
                    },
                ],
            };
    }

    private const int LongestReply = 1000;

    /// <summary>The same once it was answered: what became of it in place of the buttons.</summary>
    public static Message After(PersonalReminder reminder, string did, Person reader)
    {
        var culture = FollowUpMessage.CultureOf(reader);
        return new Message
        {
            Language = culture.Name,
            Title = Texts["title", culture, reminder.Text],
            Body = [new Paragraph(did)],
            Summary = did,
            IsDense = true,
        };
    }

    /// <summary>The button that ends it.</summary>
    public static PressAction DoneButton(string key, PersonalReminder reminder, CultureInfo culture, string? title = null) => new(
        title ?? Texts["button.done", culture], ReminderPress.Verb, JsonSerializer.SerializeToElement(new ReminderPress(key, reminder.At), ReminderJson.Default.ReminderPress))
    {
        Style = title is null ? ActionStyle.Positive : ActionStyle.Plain,
        About = reminder.Text,
    };

    /// <summary>A moment as its reader says it, with the day of the week.</summary>
    public static string When(DateTimeOffset at, WorkCalendar calendar, CultureInfo culture)
    {
        var local = calendar.LocalTime(at).DateTime;
        return Texts["when", culture, DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)];
    }

    private static PressAction Button(string key, PersonalReminder reminder, Later later, CultureInfo culture) => new(
        Texts["later." + later, culture], ReminderPress.Verb, JsonSerializer.SerializeToElement(new ReminderPress(key, reminder.At, later), ReminderJson.Default.ReminderPress));
}
