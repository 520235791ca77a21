using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.StandIns;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Absences;

/// <summary>What was said of an absence so far.</summary>
internal sealed record AbsenceDraft
{
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
internal sealed class AbsenceDialog(AbsenceBook book, DoneWhileAway done)
{
    /// <summary>The dialog's id; its option is the words after <c>away</c>.</summary>
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
    });

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<AbsenceDraft>(Id, 2, AskUntilAsync, AskWhoStandsInAsync, RecordAsync);

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
        var said = AbsenceWords.Read(step.Options<string>() ?? "", scene.Today, scene.Culture);
        if (Whom(scene, said.Who) is not { } person)
        {
            return await step.EndWithAsync(Texts["absence.whom", scene.Culture, said.Who], cancellationToken);
        }

        step.Draft = new AbsenceDraft { Who = person.Id.Value, StandIn = said.StandIn };
        return said.Until is { } until && until <= book.LatestFrom(scene.Today)
            ? await step.NextAsync(DialogJson.ToElement(until), cancellationToken)
            : await step.PromptAsync(
                UntilId, said.Until is { } far ? new PromptOptions { Prompt = Nearer(scene, far) } : Prompts.Ask(Texts["absence.until", scene.Culture]), cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> AskWhoStandsInAsync(WaterfallStepContext<AbsenceDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var until = step.Result<DateOnly>();
        if (until < scene.Today)
        {
            return await step.EndWithAsync(Texts["absence.past", scene.Culture, scene.Format(until)], cancellationToken);
        }

        step.Draft = step.Draft with { Until = until };
        var who = new PersonId(step.Draft.Who);
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
        choices.Insert(NobodyAt(offered.Count), new(Texts["absence.nobody", scene.Culture], ["nobody", "none", "no", "没有", "无", "不", "不用"]));
        var question = wanted.Length > 0 && near.Count == 0
            ? Texts["absence.unknown", scene.Culture, step.Draft.StandIn]
            : Texts["absence.stand-in", scene.Culture];
        return await step.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, question, choices), Choices = choices },
            cancellationToken);
    }

    private static int NobodyAt(int colleagues) => Math.Min(colleagues, Prompts.Listed - 1);

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext<AbsenceDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        PersonId? standIn = step.Draft.Offered is { } offered
            ? step.Result<FoundChoice>()!.Index - NobodyAt(offered.Count) is var at && at == 0 ? null : new PersonId(offered[step.Result<FoundChoice>()!.Index - (at > 0 ? 1 : 0)])
            : new PersonId(step.Result<string>()!);
        var until = step.Draft.Until;
        var recorded = await book.RecordAsync(
            scene.Tenant, scene.Person.Id, new PersonId(step.Draft.Who), new Absence(scene.Today, until, standIn), step.Token, cancellationToken);
        step.Turn.Send(recorded is null ? Texts["absence.not-on-record", scene.Culture] : Said(scene, recorded, until));
        return await step.EndAsync(cancellationToken: cancellationToken);
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

    private static readonly HashSet<string> Itself = new(StringComparer.Ordinal) { "i", "me", "iam", "am", "我" };
}
