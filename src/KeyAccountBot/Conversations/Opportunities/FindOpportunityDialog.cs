using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;

namespace KeyAccountBot.Conversations.Opportunities;

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

/// <summary>Settles which opportunity is meant: takes an exact name, asks about anything less. Ends with the id, or nothing.</summary>
internal sealed class FindOpportunityDialog(OpportunitySearch search)
{
    /// <summary>The dialog's id.</summary>
    public const string Id = "find-opportunity";

    private const int Offered = 12;

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 1, AskWhichAsync, TakeAsync);

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var wanted = step.Options<FindOpportunity>()!;
        IReadOnlyList<OpportunityListing> offered;
        string question;
        if (wanted.Words.Length == 0)
        {
            var first = (await search.FirstAsync(scene, l => Fits(l, wanted.Among), OwnFirst, Offered, cancellationToken)).InOrder;
            if (first.Count == 0)
            {
                return await NoneAsync(step, scene, cancellationToken);
            }

            (offered, question) = ([.. first.Where(l => l.Owner == scene.Person.Id).DefaultIfEmpty(first[0])], scene.Say("find.which"));
        }
        else
        {
            var matches = await search.MatchAsync(scene, wanted.Words, l => Fits(l, wanted.Among), cancellationToken);
            if (matches.Exact.Count == 1)
            {
                return await step.EndAsync(DialogJson.ToElement(matches.Exact[0].Id.Value), cancellationToken);
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
                ? ([.. matches.Exact.Take(Offered)], scene.Say("find.several", scene.AccountOf(matches.Exact[0].Account)))
                : (matches.Near, scene.Say("find.did-you-mean", wanted.Words));
        }

        step.Values.Set("ids", offered.Select(l => l.Id.Value).ToList());
        var choices = offered.Select(l => new Choice(LineOf(scene, l))).ToList();
        return await step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(question, choices), Choices = choices }, cancellationToken);

        int OwnFirst(OpportunityListing one, OpportunityListing other) => (other.Owner == scene.Person.Id).CompareTo(one.Owner == scene.Person.Id);
    }

    private static async ValueTask<DialogTurnResult> NoneAsync(WaterfallStepContext step, Scene scene, CancellationToken cancellationToken)
    {
        step.Turn.Send(scene.Say("find.none-at-all"));
        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> TakeAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var found = step.Result<FoundChoice>();
        return await step.EndAsync(
            found is null ? null : DialogJson.ToElement(step.Values.Get<List<string>>("ids")![found.Index]), cancellationToken);
    }

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
