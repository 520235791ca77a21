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
        string[] lines = [.. entries.GroupBy(e => e.Command).Select(together => LineOf(scene, [.. together])).OfType<string>().Reverse()];
        return new Message
        {
            Language = scene.Culture.Name,
            Title = scene.Say("history.title", Words.NameOf(opportunity)),
            Body =
            [
                .. lines.Length == 0 ? [new Paragraph(scene.Say("history.empty"))] : lines.Take(Shown).Select(line => new Paragraph(line) { IsDense = true }),
                .. lines.Length > Shown ? [new Paragraph(scene.Say("history.more", lines.Length - Shown)) { IsAside = true }] : Array.Empty<Paragraph>(),
            ],
        };
    }

    // what follow-ups note of themselves is no entry of anybody's
    private string? LineOf(Scene scene, IReadOnlyList<OpportunityEntry> together)
    {
        string[] words = [.. together.Select(e => e.What switch
        {
            OpportunityEvent.Opened => scene.Say("history.opened"),
            OpportunityEvent.EntryUndone => scene.Say("history.undone"),
            var what => EntryWords.Of(scene, playbook, what),
        }).OfType<string>().Distinct(StringComparer.Ordinal)];
        var who = (together[0].By is { } by ? scene.Company.Find(by)?.Name : null) ?? scene.Say("history.somebody");
        return words.Length == 0 ? null : scene.Say(
            "history.line", scene.Format(scene.Calendar(playbook.FollowUps).DateAt(together[0].At)), who, string.Join(Words.Separator(scene.Culture), words));
    }
}
