using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations;

/// <summary>Why something was not recorded, in one sentence.</summary>
internal static class Refusals
{
    /// <summary>The sentence for a refusal.</summary>
    public static string Explain(Scene scene, Playbook playbook, Refusal refusal) => refusal switch
    {
        Refusal.NotOnRecord => scene.Say("refusal.not-on-record"),
        Refusal.CannotBeRead => scene.Say("refusal.cannot-be-read"),
        Refusal.AlreadyOnRecord => scene.Say("refusal.already-on-record"),
        Refusal.WrongStatus wrong => scene.Say("refusal.wrong-status", scene.Say("status." + wrong.Status)),
        Refusal.WonAlready won => scene.Say("refusal.won-already", scene.Format(scene.Calendar(playbook.FollowUps).DateAt(won.Since))),
        Refusal.NotInPlaybook => scene.Say("refusal.not-in-playbook"),
        Refusal.StageNotInPlaybook => scene.Say("refusal.stage-not-in-playbook"),
        Refusal.StageNotReached early => scene.Say(
            "refusal.stage-not-reached",
            playbook.Find(early.Milestone)?.Name.For(scene.Culture) ?? early.Milestone.Value,
            playbook.Stage(early.Stage).Name.For(scene.Culture),
            string.Join(Words.Separator(scene.Culture), early.Missing.Select(m => playbook.Find(m)?.Name.For(scene.Culture) ?? m.Value))),
        Refusal.NotReached not => scene.Say("refusal.not-reached", playbook.Find(not.Milestone)?.Name.For(scene.Culture) ?? not.Milestone.Value),
        Refusal.NothingToUndo => scene.Say("refusal.nothing-to-undo"),
        Refusal.SomebodyElsesEntry => scene.Say("refusal.somebody-elses-entry"),
        Refusal.AlreadyTheirs theirs => scene.Say("refusal.already-theirs", scene.Company.Find(theirs.Owner)?.Name ?? ""),
        Refusal.InTheFuture future => scene.Say("check-in.in-the-future", scene.Format(future.On)),
        Refusal.AnsweredAlready first => scene.Say("refusal.answered-already", scene.Company.Find(first.By)?.Name ?? ""),
        Refusal.NotAsked => scene.Say("refusal.not-asked"),
        Refusal.NothingToAnswer => scene.Say("refusal.nothing-to-answer"),
        Refusal.SnoozedOften often => scene.Say("refusal.snoozed-often", often.Limit),
        Refusal.HoldOutside outside => scene.Say("refusal.hold-outside", scene.Format(outside.Latest)),
        Refusal.NoSuchQuestion => scene.Say("refusal.no-such-question"),
        Refusal.NotAnswered => scene.Say("refusal.not-answered"),
        Refusal.NoSuchVisit => scene.Say("refusal.no-such-visit"),
        Refusal.VisitInThePast past => scene.Say(
            "refusal.visit-in-the-past", scene.Calendar(playbook.FollowUps).LocalTime(past.At).DateTime.ToString("g", scene.Culture)),
        Refusal.TooManyVisits many => scene.Say("refusal.too-many-visits", many.Limit),
        Refusal.TooManyQuestions many => scene.Say("refusal.too-many-questions", many.Limit),
        Refusal.ScoreOutside outside => scene.Say("refusal.score-outside", outside.Score),
        Refusal.AmountOutside outside => scene.Say("refusal.amount-outside", scene.Format(outside.Amount)),
        Refusal.TooManyCompetitors many => scene.Say("refusal.too-many-competitors", many.Limit),
        Refusal.NotTheirs => scene.Say("refusal.not-theirs"),
        Refusal.NothingSaid => scene.Say("refusal.nothing-said"),
        _ => throw new InvalidOperationException($"No sentence for {refusal.GetType().Name}."),
    };
}
