using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.StandIns;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Absences;

/// <summary>An absence, as far as a sentence says.</summary>
/// <param name="Words">What follows the phrase that asks for it; empty where the rest says it.</param>
internal sealed record SaidAbsence(string Words)
{
    /// <summary>The id of who is away; <c>null</c> for the speaker.</summary>
    public string? Who { get; init; }

    /// <summary>The first day; <c>null</c> for today.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The id of who stands in.</summary>
    public string? Delegate { get; init; }

    /// <summary>It came as one sentence: what was understood, and what falls into it, is shown before it counts.</summary>
    public bool IsSaid { get; init; }

    /// <summary>The slots of a wish.</summary>
    public static SaidAbsence Of(Asked asked) => new("")
    {
        Who = asked.One("rep"),
        From = asked.Date("from") ?? (asked.Date("to") is null ? asked.Date("date") : null),
        Until = asked.Date("to") ?? asked.Date("until") ?? asked.Date("date"),
        Delegate = asked.One("delegate"),
        IsSaid = true,
    };
}

/// <summary>What was said of an absence so far.</summary>
internal sealed record AbsenceDraft
{
    /// <summary>The first day; <c>null</c> for today.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The id of who stands in, once that is settled; <c>null</c> for nobody.</summary>
    public string? Chosen { get; init; }

    /// <summary>Who is away.</summary>
    public string Who { get; init; } = "";

    /// <summary>Who is to stand in, as it was said.</summary>
    public string StandIn { get; init; } = "";

    /// <summary>The last day.</summary>
    public DateOnly Until { get; init; }

    /// <summary>The colleagues that were offered; <c>null</c> where nobody had to be chosen.</summary>
    public IReadOnlyList<string>? Offered { get; init; }
}

/// <summary>
/// Who is away until when, and who stands in; asked one by one where it was not said. Somebody says it of themselves, or of
/// those they lead; saying it again replaces it.
/// </summary>
internal sealed class AbsenceDialog(AbsenceBook book, DoneWhileAway done, FallsInto falls)
{
    /// <summary>The dialog's id; its option is a <see cref="SaidAbsence"/>.</summary>
    public const string Id = "absence";

    private const string UntilId = "absence-until";
    private const double Close = 0.6;
    private static readonly Texts Texts = new("Conversations.Absences.AbsenceTexts");

    /// <summary>Asks for the last day until it is one that an absence may have.</summary>
    public Dialog Until => new DateTimePrompt(UntilId, Prompts.ReadDate, (prompt, _) =>
    {
        var scene = Scene.Of(prompt.Turn);
        var isNear = !prompt.Succeeded || prompt.Value <= book.LatestFrom(scene.Today);
        if (!isNear)
        {
            prompt.Turn.Send(Nearer(scene, prompt.Value));
        }

        return ValueTask.FromResult(isNear);
    }, ReplyManners.Of) { IsPeriod = true };

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<AbsenceDraft>(Id, 3, AskUntilAsync, AskWhoStandsInAsync, ConfirmAsync, RecordAsync);

    /// <summary>Ends the speaker's absence, or that of somebody they lead.</summary>
    public async ValueTask<string> EndAsync(Scene scene, string words, CancellationToken cancellationToken)
    {
        if (Whom(scene, words) is not { } person)
        {
            return Texts["absence.whom", scene.Culture, words];
        }

        if (person.Away is null)
        {
            return Texts["absence.was-here", scene.Culture, person.Name];
        }

        var isSpeaker = person.Id == scene.Person.Id;
        var lines = isSpeaker ? await done.LinesAsync(scene.Tenant, person, scene.Company, cancellationToken) : [];
        await book.EndAsync(scene.Tenant, person, isSpeaker, cancellationToken);
        return !isSpeaker ? Texts["absence.back.other", scene.Culture, person.Name]
            : lines.Count == 0 ? Texts["absence.back", scene.Culture]
            : string.Join(
                Marks.Paragraph,
                [Texts["absence.back", scene.Culture], Texts["absence.done", scene.Culture] + string.Concat(lines.Select(l => Marks.Line + "– " + l))]);
    }

    /// <summary>Whether the words speak of somebody whose absence is the speaker's to say.</summary>
    public static bool IsOfOurs(Scene scene, string words) => Whom(scene, AbsenceWords.Read(words, scene.Today, scene.Culture).Who) is not null;

