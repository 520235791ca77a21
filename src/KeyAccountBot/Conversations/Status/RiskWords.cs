using KeyAccountBot.FollowUps;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Status;

/// <summary>Says what puts an opportunity at risk: a mark and the reason.</summary>
internal static class RiskWords
{
    /// <summary>The risk in a few words.</summary>
    public static string Of(Scene scene, Playbook playbook, Risk risk) => risk is { Cause: { } cause, Since: { } since }
        ? scene.Say("risk", FollowUpMessage.ShortOf(cause, scene.Culture), scene.Format(scene.Calendar(playbook.FollowUps).DateAt(since)))
        : scene.Say("risk.no-next-step");
}
