using System.Globalization;
using System.Text.Json.Serialization;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Reminders;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Calendar;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Reminders;

/// <summary>What somebody wants to be reminded of, as far as they said.</summary>
internal sealed record Remind
{
    /// <summary>Of what; empty to ask.</summary>
    public string Text { get; init; } = "";

    /// <summary>On which local date.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>At which local time.</summary>
    public TimeOnly? Time { get; init; }

    /// <summary>What it is about, where they named one.</summary>
    public string? Opportunity { get; init; }

    /// <summary>What the slots of a wish say.</summary>
    public static Remind Of(Asked asked) => new()
    {
        Text = asked.One("text") ?? "",
        Day = asked.Date("date") ?? asked.Date("start"),
        Time = TimeOf(asked.One("time")) ?? asked.Time("start") ?? asked.Time("date"),
        Opportunity = asked.One("opportunity"),
    };

    /// <summary>What the turn was taken for.</summary>
    [JsonIgnore]
    public Understood Understood => new Understood { Wish = "remind" }
        .With("text", Text.Length > 0 ? Text : null).With("date", Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).With("time", Time?.ToString("HH:mm", CultureInfo.InvariantCulture));

    /// <summary>What the words ask to be reminded of, where no slot says it.</summary>
    public static string? TextOf(string words, DateOnly today, CultureInfo culture)
    {
        var folded = Spelling.Fold(words);
        var cue = LanguageFiles.Part("reminders").Pattern("cue").In(folded).FirstOrDefault();
        return cue is null ? null : Read(words.Remove(cue.Index, cue.Length), today, culture).Text is { Length: > 1 } text ? text : null;
    }

    /// <summary>What follows the phrase that asks for it: what, and when where the words say so.</summary>
    public static Remind Read(string words, DateOnly today, CultureInfo culture)
    {
        var text = words.Trim();
        if (SpokenDates.In(text, today, culture).FirstOrDefault(d => d is { Shape: not SpokenDateShape.Unreadable }) is not { } when)
        {
            return new Remind { Text = Tidy(text) };
        }

        var day = when.Shape == SpokenDateShape.TimeOnly ? (DateOnly?)null : when.From;
        return new Remind { Text = Tidy(text.Remove(when.Span.Start, when.Span.Length)), Day = day, Time = when.Time };
    }

    // what leads to what is to be done is no part of it: "to call Li Wei", 给…
    private static string Tidy(string text)
    {
        text = text.Trim(' ', ',', '，', '。', '.', ':', '：');
        var folded = Spelling.Fold(text);
        return LanguageFiles.Part("reminders").Pattern("lead").In(folded).FirstOrDefault(m => m.Index == 0) is { } lead ? text[lead.Length..].Trim(' ', ',', '，') : text;
    }

    // a part of the day is a time, so that it is said and shown
    private static TimeOnly? TimeOf(string? time) => time switch
    {
        null => null,
        "morning" => new TimeOnly(9, 0),
        "noon" => new TimeOnly(12, 0),
        "afternoon" => new TimeOnly(14, 0),
        "evening" => new TimeOnly(18, 0),
        _ => TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : null,
    };
}

/// <summary>Reminds somebody of something of their own: of what, when. It stands at once, with a button that takes it away.</summary>
internal sealed class RemindDialog(PersonalReminders reminders, Playbook playbook)
{
    /// <summary>The dialog's id; its option is a <see cref="Remind"/>.</summary>
    public const string Id = "remind";

    private const string MomentId = "remind/moment";

    private static Texts Texts => ReminderMessage.Texts;

    /// <summary>Asks for a day that has not passed, with or without a time.</summary>
    public Dialog Moment => new TextPrompt(MomentId, IsMomentAsync, Prompts.Manners);

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<Remind>(Id, 1, AskWhatAsync, AskWhenAsync, KeepAsync);

    private static ValueTask<DialogTurnResult> AskWhatAsync(WaterfallStepContext<Remind> step, CancellationToken cancellationToken)
    {
        step.Draft = step.Options<Remind>()!;
        return step.Draft.Text.Length > 0
            ? step.NextAsync(cancellationToken: cancellationToken)
            : step.PromptAsync(Prompts.Text, Prompts.Ask(Texts["what", Scene.Of(step.Turn).Culture]), cancellationToken);
    }

