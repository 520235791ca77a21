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

/// <summary>What came of a pressed button.</summary>
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
}

/// <summary>What to say to whoever pressed.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Sentence">In their language.</param>
/// <param name="Card">Stands in the pressed card's place in Teams; <c>null</c> to leave it.</param>
internal sealed record AnswerResult(AnswerOutcome Outcome, string Sentence, AdaptiveCard? Card = null);

/// <summary>Records the answers to follow-ups, from whichever channel.</summary>
internal sealed class FollowUpAnswers(
    OpportunityLedger ledger, CompanyDirectory directory, Playbook playbook, IDelayedQueue queues, FollowUpMessage messages, TimeProvider clock, WorkSignal signal)
{
    /// <summary>The verb of a card's buttons, and how a Slack button's <c>action_id</c> begins.</summary>
    public const string Verb = "follow-up/answer";

    /// <summary>Records an answer; the messages already sent about it are brought in line soon after.</summary>
    public async Task<AnswerResult> AnswerAsync(
        TenantId tenant, Person by, OpportunityId id, string chain, FollowUpAnswer answer, CommandId command, string channel, CancellationToken cancellationToken)
    {
        var texts = FollowUpMessage.Texts;
        var culture = FollowUpMessage.CultureOf(by);
        var stored = await ledger.FindAsync(tenant, id, cancellationToken);
        if (stored is null)
        {
            return new AnswerResult(AnswerOutcome.NotOnRecord, texts["NotOnRecord", culture]);
        }

        var company = await directory.GetAsync(tenant, cancellationToken);
        if (!MayAnswer(by.Id, stored.Opportunity, chain, answer, company))
        {
            return new AnswerResult(AnswerOutcome.NotAllowed, texts["NotAllowed", culture]);
        }

        var now = clock.GetUtcNow();
        var calendar = FollowUpPolicy.CalendarOf(by, playbook.FollowUps);
        var quietUntil = FollowUpPolicy.QuietUntil(answer, playbook.FollowUps, calendar, now);
        var context = new CommandContext(command, by.Id, now, calendar.DateAt(now), channel);
        var outcome = await ledger.RecordAsync(
            tenant, id, new OpportunityCommand.AnswerFollowUp(chain, answer, quietUntil), context, company, cancellationToken, stored);
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
                return new AnswerResult(AnswerOutcome.Recorded, texts[$"Done.{answer}", culture, account, messages.DateOf(quietUntil, by)], card);
            case Refusal.AnsweredAlready first:
                return new AnswerResult(
                    AnswerOutcome.Late,
                    texts[$"Late.{first.Answer}", culture, account, FollowUpMessage.NameOf(company, first.By, culture), messages.DateOf(first.QuietUntil, by)], card);
            case Refusal.NotOnRecord:
                return new AnswerResult(AnswerOutcome.NotOnRecord, texts["NotOnRecord", culture]);
            default:
                return new AnswerResult(AnswerOutcome.NothingToAnswer, texts["NothingToAnswer", culture, account], card);
        }
    }

    /// <summary>Who leads the owner or was told may answer anything; the owner may only ask for time.</summary>
    private static bool MayAnswer(PersonId by, Opportunity opportunity, string chain, FollowUpAnswer answer, Company company) =>
        by == opportunity.Facts.Owner
            ? answer == FollowUpAnswer.Snooze
            : company.MaySee(by, opportunity.Facts.Owner) || opportunity.FollowUps.Any(c => c.Key == chain && c.Concerns(by));

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
