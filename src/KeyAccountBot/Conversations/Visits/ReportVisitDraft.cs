using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Visits;

/// <summary>What a rep has said of a visit that took place.</summary>
internal sealed record ReportVisitDraft
{
    /// <summary>Which opportunity.</summary>
    public string Opportunity { get; init; } = "";

    /// <summary>The plan it was; <c>null</c> for an unplanned one.</summary>
    public string? Visit { get; init; }

    /// <summary>Local date.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Contacts.</summary>
    public IReadOnlyList<string> Met { get; init; } = [];

    /// <summary>What they were told, by question.</summary>
    public IReadOnlyList<AnswerDraft> Answers { get; init; } = [];

    /// <summary>Which were reached.</summary>
    public IReadOnlyList<string> Milestones { get; init; } = [];

    /// <summary>What was promised; <c>null</c> for nothing.</summary>
    public string? NextStep { get; init; }

    /// <summary>By when.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>What else was said.</summary>
    public string? Notes { get; init; }

    /// <summary>Its dates were asked about where they were hardly meant.</summary>
    public bool IsSure { get; init; }

    /// <summary>The command it comes to. Whom an answer was told to is taken from whom they met, where that leaves no choice.</summary>
    public OpportunityCommand.ReportVisit ToCommand(Dossier dossier, Playbook playbook, DateOnly today)
    {
        var on = On is { } day && day < today ? day : today;
        List<ContactId> met = [.. Met.Select(m => new ContactId(m))];
        var questions = Sales.Opportunities.Questions.Of(dossier.Opportunity, playbook).ToDictionary(q => q.Id);
        return new OpportunityCommand.ReportVisit(
            Visit is { } visit ? new VisitId(visit) : null, on, met,
            [.. Answers.Select(a => new GivenAnswer(new QuestionId(a.Question), a.Text, ToldTo(new QuestionId(a.Question))))],
            [.. Milestones.Select(m => new MilestoneClaim(new MilestoneId(m), on, null))],
            this is { NextStep: { } what, Due: { } due } ? new NextStep(what, due) : null, Notes);

        // the only one met, or the only one met who asks such questions
        ContactId? ToldTo(QuestionId question)
        {
            var asking = dossier.Contacts.Where(c => met.Contains(c.Id) && questions.GetValueOrDefault(question)?.AskedBy == c.Data.BuyingRole).ToList();
            return met.Count == 1 ? met[0] : asking.Count == 1 ? asking[0].Id : null;
        }
    }
}

/// <summary>A question and what was told.</summary>
/// <param name="Question">Which.</param>
/// <param name="Text">In the rep's words.</param>
internal sealed record AnswerDraft(string Question, string Text);

/// <summary>What a report may be about: the questions and milestones that are within reach now.</summary>
internal static class Reportable
{
    // one card, one screen of a phone
    private const int MostQuestions = 6;

    /// <summary>Open questions of the stages reached so far and the next one; those the people asked about ask come first.</summary>
    public static IReadOnlyList<Question> Questions(Dossier dossier, Playbook playbook, IReadOnlyList<string> met)
    {
        var roles = dossier.Contacts.Where(c => met.Contains(c.Id.Value, StringComparer.Ordinal)).Select(c => c.Data.BuyingRole).ToHashSet();
        var reach = playbook.NumberOf(dossier.Opportunity.Facts.Stage) + 1;
        return
        [
            .. Sales.Opportunities.Questions.Of(dossier.Opportunity, playbook)
                .Where(q => q.IsOpen && !(playbook.NumberOf(q.Stage) > reach))
                .OrderByDescending(q => roles.Contains(q.AskedBy))
                .Take(MostQuestions),
        ];
    }

    /// <summary>Milestones of the present stage not reached yet.</summary>
    public static IReadOnlyList<Milestone> Milestones(Dossier dossier, Playbook playbook) =>
        [.. playbook.Stage(dossier.Opportunity.Facts.Stage).Milestones.Where(m => !dossier.Opportunity.Facts.Reached.ContainsKey(m.Id))];
}
