using System.Globalization;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Status;

/// <summary>What an opportunity's status says of questions and visits.</summary>
internal static class VisitStatus
{
    private static readonly Texts Texts = new("Conversations.Status.StatusTexts");

    /// <summary>A line each.</summary>
    public static IEnumerable<(string Label, string Value)> Of(Scene scene, Playbook playbook, Opportunity opportunity)
    {
        var questions = Sales.Opportunities.Questions.Of(opportunity, playbook);
        if (questions.Count > 0)
        {
            yield return (Texts["visit-label.questions", scene.Culture], string.Create(CultureInfo.InvariantCulture, $"{questions.Count(q => !q.IsOpen)}/{questions.Count}"));
        }

        var dossier = new Dossier(opportunity, null);
        var (past, coming) = (opportunity.Facts.Visits.FirstOrDefault(v => v.At <= scene.Now), opportunity.Facts.Visits.FirstOrDefault(v => v.At > scene.Now));
        if (past is not null)
        {
            yield return (Texts["visit-label.unreported", scene.Culture], VisitMoments.At(scene.Culture, playbook, scene.Company, dossier, past.At));
        }

        if (coming is not null)
        {
            yield return (Texts["visit-label.next-visit", scene.Culture], VisitMoments.At(scene.Culture, playbook, scene.Company, dossier, coming.At));
        }
    }
}
