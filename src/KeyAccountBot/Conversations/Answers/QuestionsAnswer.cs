using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.Conversations.Questions;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Answers;

/// <summary>Which of the customer's questions to answer next: those of the present stage, of the people to be met first, then what earlier stages left open.</summary>
internal sealed class QuestionsAnswer(Portfolio portfolio, Playbook playbook)
{
    /// <summary>The open ones; answered ones where <c>filter</c> asks for these.</summary>
    public async ValueTask<Message> OfAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var scope = PortfolioScope.Of(scene, asked);
        if (scope.IsHidden)
        {
            return OverviewWords.Hidden(scene);
        }

        var holdings = await portfolio.OpenAsync(scene, asked, l => scope.Only is not null || l.Status == OpportunityStatus.Open, cancellationToken);

        // where nobody says which, it is what the next visit is about
        var one = holdings.Single ?? holdings.Dossiers.Where(d => d.Opportunity.Facts.Owner == scene.Person.Id || scope.IsNamed)
            .OrderBy(d => d.Opportunity.Facts.Visits.FirstOrDefault(v => v.At > scene.Now)?.At ?? DateTimeOffset.MaxValue).FirstOrDefault();
        return one is null ? Message.Of(scene.Say("list.empty")) : OfOne(scene, asked, one);
    }

    private Message OfOne(Scene scene, Asked asked, Dossier dossier)
    {
        var (opportunity, facts) = (dossier.Opportunity, dossier.Opportunity.Facts);
        var all = Sales.Opportunities.Questions.Of(opportunity, playbook);
        if (asked.One("question") is { } wanted && all.FirstOrDefault(q => q.Id.Value == wanted) is { } single)
        {
            return AnswerOf(scene, dossier, single);
        }

        IEnumerable<string> met = asked.All("contacts").Count > 0 ? asked.All("contacts") : asked.One("contact") is { } contact ? [contact]
            : facts.Visits.FirstOrDefault(v => v.At > scene.Now)?.Contacts.Select(c => c.Value) ?? [];
        var roles = dossier.Contacts.Where(c => met.Contains(c.Id.Value, StringComparer.Ordinal)).Select(c => c.Data.BuyingRole).ToHashSet();
        var now = playbook.NumberOf(facts.Stage);
        var open = all.Where(q => q.IsOpen && playbook.NumberOf(q.Stage) <= now)
            .OrderByDescending(q => playbook.NumberOf(q.Stage)).ThenByDescending(q => roles.Contains(q.AskedBy)).ToList();
        var title = AnswerTexts.Say(scene, "questions.title", Words.AccountOf(opportunity), open.Count);
        SayAction[] buttons =
        [
            .. opportunity.IsOpen && open.Count > 0 ? [new SayAction(AnswerTexts.Say(scene, "questions.answer-button"), AnswerTexts.Say(scene, "questions.answer-says", SaidName(facts))) { Style = ActionStyle.Positive }] : Array.Empty<SayAction>(),
            new SayAction(AnswerTexts.Say(scene, "questions.all-button"), AnswerTexts.Say(scene, "questions.all-says", SaidName(facts))),
        ];
        if (open.Count == 0)
        {
            return OverviewWords.Card(scene, title, [new Paragraph(AnswerTexts.Say(scene, "questions.none-open", Words.StageOf(playbook, facts.Stage, scene.Culture)))], buttons);
        }

        return OverviewWords.Card(
            scene, title,
            [
                .. open.Take(OverviewWords.Shown).GroupBy(q => q.Stage).Select(stage => new Section(
                    stage.Key == facts.Stage ? Words.StageOf(playbook, stage.Key, scene.Culture) : AnswerTexts.Say(scene, "questions.left", Words.StageOf(playbook, stage.Key, scene.Culture)),
                    [.. stage.Select(q => new Paragraph(AnswerTexts.Say(scene, "questions.line", q.Text.For(scene.Culture), WhoAsks(scene, dossier, q))))])),
                .. open.Count > OverviewWords.Shown ? [new Paragraph(OverviewWords.Say(scene, "list.more", open.Count - OverviewWords.Shown)) { IsAside = true }] : Array.Empty<Part>(),
            ],
            buttons) with { Subtitle = Words.NameOf(opportunity) };
    }

    private static Message AnswerOf(Scene scene, Dossier dossier, Question question)
    {
        var words = question.Answer is not { } answer ? AnswerTexts.Say(scene, "questions.still-open")
            : answer.ToldTo is { } contact && dossier.Account?.Find(contact) is { } told ? QuestionTexts.Say(scene, "questions.answer-to", answer.Text, scene.Format(answer.On), told.Name)
            : QuestionTexts.Say(scene, "questions.answer", answer.Text, scene.Format(answer.On));
        return OverviewWords.Card(scene, question.Text.For(scene.Culture), [new Paragraph(words)]) with { Subtitle = Words.NameOf(dossier.Opportunity) };
    }

    // by name, where just one contact asks such questions
    private string WhoAsks(Scene scene, Dossier dossier, Question question) =>
        dossier.Contacts.Where(c => c.Data.BuyingRole == question.AskedBy).Take(2).ToList() is [var only] ? only.Name : playbook.Coverage.NameOf(question.AskedBy).For(scene.Culture);

    private static string SaidName(OpportunityFacts facts) => $"{facts.Account} {facts.Name}".Trim();
}
