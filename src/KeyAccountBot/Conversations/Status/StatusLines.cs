using KeyAccountBot.Conversations.Evaluation;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Status;

/// <summary>What status and the answer to a check-in say of the customer: what it is worth, and what is missing in how it is looked after.</summary>
internal sealed class StatusLines(Dossiers dossiers, Playbook playbook)
{
    /// <summary>A name and a value each; the weightiest gaps in one line, and none once the opportunity rests or is lost.</summary>
    public async ValueTask<IReadOnlyList<(string Label, string Value)>> OfAsync(Scene scene, Opportunity opportunity, CancellationToken cancellationToken) => Of(
        scene, opportunity,
        opportunity is { IsOpen: true, Facts.AccountId: not null } ? await dossiers.CustomerAsync(scene.Asker, opportunity, cancellationToken) : null);

    /// <summary>The same, and who looks after those who decide.</summary>
    public IReadOnlyList<(string Label, string Value)> OfStatus(Scene scene, Dossier dossier) =>
        [.. DecidersOf(scene, dossier), .. Of(scene, dossier.Opportunity, dossier.Account)];

    private List<(string Label, string Value)> Of(Scene scene, Opportunity opportunity, Account? account)
    {
        List<(string, string)> lines = [];
        if (opportunity.Facts.Competitors is { Count: > 0 } competitors)
        {
            lines.Add((scene.Say("fact.competitors"), string.Join(Words.Separator(scene.Culture), competitors)));
        }

        if (opportunity.Facts.Evaluation is { } evaluation)
        {
            lines.Add((EvaluationWords.Label(scene), EvaluationWords.Verdict(scene, playbook, evaluation, opportunity.Facts.Amount)));
        }

        if (opportunity is { IsOpen: true, Facts.AccountId: not null }
            && CoverageWords.Brief(opportunity, account, scene.Company, playbook, scene.Today, scene.Culture) is { } brief)
        {
            lines.Add((CoverageWords.Label(scene.Culture), brief));
        }

        return lines;
    }

    // that nobody looks after them is said with what is missing
    private static IEnumerable<(string Label, string Value)> DecidersOf(Scene scene, Dossier dossier)
    {
        string[] deciders = [.. dossier.Contacts.Where(c => c.IsDecisionMaker)
            .Select(c => c.Maintainer is { } id && scene.Company.Find(id) is { } maintainer
                ? scene.Say("status.decision-maker-by", c.Name, maintainer.Name)
                : null)
            .OfType<string>()];
        return deciders.Length == 0 ? [] : [(scene.Say("status.decision-maker"), string.Join(Words.Separator(scene.Culture), deciders))];
    }
}
