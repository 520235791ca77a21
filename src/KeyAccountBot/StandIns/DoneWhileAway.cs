using KeyAccountBot.FollowUps;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.StandIns;

/// <summary>Says to who was away what was done in their name: the weightiest first, the latest of those, ten at most and how many more.</summary>
internal sealed class DoneWhileAway(ActsInName acts, Dossiers dossiers, Playbook playbook)
{
    private const int Shown = 10;

    /// <summary>The lines; none where nothing was done.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(TenantId tenant, Person reader, Company company, CancellationToken cancellationToken)
    {
        var culture = FollowUpMessage.CultureOf(reader);
        var calendar = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps);
        var noted = (await acts.ListAsync(tenant, reader.Id, cancellationToken)).OrderBy(a => a.Deed).ThenByDescending(a => a.At).ToList();
        List<string> lines = [];
        var looked = 0;
        while (lines.Count < Shown && looked < noted.Count)
        {
            var act = noted[looked++];
            if (await dossiers.DoneInNameOfAsync(tenant, reader.Id, act, cancellationToken) is { } opportunity)
            {
                lines.Add(StandInTexts.Texts[
                    "away.line", culture, Wording.Words.AccountOf(opportunity), FollowUpMessage.Texts[$"Deed.{act.Deed}", culture], FollowUpMessage.NameOf(company, act.By, culture),
                    FollowUpMessage.DateOf(calendar.DateAt(act.At), reader)]);
            }
        }

        return looked < noted.Count ? [.. lines, StandInTexts.Texts["away.more", culture, noted.Count - looked]] : lines;
    }
}

/// <summary>What is said about absences by notices, and in answer to them.</summary>
internal static class StandInTexts
{
    /// <summary>The texts.</summary>
    public static Texts Texts { get; } = new("StandIns.StandInTexts");
}
