using Delivery = KeyAccountBot.Sales.FollowUps.Delivery;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Conversations.Visits;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Slack.BlockKit;

namespace KeyAccountBot.FollowUps;

/// <content>The brief of a visit.</content>
internal sealed partial class FollowUpMessage
{
    // the same brief as on request, and the way to the report
    private OutboundMessage BriefOf(Delivery delivery, Opportunity opportunity, Account? account, Person reader, Company company)
    {
        var culture = CultureOf(reader);
        var visit = opportunity.Facts.Visits.FirstOrDefault(v => v.Id == delivery.Visit);
        var today = FollowUpPolicy.CalendarOf(reader, playbook.FollowUps).DateAt(delivery.Since!.Value);
        var brief = BriefWords.Of(culture, playbook, company, new Dossier(opportunity, account), visit, today);
        brief = brief with
        {
            Title = Texts[$"Title.{delivery.Kind}", culture, AccountOf(opportunity)],
            Progress = Conversations.Words.Sentences(culture, brief.Progress, Texts[$"Ask.{delivery.Kind}", culture]),
        };
        var says = FollowUpActions.ReportSaysOf(opportunity, culture);
        List<Block> blocks = [new SectionBlock(Marks.Bold(brief.Title) + Marks.Line + brief.When), new SectionBlock(brief.Progress)];
        blocks.AddRange(brief.Sections.Select(s => new SectionBlock(string.Join(Marks.Line, s.Lines.Prepend(Marks.Bold(s.Heading))))));
        blocks.Add(new ContextBlock(Texts["Report.InTeams", culture, says]));
        return new OutboundMessage(
            Conversations.Words.Sentences(culture, brief.Title, brief.When, brief.Progress),
            brief.Card(culture, [ImBackData.Button(Texts["Button.Report", culture], says)]),
            blocks);
    }
}
