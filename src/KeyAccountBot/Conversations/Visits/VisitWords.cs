using System.Globalization;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>Visits in a few words, at the local time of the opportunity's owner.</summary>
internal static class VisitWords
{
    /// <summary>When something is, as the speaker reads it.</summary>
    public static string When(Scene scene, Dossier dossier, Playbook playbook, DateTimeOffset at) =>
        VisitTexts.Say(scene, "visit.at", dossier.Calendar(scene.Company, playbook).LocalTime(at).DateTime);

    /// <summary>A visit in one line: when, and with whom.</summary>
    public static string LineOf(Scene scene, Dossier dossier, Playbook playbook, PlannedVisit visit)
    {
        var when = When(scene, dossier, playbook, visit.At);
        var names = string.Join(scene.Say("separator"), dossier.NamesOf(visit.Contacts));
        return names.Length > 0 ? VisitTexts.Say(scene, "visit.with", when, names) : when;
    }

    /// <summary>The names, or a word for nobody.</summary>
    public static string Names(Scene scene, Dossier dossier, IEnumerable<string> contacts)
    {
        var names = string.Join(scene.Say("separator"), dossier.NamesOf(contacts.Select(c => new ContactId(c))));
        return names.Length > 0 ? names : VisitTexts.Say(scene, "report.nobody");
    }

    /// <summary>What an opportunity's status says of questions and visits, a line each.</summary>
    public static IEnumerable<(string Label, string Value)> Status(Scene scene, Playbook playbook, Opportunity opportunity)
    {
        var questions = Sales.Opportunities.Questions.Of(opportunity, playbook);
        if (questions.Count > 0)
        {
            yield return (VisitTexts.Say(scene, "visit-label.questions"), string.Create(CultureInfo.InvariantCulture, $"{questions.Count(q => !q.IsOpen)}/{questions.Count}"));
        }

        var dossier = new Dossier(opportunity, null);
        var (past, coming) = (opportunity.Facts.Visits.FirstOrDefault(v => v.At <= scene.Now), opportunity.Facts.Visits.FirstOrDefault(v => v.At > scene.Now));
        if (past is not null)
        {
            yield return (VisitTexts.Say(scene, "visit-label.unreported"), When(scene, dossier, playbook, past.At));
        }

        if (coming is not null)
        {
            yield return (VisitTexts.Say(scene, "visit-label.next-visit"), When(scene, dossier, playbook, coming.At));
        }
    }
}
