using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;

namespace KeyAccountBot.Conversations.Turns;

/// <summary>Asks which of several opportunities a wish is about, then does it.</summary>
/// <param name="search">Finds them.</param>
/// <param name="act">Does what is asked for.</param>
internal sealed class AskWhichDialog(OpportunitySearch search, AskedHandler act)
{
    /// <summary>The dialog's id; its option is what is asked for.</summary>
    public const string Id = "asked-which";

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<FindOpportunityDraft>(Id, 1, AskAsync, ActAsync);

    private async ValueTask<DialogTurnResult> AskAsync(WaterfallStepContext<FindOpportunityDraft> step, CancellationToken cancellationToken)
    {
        var (scene, asked) = (Scene.Of(step.Turn), step.Options<Asked>()!);
        var candidates = asked.All("candidates").ToHashSet(StringComparer.Ordinal);
        var lines = await search.FirstAsync(
            scene, l => candidates.Count > 0 ? candidates.Contains(l.Id.Value) : l.Owner == scene.Person.Id && OpportunitySearch.IsWorkedOn(l), static (_, _) => 0, Prompts.Listed, cancellationToken);
        if (lines.Count == 0)
        {
            return await step.EndWithAsync(scene.Say("find.none-at-all"), cancellationToken);
        }

        step.Draft = new FindOpportunityDraft { Offered = [.. lines.InOrder.Select(l => l.Id.Value)] };
        List<Choice> choices = [.. lines.InOrder.Select(l => new Choice(FindOpportunityDialog.LineOf(scene, l)) { Id = l.Id.Value })];
        return await step.PromptAsync(
            FindOpportunityDialog.WhichId,
            new PromptOptions
            {
                Prompt = Prompts.Ask(scene, asked.Account is { } account ? scene.Say("find.several", account) : scene.Say("find.which"), choices, lines.Count),
                Choices = choices,
                Validations = DialogJson.ToElement(Among.Any),
                Field = "opportunity",
            },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> ActAsync(WaterfallStepContext<FindOpportunityDraft> step, CancellationToken cancellationToken)
    {
        var (scene, asked, found) = (Scene.Of(step.Turn), step.Options<Asked>()!, step.Result<FoundChoice>());
        var (dialog, offered) = (step.Dialog, step.Draft.Offered);
        var ended = await step.EndAsync(cancellationToken: cancellationToken);
        if (found is not null)
        {
            var id = found.Index >= 0 ? offered[found.Index] : found.Value;
            await act(dialog, scene, asked.With("opportunity", id).With("candidates", []), cancellationToken);
        }

        return dialog.ActiveInstance is null ? ended : DialogTurnResult.Waiting;
    }
}
