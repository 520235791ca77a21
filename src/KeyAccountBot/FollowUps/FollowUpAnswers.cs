using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Language;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;

namespace KeyAccountBot.FollowUps;

/// <summary>What came of an answer.</summary>
internal enum AnswerOutcome
{
    /// <summary>It is on record.</summary>
    Recorded,

    /// <summary>Somebody else answered it first.</summary>
    Late,

    /// <summary>The chain is over.</summary>
    NothingToAnswer,

    /// <summary>It is not theirs to answer.</summary>
    NotAllowed,

    /// <summary>There is no such opportunity.</summary>
    NotOnRecord,

    /// <summary>What was said with it does not do: a date that has passed, nobody named, no words.</summary>
    Unfit,
}

/// <summary>What to say to who answered.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Sentence">In their language.</param>
/// <param name="InPlace">Stands in the pressed message's place; <c>null</c> to leave it.</param>
/// <param name="Instead">What may be pressed instead; none where the sentence says it all.</param>
/// <param name="Says">What may be said instead.</param>
internal sealed record AnswerResult(
    AnswerOutcome Outcome, string Sentence, Message? InPlace = null, IReadOnlyList<MessageAction>? Instead = null, ReadyAnswer? Says = null)
{
    /// <summary>The answer to a press.</summary>
    public Message ToPress() => Message.Of(Sentence) with { InPlace = InPlace, Actions = Instead ?? [] };

    /// <summary>The answer to words.</summary>
    public Message ToWords() => Says is { } says ? Message.Of(Sentence).Offering(says) : Message.Of(Sentence);
}

