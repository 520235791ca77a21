using KeyAccountBot.Dialogs;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales.Opportunities;

namespace KeyAccountBot.Conversations.FollowUps;

/// <summary>An answer that waits for the choice of what it answers.</summary>
/// <param name="Among">The follow-ups that may be meant.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Answer">What is answered.</param>
/// <param name="Reply">What is replied, where it is no answer.</param>
internal sealed record WaitingAnswer(IReadOnlyList<MeantFollowUp> Among, string Question, ChainAnswer? Answer, string? Reply);

/// <summary>Answers to follow-ups in a person's own words: records at once what is clear, asks which one where several may be meant.</summary>
internal sealed class FollowUpConversation(TypedAnswers answers)
{
    private const string Id = "answer-follow-up";

    /// <summary>The dialog that asks which one is meant.</summary>
    public Dialog Dialog => new WaterfallDialog(Id, 2, AskWhichAsync, RecordAsync);

    /// <summary>
    /// Answers, where the words are an answer to a follow-up; otherwise nothing is said. A question that stands open is put again, unless
    /// the words may be its answer: then they are.
    /// </summary>
    public async ValueTask<bool> AnswersAsync(DialogContext dialog, Scene scene, string text, CancellationToken cancellationToken)
    {
        var said = TypedAnswer.Read(text)
            ?? (dialog.ActiveInstance is null && scene.Subject is { } subject ? await answers.ReadUnderAsync(scene, subject, text, cancellationToken) : null);
        if (said is not { } typed)
        {
            return false;
        }

        var understood = await answers.UnderstandAsync(scene, typed, cancellationToken);
        var anyWordsDo = dialog.ActiveInstance is { DialogId: Prompts.Text or Prompts.Name };
        if (anyWordsDo ? !typed.IsBare && understood.Name != NameFound.Exactly : !typed.IsSure && understood.Name == NameFound.No)
        {
            return false;
        }

        // a question to a rep of whom nothing waits is a question all the same
        if (understood.Among.Count == 0 && typed.Answer == FollowUpAnswer.AskTheRep && dialog.ActiveInstance is null)
        {
            return false;
        }

        if (NeedsAsking(typed, understood))
        {
            dialog.CancelAll();
            var waiting = new WaitingAnswer(understood.Among, understood.Sentence, understood.Answer, understood.Reply);
            await dialog.BeginAsync(Id, DialogJson.ToElement(waiting), cancellationToken);
            return true;
        }

        dialog.Turn.Send(understood.Among.Count == 0
            ? Message.Of(understood.Sentence)
            : (await answers.RecordAsync(scene, understood.Among[0], understood.Answer, understood.Reply, dialog.Turn.Id, cancellationToken)).ToWords());
        await dialog.RepromptAsync(cancellationToken);
        return true;
    }

    /// <summary>Takes or puts off what a wish means: at once where one follow-up is meant, else it asks which.</summary>
    public async ValueTask GrantAsync(DialogContext dialog, Scene scene, Asked asked, ChainAnswer answer, CancellationToken cancellationToken)
    {
        var among = await answers.MeantAsync(scene, asked, cancellationToken);
        if (among is [var only])
        {
            dialog.Turn.Set(asked.With("opportunity", only.Opportunity.Value).With("followUp", only.Chain).Understood);
        }

        if (among.Count > 1)
        {
            dialog.CancelAll();
            await dialog.BeginAsync(Id, DialogJson.ToElement(new WaitingAnswer(among, FollowUpMessage.Texts["Typed.Which", scene.Culture], answer, null)), cancellationToken);
            return;
        }

        dialog.Turn.Send(among.Count == 0
            ? Message.Of(FollowUpMessage.Texts["Typed.Nothing", scene.Culture])
            : (await answers.RecordAsync(scene, among[0], answer, null, dialog.Turn.Id, cancellationToken)).ToWords());
        await dialog.RepromptAsync(cancellationToken);
    }

    /// <summary>Whether it has to be asked which one is meant: there are several, or the one is called only nearly so.</summary>
    public static bool NeedsAsking(TypedAnswer typed, UnderstoodAnswer understood) =>
        understood.Among.Count > 1
        || (understood is { Among.Count: 1, Name: NameFound.Nearly } && typed.Account.Length > 0);

    private static ValueTask<DialogTurnResult> AskWhichAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var waiting = step.Options<WaitingAnswer>()!;
        var choices = waiting.Among.Select(m => new Choice(m.Words)).ToList();
        return step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(Scene.Of(step.Turn), waiting.Question, choices), Choices = choices }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> RecordAsync(WaterfallStepContext step, CancellationToken cancellationToken)
    {
        var waiting = step.Options<WaitingAnswer>()!;
        var meant = waiting.Among[step.Result<FoundChoice>()!.Index];
        var result = await answers.RecordAsync(
            Scene.Of(step.Turn), meant, waiting.Answer, waiting.Reply, step.Token, cancellationToken);
        step.Turn.Send(result.ToWords());
        return await step.EndAsync(cancellationToken: cancellationToken);
    }
}
