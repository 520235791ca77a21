using System.Text.Json;
using System.Text.Json.Serialization;
using KeyAccountBot.Deliveries;
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

/// <summary>What is said of more time than an owner may take.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TimeWord>))]
internal enum TimeWord
{
    /// <summary>The owner asks for it.</summary>
    Ask,

    /// <summary>Who leads the owner allows it.</summary>
    Allow,

    /// <summary>Who leads the owner does not.</summary>
    Refuse,
}

/// <summary>More quiet than an owner may take: asked of who leads them, with one press, and answered with one.</summary>
internal sealed class AskedTime(
    Dossiers dossiers, CompanyDirectory directory, Playbook playbook, IDelayedQueue queues, FollowUpMessage messages, TimeProvider clock, WorkSignal signal)
{
    private static Texts Texts => FollowUpMessage.Texts;

    /// <summary>Who is asked: the first up the owner's line; <c>null</c> for nobody.</summary>
    public static Person? LeaderOf(Opportunity opportunity, Company company) =>
        company.LineAbove(opportunity.Facts.Owner).FirstOrDefault(p => p.Role != Role.Administrator);

    /// <summary>Records what is said of it.</summary>
    public Task<AnswerResult> SayAsync(
        TenantId tenant, Person by, OpportunityId id, string chain, TimeWord word, DateOnly? until, CommandId command, string channel, CancellationToken cancellationToken) =>
        word != TimeWord.Ask ? AnswerAsync(tenant, by, id, chain, word == TimeWord.Allow, command, channel, cancellationToken)
        : until is { } day ? AskAsync(tenant, by, id, chain, day, command, channel, cancellationToken)
        : Task.FromResult(new AnswerResult(AnswerOutcome.Unfit, Texts["Until.Missing", FollowUpMessage.CultureOf(by)]));

    /// <summary>The owner asks for quiet until a day; at most until the last that their leader may allow.</summary>
    private async Task<AnswerResult> AskAsync(
        TenantId tenant, Person by, OpportunityId id, string chain, DateOnly until, CommandId command, string channel, CancellationToken cancellationToken)
    {
        var culture = FollowUpMessage.CultureOf(by);
        var company = await directory.GetAsync(tenant, cancellationToken);
        var asker = new Asker(tenant, company, by.Id);
        var opened = await dossiers.ToAnswerAsync(asker, id, chain, cancellationToken);
        if (opened.Refusal is Refusal.NotOnRecord or Refusal.CannotBeRead)
        {
            return new AnswerResult(AnswerOutcome.NotOnRecord, Texts["NotOnRecord", culture]);
        }

        if (opened.Opportunity is not { } stands || AnswerAuthority.Of(by.Id, stands, chain, playbook, company) is not { IsOwners: true } || LeaderOf(stands, company) is not { } leader)
        {
            return new AnswerResult(AnswerOutcome.NotAllowed, Texts["Time.NotYours", culture]);
        }

        var now = clock.GetUtcNow();
        var calendar = FollowUpPolicy.CalendarOf(by, playbook.FollowUps);
        var today = calendar.DateAt(now);
        var latest = calendar.AddBusinessDays(today, playbook.FollowUps.LongestQuietDays);
        if (FollowUpAnswers.DoubtOf(until, today, by) is { } doubt)
        {
            return new AnswerResult(AnswerOutcome.Unfit, doubt);
        }

        until = until < latest ? until : latest;
        if (until <= today)
        {
            return new AnswerResult(AnswerOutcome.Unfit, Texts["Until.Past", culture, FollowUpMessage.DateOf(until, by)]);
        }

        var ask = new OpportunityCommand.AskForTime(chain, FollowUpPolicy.QuietUntil(until, calendar), leader.Id);
        var outcome = await dossiers.RecordAsync(asker, id, ask, new CommandContext(command, by.Id, now, today, channel), cancellationToken);
        var account = Wording.Words.AccountOf(outcome.Opportunity ?? stands);
        if (outcome.Refusal is not null)
        {
            return new AnswerResult(AnswerOutcome.NothingToAnswer, Texts["NothingToAnswer", culture, account]);
        }

        await BringInLineAsync(tenant, id, chain, now);
        var asked = outcome.Opportunity?.FollowUps.FirstOrDefault(c => c.Key == chain)?.TimeAsked;
        var sentence = Texts["Done.TimeAsked", culture, FollowUpMessage.NameOf(company, asked?.Of ?? leader.Id, culture), account, messages.DateOf(asked?.Until ?? ask.Until, by)];
        return new AnswerResult(AnswerOutcome.Recorded, sentence, CardAfter(by, DeliveryKind.Reminder, outcome.Opportunity!, chain, sentence, company));
    }

    /// <summary>Somebody who leads the owner allows it, up to whose step they may, or does not; the owner hears.</summary>
    private async Task<AnswerResult> AnswerAsync(
        TenantId tenant, Person by, OpportunityId id, string chain, bool allowed, CommandId command, string channel, CancellationToken cancellationToken)
    {
        var culture = FollowUpMessage.CultureOf(by);
        var company = await directory.GetAsync(tenant, cancellationToken);
        var asker = new Asker(tenant, company, by.Id);
        var opened = await dossiers.ToAnswerAsync(asker, id, chain, cancellationToken);
        if (opened.Refusal is Refusal.NotOnRecord or Refusal.CannotBeRead)
        {
            return new AnswerResult(AnswerOutcome.NotOnRecord, Texts["NotOnRecord", culture]);
        }

        if (opened.Opportunity is not { } stands || AnswerAuthority.Of(by.Id, stands, chain, playbook, company) is not { Leads: true } authority)
        {
            return new AnswerResult(AnswerOutcome.NotAllowed, Texts["NotAllowed", culture, FollowUpMessage.NameOf(company, opened.Owner, culture)]);
        }

        var now = clock.GetUtcNow();
        var context = new CommandContext(command, by.Id, now, FollowUpPolicy.CalendarOf(by, playbook.FollowUps).DateAt(now), channel);
        var outcome = await dossiers.RecordAsync(
            asker, id, new OpportunityCommand.AnswerAskedTime(chain, allowed, authority.Reach), context, cancellationToken);
        var opportunity = outcome.Opportunity ?? stands;
        var account = Wording.Words.AccountOf(opportunity);
        if (outcome.Refusal is not null || opportunity.FollowUps.FirstOrDefault(c => c.Key == chain)?.TimeAsked is not { } asked)
        {
            return new AnswerResult(AnswerOutcome.NothingToAnswer, Texts["Time.NotAsked", culture, account]);
        }

        await BringInLineAsync(tenant, id, chain, now);
        var who = FollowUpMessage.NameOf(company, asked.By, culture);
        var sentence = Texts[allowed ? "Done.TimeAllowed" : "Done.TimeRefused", culture, who, account, messages.DateOf(asked.Until, by)];
        return new AnswerResult(AnswerOutcome.Recorded, sentence, CardAfter(by, DeliveryKind.TimeAsked, opportunity, chain, sentence, company));
    }

    // a repeat too: the process may have died between the record and this
    private async Task BringInLineAsync(TenantId tenant, OpportunityId id, string chain, DateTimeOffset now)
    {
        await queues.SendAsync(
            AnsweredMessages.Queue, JsonSerializer.SerializeToUtf8Bytes(new ChainAnswered(tenant, id, chain), FollowUpJson.Default.ChainAnswered), now, CancellationToken.None);
        signal.Set();
    }

    private Message? CardAfter(Person by, DeliveryKind kind, Opportunity opportunity, string key, string sentence, Company company) =>
        opportunity.FollowUps.FirstOrDefault(c => c.Key == key) is not { } chain ? null : messages.BuildAnswered(
            new Sales.FollowUps.Delivery(
                key, kind, by.Id, key, chain.Cause, kind == DeliveryKind.TimeAsked ? chain.TimeAsked?.Until : chain.Since, chain.TimeAsked?.By ?? opportunity.Facts.Owner),
            opportunity, sentence, by, company);
}
