using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Playbooks;

/// <summary>The rules of former ids: each leads to one thing of today, and to nothing that a former id leads away from.</summary>
internal static class FormerIdRules
{
    /// <summary>What is broken, each with its place in the file; none where all is well.</summary>
    public static IEnumerable<(string Where, string Reason)> Broken(Playbook playbook)
    {
        var stages = playbook.Stages.Select((s, i) => (Stage: s, Where: $"stages[{i}]")).ToList();
        var milestones = stages.SelectMany(s => s.Stage.Milestones.Select((m, j) => (Milestone: m, Where: $"{s.Where}.milestones[{j}]"))).ToList();
        var questions = stages.SelectMany(s => s.Stage.Questions.Select((q, j) => (Question: q, Where: $"{s.Where}.questions[{j}]"))).ToList();
        return
        [
            .. Broken("stage", [.. stages.Select(s => (s.Stage.Id, s.Stage.Was, s.Where))], []),
            .. Broken("milestone", [.. milestones.Select(m => (m.Milestone.Id, m.Milestone.Was, m.Where))], playbook.Removed.Milestones),
            .. Broken("question", [.. questions.Select(q => (q.Question.Id, q.Question.Was, q.Where))], playbook.Removed.Questions),
        ];
    }

    private static IEnumerable<(string, string)> Broken<TId>(
        string what, IReadOnlyList<(TId Id, IReadOnlyList<TId> Was, string Where)> all, IReadOnlyList<TId> removed)
        where TId : struct
    {
        var present = all.Select(a => a.Id).ToHashSet();
        var leads = new Dictionary<TId, string>();
        foreach (var (id, was, where) in all)
        {
            foreach (var former in was)
            {
                if (present.Contains(former))
                {
                    yield return ($"{where}.was", $"'{former}' is a {what} of this playbook, so it cannot be what '{id}' was called");
                }
                else if (!leads.TryAdd(former, $"'{id}'"))
                {
                    yield return ($"{where}.was", $"'{former}' is what {leads[former]} was called already, and it can lead to one {what} only");
                }
            }
        }

        foreach (var (gone, i) in removed.Select((r, i) => (r, i)))
        {
            if (present.Contains(gone))
            {
                yield return ($"removed.{what}s[{i}]", $"'{gone}' is a {what} of this playbook, so it is not removed");
            }
            else if (!leads.TryAdd(gone, "nothing"))
            {
                yield return ($"removed.{what}s[{i}]", $"'{gone}' leads to {leads[gone]} already");
            }
        }
    }
}
