using KeyAccountBot.Sayings.Trials;
using KeyAccountBot.Sayings.Worlds;

namespace KeyAccountBot.Sayings.Judging;

/// <summary>Judges what came of a saying: what must not be, the facts of a report, a request, a reply. Pure.</summary>
/// <param name="world">What is on record.</param>
/// <param name="isMissedText">Whether a reply says that nothing was understood.</param>
internal sealed class SayingJudge(World world, Func<string, bool> isMissedText)
{
    private readonly NeverJudge never = new(world);
    private readonly ReplyJudge replies = new(world);

    /// <summary>The verdict on a saying; where nothing came of it, the talk could not be brought to where it is said.</summary>
    public Verdict Judge(Saying saying, Outcome? outcome)
    {
        var verdict = new Verdict(saying.Id, saying.Kind);
        if (outcome is null)
        {
            return verdict with { IsUnplaced = true };
        }

        var expected = saying.Expected;
        if (outcome.Failure is { } failure)
        {
            verdict = verdict with { Faults = [$"failed: {failure}"] };
            outcome = new Outcome { Today = outcome.Today };
        }

        verdict = verdict with { Never = never.Violated(saying, outcome), IsNotUnderstood = IsNotUnderstood(saying, outcome) };
        if (expected.Effect is not null)
        {
            var wrong = replies.Judge(saying, outcome);
            return verdict with { Reply = wrong.Count == 0, Faults = [.. verdict.Faults, .. wrong] };
        }

        if (expected.Reports is { } told && (told.Count > 0 || WishNames.IsReport(expected.Intent)))
        {
            return WithReports(verdict, told, saying, outcome);
        }

        // a trap that is to be asked about, answered or refused
        var faults = new RequestJudge(world, saying.Speaker).Judge(expected, outcome.Understood);
        return verdict with { Request = faults.Count == 0, Faults = [.. verdict.Faults, .. faults] };
    }

    private Verdict WithReports(Verdict verdict, IReadOnlyList<ExpectedReport> told, Saying saying, Outcome outcome)
    {
        var judge = new ReportJudge(world, outcome.Today);
        judge.Judge(told, outcome.Reports);
        List<string> faults = [.. verdict.Faults, .. judge.Faults];
        var wish = outcome.Understood?.Wish;
        var expected = saying.Expected;
        if (expected.Intent is { } intent && outcome.Reports.Count == 0 && !WishNames.Fits(wish, intent) && !expected.AlsoFine.Any(a => WishNames.Fits(wish, a)))
        {
            faults.Add($"wish {wish ?? "(none)"}, not {intent}");
        }

        return verdict with { Right = judge.Right, Missed = judge.Missed, Wrong = judge.Wrong, Faults = faults };
    }

    private bool IsNotUnderstood(Saying saying, Outcome outcome)
    {
        var (expected, understood) = (saying.Expected, outcome.Understood);
        var mayAsk = expected.MayClarify || expected.Intent == "unclear" || expected.Effect is "reask" or "clarify"
            || expected.AlsoFine.Any(a => a is "unclear" or "clarify" or "reask");
        return !mayAsk && (understood?.Wish == "unclear" || (understood?.Effect is ReplyEffect.Reask && saying.Question is not null) || outcome.Replies.Any(isMissedText)
            || (saying.Question is not null && understood?.Effect is null && IsAskedAgain(outcome))
            || (saying.Question is null && expected.Reports is { } told && told.Any(HasAnything) && outcome.Reports.All(r => !r.HasAnything && r.Candidates.Count == 0)));
    }

    private static bool HasAnything(ExpectedReport told) =>
        told.Milestones.Count + told.TakenBack.Count + told.Met.Count + told.NewContacts.Count + told.Answers.Count + told.NextSteps.Count + told.Facts.Count > 0 || told.Status is not null;

    private static bool IsAskedAgain(Outcome outcome) => outcome.Before.Open is { } before && outcome.After.Open is { } after
        && before.Prompt == after.Prompt && outcome.Before.Dialogs.SequenceEqual(outcome.After.Dialogs, StringComparer.Ordinal);
}
