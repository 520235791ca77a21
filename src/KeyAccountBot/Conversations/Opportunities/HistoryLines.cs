using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>What people put on record of an opportunity, a line a command.</summary>
internal static class HistoryLines
{
    /// <summary>The lines, the newest first.</summary>
    public static IReadOnlyList<string> Of(Scene scene, Playbook playbook, IEnumerable<OpportunityEntry> entries) =>
        [.. entries.GroupBy(e => e.Command).Select(together => LineOf(scene, playbook, [.. together])).OfType<string>().Reverse()];

    // what follow-ups note of themselves is no entry of anybody's
    private static string? LineOf(Scene scene, Playbook playbook, IReadOnlyList<OpportunityEntry> together)
    {
        string[] words = [.. together.Select(e => e.What switch
        {
            OpportunityEvent.Opened => scene.Say("history.opened"),
            OpportunityEvent.EntryUndone => scene.Say("history.undone"),
            var what => EntryWords.Of(scene, playbook, what),
        }).OfType<string>().Distinct(StringComparer.Ordinal)];
        var who = (together[0].By is { } by ? scene.Company.Find(by)?.Name : null) ?? scene.Say("history.somebody");
        return words.Length == 0 ? null : scene.Say(
            "history.line", scene.Format(scene.Calendar(playbook.FollowUps).DateAt(together[0].At)), who, string.Join(Words.Separator(scene.Culture), words));
    }
}
