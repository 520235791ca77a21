using KeyAccountBot.Conversations.Evaluation;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>
/// The list of the opportunities that somebody may see, the most urgent first: what is overdue, then what has no next step, then the rest.
/// Among those alike their own come first, then the highest score, then the largest.
/// </summary>
internal sealed class MyOpportunities(Dossiers dossiers, OpportunitySearch search, Playbook playbook)
{
    /// <summary>How many it shows.</summary>
    public const int Listed = 10;

    /// <summary>The list. Whole lists are read by their lines; only the records of those shown are opened.</summary>
    public async ValueTask<Message> OfAsync(Scene scene, CancellationToken cancellationToken)
    {
        var lines = await search.FirstAsync(scene, l => l.Status == OpportunityStatus.Open, (a, b) => InOrder(scene, a, b), Listed, cancellationToken);
        if (lines.Count == 0)
        {
            return Message.Of(scene.Say("list.empty"));
        }

        var shown = lines.InOrder;
        var rows = new (int Urgency, Paragraph Words)[shown.Count];
        await Parallel.ForAsync(0, shown.Count, cancellationToken, async (i, stop) =>
            rows[i] = RowOf(scene, shown[i], await dossiers.FindAsync(scene.Asker, shown[i].Id, stop)));
        IEnumerable<Paragraph> body = rows.OrderBy(r => r.Urgency).Select(r => r.Words);
        return new Message
        {
            Language = scene.Culture.Name,
            Title = scene.Say("list.title", lines.Count),
            Body = lines.Count > shown.Count ? [.. body, new Paragraph(scene.Say("list.more", lines.Count - shown.Count)) { IsAside = true }] : [.. body],
            Hint = OpenButton.Hint(scene.Culture),
        };
    }

    // a line says when something may be due, at the earliest: the record of what comes first settles it
    private static int InOrder(Scene scene, OpportunityListing one, OpportunityListing other) =>
        Urgency(scene, one).CompareTo(Urgency(scene, other)) is var urgent && urgent != 0 ? urgent
        : (other.Owner == scene.Person.Id).CompareTo(one.Owner == scene.Person.Id) is var own && own != 0 ? own
        : (other.Score ?? -1).CompareTo(one.Score ?? -1) is var score && score != 0 ? score
        : other.Amount.Amount.CompareTo(one.Amount.Amount);

    private static int Urgency(Scene scene, OpportunityListing line) => line.Times is not { } times || times.DueFrom <= scene.Now ? 0 : times.NextStepOn is null ? 1 : 2;

    // a record that cannot be read leaves the line of the list
    private (int Urgency, Paragraph Words) RowOf(Scene scene, OpportunityListing line, Opportunity? opportunity)
    {
        var name = $"{scene.AccountOf(line.Account)} · {line.Name}";
        var risk = opportunity is null ? null : Risk.Of(opportunity, playbook, scene.Company, scene.Now);
        string?[] words =
        [
            Marks.Bold(name),
            WorthOf(scene, line),
            StageOf(scene, line),
            opportunity?.Facts.NextStep is { } next ? scene.Say("fact", scene.Say("label.next-step"), scene.Say("check-in.by", next.What, scene.Format(next.Due))) : null,
            risk is null ? null : RiskWords.Of(scene, playbook, risk),
        ];
        return (
            risk is null ? 2 : risk.Cause is null ? 1 : 0,
            new Paragraph(string.Join(Marks.Line, words.OfType<string>())) { Opens = OpenButton.Of(line.Id, name, scene.Culture) });
    }

    private string StageOf(Scene scene, OpportunityListing line) => playbook.Find(line.Stage) is { } stage
        ? scene.Say("status.stage", stage.Name.For(scene.Culture), playbook.NumberOf(line.Stage), playbook.Stages.Count)
        : scene.Say("list.outside");

    private static string WorthOf(Scene scene, OpportunityListing line)
    {
        var score = line.Score is { } of ? EvaluationWords.Short(scene, of) : "";
        var owner = line.Owner != scene.Person.Id && scene.Company.Find(line.Owner) is { } colleague ? $" · {colleague.Name}" : "";
        return scene.Format(line.Amount) + owner + score;
    }
}
