using KeyAccountBot.Dialogs;
using KeyAccountBot.Records;
using KeyAccountBot.Reminders;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Reminders;

/// <summary>What somebody wants to ask one of those they lead, as far as they said.</summary>
internal sealed record Nudge
{
    /// <summary>The id of who is asked.</summary>
    public string? Rep { get; init; }

    /// <summary>What is asked.</summary>
    public string? Text { get; init; }

    /// <summary>The id of the opportunity it is about.</summary>
    public string? Opportunity { get; init; }

    /// <summary>The customer it is about, where no one opportunity is meant.</summary>
    public string? Account { get; init; }

    /// <summary>Those who may be asked, as listed.</summary>
    public IReadOnlyList<string>? Offered { get; init; }

    /// <summary>The slots of a wish.</summary>
    public static Nudge Of(Asked asked) => new() { Rep = asked.One("rep"), Text = asked.One("text") ?? asked.One("question"), Opportunity = asked.One("opportunity"), Account = asked.Account };
}

/// <summary>Asks one of those whom the speaker leads, in the speaker's name: whom, what, yes. Their answer comes back as a message.</summary>
internal sealed class NudgeDialog(PersonalReminders reminders, Dossiers dossiers)
{
    /// <summary>The dialog's id; its option is a <see cref="Nudge"/>.</summary>
    public const string Id = "nudge";

    private static Texts Texts => ReminderMessage.Texts;

    /// <summary>The dialog.</summary>
    public Dialog Dialog => new WaterfallDialog<Nudge>(Id, 1, AskWhomAsync, AskWhatAsync, ShowAsync, SendAsync);

    private async ValueTask<DialogTurnResult> AskWhomAsync(WaterfallStepContext<Nudge> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var wanted = step.Draft = step.Options<Nudge>() ?? new Nudge();
        List<Person> led = [.. Authority.PeopleOf(scene.Person.Id, scene.Company).Where(p => p.Id != scene.Person.Id).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)];
        if (led.Count == 0)
        {
            return await step.EndWithAsync(Texts["nudge.nobody", scene.Culture], cancellationToken);
        }

        // who owns what it is about, where nobody is named
        var rep = wanted.Rep ?? (wanted.Opportunity is { } id ? (await dossiers.FindAsync(scene.Asker, new OpportunityId(id), cancellationToken))?.Facts.Owner.Value : null);
        if (led.FirstOrDefault(p => p.Id.Value == rep) is { } named)
        {
            step.Draft = wanted with { Rep = named.Id.Value };
            return await step.NextAsync(cancellationToken: cancellationToken);
        }

        step.Draft = wanted with { Rep = null, Offered = [.. led.Select(p => p.Id.Value)] };
        List<Choice> choices = [.. led.Select(p => new Choice(p.Name))];
        var question = wanted.Rep is { } other && scene.Company.Find(new PersonId(other)) is { } notLed
            ? Words.Sentences(scene.Culture, Texts["nudge.not-led", scene.Culture, notLed.Name], Texts["nudge.whom", scene.Culture])
            : Texts["nudge.whom", scene.Culture];
        return await step.PromptAsync(Prompts.Choice, new PromptOptions { Prompt = Prompts.Ask(scene, question, choices), Choices = choices }, cancellationToken);
    }

    private async ValueTask<DialogTurnResult> AskWhatAsync(WaterfallStepContext<Nudge> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult)
        {
            step.Draft = step.Draft with { Rep = step.Draft.Offered![step.Result<FoundChoice>()!.Index] };
        }

        // who names only the opportunity asks how it stands
        if (step.Draft is { Text: null, Opportunity: { } id } && await dossiers.FindAsync(scene.Asker, new OpportunityId(id), cancellationToken) is { } about)
        {
            step.Draft = step.Draft with { Text = Texts["nudge.stands", scene.Culture, $"{about.Facts.Account} · {about.Facts.Name}"] };
        }
        else if (step.Draft is { Text: null, Account: { } customer })
        {
            step.Draft = step.Draft with { Text = Texts["nudge.stands", scene.Culture, customer] };
        }

        return step.Draft.Text is { Length: > 0 }
            ? await step.NextAsync(cancellationToken: cancellationToken)
            : await step.PromptAsync(Prompts.Text, Prompts.Ask(Texts["nudge.what", scene.Culture, NameOf(scene, step.Draft)]), cancellationToken);
    }

    private static async ValueTask<DialogTurnResult> ShowAsync(WaterfallStepContext<Nudge> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        if (step.HasResult)
        {
            step.Draft = step.Draft with { Text = step.Result<string>()!.Trim() };
        }

        var title = Texts["nudge.understood", scene.Culture, NameOf(scene, step.Draft)];
        return await step.PromptAsync(
            Prompts.Confirm,
            new PromptOptions
            {
                Prompt = ConversationCard.Confirm(scene, title, [(Texts["nudge.label", scene.Culture], step.Draft.Text!)], Texts["nudge.send", scene.Culture], step.Token, Texts["nudge.send-yes", scene.Culture]),
            },
            cancellationToken);
    }

    private async ValueTask<DialogTurnResult> SendAsync(WaterfallStepContext<Nudge> step, CancellationToken cancellationToken)
    {
        var scene = Scene.Of(step.Turn);
        var (draft, rep) = (step.Draft, new PersonId(step.Draft.Rep!));
        if (!step.Result<bool>())
        {
            return await step.EndWithAsync(Texts["nudge.not-sent", scene.Culture], cancellationToken);
        }

        // who is led may have changed since it was shown
        if (!Authority.PeopleOf(scene.Person.Id, scene.Company).Any(p => p.Id == rep))
        {
            return await step.EndWithAsync(scene.Say("refusal.not-theirs"), cancellationToken);
        }

        var question = new PersonalReminder(draft.Text!, scene.Now, ReminderStatus.Waiting, scene.Now, draft.Opportunity is { } id ? new OpportunityId(id) : null) { From = scene.Person.Id };
        var kept = await reminders.PutAsync(new ReminderKey(scene.Tenant, rep, CommandIds.Derive(step.Token)), question, cancellationToken);
        return await step.EndWithAsync(
            kept is null ? Texts["nudge.full", scene.Culture, NameOf(scene, draft)] : Texts["nudge.sent", scene.Culture, NameOf(scene, draft)], cancellationToken);
    }

    private static string NameOf(Scene scene, Nudge nudge) => scene.Company.Find(new PersonId(nudge.Rep!))?.Name ?? "";
}
