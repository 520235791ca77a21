using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>Which opportunity; then what people put on record of it, the newest first.</summary>
internal sealed class HistoryDialog(Dossiers dossiers, Playbook playbook)
{
    /// <summary>The dialog's id; its option is the account's words.</summary>
    public const string Id = "history";

    private const int Shown = 10;

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 1, FindAsync, ShowAsync);

    private static ValueTask<DialogTurnResult> FindAsync(WaterfallStepContext step, CancellationToken cancellationToken) =>
        step.BeginAsync(FindOpportunityDialog.Id, DialogJson.ToElement(new FindOpportunity(step.Options<string>() ?? "", Among.Any)), cancellationToken);

    private async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.Result<string>() is { } id && await dossiers.ReadAsync(scene.Asker, new OpportunityId(id), cancellationToken) is { } opportunity)
        {
            List<OpportunityEntry> entries = [];
            await foreach (var entry in dossiers.EntriesAsync(scene.Asker, opportunity.Id, cancellationToken))
            {
                entries.Add(entry);
            }

            step.Turn.Send(MessageOf(scene, opportunity, entries));
        }

        return await step.EndAsync(cancellationToken: cancellationToken);
    }

    private Message MessageOf(Scene scene, Opportunity opportunity, IEnumerable<OpportunityEntry> entries)
    {
        var lines = HistoryLines.Of(scene, playbook, entries);
        return new Message
        {
            Language = scene.Culture.Name,
            Title = scene.Say("history.title", Words.NameOf(opportunity)),
            Body =
            [
                .. lines.Count == 0 ? [new Paragraph(scene.Say("history.empty"))] : lines.Take(Shown).Select(line => new Paragraph(line) { IsDense = true }),
                .. lines.Count > Shown ? [new Paragraph(scene.Say("history.more", lines.Count - Shown)) { IsAside = true }] : Array.Empty<Paragraph>(),
            ],
        };
    }
}
