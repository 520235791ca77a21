using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>The brief on request, with what to do after the visit.</summary>
internal static class BriefMessage
{
    /// <summary>The brief of a visit; of the next one where none is given, or of how things stand where none is planned.</summary>
    public static Message Of(Scene scene, Playbook playbook, Dossier dossier, PlannedVisit? visit = null)
    {
        // one that has begun and waits for its report is briefed no more
        visit ??= dossier.Opportunity.Facts.Visits.FirstOrDefault(v => v.At > scene.Now);
        var words = BriefWords.Of(scene.Culture, playbook, scene.Company, dossier, visit, scene.Today);
        var account = Words.AccountOf(dossier.Opportunity);
        var button = dossier.Opportunity.Facts.Visits.Count > 0
            ? new SayAction(VisitTexts.Say(scene, "report.button"), BriefWords.Texts["report.says", scene.Culture, account]) { Style = ActionStyle.Positive }
            : new SayAction(VisitTexts.Say(scene, "brief.plan"), VisitTexts.Say(scene, "brief.plan-says", account)) { Style = ActionStyle.Positive };
        return words.ToMessage(scene.Culture, dossier.Opportunity.IsOpen ? [button] : []);
    }
}
