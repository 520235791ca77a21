using KeyAccountBot.Conversations.Evaluation;
using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>The list of the opportunities that somebody may see: their own first, then the highest score, then the largest.</summary>
internal sealed class MyOpportunities(OpportunitySearch search, Playbook playbook)
{
    private const int Listed = 20;

    /// <summary>The list.</summary>
    public async ValueTask<Message> OfAsync(Scene scene, CancellationToken cancellationToken)
    {
        var lines = await search.FirstAsync(scene, l => l.Status == OpportunityStatus.Open, InOrder, Listed, cancellationToken);
        if (lines.Count == 0)
        {
            return Message.Of(scene.Say("list.empty"));
        }

        List<string> said = [scene.Say("list.title", lines.Count)];
        said.AddRange(lines.InOrder.Select(l => (playbook.NumberOf(l.Stage) is { } stage
                ? scene.Say("list.line", scene.AccountOf(l.Account), l.Name, scene.Format(l.Amount), stage, playbook.Stages.Count)
                : scene.Say("list.line-outside", scene.AccountOf(l.Account), l.Name, scene.Format(l.Amount)))
            + (l.Score is { } score ? EvaluationWords.Short(scene, score) : "")));
        if (lines.Count > Listed)
        {
            said.Add(scene.Say("list.more", lines.Count - Listed));
        }

        return Message.Of(string.Join(Marks.Paragraph, said));

        int InOrder(OpportunityListing one, OpportunityListing other) =>
            (other.Owner == scene.Person.Id).CompareTo(one.Owner == scene.Person.Id) is var own && own != 0 ? own
            : (other.Score ?? -1).CompareTo(one.Score ?? -1) is var score && score != 0 ? score
            : other.Amount.Amount.CompareTo(one.Amount.Amount);
    }
}
