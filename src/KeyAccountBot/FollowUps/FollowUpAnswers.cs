using System.Globalization;
using System.Text.Json;
using KeyAccountBot.BotFramework.Cards;
using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Records;

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

/// <summary>What to say to whoever answered.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Sentence">In their language.</param>
/// <param name="Card">Stands in the pressed card's place in Teams; <c>null</c> to leave it.</param>
internal sealed record AnswerResult(AnswerOutcome Outcome, string Sentence, AdaptiveCard? Card = null);

/// <summary>Records the answers to follow-ups and the replies to questions, from whichever channel.</summary>
internal sealed class FollowUpAnswers(
    OpportunityLedger ledger, CompanyDirectory directory, Playbook playbook, IDelayedQueue queues, FollowUpMessage messages, TimeProvider clock, WorkSignal signal)
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
        var culture = FollowUpMessage.CultureOf(by);
        if (await ledger.FindAsync(tenant, id, cancellationToken) is not { } stored)
        {
            var isSetAside = await ledger.IsSetAsideAsync(tenant, id, cancellationToken);
            return new AnswerResult(AnswerOutcome.NotOnRecord, Texts[isSetAside ? "CannotBeRead" : "NotOnRecord", culture]);
        }

        var company = await directory.GetAsync(tenant, cancellationToken);
        if (!MayAnswer(by.Id, stored.Opportunity, chain, answer.Answer, company))
        {
            return new AnswerResult(AnswerOutcome.NotAllowed, Texts["NotAllowed", culture]);
        }

        var now = clock.GetUtcNow();
        var calendar = FollowUpPolicy.CalendarOf(by, playbook.FollowUps);
        var today = calendar.DateAt(now);
        if (UnfitOf(answer, today, by, stored.Opportunity, company, culture) is { } unfit)
        {
            return new AnswerResult(AnswerOutcome.Unfit, unfit);
        }

        var quietUntil = answer.QuietUntil(playbook.FollowUps, calendar, now);
        var outcome = await ledger.RecordAsync(
            tenant, id, new OpportunityCommand.AnswerFollowUp(chain, answer.Answer, quietUntil, ChainAnswer.NoteOf(answer.Note), answer.To),
            new CommandContext(command, by.Id, now, today, channel), company, cancellationToken, stored);
        var opportunity = outcome.Opportunity ?? stored.Opportunity;
        var account = FollowUpMessage.AccountOf(opportunity);
        var card = CardAfter(by, opportunity, chain, company);
        switch (outcome.Refusal)
        {
            case null:
                // a repeat too: the process may have died between the record and this
                await queues.SendAsync(
                    AnsweredMessages.Queue, JsonSerializer.SerializeToUtf8Bytes(new ChainAnswered(tenant, id, chain), FollowUpJson.Default.ChainAnswered), now, CancellationToken.None);
                signal.Set();
                return new AnswerResult(
                    AnswerOutcome.Recorded,
                    Texts[$"Done.{answer.Answer}", culture, account, messages.DateOf(quietUntil, by), FollowUpMessage.NameOf(company, answer.To, culture)], card);
            case Refusal.AnsweredAlready first:
                return new AnswerResult(
                    AnswerOutcome.Late,
                    Texts[$"Late.{first.Answer}", culture, account, FollowUpMessage.NameOf(company, first.By, culture), messages.DateOf(first.QuietUntil, by)], card);
            case Refusal.CannotBeRead:
                return new AnswerResult(AnswerOutcome.NotOnRecord, Texts["CannotBeRead", culture]);
            case Refusal.NotOnRecord:
                return new AnswerResult(AnswerOutcome.NotOnRecord, Texts["NotOnRecord", culture]);
            default:
                return new AnswerResult(AnswerOutcome.NothingToAnswer, Texts["NothingToAnswer", culture, account], card);
        }
    }

    /// <summary>Records what the rep replies to a question; whoever asked hears it on their channel.</summary>
    public async Task<AnswerResult> ReplyAsync(
        TenantId tenant, Person by, OpportunityId id, string chain, string? words, CommandId command, string channel, CancellationToken cancellationToken)
    {
        var culture = FollowUpMessage.CultureOf(by);
        if (await ledger.FindAsync(tenant, id, cancellationToken) is not { } stored)
        {
            var isSetAside = await ledger.IsSetAsideAsync(tenant, id, cancellationToken);
            return new AnswerResult(AnswerOutcome.NotOnRecord, Texts[isSetAside ? "CannotBeRead" : "NotOnRecord", culture]);
        }

        var company = await directory.GetAsync(tenant, cancellationToken);
        var owner = stored.Opportunity.Facts.Owner;
        if (by.Id != owner && company.StandInFor(owner)?.Id != by.Id)
        {
            return new AnswerResult(AnswerOutcome.NotAllowed, Texts["NotYoursToReply", culture]);
        }

        var now = clock.GetUtcNow();
        var context = new CommandContext(command, by.Id, now, FollowUpPolicy.CalendarOf(by, playbook.FollowUps).DateAt(now), channel);
        var outcome = await ledger.RecordAsync(tenant, id, new OpportunityCommand.ReplyToFollowUp(chain, words ?? ""), context, company, cancellationToken, stored);
        var opportunity = outcome.Opportunity ?? stored.Opportunity;
        var account = FollowUpMessage.AccountOf(opportunity);
        switch (outcome.Refusal)
        {
            case null when opportunity.FollowUps.FirstOrDefault(c => c.Key == chain) is { } asked:
                signal.Set();
                return new AnswerResult(
                    AnswerOutcome.Recorded, Texts["Done.Reply", culture, account, FollowUpMessage.NameOf(company, asked.AnsweredBy, culture)],
                    messages.BuildReplied(opportunity, asked, by, company, words!).Card);
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

    /// <summary>Who leads the owner or was told may answer anything; the owner may only ask for time.</summary>
    private static bool MayAnswer(PersonId by, Opportunity opportunity, string chain, FollowUpAnswer answer, Company company) =>
        by == opportunity.Facts.Owner
            ? answer == FollowUpAnswer.Snooze
            : company.MaySee(by, opportunity.Facts.Owner) || opportunity.FollowUps.Any(c => c.Key == chain && c.Concerns(by, company));

    private static string? UnfitOf(ChainAnswer answer, DateOnly today, Person by, Opportunity opportunity, Company company, CultureInfo culture)
    {
        if (answer.IsPast(today))
        {
            return Texts["Until.Past", culture, FollowUpMessage.DateOf(answer.Until!.Value, by)];
        }

        if (answer.IsTooLong(today))
        {
            return Texts["Until.TooLong", culture];
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

    private AdaptiveCard? CardAfter(Person by, Opportunity opportunity, string key, Company company)
    {
        if (opportunity.FollowUps.FirstOrDefault(c => c.Key == key) is not { Answer: not null } chain)
        {
            return null;
        }

        var kind = by.Id == opportunity.Facts.Owner ? DeliveryKind.Reminder : by.Role == Role.Manager ? DeliveryKind.Nudge : DeliveryKind.Alert;
        var delivery = new Sales.FollowUps.Delivery(key, kind, by.Id, key, chain.Cause, chain.Since, opportunity.Facts.Owner);
        return messages.BuildAnswered(delivery, opportunity, chain, by, company).Card;
    }
}
