using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>What an entry put on record, in words; shown before it is taken back.</summary>
internal static class EntryWords
{
    /// <summary>All of one command, in the order it was recorded.</summary>
    public static async ValueTask<string> OfAsync(Scene scene, Playbook playbook, IAsyncEnumerable<OpportunityEntry> entries, CommandId command)
    {
        List<string> said = [];
        await foreach (var entry in entries)
        {
            if (entry.Command == command && Of(scene, playbook, entry.What) is { } words)
            {
                said.Add(words);
            }
        }

        return string.Join(Words.Separator(scene.Culture), said.Distinct(StringComparer.Ordinal));
    }

    /// <summary>One entry; <c>null</c> for what nobody can take back.</summary>
    public static string? Of(Scene scene, Playbook playbook, OpportunityEvent what) => what switch
    {
        OpportunityEvent.CheckedIn { NextStep: { } next } => scene.Say("entry.next-step", next.What, scene.Format(next.Due)),
        OpportunityEvent.CheckedIn => scene.Say("entry.checked-in"),
        OpportunityEvent.MilestoneReached reached => scene.Say("entry.reached", NameOf(scene, playbook, reached.Milestone)),
        OpportunityEvent.MilestoneTakenBack back => scene.Say("entry.taken-back", NameOf(scene, playbook, back.Milestone)),
        OpportunityEvent.StageChanged moved => scene.Say("entry.moved", Words.StageOf(playbook, moved.To, scene.Culture)),
        OpportunityEvent.Won => scene.Say("status.Won"),
        OpportunityEvent.WinTakenBack => scene.Say("entry.not-won"),
        OpportunityEvent.Lost lost => scene.Say("fact", scene.Say("status.Lost"), lost.Reason),
        OpportunityEvent.PutOnHold { Until: { } until } hold =>
            scene.Say("fact", scene.Say("status.held", scene.Say("status.OnHold"), scene.Format(until)), hold.Reason),
        OpportunityEvent.PutOnHold hold => scene.Say("fact", scene.Say("status.OnHold"), hold.Reason),
        OpportunityEvent.Reopened reopened => scene.Say("fact", scene.Say("entry.reopened"), reopened.Reason),
        OpportunityEvent.HandedOver over => scene.Say(
            "fact", scene.Say("entry.handed-over", scene.Company.Find(over.From)?.Name, scene.Company.Find(over.To)?.Name), over.Reason),
        OpportunityEvent.Completed => scene.Say("status.Completed"),
        OpportunityEvent.QuestionAdded added => scene.Say("entry.question", added.Text),
        OpportunityEvent.QuestionAnswered answered => scene.Say("entry.answered", answered.Answer),
        OpportunityEvent.QuestionReopened reopened => scene.Say("entry.question-reopened", reopened.Reason),
        OpportunityEvent.VisitPlanned planned => scene.Say("entry.visit-planned", DayOf(scene, playbook, planned.At)),
        OpportunityEvent.VisitMoved moved => scene.Say("entry.visit-moved", DayOf(scene, playbook, moved.At)),
        OpportunityEvent.VisitCancelled cancelled => scene.Say("entry.visit-cancelled", cancelled.Reason),
        OpportunityEvent.VisitReported visited => scene.Say("entry.visited", scene.Format(visited.On)),
        OpportunityEvent.CustomerEvaluated => scene.Say("entry.evaluated"),
        OpportunityEvent.FactsChanged changed => string.Join(Words.Separator(scene.Culture), FactWords.Changes(scene, changed.From, changed.To)),
        OpportunityEvent.BidBranchChosen => scene.Say("entry.bid"),
        OpportunityEvent.ContractApproverNamed => scene.Say("entry.approver"),

        // nothing of these is anybody's to take back
        OpportunityEvent.Opened or OpportunityEvent.EntryUndone or OpportunityEvent.FollowUpStepTaken or OpportunityEvent.FollowUpAnswered
            or OpportunityEvent.FollowUpReplied or OpportunityEvent.TimeAskedFor or OpportunityEvent.TimeAnswered or OpportunityEvent.BriefSent
            or OpportunityEvent.DecisionMakerAssigned => null,
        _ => throw new InvalidOperationException($"No words for {what.GetType().Name}."),
    };

    private static string NameOf(Scene scene, Playbook playbook, MilestoneId id) => playbook.Find(id)?.Name.For(scene.Culture) ?? id.Value;

    private static string DayOf(Scene scene, Playbook playbook, DateTimeOffset at) => scene.Format(scene.Calendar(playbook.FollowUps).DateAt(at));
}
