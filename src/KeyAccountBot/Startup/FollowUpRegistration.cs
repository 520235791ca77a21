using KeyAccountBot.Channels;
using KeyAccountBot.Conversations.FollowUps;
using KeyAccountBot.Conversations.Replies;
using KeyAccountBot.Conversations.Reminders;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Conversations.StandIns;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Operations;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Reminders;
using KeyAccountBot.StandIns;
using KeyAccountBot.Storage.Engines;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KeyAccountBot.Startup;

/// <summary>Puts following up and delivering into the service collection. The channels are registered each for itself.</summary>
internal static class FollowUpRegistration
{
    /// <summary>
    /// Registers the workers and what they need. Expects the store, the ledgers, <c>Dossiers</c>, <c>CompanyDirectory</c>, <c>Playbook</c>
    /// and <see cref="BotOptions"/> from elsewhere.
    /// </summary>
    public static IServiceCollection AddFollowUps(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(WorkTimes.Usual);
        services.AddSingleton<WorkSignal>();
        services.AddSingleton<PersonAddresses>();
        services.AddSingleton<Mailboxes>();
        services.AddSingleton<WeeklyDigests>();
        services.AddSingleton<WeeklyReview>();
        services.AddSingleton<ActsInName>();
        services.AddSingleton<Notices>();
        services.AddSingleton<DoneWhileAway>();
        services.AddSingleton<NoticeMessage>();
        services.AddSingleton<AbsenceBook>();
        services.AddSingleton<StandInAnswers>();
        services.AddSingleton<ChannelHealth>();
        services.AddSingleton<Outages>();
        services.AddSingleton<Outbox>();
        services.AddSingleton<Sending>();
        services.AddSingleton<DeliveryErrands>();
        services.AddSingleton<DigestErrands>();
        services.AddSingleton<WeeklyDigestErrands>();
        services.AddSingleton<NoticeErrands>();
        services.AddSingleton<PersonalReminders>();
        services.AddSingleton<ReminderErrands>();
        services.AddSingleton<OwnReminders>();
        services.AddSingleton<OutageErrands>();
        services.TryAddSingleton<KnownChannels>();
        services.AddSingleton<Pace>();
        services.AddSingleton<DeliveryRows>();
        services.AddSingleton<StandingDeliveries>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<DeadDeliveries>();
        services.AddSingleton<Replay>();
        services.AddSingleton<Reconciliation>();
        services.AddSingleton<DeadLetterLines>();
        services.AddSingleton<FollowUpMessage>();
        services.AddSingleton<FollowUpAnswers>();
        services.AddSingleton<AskedTime>();
        services.AddSingleton<PressedAnswers>();
        services.AddSingleton<OpenedFollowUps>();
        services.AddSingleton<ToldFollowUps>();
        services.AddSingleton<TypedAnswers>();
        services.AddSingleton<SentMessages>();
        services.AddSingleton<OwedRows>();
        services.AddSingleton<ReplyVisit>();
        services.AddSingleton(s => new ReplyLease(s.GetService<StorageEngine>()?.IsShared ?? true, s.GetRequiredService<TimeProvider>()));
        return services
            .AddWorker<WakeUpWorker>()
            .AddWorker<DeliveryWorker>()
            .AddWorker<ReplyWorker>()
            .AddWorker<DigestWorker>()
            .AddWorker<WeeklyDigestWorker>()
            .AddWorker<NoticeWorker>()
            .AddWorker<ReminderWorker>()
            .AddWorker<OutageWorker>()
            .AddWorker<AnsweredMessages>()
            .AddWorker<ReconciliationWorker>()
            .AddSingleton<PlaybookAtStart>()
            .AddHostedService(s => s.GetRequiredService<PlaybookAtStart>())
            .AddHostedService<PolicyWarnings>();
    }
}
