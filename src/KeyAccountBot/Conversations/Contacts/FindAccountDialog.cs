using KeyAccountBot.BotFramework.Dialogs;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Sales.Accounts;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>Settles which customer is meant: takes an exact name, asks about anything less. Ends with the customer's name, or nothing.</summary>
internal sealed class FindAccountDialog(AccountSearch search)
{
    /// <summary>The dialog's id; its option is what the person said, empty to choose from the list.</summary>
    public const string Id = "find-account";

    private const int Offered = 48;
    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 1, AskWhichAsync, TakeAsync);

    private async ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var words = step.Options<string>() ?? "";
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
                return await step.EndAsync(DialogJson.ToElement(matches.Exact[0].Account), cancellationToken);
            }

            if (matches.Near.Count == 0 && await search.AnyAsync(scene, cancellationToken))
            {
                step.Turn.Send(scene.Say("find.not-found", words));
                return await step.EndAsync(cancellationToken: cancellationToken);
            }

            names = [.. matches.Near.DistinctBy(l => AccountId.OfName(l.Account)).Take(Offered).Select(l => l.Account)];
        }

        if (names.Count == 0)
        {
            step.Turn.Send(scene.Say("find.none-at-all"));
            return await step.EndAsync(cancellationToken: cancellationToken);
        }

        step.Values.Set("names", names);
        var choices = names.Select(n => new Choice(n)).ToList();
        var question = words.Length > 0 ? scene.Say("find.did-you-mean", words) : Texts["account.which", scene.Culture];
        return await step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, question, choices), Choices = choices }, cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> TakeAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        await step.EndAsync(
            step.Result<FoundChoice>() is { } found ? DialogJson.ToElement(step.Values.Get<List<string>>("names")![found.Index]) : null, cancellationToken);
}
