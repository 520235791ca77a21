using KeyAccountBot.Dialogs;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>Whom to ask for.</summary>
/// <param name="Account">At which customer.</param>
/// <param name="Question">As put to the person.</param>
internal sealed record FindContact(string Account, string Question);

/// <summary>What the dialog remembers.</summary>
internal sealed record FindContactDraft
{
    /// <summary>The ids of those offered, in the order shown.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
}

/// <summary>Settles which contact of a customer is meant. Ends with the contact's id, or nothing.</summary>
internal sealed class FindContactDialog(AccountSearch search)
{
    /// <summary>The dialog's id; its option is a <see cref="FindContact"/>.</summary>
    public const string Id = "find-contact";

    private static readonly Texts Texts = new("Conversations.Contacts.ContactTexts");

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<FindContactDraft>(Id, 2, AskWhomAsync, TakeAsync);

    private async ValueTask<DialogTurnResult> AskWhomAsync(WaterfallStepContext<FindContactDraft> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var wanted = step.Options<FindContact>()!;
        var contacts = (await search.SeeAsync(scene, wanted.Account, cancellationToken))?.Contacts ?? [];
        if (contacts.Count == 0)
        {
            return await step.EndWithAsync(Texts["contacts.none", scene.Culture, wanted.Account], cancellationToken);
        }

        step.Draft = new FindContactDraft { Ids = [.. contacts.Select(c => c.Id.Value)] };
        var choices = contacts.Select(c => new Choice(c.Name) { Id = c.Id.Value }).ToList();
        var prompt = Prompts.Ask(scene, wanted.Question, choices);
        return await step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = prompt, Choices = choices, Field = "contact" }, cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> TakeAsync(WaterfallStepContext<FindContactDraft> step, CancellationToken cancellationToken) =>
        await step.EndAsync(
            step.Result<FoundChoice>() is { } found ? DialogJson.ToElement(step.Draft.Ids[found.Index]) : null, cancellationToken);
}
