using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.Conversations.CheckIn;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Conversations.Absences;

/// <summary>
/// Who is away until when, and who stands in; asked one by one where it was not said. Somebody says it of themselves, or of
/// those they lead; saying it again replaces it.
/// </summary>
internal sealed class AbsenceDialog(PeopleRepository people, CompanyDirectory directory)
{
    /// <summary>The dialog's id; its option is the words after <c>away</c>.</summary>
    public const string Id = "absence";

    private const double Close = 0.6;
    private const int Offered = 12;
    private static readonly Texts Texts = new("Conversations.Absences.AbsenceTexts");

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 1, AskUntilAsync, AskWhoStandsInAsync, RecordAsync);

    /// <summary>Ends the speaker's absence, or that of somebody they lead.</summary>
    public async ValueTask<string> EndAsync(Scene scene, string words, CancellationToken cancellationToken)
    {
        if (Whom(scene, words) is not { } person)
        {
            return Texts["absence.whom", scene.Culture, words];
        }

        var wasAway = person.Away is not null;
        await people.ChangeAsync(scene.Tenant, person.Id, p => p with { Away = null }, cancellationToken);
        directory.Forget();
        return !wasAway ? Texts["absence.was-here", scene.Culture, person.Name]
            : person.Id == scene.Person.Id ? Texts["absence.back", scene.Culture]
            : Texts["absence.back.other", scene.Culture, person.Name];
    }

    /// <summary>Whether the words speak of somebody whose absence is the speaker's to say.</summary>
    public static bool IsOfOurs(Scene scene, string words) => Whom(scene, AbsenceWords.Read(words, scene.Today, scene.Culture).Who) is not null;

    private static async ValueTask<DialogTurnResult> AskUntilAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var said = AbsenceWords.Read(step.Options<string>() ?? "", scene.Today, scene.Culture);
        if (Whom(scene, said.Who) is not { } person)
        {
            step.Turn.Send(Texts["absence.whom", scene.Culture, said.Who]);
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("who", person.Id.Value);
        step.Values.Set("stand-in", said.StandIn);
        return said.Until is { } until
            ? await DateDoubts.AskAsync(step, until, DateSense.Ahead, null, cancellationToken, DialogJson.ToElement(until))
            : await step.PromptAsync(Prompts.Date, Prompts.Ask(Texts["absence.until", scene.Culture]), cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> AskWhoStandsInAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var until = step.Result<DateOnly>();
        if (until < scene.Today)
        {
            step.Turn.Send(Texts["absence.past", scene.Culture, scene.Format(until)]);
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("until", until);
        var who = new PersonId(step.Values.Get<string>("who")!);
        var colleagues = Colleagues.All(scene.Company, who).Where(p => p.Id != who && p.Role != Role.Administrator).ToList();
        var wanted = OpportunitySearch.Folded(step.Values.Get<string>("stand-in") ?? "");
        var named = wanted.Length == 0 ? [] : colleagues.Where(p => OpportunitySearch.Folded(p.Name) == wanted).ToList();
        if (named.Count == 1)
        {
            return await step.NextAsync(DialogJson.ToElement(named[0].Id.Value), cancellationToken);
        }

        // a name that comes close is asked about, never taken
        var near = named.Count > 1 ? named : [.. colleagues.Where(p => wanted.Length > 0 && OpportunitySearch.Score(p.Name, wanted) >= Close)];
        var offered = near.Count > 0 ? near : colleagues;
        step.Values.Set("offered", offered.Select(p => p.Id.Value).ToList());
        List<Choice> choices = [.. offered.Select(p => new Choice(p.Name)), new(Texts["absence.nobody", scene.Culture], ["nobody", "none", "没有", "无"])];
        var question = wanted.Length > 0 && near.Count == 0
            ? Texts["absence.unknown", scene.Culture, step.Values.Get<string>("stand-in")]
            : Texts["absence.stand-in", scene.Culture];
        return await step.PromptAsync(
            Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(question, [.. choices.Take(Offered), .. choices.Count > Offered ? [choices[^1]] : Array.Empty<Choice>()]), Choices = choices },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        PersonId? standIn = step.Values.Get<List<string>>("offered") is { } offered
            ? step.Result<FoundChoice>()!.Index < offered.Count ? new PersonId(offered[step.Result<FoundChoice>()!.Index]) : null
            : new PersonId(step.Result<string>()!);
        var who = new PersonId(step.Values.Get<string>("who")!);
        var until = step.Values.Get<DateOnly>("until");
        var person = await people.ChangeAsync(scene.Tenant, who, p => p with { Away = new Absence(scene.Today, until, standIn) }, cancellationToken);
        directory.Forget();
        if (person is null)
        {
            step.Turn.Send(Texts["absence.not-on-record", scene.Culture]);
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        // who it is in the end: the one named may be away as well
        var hears = (await directory.GetAsync(scene.Tenant, cancellationToken)).StandInFor(who)?.Name;
        step.Turn.Send(hears is null
            ? Texts["absence.recorded.nobody", scene.Culture, person.Name, scene.Format(until)]
            : Texts[who == scene.Person.Id ? "absence.recorded" : "absence.recorded.other", scene.Culture, person.Name, scene.Format(until), hears]);
        return await step.EndAsync(cancellationToken: cancellationToken);
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
