using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Absences;

/// <summary>What falls into somebody's absence: visits, bids that are due, steps they promised.</summary>
internal sealed class FallsInto(Dossiers dossiers, Playbook playbook)
{
    private const int LookedAt = 100;
    private const int Shown = 6;
    private static readonly Texts Texts = new("Conversations.Absences.AbsenceTexts");

    /// <summary>A line each, the earliest first; as far as the speaker may see it.</summary>
    public async ValueTask<IReadOnlyList<string>> LinesAsync(Scene scene, Person person, DateOnly from, DateOnly until, CancellationToken cancellationToken)
    {
        List<(DateOnly On, string Line)> found = [];
        var calendar = FollowUpPolicy.CalendarOf(person, playbook.FollowUps);
        var looked = 0;
        await foreach (var line in dossiers.LinesOfAsync(scene.Asker, person.Id, cancellationToken))
        {
            if (line.Status != OpportunityStatus.Open || looked++ >= LookedAt || await dossiers.FindAsync(scene.Asker, line.Id, cancellationToken) is not { } opportunity)
            {
                continue;
            }

            var (facts, account) = (opportunity.Facts, Words.AccountOf(opportunity));
            found.AddRange(facts.Visits.Select(v => calendar.DateAt(v.At)).Where(Within).Select(on => (on, Texts["falls.visit", scene.Culture, scene.Format(on), account])));
            if (facts.BidBranch is BidBranch.Bid bid && Within(bid.Deadline))
            {
                found.Add((bid.Deadline, Texts["falls.bid", scene.Culture, scene.Format(bid.Deadline), account]));
            }

            if (facts.NextStep is { } step && Within(step.Due))
            {
                found.Add((step.Due, Texts["falls.step", scene.Culture, scene.Format(step.Due), account, step.What]));
            }
        }

        string[] lines = [.. found.OrderBy(f => f.On).ThenBy(f => f.Line, StringComparer.Ordinal).Select(f => f.Line)];
        return lines.Length <= Shown ? lines : [.. lines.Take(Shown), Texts["falls.more", scene.Culture, lines.Length - Shown]];

        bool Within(DateOnly day) => day >= from && day <= until;
    }
}
