using KeyAccountBot.Dialogs;
using KeyAccountBot.Sales.Accounts;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>What the dialog remembers.</summary>
internal sealed record FindAccountDraft
{
    /// <summary>The customers offered, in the order shown.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];
}

/// <summary>Settles which customer is meant: takes an exact name, or how only one begins, and asks about anything less. Ends with the customer's name, or nothing.</summary>
internal sealed class FindAccountDialog(AccountSearch search)
{
    /// <summary>The dialog's id; its option is what the person said, empty to choose from the list.</summary>
    public const string Id = "find-account";

    private const int Offered = 48;
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<FindAccountDraft>(Id, 2, AskWhichAsync, TakeAsync);

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext<FindAccountDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var words = step.Options<string>() ?? "";
        if (words.Length == 0 && await search.SpokenOfAsync(scene, cancellationToken) is { } spokenOf)
        {
            return await step.EndAsync(DialogJson.ToElement(spokenOf), cancellationToken);
        }

        IReadOnlyList<string> names;
        if (words.Length == 0)
        {
            // one's own customers first, then those of the team
            names = await search.FirstAsync(scene, Offered, cancellationToken);
        }
        else
        {
            var matches = await search.MatchAsync(scene, words, cancellationToken);
            if (matches.Exact.Count > 0)
            {
                SpokenOf.Note(step.Turn, null, matches.Exact[0].Account);
                return await step.EndAsync(DialogJson.ToElement(matches.Exact[0].Account), cancellationToken);
            }

            if (matches.Near.Select(l => l.Account).Distinct(StringComparer.Ordinal).Where(a => BeginsSo(a, words)).ToList() is [var begun])
            {
                SpokenOf.Note(step.Turn, null, begun);
                return await step.EndAsync(DialogJson.ToElement(begun), cancellationToken);
            }

            if (matches.Near.Count == 0 && await search.AnyAsync(scene, cancellationToken))
            {
                return await step.EndWithAsync(scene.Say("find.not-found", words), cancellationToken);
            }

            names = [.. matches.Near.DistinctBy(l => AccountId.OfName(l.Account)).Take(Offered).Select(l => l.Account)];
        }

        if (names.Count == 0)
        {
            return await step.EndWithAsync(scene.Say("find.none-at-all"), cancellationToken);
        }

        step.Draft = new FindAccountDraft { Names = names };
        var choices = names.Select(n => new Choice(n)).ToList();
        var question = words.Length > 0 ? scene.Say("find.did-you-mean", words) : Texts["account.which", scene.Culture];
        return await step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, question, choices), Choices = choices }, cancellationToken);
    }

    // "castell" is Castell Brewery, where no other customer begins so; what is spelled otherwise is asked about
    private static bool BeginsSo(string account, string words) =>
        account.Length > words.Length && account.StartsWith(words, StringComparison.OrdinalIgnoreCase) && (!char.IsLetterOrDigit(account[words.Length]) || Language.Spelling.IsHan(account[0]));

    private static async ValueTask<DialogTurnResult> TakeAsync(WaterfallStepContext<FindAccountDraft> step, CancellationToken cancellationToken) =>
        await step.EndAsync(
            step.Result<FoundChoice>() is { } found ? DialogJson.ToElement(step.Draft.Names[found.Index]) : null, cancellationToken);
}
