using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Absences;
using KeyAccountBot.Conversations.CheckIn;
using KeyAccountBot.Conversations.Contacts;
using KeyAccountBot.Conversations.Customers;
using KeyAccountBot.Conversations.Evaluation;
using KeyAccountBot.Conversations.Explanations;
using KeyAccountBot.Conversations.FreeText;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.Conversations.Questions;
using KeyAccountBot.Conversations.Reminders;
using KeyAccountBot.Conversations.Settings;
using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Conversations.Visits;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Reminders;
using KeyAccountBot.StandIns;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Tests.Cards;

/// <summary>A card as <c>docs/cards.md</c> shows it.</summary>
/// <param name="Name">What it is called there; its picture is named after it.</param>
/// <param name="Exhibit">Where the <see cref="Gallery"/> shows it.</param>
/// <param name="Builder">What makes it.</param>
/// <param name="When">When a person gets it.</param>
/// <param name="Opens">Which of the buttons that open more is pressed, counted from 0; <c>null</c> for none.</param>
internal sealed record CatalogueCard(string Name, string Exhibit, Type Builder, string When, int? Opens = null)
{
    /// <summary>The file of its picture, without ending.</summary>
    public string File => Name.ToLowerInvariant().Replace(' ', '-');
}

/// <summary>Every kind of card once, in the order that a reader meets them.</summary>
internal static class CardCatalogue
{
    public static IReadOnlyList<CatalogueCard> Cards { get; } =
    [
        new("Check-in form", "check-in", typeof(CheckInCard), "a rep says `check in` and an account; whoever would rather type answers the question below it"),
        new("Check-in understood", "summary", typeof(CheckInSummary), "before a check-in is recorded"),
        new("Date asked about", "date doubted", typeof(DateDoubts), "a card names a year that is hardly meant"),
        new("Change understood", "lost: understood", typeof(ChangeOpportunityDialog), "before an opportunity is won, lost, put on hold or handed over, or an entry is taken back"),
        new("Choices", "contact: role", typeof(TeamsChannel), "a question has four to six choices; with fewer they are suggested below it, with more they are typed"),
        new("Recorded", "recorded", typeof(StatusCard), "a check-in or another change was recorded"),
        new("Status", "status with a visit", typeof(StatusCard), "`status` and an account"),
        new("Status for a manager", "status of a manager", typeof(StatusCard), "*Open* is pressed on a list or a weekly digest"),
        new("Opportunities", "list of a manager", typeof(MyOpportunities), "`my opportunities`, the most urgent first"),
        new("Today", "today of a rep", typeof(OverviewWords), "`today`: what is late or due, the heaviest first, then what comes"),
        new("Today for a manager", "today of a manager", typeof(OverviewWords), "the same for those who lead: their team's"),
        new("At risk", "risks of a manager", typeof(OverviewWords), "`at risk`, with the reasons"),
        new("Forecast", "forecast of a manager", typeof(OverviewWords), "`forecast`, or asked for a period, by team, rep or stage"),
        new("Pipeline", "pipeline of a manager", typeof(OverviewWords), "`pipeline`"),
        new("What is missing", "missing of a rep", typeof(OverviewWords), "`what is missing`, or asked of one opportunity"),
        new("History", "history", typeof(HistoryDialog), "`history` and an account"),
        new("A fact changed", "fact: understood", typeof(ChangeFactDialog), "before an amount, a close date, a deadline or a name that was said in one sentence is recorded"),
        new("Proposal from own words", "report: proposal", typeof(FreeTextSummary), "a rep tells in their own words what happened"),
        new("Proposal on a form", "report: changed", typeof(ProposalForm), "*Change* is pressed there"),
        new("Visit form", "plan: whom", typeof(PlanVisitCard), "`plan a visit` and an account"),
        new("Visit understood", "plan: understood", typeof(PlanVisitDialog), "before a visit is planned"),
        new("Visit planned", "planned", typeof(PlanVisitDialog), "a visit was planned"),
        new("Visit moved", "visit: moved", typeof(ChangeVisitDialog), "before a visit is moved or cancelled in one sentence"),
        new("Brief", "brief of a visit", typeof(BriefWords), "`brief` and an account"),
        new("Brief before a visit", "Brief CheckInMissed", typeof(FollowUpMessage), "by itself, before a planned visit, when the playbook says"),
        new("Visit report form", "report: on", typeof(ReportVisitCard), "`report visit` and an account"),
        new("Visit report understood", "report: understood", typeof(ConfirmReportDialog), "before a report is recorded"),
        new("Questions", "questions", typeof(QuestionsCard), "`questions` and an account"),
        new("Contact form", "contact: name", typeof(ContactForm), "`add contact` or `change contact`"),
        new("Contact understood", "contact: understood", typeof(ConfirmContactDialog), "before a contact is recorded"),
        new("Contact asked for", "contact: told", typeof(PeopleAnswers), "`who is` and a contact, or who decides, coaches or looks after somebody"),
        new("Contact left", "retire: understood", typeof(RetireContactDialog), "before somebody who left counts no more"),
        new("Contacts", "contacts after", typeof(ContactsCard), "`contacts` and an account: who reports to whom, the coverage matrix, what is missing"),
        new("Assignment proposals", "assign: proposals", typeof(AssignDialog), "`assign` and an account"),
        new("Decision makers", "decision makers of a director", typeof(DecisionMakersMessage), "`my decision makers`, in Teams and Slack"),
        new("Evaluation form", "evaluate: 1", typeof(EvaluationForm), "`evaluate` and an account"),
        new("Evaluation understood", "evaluate again: understood", typeof(EvaluateDialog), "before an evaluation is recorded"),
        new("Reminder", "Reminder CheckInMissed", typeof(FollowUpMessage), "to the rep, when a check-in is missed, a stage is overdue or a next step has passed"),
        new("Reminder of a report", "Reminder VisitNotReported", typeof(FollowUpMessage), "to the rep, when a visit was not reported"),
        new("Nudge", "Nudge CheckInMissed", typeof(FollowUpMessage), "to the manager, when the rep did not answer"),
        new("Nudge to snooze", "Nudge CheckInMissed", typeof(FollowUpMessage), "*Snooze…* is pressed on a nudge, an alert or a colleague's request", Opens: 0),
        new("Nudge that is not an issue", "Nudge CheckInMissed", typeof(FollowUpMessage), "*Not an issue…* is pressed there", Opens: 1),
        new("Nudge to reassign", "Nudge CheckInMissed", typeof(FollowUpMessage), "*Reassign…* is pressed there", Opens: 2),
        new("Reminder to snooze", "Reminder CheckInMissed", typeof(FollowUpMessage), "*Snooze…* is pressed on a reminder", Opens: 0),
        new("Own reminder", "reminder: due", typeof(ReminderMessage), "to whoever asked to be reminded, at that time"),
        new("Own reminders", "reminders: own", typeof(OwnReminders), "`my reminders`"),
        new("Nudge answered", "Nudge CheckInMissed TakeIt", typeof(FollowUpMessage), "in the nudge's place, once somebody has answered it"),
        new("Alert", "Alert StageOverdue", typeof(FollowUpMessage), "to the director or executive, when the manager did not answer"),
        new("Nobody to tell", "NobodyFound CheckInMissed", typeof(FollowUpMessage), "to the administrator, when nobody above the rep is on record"),
        new("Undelivered", "Undelivered CheckInMissed", typeof(FollowUpMessage), "to the administrator, when a message reached its reader on no channel"),
        new("Taken", "Taken CheckInMissed", typeof(FollowUpMessage), "to the rep, when somebody has taken it"),
        new("Colleague asked", "ColleagueAsked CheckInMissed", typeof(FollowUpMessage), "to the rep, when a colleague was asked to look after it"),
        new("Nudge given to a colleague", "Nudge CheckInMissed Reassign", typeof(FollowUpMessage), "in the nudge's place, once it was reassigned"),
        new("Nudge without an issue", "Nudge CheckInMissed NotAnIssue", typeof(FollowUpMessage), "in the nudge's place, once somebody has said why it is no issue"),
        new("Reassigned", "Reassigned CheckInMissed", typeof(FollowUpMessage), "to the colleague who is asked to look after it"),
        new("Question from above", "Question with words", typeof(FollowUpMessage), "to the rep, when a manager asks"),
        new("Question replied", "Question replied", typeof(FollowUpMessage), "in the question's place, once the rep has answered it"),
        new("Reply", "Reply CheckInMissed", typeof(FollowUpMessage), "to who asked, when the rep has answered in words"),
        new("Question to a rep", "nudge: understood", typeof(NudgeDialog), "a manager says `ask` and a rep, before it is sent"),
        new("Answered", "Answered CheckInMissed", typeof(FollowUpMessage), "to who asked, when the rep has checked in"),
        new("Handed over", "HandedOver CheckInMissed", typeof(FollowUpMessage), "to the new owner"),
        new("Handed on", "HandedOn CheckInMissed", typeof(FollowUpMessage), "to who owned it, and to both managers where they differ"),
        new("Decision maker assigned", "DecisionMakerAssigned CheckInMissed", typeof(FollowUpMessage), "to one of ours, when a colleague makes a decision maker theirs to look after"),
        new("Named to stand in", "notice Named", typeof(NoticeMessage), "to who was named to stand in for somebody who is away"),
        new("Stand-in to agree to", "notice Asked", typeof(NoticeMessage), "to the first above who is there, when somebody outside the line was named"),
        new("Done in your name", "notice WhileAway", typeof(NoticeMessage), "to who was away, on their first morning back"),
        new("Away", "away: understood", typeof(AbsenceDialog), "before an absence that was said in one sentence is recorded"),
        new("Decided by a stand-in", "DoneInName CheckInMissed", typeof(FollowUpMessage), "to the first above who is there, when a stand-in closes a large opportunity, gives it away or lets it rest"),
        new("Explanation", "explain", typeof(ExplanationWords), "`explain` and an account: who heard of it, and who will if nothing happens"),
        new("Weekly digest", "weekly digest of a manager", typeof(WeeklyDigestMessage), "to managers and directors at their hour, and on `weekly digest`"),
        new("Digest", "digest", typeof(FollowUpMessage), "to whoever would get too many messages on one day"),
        new("Settings", "settings of a manager", typeof(OwnSettingsBook), "`settings`: when, where and in which language the bot writes"),
    ];
}
