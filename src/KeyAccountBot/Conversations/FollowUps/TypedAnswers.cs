using KeyAccountBot.Conversations.Finding;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.FollowUps;

/// <summary>A follow-up that may be meant.</summary>
/// <param name="Words">To choose it by.</param>
/// <param name="Opportunity">Which.</param>
/// <param name="Chain">Which of its chains.</param>
internal sealed record MeantFollowUp(string Words, OpportunityId Opportunity, string Chain);

/// <summary>How much of the names in an answer is known.</summary>
internal enum NameFound
{
    /// <summary>None was said, or nothing is called so.</summary>
    No,

    /// <summary>A colleague, or a customer whose name comes close.</summary>
    Nearly,

    /// <summary>A customer, by its very name.</summary>
    Exactly,
}

/// <summary>What was understood of a typed answer.</summary>
/// <param name="Among">The follow-ups that may be meant; with one there is nothing to ask.</param>
/// <param name="Sentence">The question where there are several, what is wrong where there is none.</param>
/// <param name="Name">Whether a name in it is known.</param>
/// <param name="Answer">What is answered.</param>
/// <param name="Reply">What is replied to a question, where it is no answer.</param>
internal sealed record UnderstoodAnswer(
    IReadOnlyList<MeantFollowUp> Among, string Sentence, NameFound Name = NameFound.No, ChainAnswer? Answer = null, string? Reply = null);

