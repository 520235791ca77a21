using KeyAccountBot.Conversations.Evaluation;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Status;

/// <summary>What status and the answer to a check-in say of the customer: what it is worth, and what is missing in how it is looked after.</summary>
internal sealed class StatusLines(Dossiers dossiers, Playbook playbook)
{
    /// <summary>A name and a value each; the weightiest gaps in one line, and none once the opportunity rests or is lost.</summary>
    public async ValueTask<IReadOnlyList<(string Label, string Value)>> OfAsync(Scene scene, Opportunity opportunity, CancellationToken cancellationToken)
    {
        List<(string, string)> lines = [];
        if (opportunity.Facts.Evaluation is { } evaluation)
        {
            lines.Add((EvaluationWords.Label(scene), EvaluationWords.Verdict(scene, playbook, evaluation, opportunity.Facts.Amount)));
        }

        if (opportunity is { IsOpen: true, Facts.AccountId: not null })
        {
            var account = await dossiers.CustomerAsync(scene.Asker, opportunity, cancellationToken);
            if (CoverageWords.Brief(opportunity, account, scene.Company, playbook, scene.Today, scene.Culture) is { } brief)
            {
                lines.Add((CoverageWords.Label(scene.Culture), brief));
            }
        }

        return lines;
    }
}
