using Cronos;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Playbooks;

/// <summary>The rules between the parts of a playbook's escalation policies: every step can be reached, and every policy ends.</summary>
internal static class PolicyRules
{
    /// <summary>What is broken, each with its place in the file; none where all is well.</summary>
    public static IEnumerable<(string Where, string Reason)> Broken(Playbook playbook)
    {
        var settings = playbook.FollowUps;
        return Causes(playbook)
            .Concat(Schedule(settings))
            .Concat(Quiet(settings))
            .Concat(settings.Policies.SelectMany(p => Policy(p.Key, p.Value, settings)))
            .Concat(settings.Causes.SelectMany(c => Bands(c.Key.InPlaybook, c.Value, settings)))
            .Concat(settings.Causes.SelectMany(c => c.Value.SelectMany((b, i) => Readers($"followUps.causes.{c.Key.InPlaybook}[{i}]", settings.StepsFor(c.Key, b.From)))));
    }

    // each cause holds its own settings to the playbook
    private static IEnumerable<(string, string)> Causes(Playbook playbook) =>
        FollowUpCauses.All.SelectMany(c => c.Broken(playbook)).Select(b => ($"followUps.{b.Place}", b.Reason))
            .Concat(playbook.FollowUps.Causes.Keys.Where(c => FollowUpCauses.Find(c) is null).Select(c => ($"followUps.causes.{c.InPlaybook}", "there is no such cause")));

    private static IEnumerable<(string, string)> Schedule(FollowUpSettings settings)
    {
        if (settings.WorkingFrom >= settings.WorkingTo)
        {
            yield return ("followUps.workingTo", "work ends before it begins");
        }

        if (settings.WeeklyDigest is { } cron && !CronExpression.TryParse(cron, out _))
        {
            yield return ("followUps.weeklyDigest", $"'{cron}' is no cron expression of five fields, for example '0 9 * * MON'");
        }
    }

    // what nobody said may not last longer than what anybody may say
    private static IEnumerable<(string, string)> Quiet(FollowUpSettings settings)
    {
        if (settings.SnoozeDays > settings.LongestQuietDays)
        {
            yield return ("followUps.snoozeDays", $"a snooze may last {settings.LongestQuietDays} business days at most (followUps.longestQuietDays)");
        }

        if (settings.TakenDays > settings.LongestQuietDays)
        {
            yield return ("followUps.takenDays", $"who takes it is left in peace for {settings.LongestQuietDays} business days at most (followUps.longestQuietDays)");
        }

        if (settings.Owner.SnoozeDays > settings.LongestQuietDays)
        {
            yield return ("followUps.owner.snoozeDays", $"an owner may not snooze for longer than those above them, {settings.LongestQuietDays} business days (followUps.longestQuietDays)");
        }
    }

    private static IEnumerable<(string, string)> Policy(string name, EscalationPolicy policy, FollowUpSettings settings)
    {
        var where = $"followUps.policies.{name}";
        if (policy.Then is { } then && !settings.Policies.ContainsKey(then))
        {
            yield return ($"{where}.then", $"there is no policy '{then}'");
        }
        else if (Circle(name, settings) is { } circle)
        {
            yield return ($"{where}.then", $"the policies go round in a circle: {circle}");
        }

        if (!settings.Causes.Values.SelectMany(b => b).Any(b => b.Policy == name) && settings.Policies.Values.All(p => p.Then != name))
        {
            yield return (where, "no cause follows it and no policy leads to it, so its steps would never be reached");
        }

        foreach (var (step, i) in policy.Steps.Select((s, i) => (s, i)))
        {
            if (step.OrElse is not null && step.To is not StepReader.Maintainer)
            {
                yield return ($"{where}.steps[{i}].orElse", $"'{step.To}' has no other; only a maintainer may be missing");
            }

            if (step is { Times: > 1, Every: { IsNone: true } })
            {
                yield return ($"{where}.steps[{i}].every", "they would be told again at once");
            }
        }
    }

    private static string? Circle(string name, FollowUpSettings settings)
    {
        List<string> passed = [];
        for (var next = name; next is not null; next = settings.Policies.GetValueOrDefault(next)?.Then)
        {
            if (passed.Contains(next))
            {
                return next == name ? string.Join(" → ", [.. passed, next]) : null;
            }

            passed.Add(next);
        }

        return null;
    }

    private static IEnumerable<(string, string)> Bands(string cause, IReadOnlyList<AmountBand> bands, FollowUpSettings settings)
    {
        foreach (var (band, i) in bands.Select((b, i) => (b, i)))
        {
            if (!settings.Policies.ContainsKey(band.Policy))
            {
                yield return ($"followUps.causes.{cause}[{i}].policy", $"there is no policy '{band.Policy}'");
            }

            if (bands.Skip(i + 1).Any(b => b.From == band.From))
            {
                yield return ($"followUps.causes.{cause}[{i}].from", "a later band begins at the same amount, so this one would never be reached");
            }
        }
    }

    // who heard of a cause is not told of it again by another step, so a second step for them would never be told
    private static IEnumerable<(string, string)> Readers(string where, IReadOnlyList<FollowUpStep> steps)
    {
        for (var i = 1; i < steps.Count; i++)
        {
            var before = steps.Take(i).Select(s => s.To).ToList().IndexOf(steps[i].To);
            if (before >= 0 && steps[i].To is not StepReader.InRoom)
            {
                yield return (where, $"its step {i + 1} tells '{steps[i].To}', who heard at step {before + 1}, so it would never be reached; let that step tell them several times instead");
            }
        }
    }
}
