using Delivery = KeyAccountBot.Sales.FollowUps.Delivery;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Wording;

namespace KeyAccountBot.FollowUps;

/// <content>The brief of a visit.</content>
internal sealed partial class FollowUpMessage
{
    // the same brief as on request, and the way to the report
    private Message BriefOf(Delivery delivery, Opportunity opportunity, Account? account, Person reader, Company company)
    {
        var culture = CultureOf(reader);
        var visit = opportunity.Facts.Visits.FirstOrDefault(v => v.Id == delivery.Visit);
        var today = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).DateAt(delivery.Since!.Value);
        var brief = BriefWords.Of(culture, playbook, company, new Dossier(opportunity, account), visit, today);
        brief = brief with
        {
            Title = Texts[$"Title.{delivery.Kind}", culture, Wording.Words.AccountOf(opportunity)],
            Progress = Wording.Words.Sentences(culture, brief.Progress, Texts[$"Ask.{delivery.Kind}", culture]),
        };
        var says = FollowUpActions.ReportSaysOf(opportunity, culture);
        return brief.ToMessage(culture, [new SayAction(Texts["Button.Report", culture], says) { Style = ActionStyle.Positive }]) with
        {
            Summary = Wording.Words.Sentences(culture, brief.Title, brief.When, brief.Progress),
        };
    }
}