/// <summary>Records the answers to follow-ups and the replies to questions, from whichever channel.</summary>
internal sealed class FollowUpAnswers(
    Dossiers dossiers, CompanyDirectory directory, Playbook playbook, IDelayedQueue queues, FollowUpMessage messages, AskedTime time, TimeProvider clock, WorkSignal signal)
{
    /// <summary>The verb of a card's buttons, and how the <c>action_id</c> of what is pressed in Slack begins.</summary>
    public const string Verb = "follow-up/answer";

    /// <summary>The verb of the button that sends the rep's reply.</summary>
    public const string ReplyVerb = "follow-up/reply";

    private static Texts Texts => FollowUpMessage.Texts;

    /// <summary>Records an answer; the messages already sent about it are brought in line soon after.</summary>
    public async Task<AnswerResult> AnswerAsync(
        TenantId tenant, Person by, OpportunityId id, string chain, ChainAnswer answer, CommandId command, string channel, CancellationToken cancellationToken)
    {
        if (answer.Time is { } word)
        {
            return await time.SayAsync(tenant, by, id, chain, word, answer.Until, command, channel, cancellationToken);
        }

        var culture = FollowUpMessage.CultureOf(by);
        var company = await directory.GetAsync(tenant, cancellationToken);
        var asker = new Asker(tenant, company, by.Id);
        var opened = await dossiers.ToAnswerAsync(asker, id, chain, cancellationToken);
        if (opened.Opportunity is not { } stands || AnswerAuthority.Of(by.Id, stands, chain, playbook, company) is not { } authority)
        {
            return Closed(opened, Texts["NotAllowed", culture, FollowUpMessage.NameOf(company, opened.Owner, culture)], culture);
        }

        // who owns it, or stands in for its owner, looks after it anyway: they ask for time, or say why there is no need
        if (authority.IsOwners && answer.Answer is not (FollowUpAnswer.Snooze or FollowUpAnswer.NotAnIssue))
        {
            return new AnswerResult(AnswerOutcome.NotAllowed, Texts["NotAllowed.Owner", culture]);
        }

        var now = clock.GetUtcNow();
        var calendar = FollowUpPolicy.CalendarOf(by, playbook.FollowUps);
        var today = calendar.DateAt(now);
        if (UnfitOf(answer, today, by, stands, company, culture) is { } unfit)
        {
            return new AnswerResult(AnswerOutcome.Unfit, unfit);
        }

        var quietUntil = answer.QuietUntil(authority, playbook.FollowUps, calendar, now);
        if (answer.IsTooLong(authority, playbook.FollowUps, calendar, today))
        {
            return Instead(by, stands, chain, answer, authority, authority.LongestDay(playbook.FollowUps, calendar, today), quietUntil, now, company);
        }

        var outcome = await dossiers.RecordAsync(
            asker, id,
            new OpportunityCommand.AnswerFollowUp(
                chain, answer.Answer, quietUntil, ChainAnswer.NoteOf(answer.Note), answer.To, authority.IsOwners,
                answer.Answer == FollowUpAnswer.Snooze ? authority.Reach : null),
            new CommandContext(command, by.Id, now, today, channel), cancellationToken);
        var opportunity = outcome.Opportunity ?? stands;
        var account = Wording.Words.AccountOf(opportunity);
        var card = CardAfter(by, opportunity, chain, authority, company);
        switch (outcome.Refusal)
        {
            case null:
                // a repeat too: the process may have died between the record and this
                await queues.SendAsync(
                    AnsweredMessages.Queue, JsonSerializer.SerializeToUtf8Bytes(new ChainAnswered(tenant, id, chain), FollowUpJson.Default.ChainAnswered), now, CancellationToken.None);
                signal.Set();
                return new AnswerResult(
                    AnswerOutcome.Recorded,
                    authority.IsOwners
                        ? Texts[$"Done.Owner.{answer.Answer}", culture, account, messages.DateOf(quietUntil, by)]
                        : Texts[$"Done.{answer.Answer}", culture, account, messages.DateOf(quietUntil, by), FollowUpMessage.NameOf(company, answer.To, culture)],
                    card);
            case Refusal.AnsweredAlready first:
                return new AnswerResult(
                    AnswerOutcome.Late,
                    Texts[$"Late.{first.Answer}", culture, account, FollowUpMessage.NameOf(company, first.By, culture), messages.DateOf(first.QuietUntil, by)], card);
            case Refusal.NotTheirs:
                return new AnswerResult(AnswerOutcome.NotAllowed, Texts["NotAllowed", culture]);
            case Refusal.CannotBeRead:
                return new AnswerResult(AnswerOutcome.NotOnRecord, Texts["CannotBeRead", culture]);
            case Refusal.SnoozedOften:
                return Instead(by, opportunity, chain, answer, authority, null, quietUntil, now, company);
            case Refusal.NotOnRecord:
                return new AnswerResult(AnswerOutcome.NotOnRecord, Texts["NotOnRecord", culture]);
            default:
                return new AnswerResult(AnswerOutcome.NothingToAnswer, Texts["NothingToAnswer", culture, account], card);
        }
    }

    /// <summary>Records what the rep replies to a question; who asked hears it on their channel.</summary>
    public async Task<AnswerResult> ReplyAsync(
        TenantId tenant, Person by, OpportunityId id, string chain, string? words, CommandId command, string channel, CancellationToken cancellationToken)
    {
        var culture = FollowUpMessage.CultureOf(by);
        var company = await directory.GetAsync(tenant, cancellationToken);
        var asker = new Asker(tenant, company, by.Id);
        var reply = new OpportunityCommand.ReplyToFollowUp(chain, words ?? "");
        var opened = await dossiers.ToReplyAsync(asker, id, reply, cancellationToken);
        if (opened.Opportunity is not { } stands)
        {
            return Closed(opened, Texts["NotYoursToReply", culture, FollowUpMessage.NameOf(company, opened.Owner, culture)], culture);
        }

        var now = clock.GetUtcNow();
        var context = new CommandContext(command, by.Id, now, FollowUpPolicy.CalendarOf(by, playbook.FollowUps).DateAt(now), channel);
        var outcome = await dossiers.RecordAsync(asker, id, reply, context, cancellationToken);
        var opportunity = outcome.Opportunity ?? stands;
        var account = Wording.Words.AccountOf(opportunity);
        switch (outcome.Refusal)
        {
            case null when opportunity.FollowUps.FirstOrDefault(c => c.Key == chain) is { } asked:
                signal.Set();
                return new AnswerResult(
                    AnswerOutcome.Recorded, Texts["Done.Reply", culture, account, FollowUpMessage.NameOf(company, asked.AnsweredBy, culture)],
                    messages.BuildReplied(opportunity, asked, by, company, words!));
            case Refusal.NothingSaid:
                return new AnswerResult(AnswerOutcome.Unfit, Texts["Reply.Nothing", culture]);
            case Refusal.CannotBeRead:
                return new AnswerResult(AnswerOutcome.NotOnRecord, Texts["CannotBeRead", culture]);
            case Refusal.NotOnRecord:
                return new AnswerResult(AnswerOutcome.NotOnRecord, Texts["NotOnRecord", culture]);
            default:
                return new AnswerResult(AnswerOutcome.NothingToAnswer, Texts["Reply.NotAsked", culture, account]);
        }
    }

    private static AnswerResult Closed(OpenedOpportunity opened, string notAllowed, CultureInfo culture) => opened.Refusal switch
    {
        Refusal.CannotBeRead => new AnswerResult(AnswerOutcome.NotOnRecord, Texts["CannotBeRead", culture]),
        Refusal.NotOnRecord => new AnswerResult(AnswerOutcome.NotOnRecord, Texts["NotOnRecord", culture]),
        _ => new AnswerResult(AnswerOutcome.NotAllowed, notAllowed),
    };

    // too long, or once too often: the longest there is, and asking who leads them for more
    private AnswerResult Instead(
        Person by, Opportunity opportunity, string chain, ChainAnswer answer, AnswerAuthority authority, DateOnly? longest,
        DateTimeOffset? wanted, DateTimeOffset now, Company company)
    {
        var culture = FollowUpMessage.CultureOf(by);
        var calendar = FollowUpPolicy.CalendarOf(by, playbook.FollowUps);
        var leader = authority.IsOwners ? AskedTime.LeaderOf(opportunity, company) : null;
        var latest = calendar.AddBusinessDays(calendar.DateAt(now), playbook.FollowUps.LongestQuietDays);
        var offer = new TimeOffer(answer.Answer, longest);
        if (leader is not null && latest > (longest ?? DateOnly.MinValue))
        {
            var day = answer.Until ?? (wanted is { } until ? calendar.DateAt(until) : latest);
            offer = offer with { Ask = day < latest ? day : latest, AskOf = leader };
        }

        var sentence = longest is { } own
            ? Texts["Until.TooLong", culture, FollowUpMessage.DateOf(own, by)]
            : Texts["Snoozed.Often", culture, playbook.FollowUps.Owner.Snoozes];
        if (offer is { AskOf: { } asked, Ask: { } ask })
        {
            sentence = Wording.Words.Sentences(culture, sentence, Texts["Time.MayAsk", culture, asked.Name, FollowUpMessage.DateOf(ask, by)]);
        }

        List<MessageAction> instead = [.. new ChainActions(opportunity.Id, chain, culture).Instead(offer)];
        var card = opportunity.FollowUps.FirstOrDefault(c => c.Key == chain) is { } running
            ? messages.With(DeliveryTo(by, opportunity, running, authority), opportunity, sentence, instead, by, company)
            : null;
        return new AnswerResult(
            AnswerOutcome.Unfit, sentence, card, instead,
            offer.AskOf is null ? null : new ReadyAnswer(offer.AskWords(culture), offer.AskSays(Wording.Words.AccountOf(opportunity), culture)));
    }

    /// <summary>The question about a day that is hardly meant; <c>null</c> where there is nothing to doubt.</summary>
    public static string? DoubtOf(DateOnly? until, DateOnly today, Person by) =>
        until is { } day && PlausibleDate.Likely(day, today, DateSense.Ahead) is { } likely
            ? Texts["Until.Doubt", FollowUpMessage.CultureOf(by), FollowUpMessage.DateOf(day, by), FollowUpMessage.DateOf(likely, by)]
            : null;

    private static string? UnfitOf(ChainAnswer answer, DateOnly today, Person by, Opportunity opportunity, Company company, CultureInfo culture)
    {
        if (DoubtOf(answer.Until, today, by) is { } doubt)
        {
            return doubt;
        }

        if (answer.IsPast(today))
        {
            return Texts["Until.Past", culture, FollowUpMessage.DateOf(answer.Until!.Value, by)];
        }

        return (answer.Answer, answer.To) switch
        {
            (not FollowUpAnswer.Reassign, _) => null,
            (_, null) => Texts["Colleague.Nobody", culture],
            (_, { } to) when to == by.Id => Texts["Colleague.Yourself", culture],
            (_, { } to) when to == opportunity.Facts.Owner => Texts["Colleague.Rep", culture, FollowUpMessage.NameOf(company, to, culture)],
            (_, { } to) when company.Find(to) is null => Texts["Colleague.NotOnRecord", culture],
            _ => null,
        };
    }

    private Message? CardAfter(Person by, Opportunity opportunity, string key, AnswerAuthority authority, Company company)
    {
        if (opportunity.FollowUps.FirstOrDefault(c => c.Key == key) is not { } chain)
        {
            return null;
        }

        var delivery = DeliveryTo(by, opportunity, chain, authority);
        return DeliveryStanding.AnswersTo(chain, delivery, opportunity, KnownCustomer.NotRead, playbook, company).LastOrDefault() is { } said
            ? messages.BuildAnswered(delivery, opportunity, FollowUpMessage.DidOf(said, chain, by, company, playbook), by, company)
            : null;
    }

    private static Sales.FollowUps.Delivery DeliveryTo(Person by, Opportunity opportunity, FollowUpChain chain, AnswerAuthority authority) => new(
        chain.Key, authority.IsOwners ? DeliveryKind.Reminder : by.Role == Role.Manager ? DeliveryKind.Nudge : DeliveryKind.Alert,
        by.Id, chain.Key, chain.Cause, chain.Since, opportunity.Facts.Owner);
}
