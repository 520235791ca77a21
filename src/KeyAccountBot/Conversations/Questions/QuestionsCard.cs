using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Conversations.Opportunities;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Questions;

/// <summary>All that the customer must have answered, by stage: as text and as a card.</summary>
internal static class QuestionsCard
{
    /// <summary>The list.</summary>
    public static Activity Of(Scene scene, Playbook playbook, Dossier dossier)
    {
        var questions = Sales.Opportunities.Questions.Of(dossier.Opportunity, playbook);
        var title = QuestionTexts.Say(
            scene, "questions.title", scene.AccountOf(dossier.Opportunity.Facts.Account), questions.Count(q => !q.IsOpen), questions.Count);
        var how = QuestionTexts.Say(scene, "questions.how");
        List<string> said = [title];
        List<AdaptiveElement> body = [new TextBlock(title) { Heading = true, Weight = TextWeight.Bolder, Size = TextSize.Medium }];
        foreach (var stage in questions.GroupBy(q => q.Stage))
        {
            var heading = QuestionTexts.Say(
                scene, "questions.stage", Words.StageOf(playbook, stage.Key, scene.Culture), stage.Count(q => !q.IsOpen), stage.Count());
            said.Add(Marks.Bold(heading));
            List<AdaptiveElement> lines = [new TextBlock(heading) { Weight = TextWeight.Bolder }];
            foreach (var question in stage)
            {
                var line = LineOf(scene, playbook, question);
                said.Add(line);
                lines.Add(new TextBlock(line) { Spacing = Spacing.Small });
                if (question.Answer is { } answer)
                {
                    var told = AnswerOf(scene, dossier, answer);
                    said.Add(told);
                    lines.Add(new TextBlock(told) { Spacing = Spacing.None, Subtle = true });
                }
            }

            // the present stage is set apart: that is where the work is
            body.Add(new Container(lines) { Style = stage.Key == dossier.Opportunity.Facts.Stage ? CardTone.Accent : null, Spacing = Spacing.Medium });
        }

        said.Add(how);
        body.Add(new TextBlock(how) { Subtle = true, Spacing = Spacing.Medium });
        var card = new AdaptiveCard(body) { FallbackText = title, Lang = scene.Culture.TwoLetterISOLanguageName };
        return Message.Of(string.Join(Marks.Paragraph, said)) with { Summary = title, Attachments = card.Size < AdaptiveCard.MaxSize ? [card.ToAttachment()] : null };
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