    private ValueTask<DialogTurnResult> AskWhenAsync(WaterfallStepContext<Remind> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult)
        {
            step.Draft = step.Draft with { Text = step.Result<string>()!.Trim() };
        }

        var at = MomentOf(scene, step.Draft.Day, step.Draft.Time);
        if (at > scene.Now)
        {
            return step.NextAsync(cancellationToken: cancellationToken);
        }

        var culture = scene.Culture;
        var question = at is null ? Texts["when-ask", culture] : Texts["past", culture, ReminderMessage.When(at.Value, CalendarOf(scene), culture)];
        return step.PromptAsync(
            MomentId,
            new PromptOptions
            {
                Prompt = Message.Of(question).Offering([.. Enum.GetValues<Later>().Select(l => Texts["later." + l, culture]).Select(t => new ReadyAnswer(t, t))]),
                RetryPrompt = Message.Of(Texts["when-again", culture]),
            },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> KeepAsync(WaterfallStepContext<Remind> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var draft = step.Draft;
        var at = (step.HasResult ? Read(scene, step.Result<string>() ?? "") : MomentOf(scene, draft.Day, draft.Time)) ?? scene.Now;
        OpportunityId? about = draft.Opportunity is { } id ? new OpportunityId(id) : null;
        var key = new ReminderKey(scene.Tenant, scene.Person.Id, CommandIds.Derive(step.Token));
        step.Turn.Send(await reminders.PutAsync(key, draft.Text, at, about, cancellationToken) is { } kept
            ? Kept(scene, key, kept)
            : Message.Of(Texts["too-many", scene.Culture, PersonalReminders.Most]));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private Message Kept(Scene scene, ReminderKey key, PersonalReminder kept) =>
        Message.Of(Texts["set", scene.Culture, kept.Text, ReminderMessage.When(kept.At, CalendarOf(scene), scene.Culture)]) with
        {
            Language = scene.Culture.Name,
            Actions = [ReminderMessage.DoneButton(key.Key, kept, scene.Culture, Texts["button.remove", scene.Culture])],
        };

    private ValueTask<bool> IsMomentAsync(PromptValidatorContext<string> prompt, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(prompt.Turn);
        var at = Read(scene, prompt.Value ?? "");
        if (at <= scene.Now)
        {
            prompt.Turn.Send(Texts["past", scene.Culture, ReminderMessage.When(at.Value, CalendarOf(scene), scene.Culture)]);
        }

        return ValueTask.FromResult(at > scene.Now);
    }

    private DateTimeOffset? Read(Scene scene, string words)
    {
        foreach (var later in Enum.GetValues<Later>())
        {
            if (string.Equals(words.Trim(), Texts["later." + later, scene.Culture], StringComparison.OrdinalIgnoreCase))
            {
                return LaterMoments.Of(later, CalendarOf(scene), scene.Now);
            }
        }

        return TimeReading.Read(words, scene.Today, scene.Culture) is { } moment ? MomentOf(scene, moment.Day, moment.Time)
            : TimeReading.ReadTime(words) is { } time ? MomentOf(scene, null, time)
            : null;
    }

    // a time alone is the next one; a day alone begins with its work, and today in an hour where that has passed
    private DateTimeOffset? MomentOf(Scene scene, DateOnly? day, TimeOnly? time)
    {
        var calendar = CalendarOf(scene);
        return (day, time) switch
        {
            (null, null) => null,
            ({ } on, { } at) => calendar.At(on, at),
            (null, { } at) => calendar.At(scene.Today, at) is var today && today > scene.Now ? today : calendar.At(scene.Today.AddDays(1), at),
            ({ } on, null) when on == scene.Today && calendar.StartOfWork(on) <= scene.Now => LaterMoments.Of(Later.AnHour, calendar, scene.Now),
            ({ } on, null) => calendar.StartOfWork(on),
        };
    }

    private WorkCalendar CalendarOf(Scene scene) => scene.Calendar(playbook.FollowUps);
}