/// <summary>Understands answers in people's own words, and records them; the same in Teams and in Slack.</summary>
internal sealed class TypedAnswers(
    ToldFollowUps told, Dossiers dossiers, FollowUpAnswers answers, Playbook playbook)
{
    private const int Offered = 10;
    private readonly OpportunitySearch search = new(dossiers);

    private static Texts Texts => FollowUpMessage.Texts;

    /// <summary>Finds out which follow-up is meant, and what is said of it.</summary>
    public async ValueTask<UnderstoodAnswer> UnderstandAsync(Scene scene, TypedAnswer typed, CancellationToken cancellationToken)
    {
        var reps = typed.Whom.Length > 0 ? Colleagues.Named(scene.Company.People, typed.Whom) : [];
        var account = typed.Whom.Length > 0 && reps.Count == 0 ? typed.Whom : typed.Account;
        var understood = await WhichAsync(scene, typed, account, reps, cancellationToken);
        if (typed.Answer is not { } answer)
        {
            return understood with { Reply = typed.Note };
        }

        var until = typed.Until(scene.Today, scene.Culture);
        if (typed.When is { } when && until is null)
        {
            return understood with { Among = [], Sentence = Texts["Typed.NoSuchDay", scene.Culture, when] };
        }

        PersonId? to = null;
        if (answer == FollowUpAnswer.Reassign)
        {
            var colleagues = Colleagues.Named(scene.Company.People, typed.To ?? "");
            if (colleagues.Count != 1)
            {
                return understood with
                {
                    Among = [],
                    Sentence = typed.To is null ? Texts["Colleague.Nobody", scene.Culture]
                        : colleagues.Count == 0 ? Texts["Colleague.Unknown", scene.Culture, typed.To]
                        : Texts["Colleague.Several", scene.Culture, typed.To, string.Join(Words.Separator(scene.Culture), colleagues.Select(p => p.Name))],
                };
            }

            to = colleagues[0].Id;
        }

        return understood with { Answer = new ChainAnswer(answer, typed.Days, until, typed.Note, to, typed.Time) };
    }

    /// <summary>
    /// What any words under a message of ours answer: the question that it asked, or, where they ask themselves, its rep. <c>null</c> where
    /// they are something else.
    /// </summary>
    public async ValueTask<TypedAnswer?> ReadUnderAsync(Scene scene, Subject subject, string text, CancellationToken cancellationToken)
    {
        switch (subject.Delivery.Kind)
        {
            case DeliveryKind.Question when text.Length > 0:
                var asked = await ChainOfAsync(scene, subject, cancellationToken);
                return asked is { Answer: FollowUpAnswer.AskTheRep } && asked.AnsweredBy == subject.Delivery.About ? new TypedAnswer(null, "", Note: text) : null;
            case DeliveryKind.Nudge or DeliveryKind.Alert or DeliveryKind.NobodyFound or DeliveryKind.Reassigned or DeliveryKind.Reply or DeliveryKind.Answered
                when text is [.., '?' or '？']:
                return new TypedAnswer(FollowUpAnswer.AskTheRep, "", Note: ChainAnswer.NoteOf(text));
            default:
                return null;
        }
    }

    /// <summary>The follow-ups that a wish may mean: what the speaker was told of and has not answered, else what runs on the opportunity that is named.</summary>
    public async ValueTask<IReadOnlyList<MeantFollowUp>> MeantAsync(Scene scene, Asked asked, CancellationToken cancellationToken)
    {
        var id = asked.Opportunity ?? (asked.Account is null && asked.Person("rep") is null ? scene.Subject?.Opportunity : null);
        IEnumerable<ToldFollowUp> waiting = await told.UnansweredAsync(scene.Tenant, scene.Person, cancellationToken);
        if (asked.Person("rep") is { } rep)
        {
            waiting = waiting.Where(t => t.Opportunity.Facts.Owner == rep);
        }

        if (asked.Opportunity is null && asked.Account is { } account)
        {
            waiting = waiting.Where(t => t.Opportunity.Facts.AccountId == AccountId.OfName(account));
        }

        if (id is null)
        {
            return [.. waiting.Take(Offered).Select(t => Of(scene, t.Opportunity, t.Chain))];
        }

        if (scene.Subject is { Delivery.Chain: { } key, Opportunity: var under } && under == id
            && (await dossiers.ToldAsync(scene.Asker, under, cancellationToken)) is { } spokenOf && spokenOf.FollowUps.FirstOrDefault(c => c.Key == key && !c.IsOver) is { } its)
        {
            return [Of(scene, spokenOf, its)];
        }

        return waiting.FirstOrDefault(t => t.Opportunity.Id == id) is { } one ? [Of(scene, one.Opportunity, one.Chain)]
            : await dossiers.ToldAsync(scene.Asker, id.Value, cancellationToken) is { } opportunity && told.RunningOf(opportunity, scene.Company, scene.Now) is { } running
                ? [Of(scene, opportunity, running)]
            : [];
    }

    /// <summary>Records it of the follow-up that is meant.</summary>
    public Task<AnswerResult> RecordAsync(
        Scene scene, MeantFollowUp meant, ChainAnswer? answer, string? reply, string command, CancellationToken cancellationToken) => answer is null
            ? answers.ReplyAsync(scene.Tenant, scene.Person, meant.Opportunity, meant.Chain, reply, new CommandId(command), scene.Channel, cancellationToken)
            : answers.AnswerAsync(scene.Tenant, scene.Person, meant.Opportunity, meant.Chain, answer, new CommandId(command), scene.Channel, cancellationToken);

    private async ValueTask<UnderstoodAnswer> WhichAsync(
        Scene scene, TypedAnswer typed, string account, IReadOnlyList<Person> reps, CancellationToken cancellationToken)
    {
        var waiting = typed.Answer is null
            ? await told.AskedAsync(scene.Tenant, scene.Person, cancellationToken)
            : typed.Time is TimeWord.Allow or TimeWord.Refuse ? await told.TimeAskedAsync(scene.Tenant, scene.Person, cancellationToken)
            : await told.UnansweredAsync(scene.Tenant, scene.Person, cancellationToken);
        if (reps.Count > 0)
        {
            waiting = [.. waiting.Where(t => reps.Any(r => r.Id == t.Opportunity.Facts.Owner))];
        }

        if (account.Length > 0)
        {
            return await OfAccountAsync(scene, typed, account, waiting, cancellationToken);
        }

        if (scene.Subject is { } subject && await OfSubjectAsync(scene, typed, subject, reps, cancellationToken) is { } spokenOf)
        {
            return spokenOf;
        }

        if (waiting.Count == 0 && typed is { Answer: { } answer, Time: null })
        {
            waiting = [.. (await told.AnsweredAsync(scene.Tenant, scene.Person, answer, cancellationToken))
                .Where(t => reps.Count == 0 || reps.Any(r => r.Id == t.Opportunity.Facts.Owner)).Take(1)];
        }

        var name = reps.Count > 0 ? NameFound.Nearly : NameFound.No;
        return waiting.Count > 0
            ? new UnderstoodAnswer([.. waiting.Take(Offered).Select(t => Of(scene, t.Opportunity, t.Chain))], Texts["Typed.Which", scene.Culture], name)
            : new UnderstoodAnswer(
                [],
                typed.Answer is null ? Texts["Typed.NothingAsked", scene.Culture]
                    : reps.Count > 0 ? Texts["Typed.NothingOf", scene.Culture, reps[0].Name]
                    : Texts["Typed.Nothing", scene.Culture],
                name);
    }

    // under a message of ours: what it told, while that goes on, else what goes on about the same opportunity
    private async ValueTask<UnderstoodAnswer?> OfSubjectAsync(
        Scene scene, TypedAnswer typed, Subject subject, IReadOnlyList<Person> reps, CancellationToken cancellationToken)
    {
        if (await dossiers.ToldAsync(scene.Asker, subject.Opportunity, cancellationToken) is not { } opportunity
            || (reps.Count > 0 && reps.All(r => r.Id != opportunity.Facts.Owner)))
        {
            return null;
        }

        var its = opportunity.FollowUps.FirstOrDefault(c => c.Key == subject.Delivery.Chain);
        var chain = typed.Answer is null || its is { IsOver: false } ? its : told.RunningOf(opportunity, scene.Company, scene.Now) ?? its;
        return chain is null
            ? new UnderstoodAnswer([], typed.Answer is null ? Texts["Typed.NothingAsked", scene.Culture] : Texts["NothingToAnswer", scene.Culture, Wording.Words.AccountOf(opportunity)])
            : new UnderstoodAnswer([Of(scene, opportunity, chain)], Texts["Typed.Which", scene.Culture], reps.Count > 0 ? NameFound.Nearly : NameFound.No);
    }

    private async ValueTask<FollowUpChain?> ChainOfAsync(Scene scene, Subject subject, CancellationToken cancellationToken) =>
        (await dossiers.ToldAsync(scene.Asker, subject.Opportunity, cancellationToken))?.FollowUps.FirstOrDefault(c => c.Key == subject.Delivery.Chain);

    // what they were told first; else anything that runs among what they may see
    private async ValueTask<UnderstoodAnswer> OfAccountAsync(
        Scene scene, TypedAnswer typed, string account, IReadOnlyList<ToldFollowUp> waiting, CancellationToken cancellationToken)
    {
        List<OpportunityListing> lines = [.. waiting.Select(t => OpportunityListing.Of(t.Opportunity, playbook))];
        var matches = OpportunitySearch.Match(lines, account);
        if (matches.Exact.Count == 0 && typed.Answer is not null)
        {
            var known = lines.Select(l => l.Id).ToHashSet();
            var others = await search.MatchAsync(scene, account, l => !known.Contains(l.Id), cancellationToken);
            lines.AddRange([.. others.Exact, .. others.Near]);
            matches = OpportunitySearch.Match(lines, account);
        }

        var named = matches.Exact.Count > 0;
        List<MeantFollowUp> among = [];
        foreach (var line in (named ? matches.Exact : matches.Near).Take(Offered))
        {
            if (waiting.FirstOrDefault(t => t.Opportunity.Id == line.Id) is { } one)
            {
                among.Add(Of(scene, one.Opportunity, one.Chain));
            }
            else if (await dossiers.FindAsync(scene.Asker, line.Id, cancellationToken) is { } opportunity && told.RunningOf(opportunity, scene.Company, scene.Now) is { } running)
            {
                among.Add(Of(scene, opportunity, running));
            }
        }

        if (named)
        {
            return among.Count > 0
                ? new UnderstoodAnswer(among, Texts["Typed.Which", scene.Culture], NameFound.Exactly)
                : new UnderstoodAnswer([], Texts["NothingToAnswer", scene.Culture, matches.Exact[0].Account], NameFound.Exactly);
        }

        // one that only comes close is asked about, never taken
        return among.Count > 0
            ? new UnderstoodAnswer(among, Texts["Typed.DidYouMean", scene.Culture, account], NameFound.Nearly)
            : new UnderstoodAnswer([], Texts["Typed.NothingCalled", scene.Culture, account]);
    }

    private static MeantFollowUp Of(Scene scene, Opportunity opportunity, FollowUpChain chain) => new(
        $"{Wording.Words.AccountOf(opportunity)} · {opportunity.Facts.Name} · {scene.Format(opportunity.Facts.Amount)}", opportunity.Id, chain.Key);
}
