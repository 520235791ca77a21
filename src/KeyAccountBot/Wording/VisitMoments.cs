using System.Globalization;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Wording;

/// <summary>When a visit is, at the local time of the opportunity's owner.</summary>
internal static class VisitMoments
{
    /// <summary>A moment.</summary>
    public static string At(CultureInfo culture, Playbook playbook, Company company, Dossier dossier, DateTimeOffset at) =>
        BriefWords.Texts["visit.at", culture, dossier.Calendar(company, playbook).LocalTime(at).DateTime];

    /// <summary>When a planned visit is, and with whom.</summary>
    public static string Of(CultureInfo culture, Playbook playbook, Company company, Dossier dossier, PlannedVisit visit)
    {
        var at = At(culture, playbook, company, dossier, visit.At);
        var names = string.Join(Words.Separator(culture), dossier.NamesOf(visit.Contacts));
        return names.Length > 0 ? BriefWords.Texts["visit.with", culture, at, names] : at;
    }
}
