using KeyAccountBot.Language;

namespace KeyAccountBot.Sales.Reports;

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
