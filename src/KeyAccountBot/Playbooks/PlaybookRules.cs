using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Playbooks;

/// <summary>What no schema can say: the rules between a playbook's parts.</summary>
internal static class PlaybookRules
{
    /// <summary>Holds a playbook to them.</summary>
    /// <exception cref="InvalidPlaybookException">It breaks one.</exception>
    public static void Check(string path, Playbook playbook)
    {
        CheckStages(path, playbook);
        foreach (var (where, reason) in FormerIdRules.Broken(playbook))
        {
            throw new InvalidPlaybookException(path, where, reason);
        }

        CheckCoverage(path, playbook);
        CheckEvaluation(path, playbook.Evaluation);
        foreach (var (where, reason) in PolicyRules.Broken(playbook))
        {
            throw new InvalidPlaybookException(path, where, reason);
        }
    }

    private static void CheckStages(string path, Playbook playbook)
    {
        var stages = new HashSet<StageId>();
        var milestones = new HashSet<MilestoneId>();
        var questions = new HashSet<QuestionId>();
        foreach (var (stage, i) in playbook.Stages.Select((s, i) => (s, i)))
        {
            Require(path, stages.Add(stage.Id), $"stages[{i}].id", $"the stage '{stage.Id}' stands twice");
            foreach (var milestone in stage.Milestones)
            {
                Require(path, milestones.Add(milestone.Id), $"stages[{i}].milestones", $"the milestone '{milestone.Id}' stands twice");
            }

            foreach (var question in stage.Questions)
            {
                Require(path, questions.Add(question.Id), $"stages[{i}].questions", $"the question '{question.Id}' stands twice");
            }

            foreach (var id in stage.Gate.All.Concat(stage.Gate.Any))
            {
                Require(path, stage.Milestones.Any(m => m.Id == id), $"stages[{i}].gate", $"the gate names '{id}', which is no milestone of the stage '{stage.Id}'");
            }

            Require(path, stage.Gate.All.Count + stage.Gate.Any.Count > 0, $"stages[{i}].gate", "the gate names no milestone, so nothing would ever hold it shut");
        }

        Require(path, milestones.Contains(playbook.WonBy), "wonBy", $"no stage has the milestone '{playbook.WonBy}'");
    }

    private static void CheckCoverage(string path, Playbook playbook)
    {
        var coverage = playbook.Coverage;
        Once(path, coverage.Departments.Select(d => d.Id), "coverage.departments", "department");
        Once(path, coverage.Levels.Select(l => l.Level), "coverage.levels", "level");
        Once(path, coverage.BuyingRoles.Select(r => r.Role), "coverage.buyingRoles", "buying role");
        Once(path, coverage.Required.Select(c => $"{c.Department}/{c.Level}"), "coverage.required", "cell");
        foreach (var (cell, i) in coverage.Required.Select((c, i) => (c, i)))
        {
            Require(path, coverage.Find(cell.Department) is not null, $"coverage.required[{i}].department", $"there is no department '{cell.Department}'");
        }

        Require(path, playbook.Stages.Any(s => s.Id == coverage.DecisionMakerFrom), "coverage.decisionMakerFrom", $"there is no stage '{coverage.DecisionMakerFrom}'");
    }

    private static void CheckEvaluation(string path, EvaluationSettings evaluation)
    {
        Once(path, evaluation.Criteria.Select(c => c.Id), "evaluation.criteria", "criterion");
        Require(path, evaluation.Criteria.Any(c => c.Weight > 0), "evaluation.criteria", "no criterion has any weight, so nothing would ever be scored");
    }

    private static void Once<T>(string path, IEnumerable<T> all, string where, string what)
    {
        var seen = new HashSet<T>();
        foreach (var one in all)
        {
            Require(path, seen.Add(one), where, $"the {what} '{one}' stands twice");
        }
    }

    private static void Require(string path, bool holds, string where, string reason)
    {
        if (!holds)
        {
            throw new InvalidPlaybookException(path, where, reason);
        }
    }
}
