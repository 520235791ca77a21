using KeyAccountBot.Conversations.Overviews;
using KeyAccountBot.Conversations.Status;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Answers;

/// <summary>Questions about one opportunity: how it is going, what is missing, what was said last, who will hear.</summary>
internal sealed class AnswersFeature : Feature
{
    // those that have their command elsewhere are granted here and not asked for by a phrase
    private readonly IReadOnlyList<(string Wish, bool HasPhrase, bool IsOfOne, Func<Scene, Asked, CancellationToken, ValueTask<Message>> Answer)> answers;

    /// <summary>The feature on what is on record.</summary>
    public AnswersFeature(Portfolio portfolio, Dossiers dossiers, StatusLines lines, Playbook playbook)
    {
        var (status, facts, questions) = (new StatusAnswer(portfolio, lines, playbook), new FactAnswers(portfolio, playbook), new QuestionsAnswer(portfolio, playbook));
        answers =
        [
            ("status", false, false, (scene, asked, cancellationToken) =>
                asked.One("field") == "bidDeadline" ? facts.BidDeadlineAsync(scene, asked, cancellationToken) : status.OfAsync(scene, asked, cancellationToken)),
            ("missing", true, true, new MissingAnswer(portfolio, playbook).OfAsync),
            ("questions", false, true, questions.OfAsync),
            ("next-questions", true, false, questions.OfAsync),
            ("brief", false, false, new BriefAnswer(portfolio, playbook).OfAsync),
            ("history", false, true, new HistoryAnswer(portfolio, dossiers, playbook).OfAsync),
            ("escalation-route", true, true, new EscalationAnswer(portfolio, playbook).OfAsync),
            ("bid-deadline", true, false, facts.BidDeadlineAsync),
            ("hold-reason", true, false, facts.HoldReasonAsync),
            ("evaluation", true, true, facts.EvaluationAsync),
        ];
    }

    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Answers.AnswerPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes => answers.Where(a => a.HasPhrase).Select(a =>
        Wish.AnswersAlone(a.Wish, (_, scene, words, cancellationToken) => a.Answer(scene, new Asked(a.Wish, words), cancellationToken)));

    /// <inheritdoc/>
    public override IEnumerable<Grant> Grants => answers.Select(a =>
        Grant.Answers(a.Wish, (_, scene, asked, cancellationToken) => a.Answer(scene, asked, cancellationToken)) with { NeedsOpportunity = a.IsOfOne });
}
