using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;

namespace KeyAccountBot.Conversations.Finding;

/// <summary>Which opportunities a question is about.</summary>
internal enum Among
{
    /// <summary>Open or on hold.</summary>
    WorkedOn,

    /// <summary>Lost or on hold.</summary>
    Resting,

    /// <summary>All.</summary>
    Any,
}

/// <summary>What to look for.</summary>
/// <param name="Words">What the person said; empty to choose from the list.</param>
/// <param name="Among">Which are meant.</param>
internal sealed record FindOpportunity(string Words, Among Among);

/// <summary>What was offered to choose from.</summary>
internal sealed record FindOpportunityDraft
{
    /// <summary>The ids, as listed.</summary>
    public IReadOnlyList<string> Offered { get; init; } = [];
}

/// <summary>Settles which opportunity is meant: takes an exact name, asks about anything less. Ends with the id, or nothing.</summary>
internal sealed class FindOpportunityDialog(OpportunitySearch search)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "find-opportunity";

    /// <summary>The id of its question.</summary>
    public const string WhichId = Prompts.WhichOpportunity;

    private const int NotListed = -1;

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<FindOpportunityDraft>(Id, 2, AskWhichAsync, TakeAsync);

    /// <summary>Its question: what is not on the list can be named.</summary>
    public Dialog Which => new ChoicePrompt(WhichId, IsNamedAsync, Prompts.Manners);

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext<FindOpportunityDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var wanted = step.Options<FindOpportunity>()!;
        IReadOnlyList<OpportunityListing> offered;
        string question;
        int? of = null;
        if (wanted.Words.Length == 0 && scene.Subject is { Opportunity: var spokenOf }
            && await search.AnyAsync(scene, l => l.Id == spokenOf && Fits(l, wanted.Among), cancellationToken))
        {
            return await step.EndAsync(DialogJson.ToElement(spokenOf.Value), cancellationToken);
        }

        if (wanted.Words.Length == 0)
        {
            var own = await FirstAsync(scene, l => l.Owner == scene.Person.Id && Fits(l, wanted.Among), cancellationToken);
            var first = own.Count > 0 ? own : await FirstAsync(scene, l => Fits(l, wanted.Among), cancellationToken);
            if (first.Count == 0)
            {
                return await NoneAsync(step, scene, cancellationToken);
            }

            (offered, question, of) = (first.InOrder, scene.Say("find.which"), first.Count);
        }
        else
        {
            var matches = await search.MatchAsync(scene, wanted.Words, l => Fits(l, wanted.Among), cancellationToken);
            if (matches.Exact.Count == 1)
            {
                SpokenOf.Note(step.Turn, matches.Exact[0].Id.Value, matches.Exact[0].Account);
                return await step.EndAsync(DialogJson.ToElement(matches.Exact[0].Id.Value), cancellationToken);
            }

            if (matches.Exact.Count == 0 && (await search.MatchAsync(scene, wanted.Words, l => !Fits(l, wanted.Among), cancellationToken)).Exact is [var other, ..])
            {
                step.Turn.Send(scene.Say(
                    wanted.Among == Among.Resting ? "find.nothing-to-reopen" : "find.not-worked-on", $"{scene.AccountOf(other.Account)} · {other.Name}",
                    scene.Say("status." + other.Status)));
                return await step.EndAsync(cancellationToken: cancellationToken);
            }

            if (matches.Exact.Count == 0 && matches.Near.Count == 0)
            {
                if (!await search.AnyAsync(scene, l => Fits(l, wanted.Among), cancellationToken))
                {
                    return await NoneAsync(step, scene, cancellationToken);
                }

                step.Turn.Send(scene.Say("find.not-found", wanted.Words));
                return await step.EndAsync(cancellationToken: cancellationToken);
            }

            (offered, question) = matches.Exact.Count > 1
                ? ([.. matches.Exact.Take(Prompts.Listed)], scene.Say("find.several", scene.AccountOf(matches.Exact[0].Account)))
                : (matches.Near, scene.Say("find.did-you-mean", wanted.Words));
            of = matches.Exact.Count > 1 ? matches.Exact.Count : null;
        }

        step.Draft = new FindOpportunityDraft { Offered = [.. offered.Select(l => l.Id.Value)] };
        var choices = offered.Select(l => new Choice(LineOf(scene, l)) { Id = l.Id.Value, Beside = Beside(scene, l) }).ToList();
        return await step.PromptAsync(
            WhichId,
            new PromptOptions { Prompt = Prompts.Ask(scene, question, choices, of), Choices = choices, Validations = DialogJson.ToElement(wanted.Among), Field = "opportunity" },
            cancellationToken);
    }

    private ValueTask<FirstFew<OpportunityListing>> FirstAsync(Scene scene, Func<OpportunityListing, bool> fits, CancellationToken cancellationToken) =>
        search.FirstAsync(scene, fits, static (_, _) => 0, Prompts.Listed, cancellationToken);

    private async ValueTask<bool> IsNamedAsync(PromptValidatorContext<FoundChoice> prompt, CancellationToken cancellationToken)
    {
        if (!prompt.Succeeded && !PromptWords.IsReserved(prompt.Said))
        {
            var among = DialogJson.FromElement<Among>(prompt.Options.Validations!.Value);
            if ((await search.MatchAsync(Scene.Of(prompt.Turn), prompt.Said, l => Fits(l, among), cancellationToken)).Exact is [var named])
            {
                prompt.AnswerWith(new FoundChoice(NotListed, named.Id.Value));
                return true;
            }
        }

        return prompt.Succeeded;
    }

    private static async ValueTask<DialogTurnResult> NoneAsync(WaterfallStepContext step, Scene scene, CancellationToken cancellationToken)
    {
        step.Turn.Send(scene.Say("find.none-at-all"));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> TakeAsync(WaterfallStepContext<FindOpportunityDraft> step, CancellationToken cancellationToken)
    {
        var found = step.Result<FoundChoice>();
        var id = found is null ? null : found.Index == NotListed ? found.Value : step.Draft.Offered[found.Index];
        SpokenOf.Note(step.Turn, id, null);
        return await step.EndAsync(id is null ? null : DialogJson.ToElement(id), cancellationToken);
    }

    // whose it is and how it stands tell it from others, too: "Dana's", "the lost one", "the one in bidding"
    private static string[] Beside(Scene scene, OpportunityListing line) =>
        [scene.Company.Find(line.Owner)?.Name ?? "", line.Stage.Value, .. line.Status == Sales.Opportunities.OpportunityStatus.Open ? Array.Empty<string>() : [scene.Say("status." + line.Status)]];

    /// <summary>An opportunity in one line.</summary>
    public static string LineOf(Scene scene, OpportunityListing line) =>
        $"{scene.AccountOf(line.Account)} · {line.Name} · {scene.Format(line.Amount)}";

    private static bool Fits(OpportunityListing line, Among among) => among switch
    {
        Among.WorkedOn => OpportunitySearch.IsWorkedOn(line),
        Among.Resting => line.Status is Sales.Opportunities.OpportunityStatus.Lost or Sales.Opportunities.OpportunityStatus.OnHold,
        Among.Any => true,
        _ => throw new ArgumentOutOfRangeException(nameof(among), among, null),
    };
}
