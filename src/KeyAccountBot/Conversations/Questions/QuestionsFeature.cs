using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Conversations.Questions;

/// <summary>The questions that the customer must have answered to decide.</summary>
internal sealed class QuestionsFeature(Dossiers dossiers, Playbook playbook) : Feature
{
    /// <inheritdoc/>
    public override Phrases Phrases { get; } = new("Conversations.Questions.QuestionPhrases");

    /// <inheritdoc/>
    public override IEnumerable<Dialog> Dialogs => [new QuestionsDialog(dossiers, playbook).Dialog];

    /// <inheritdoc/>
    public override IEnumerable<Wish> Wishes =>
    [
        About("questions", QuestionWish.List), About("add-question", QuestionWish.Add), About("answer-question", QuestionWish.Answer),
        About("reopen-question", QuestionWish.Reopen),
    ];

    private static Wish About(string id, QuestionWish wish) =>
        Wish.Begins(id, QuestionsDialog.Id, words => DialogJson.ToElement(new AboutQuestions(wish, words)));
}
