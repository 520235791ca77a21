using KeyAccountBot.Sales.Playbooks;
using static KeyAccountBot.Sales.Opportunities.OpportunityCommand;
using static KeyAccountBot.Sales.Opportunities.OpportunityEvent;

namespace KeyAccountBot.Sales.Opportunities;

/// <content>What the customer must have answered.</content>
public static partial class OpportunityDecider
{
    // a visit's answers and their events fit one batch of the store
    private const int MostOwnQuestions = 40;

    private static Decision Decide(AddQuestion add, Opportunity state, Playbook playbook) =>
        string.IsNullOrWhiteSpace(add.Text) ? Refuse(new Refusal.NothingSaid())
        : playbook.Find(add.Stage) is null ? Refuse(new Refusal.NotInPlaybook(add.Stage.Value))
        : Knows(add.Question, state, playbook) ? Refuse(new Refusal.AlreadyOnRecord())
        : state.Facts.OwnQuestions.Count >= MostOwnQuestions ? Refuse(new Refusal.TooManyQuestions(MostOwnQuestions))
        : Accept(new QuestionAdded(add.Question, add.Text.Trim(), add.Stage, add.AskedBy));

    private static Decision Decide(ReopenQuestion reopen, Opportunity state) =>
        !state.Facts.Answers.ContainsKey(reopen.Question) ? Refuse(new Refusal.NotAnswered(reopen.Question))
        : string.IsNullOrWhiteSpace(reopen.Reason) ? Refuse(new Refusal.NothingSaid())
        : Accept(new QuestionReopened(reopen.Question, reopen.Reason));

    private static Decision Answers(
        IReadOnlyList<GivenAnswer> answers, DateOnly on, Opportunity state, CommandContext context, Playbook playbook)
    {
        if (on > context.Today)
        {
            return Refuse(new Refusal.InTheFuture(on));
        }

        List<OpportunityEvent> events = [];
        foreach (var answer in answers)
        {
            if (!Knows(answer.Question, state, playbook))
            {
                return Refuse(new Refusal.NoSuchQuestion(answer.Question));
            }

            if (string.IsNullOrWhiteSpace(answer.Text))
            {
                return Refuse(new Refusal.NothingSaid());
            }

            events.Add(new QuestionAnswered(answer.Question, answer.Text, answer.ToldTo, on));
        }

        return new Decision.Accepted(events);
    }

    private static bool Knows(QuestionId question, Opportunity state, Playbook playbook) =>
        playbook.Find(question) is not null || state.Facts.OwnQuestions.Any(q => q.Id == question);

    private static OpportunityFacts EvolveQuestions(OpportunityFacts facts, OpportunityEntry entry) => entry.What switch
    {
        QuestionAdded added => facts with
        {
            OwnQuestions = [.. facts.OwnQuestions, new OwnQuestion(added.Question, added.Text, added.Stage, added.AskedBy)],
        },
        QuestionAnswered answered => facts with
        {
            Answers = Changed(facts.Answers, a => a[answered.Question] = new QuestionAnswer(answered.Answer, answered.ToldTo, answered.On, entry.By)),
            Talk = Talk.None,
        },
        QuestionReopened reopened => facts with { Answers = Changed(facts.Answers, a => a.Remove(reopened.Question)) },
        _ => facts,
    };
}
