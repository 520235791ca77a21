using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Overviews;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Overviews;

/// <summary>Says why an opportunity is at risk, in a few words each.</summary>
internal static class RiskReasonWords
{
    /// <summary>One reason.</summary>
    public static string Of(Scene scene, Playbook playbook, Account? account, RiskReason reason) => reason switch
    {
        RiskReason.Late late => OverviewWords.Late(scene, late.Matter),
        RiskReason.NoNextStep => OverviewWords.Say(scene, "risk.no-step"),
        RiskReason.StepPassed passed => OverviewWords.Say(scene, "today.step-passed", passed.Step.What, OverviewWords.Day(scene, passed.Step.Due)),
        RiskReason.CloseDatePassed passed => OverviewWords.Say(scene, "risk.close-passed", OverviewWords.Day(scene, passed.On)),
        RiskReason.CloseDateNear { Missing.Count: 0 } near => OverviewWords.Say(scene, "risk.close-near", OverviewWords.Day(scene, near.On)),
        RiskReason.CloseDateNear near => OverviewWords.Say(
            scene, "risk.close-missing", OverviewWords.Day(scene, near.On), OverviewWords.Milestones(scene, playbook, near.Missing)),
        RiskReason.BidDue bid when bid.On < scene.Today => OverviewWords.Say(scene, "risk.bid-passed", OverviewWords.Day(scene, bid.On)),
        RiskReason.BidDue bid => OverviewWords.Say(scene, "risk.bid", OverviewWords.Day(scene, bid.On)),
        RiskReason.Gap gap => CoverageWords.Gap(gap.Of, account, playbook, scene.Culture),
        _ => throw new InvalidOperationException($"No words for {reason.GetType().Name}."),
    };
}
