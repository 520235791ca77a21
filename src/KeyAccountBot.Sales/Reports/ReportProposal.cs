using KeyAccountBot.Language;
namespace KeyAccountBot.Sales.Reports;

/// <summary>Reads a date in words, or gives null where they are none; the caller brings today and the culture.</summary>
public delegate DateOnly? ReadDate(string words);

/// <summary>What a report in the rep's own words would put on record. Nothing stands in it that no stretch of the text supports.</summary>
/// <param name="Notes">The text itself.</param>
/// <param name="On">The day it speaks of, local date: as said, else today.</param>
/// <param name="Met">With whom at the customer the rep was in touch, each once.</param>
/// <param name="Milestones">What was reached and is not on record yet, of the stages that are open to it; in the playbook's order.</param>
/// <param name="Later">Milestones that the text says were reached though the stage's gate is still shut; to be explained, not recorded.</param>
/// <param name="Answers">Questions that the customer was answered, each once.</param>
/// <param name="NextStep">The earliest thing to come that has a date, if any.</param>
public sealed record ReportProposal(
    string Notes,
    DateOnly On,
    IReadOnlyList<ProposedContact> Met,
    IReadOnlyList<ProposedMilestone> Milestones,
    IReadOnlyList<ProposedMilestone> Later,
    IReadOnlyList<ProposedAnswer> Answers,
    ProposedNextStep? NextStep)
{
    /// <summary>Whether there is nothing to record.</summary>
    public bool IsEmpty => Met.Count == 0 && Milestones.Count == 0 && Later.Count == 0 && Answers.Count == 0 && NextStep is null;
}

/// <summary>Somebody the rep was in touch with.</summary>
/// <param name="Contact">Who.</param>
/// <param name="Named">The words that name them.</param>
public sealed record ProposedContact(ContactId Contact, TextSpan Named);

/// <summary>A milestone that the text says was reached.</summary>
/// <param name="Milestone">Which.</param>
/// <param name="On">When, local date: as said, else the day of the report.</param>
/// <param name="Said">The words that say so.</param>
/// <param name="Clause">The clause they stand in: the evidence.</param>
/// <param name="Dated">The words that give the date; <c>null</c> where the text gives none.</param>
public sealed record ProposedMilestone(MilestoneId Milestone, DateOnly On, TextSpan Said, TextSpan Clause, TextSpan? Dated);

/// <summary>A question that the customer was answered.</summary>
/// <param name="Question">Which.</param>
/// <param name="Clause">What was told.</param>
public sealed record ProposedAnswer(QuestionId Question, TextSpan Clause);

/// <summary>What comes next.</summary>
/// <param name="What">The clause that says it.</param>
/// <param name="Due">By when, local date; today or later.</param>
/// <param name="Dated">The words that give the date.</param>
public sealed record ProposedNextStep(TextSpan What, DateOnly Due, TextSpan Dated);
