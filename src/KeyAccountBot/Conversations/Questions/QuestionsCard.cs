using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Questions;

/// <summary>All that the customer must have answered, by stage.</summary>
internal static class QuestionsCard
{
    /// <summary>The list.</summary>
    public static Message Of(Scene scene, Playbook playbook, Dossier dossier)
    {
        var questions = Sales.Opportunities.Questions.Of(dossier.Opportunity, playbook);
        return new Message
        {
            Language = scene.Culture.Name,
            Title = QuestionTexts.Say(
                scene, "questions.title", scene.AccountOf(dossier.Opportunity.Facts.Account), questions.Count(q => !q.IsOpen), questions.Count),
            Body =
            [
                .. questions.GroupBy(q => q.Stage).Select(stage => SectionOf(scene, playbook, dossier, stage.Key, [.. stage])),
                new Paragraph(QuestionTexts.Say(scene, "questions.how")) { IsAside = true },
            ],
        };
    }

    // the present stage is set apart: that is where the work is
    private static Section SectionOf(Scene scene, Playbook playbook, Dossier dossier, StageId stage, IReadOnlyList<Question> questions) => new(
        QuestionTexts.Say(scene, "questions.stage", Words.StageOf(playbook, stage, scene.Culture), questions.Count(q => !q.IsOpen), questions.Count),
        [.. questions.SelectMany(q => LinesOf(scene, playbook, dossier, q))])
    { Tone = stage == dossier.Opportunity.Facts.Stage ? Tone.Accent : Tone.Plain };

    private static IEnumerable<Paragraph> LinesOf(Scene scene, Playbook playbook, Dossier dossier, Question question)
    {
        yield return new Paragraph(LineOf(scene, playbook, question));
        if (question.Answer is { } answer)
        {
            yield return new Paragraph(AnswerOf(scene, dossier, answer)) { IsAside = true, GoesOn = true };
        }
    }

    private static string LineOf(Scene scene, Playbook playbook, Question question) => question.IsOpen
        ? QuestionTexts.Say(
            scene, "questions.open", question.Text.For(scene.Culture), playbook.Coverage.NameOf(question.AskedBy).For(scene.Culture))
        : QuestionTexts.Say(scene, "questions.answered", question.Text.For(scene.Culture));

    private static string AnswerOf(Scene scene, Dossier dossier, QuestionAnswer answer) =>
        answer.ToldTo is { } contact && dossier.Account?.Find(contact) is { } told
            ? QuestionTexts.Say(scene, "questions.answer-to", answer.Text, scene.Format(answer.On), told.Name)
            : QuestionTexts.Say(scene, "questions.answer", answer.Text, scene.Format(answer.On));
}
