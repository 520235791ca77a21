using System.Text.Json.Serialization;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Sales.Opportunities;

/// <summary>A question that only this customer has.</summary>
/// <param name="Id">Opaque; differs from the playbook's.</param>
/// <param name="Text">In whatever language it was written.</param>
/// <param name="Stage">In which it falls due.</param>
/// <param name="AskedBy">Who at the customer asks it.</param>
public sealed record OwnQuestion(QuestionId Id, string Text, StageId Stage, BuyingRole AskedBy);

/// <summary>What the customer was told.</summary>
/// <param name="Text">In the rep's words.</param>
/// <param name="ToldTo">To whom; <c>null</c> where that was not said.</param>
/// <param name="On">Local date.</param>
/// <param name="By">Who of us.</param>
public sealed record QuestionAnswer(string Text, ContactId? ToldTo, DateOnly On, PersonId? By);

/// <summary>A question with its answer, if it has one.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Stage">In which it falls due.</param>
/// <param name="AskedBy">Who at the customer asks it.</param>
/// <param name="Text">As asked; one of its own has but the language it was written in.</param>
/// <param name="IsOwn">Not the playbook's.</param>
/// <param name="Answer">What the customer was told; <c>null</c> while open.</param>
public sealed record Question(QuestionId Id, StageId Stage, BuyingRole AskedBy, LocalizedText Text, bool IsOwn, QuestionAnswer? Answer)
{
    /// <summary>Not answered yet.</summary>
    [JsonIgnore]
    public bool IsOpen => Answer is null;
}

/// <summary>All that the customer must have answered before they decide. Pure.</summary>
public static class Questions
{
    // of a stage that the playbook has no more
    private const int Elsewhere = 0;

    /// <summary>The playbook's questions and the opportunity's own, those of the earliest stage first; within a stage the playbook's first.</summary>
    public static IReadOnlyList<Question> Of(Opportunity opportunity, Playbook playbook)
    {
        var facts = opportunity.Facts;
        var own = facts.OwnQuestions.ToLookup(q => playbook.NumberOf(q.Stage) ?? Elsewhere, q =>
            new Question(q.Id, q.Stage, q.AskedBy, new LocalizedText { ["und"] = q.Text }, true, AnswerTo(q.Id)));
        return
        [
            .. playbook.Stages.SelectMany((stage, i) => stage.Questions
                .Select(q => new Question(q.Id, stage.Id, q.AskedBy, q.Text, false, AnswerTo(q.Id)))
                .Concat(own[i + 1])),
            .. own[Elsewhere],
        ];

        QuestionAnswer? AnswerTo(QuestionId id) => facts.Answers.GetValueOrDefault(id);
    }
}
