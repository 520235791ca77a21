using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Playbooks;

/// <summary>Counts what a playbook does with the opportunities on record; keeps ten names of each, however many there are.</summary>
internal sealed class PlaybookTally(Playbook playbook)
{
    private const int Named = 10;
    private readonly Lock gate = new();
    private readonly Dictionary<(PlaybookEffect Effect, string From, string? To), Counted> counts = [];
    private int opportunities;
    private int stranded;

    /// <summary>What was found so far.</summary>
    public PlaybookLook Look
    {
        get
        {
            lock (gate)
            {
                return new PlaybookLook(opportunities, stranded, [.. counts
                    .Select(c => new PlaybookFinding(c.Key.Effect, c.Key.From, c.Key.To, c.Value.Count, [.. c.Value.First]))
                    .OrderBy(f => f.Effect).ThenByDescending(f => f.Count).ThenBy(f => f.From, StringComparer.Ordinal)]);
            }
        }
    }

    /// <summary>Counts one opportunity that is open or on hold, with the ids that are on record.</summary>
    public void Add(Opportunity onRecord)
    {
        var effects = EffectsOf(onRecord).ToHashSet();
        var name = $"{(onRecord.Facts.Account.Length > 0 ? onRecord.Facts.Account : "(no account yet)")}: {onRecord.Facts.Name}";
        lock (gate)
        {
            opportunities++;
            stranded += effects.Any(e => e.Item1 is PlaybookEffect.StageLost or PlaybookEffect.MilestoneLost or PlaybookEffect.QuestionLost) ? 1 : 0;
            foreach (var effect in effects)
            {
                if (!counts.TryGetValue(effect, out var counted))
                {
                    counts[effect] = counted = new Counted();
                }

                counted.Add(name);
            }
        }
    }

    private IEnumerable<(PlaybookEffect, string, string?)> EffectsOf(Opportunity opportunity)
    {
        var facts = opportunity.Facts;
        OpportunityFacts[] all = opportunity.LastEntry is { } last ? [facts, last.Before] : [facts];
        var stages = all.SelectMany(f => (StageId[])[f.Stage, f.StartedIn]).Concat(facts.OwnQuestions.Select(q => q.Stage)).Distinct().ToList();
        foreach (var stage in stages.Where(s => playbook.Find(s) is null))
        {
            yield return (PlaybookEffect.StageLost, stage.Value, null);
        }

        if (playbook.Former.Now(facts.Stage) is var stands && stands != facts.Stage)
        {
            yield return (PlaybookEffect.StageMoves, facts.Stage.Value, stands.Value);
        }

        foreach (var milestone in all.SelectMany(f => f.Reached.Keys).Distinct())
        {
            if (playbook.Find(milestone) is { } found)
            {
                if (found.Id != milestone)
                {
                    yield return (PlaybookEffect.MilestoneRenamed, milestone.Value, found.Id.Value);
                }
            }
            else
            {
                yield return (playbook.Removed.Milestones.Contains(milestone) ? PlaybookEffect.MilestoneRemoved : PlaybookEffect.MilestoneLost, milestone.Value, null);
            }
        }

        foreach (var question in facts.Answers.Keys.Where(a => facts.OwnQuestions.All(q => q.Id != a)))
        {
            if (playbook.Find(question) is { } found)
            {
                if (found.Id != question)
                {
                    yield return (PlaybookEffect.QuestionRenamed, question.Value, found.Id.Value);
                }
            }
            else
            {
                yield return (playbook.Removed.Questions.Contains(question) ? PlaybookEffect.QuestionRemoved : PlaybookEffect.QuestionLost, question.Value, null);
            }
        }

        // only a check-in looks at gates again: until then it stays where it is
        if (opportunity.IsOpen && stages.All(s => playbook.Find(s) is not null) && playbook.Former.Now(opportunity) is var now
            && playbook.StandingAt(now.ReachedSet(), now.Facts.StartedIn) is var next && next != now.Facts.Stage)
        {
            yield return (PlaybookEffect.GateMoves, now.Facts.Stage.Value, next.Value);
        }
    }

    private sealed class Counted
    {
        public int Count { get; private set; }

        public SortedSet<string> First { get; } = new(StringComparer.OrdinalIgnoreCase);

        public void Add(string name)
        {
            Count++;
            First.Add(name);
            if (First.Count > Named)
            {
                First.Remove(First.Max!);
            }
        }
    }
}
