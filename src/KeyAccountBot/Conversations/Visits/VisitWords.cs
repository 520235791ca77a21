using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>Visits in a few words, at the local time of the opportunity's owner.</summary>
internal static class VisitWords
{
    /// <summary>When something is, as the speaker reads it.</summary>
    public static string When(Scene scene, Dossier dossier, Playbook playbook, DateTimeOffset at) =>
        VisitMoments.At(scene.Culture, playbook, scene.Company, dossier, at);

    /// <summary>A visit in one line: when, and with whom.</summary>
    public static string LineOf(Scene scene, Dossier dossier, Playbook playbook, PlannedVisit visit) =>
        VisitMoments.Of(scene.Culture, playbook, scene.Company, dossier, visit);

    /// <summary>The names, or a word for nobody.</summary>
    public static string Names(Scene scene, Dossier dossier, IEnumerable<string> contacts)
    {
        var names = string.Join(Words.Separator(scene.Culture), dossier.NamesOf(contacts.Select(c => new ContactId(c))));
        return names.Length > 0 ? names : VisitTexts.Say(scene, "report.nobody");
    }
}