    private async ValueTask<DialogTurnResult> AskUntilAsync(WaterfallStepContext<AbsenceDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var wish = step.Options<SaidAbsence>() ?? new SaidAbsence("");
        var said = wish.IsSaid ? new AbsenceWords(wish.Who is { } id ? scene.Company.Find(new PersonId(id))?.Name ?? id : "", wish.Until, "")
            : AbsenceWords.Read(wish.Words, scene.Today, scene.Culture);
        if (Whom(scene, said.Who) is not { } person)
        {
            return await step.EndWithAsync(Texts["absence.whom", scene.Culture, said.Who], cancellationToken);
        }

        var from = wish.From > scene.Today ? wish.From : null;
        if (from is not null && scene.Company.IsAway(person))
        {
            // one absence is on record at a time: the present one would be lost
            return await step.EndWithAsync(Texts["absence.still-away", scene.Culture, person.Name, scene.Format(person.Away!.Until)], cancellationToken);
        }

        step.Draft = new AbsenceDraft { Who = person.Id.Value, StandIn = said.StandIn, From = from };
        return said.Until is { } until && until <= book.LatestFrom(from ?? scene.Today) && until >= (from ?? until)
            ? await step.NextAsync(DialogJson.ToElement(until), cancellationToken)
            : await step.PromptAsync(
                UntilId, said.Until is { } far ? new PromptOptions { Prompt = Nearer(scene, far) } : Prompts.Ask(Texts["absence.until", scene.Culture], "until") with { Further = ["from"] }, cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> AskWhoStandsInAsync(WaterfallStepContext<AbsenceDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var until = step.Result<DateOnly>();
        if (until < scene.Today)
        {
            return await step.EndWithAsync(Texts["absence.past", scene.Culture, scene.Format(until)], cancellationToken);
        }

        // a first day said with the last; one absence is on record at a time
        var first = DateOnly.TryParseExact(step.TakeAhead("from"), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var said)
            && said > scene.Today && scene.Company.Find(new PersonId(step.Draft.Who)) is { } away && !scene.Company.IsAway(away) ? said : step.Draft.From;
        step.Draft = step.Draft with { Until = until, From = first <= until ? first : null };
        var who = new PersonId(step.Draft.Who);
        if (step.Options<SaidAbsence>()?.Delegate is { } delegated && delegated != step.Draft.Who && scene.Company.Find(new PersonId(delegated)) is { Role: not Role.Administrator })
        {
            return await step.NextAsync(DialogJson.ToElement(delegated), cancellationToken);
        }

        var colleagues = Colleagues.All(scene.Company, who).Where(p => p.Id != who && p.Role != Role.Administrator).ToList();
        var wanted = OpportunitySearch.Folded(step.Draft.StandIn);
        var named = wanted.Length == 0 ? [] : colleagues.Where(p => OpportunitySearch.Folded(p.Name) == wanted).ToList();
        if (named.Count == 1)
        {
            return await step.NextAsync(DialogJson.ToElement(named[0].Id.Value), cancellationToken);
        }

        // a name that comes close is asked about, never taken
        var near = named.Count > 1 ? named : [.. colleagues.Where(p => wanted.Length > 0 && OpportunitySearch.Score(p.Name, wanted) >= Close)];
        var offered = near.Count > 0 ? near : colleagues;
        step.Draft = step.Draft with { Offered = [.. offered.Select(p => p.Id.Value)] };

        // nobody stands where it is listed, however many colleagues there are
        List<Choice> choices = [.. offered.Select(p => new Choice(p.Name))];
        choices.Insert(NobodyAt(offered.Count), new(Texts["absence.nobody", scene.Culture], AnswerWords.File.Words("nobodyStandsIn")));
        var question = wanted.Length > 0 && near.Count == 0
            ? Texts["absence.unknown", scene.Culture, step.Draft.StandIn]
            : Texts["absence.stand-in", scene.Culture];
        return await step.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, question, choices), Choices = choices, Field = "delegate" },
            cancellationToken);
    }

    private static int NobodyAt(int colleagues) => Math.Min(colleagues, Prompts.Listed - 1);

    // what is said in one sentence is shown, with what falls into it; what was asked for step by step counts at once
    private async ValueTask<DialogTurnResult> ConfirmAsync(WaterfallStepContext<AbsenceDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        PersonId? standIn = step.Draft.Offered is { } offered
            ? step.Result<FoundChoice>()!.Index - NobodyAt(offered.Count) is var at && at == 0 ? null : new PersonId(offered[step.Result<FoundChoice>()!.Index - (at > 0 ? 1 : 0)])
            : new PersonId(step.Result<string>()!);
        var draft = step.Draft = step.Draft with { Chosen = standIn?.Value };
        if (step.Options<SaidAbsence>() is not { IsSaid: true } || scene.Company.Find(new PersonId(draft.Who)) is not { } person)
        {
            return await step.NextAsync(DialogJson.ToElement(true), cancellationToken);
        }

        var from = draft.From ?? scene.Today;
        List<(string Label, string Value)> facts =
        [
            (Texts["absence.label.when", scene.Culture], from == draft.Until ? scene.Format(from) : Texts["absence.from-to", scene.Culture, scene.Format(from), scene.Format(draft.Until)]),
            (Texts["absence.label.stand-in", scene.Culture], (standIn is { } id ? scene.Company.Find(id)?.Name : null) ?? Texts["absence.nobody", scene.Culture]),
        ];
        var lines = await falls.LinesAsync(scene, person, from, draft.Until, cancellationToken);
        if (lines.Count > 0)
        {
            facts.Add((Texts["absence.label.falls-into", scene.Culture], string.Join(Marks.Line, lines)));
        }

        var title = person.Id == scene.Person.Id ? Texts["absence.understood", scene.Culture] : Texts["absence.understood.other", scene.Culture, person.Name];
        return await step.PromptAsync(
            Prompts.Confirm, new PromptOptions { Prompt = ConversationCard.Confirm(scene, title, facts, scene.Say("check-in.record"), step.Token) }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<AbsenceDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (!step.Result<bool>())
        {
            return await step.EndWithAsync(scene.Say("check-in.not-recorded"), cancellationToken);
        }

        var (draft, from, until) = (step.Draft, step.Draft.From ?? scene.Today, step.Draft.Until);
        PersonId? standIn = draft.Chosen is { } chosen ? new PersonId(chosen) : null;
        var recorded = await book.RecordAsync(
            scene.Tenant, scene.Person.Id, new PersonId(draft.Who), new Absence(from, until, standIn), step.Token, cancellationToken);
        step.Turn.Send(recorded is null ? Texts["absence.not-on-record", scene.Culture] : from > scene.Today ? Ahead(scene, recorded, from, until) : Said(scene, recorded, until));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    // until it begins nothing changes, so it says who will hear then
    private static string Ahead(Scene scene, RecordedAbsence recorded, DateOnly from, DateOnly until)
    {
        var named = (recorded.Waiting?.Id ?? recorded.Person.Away?.StandIn) is { } id ? scene.Company.Find(id) : null;
        var hears = named ?? scene.Company.LineAbove(recorded.Person.Id).FirstOrDefault();
        var said = hears is null
            ? Texts["absence.ahead.nobody", scene.Culture, recorded.Person.Name, scene.Format(from), scene.Format(until)]
            : Texts["absence.ahead", scene.Culture, recorded.Person.Name, scene.Format(from), scene.Format(until), hears.Name];
        return recorded switch
        {
            { Waiting: { } waiting, Asked: { } asked } => Words.Sentences(scene.Culture, said, Texts["absence.asked", scene.Culture, waiting.Name, asked.Name]),
            { Waiting: { } waiting } => Words.Sentences(scene.Culture, said, Texts["absence.cannot", scene.Culture, waiting.Name]),
            _ => said,
        };
    }

    // who it is in the end: who was named may be away as well, or take a yes
    private static string Said(Scene scene, RecordedAbsence recorded, DateOnly until)
    {
        var (name, day) = (recorded.Person.Name, scene.Format(until));
        var said = recorded.Hears is not { } hears ? Texts["absence.recorded.nobody", scene.Culture, name, day]
            : Texts[recorded.Person.Id == scene.Person.Id ? "absence.recorded" : "absence.recorded.other", scene.Culture, name, day, hears.Name];
        return recorded switch
        {
            { Waiting: { } waiting, Asked: { } asked } => Words.Sentences(scene.Culture, said, Texts["absence.asked", scene.Culture, waiting.Name, asked.Name]),
            { Waiting: { } waiting } => Words.Sentences(scene.Culture, said, Texts["absence.cannot", scene.Culture, waiting.Name]),
            _ => said,
        };
    }

    // a year that is hardly meant is asked about by the date that is likely
    private Message Nearer(Scene scene, DateOnly said)
    {
        var latest = book.LatestFrom(scene.Today);
        return PlausibleDate.Likely(said, scene.Today, DateSense.Ahead) is { } likely && likely >= scene.Today && likely <= latest
            ? Message.Of(scene.Say("date.meant", scene.Format(said), scene.Format(likely))).Offering(new ReadyAnswer(scene.Format(likely), scene.Format(likely)))
            : Message.Of(Texts["absence.too-long", scene.Culture, latest.DayNumber - scene.Today.DayNumber + 1, scene.Format(latest)]);
    }

    /// <summary>The speaker for no words, else one of those they lead by name; <c>null</c> for anybody else.</summary>
    private static Person? Whom(Scene scene, string words)
    {
        var wanted = OpportunitySearch.Folded(words);
        if (wanted.Length == 0 || Itself.Contains(wanted))
        {
            return scene.Company.Find(scene.Person.Id) ?? scene.Person;
        }

        var named = Colleagues.Named(scene.Company.TeamOf(scene.Person.Id), words);
        return named.Count == 1 ? named[0] : null;
    }

    private static readonly System.Collections.Frozen.FrozenSet<string> Itself = AnswerWords.Of("myself");
}
