using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Conversations.Replies;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Conversations.WeeklyDigests;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Operations;
using KeyAccountBot.People;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Slack.WebApi;
using KeyAccountBot.StandIns;
using KeyAccountBot.Storage.Engines;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KeyAccountBot.FollowUps;

/// <summary>Puts following up, delivering and Slack's inbox into the service collection.</summary>
internal static class FollowUpRegistration
{
    /// <summary>
    /// Registers the workers and what they need. Expects the store, <c>OpportunityLedger</c>, <c>CompanyDirectory</c>, <c>Playbook</c>
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
        services.AddSingleton<OutageErrands>();
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
        services.AddSingleton<SlackInbox>();
        services.AddSingleton<SlackMembers>();
        services.AddSingleton(s => new SlackSender(
            s.GetService<SlackWebApi>, s.GetRequiredService<PersonAddresses>(), s.GetRequiredService<SlackMembers>()));
        services.AddSingleton<IChannelSender>(s => new TeamsSender(
            s.GetService<ConnectorClient>, s.GetRequiredService<PersonAddresses>(), s.GetRequiredService<IConfiguration>()));
        services.AddSingleton<IChannelSender>(s => s.GetRequiredService<SlackSender>());
        services.AddSingleton<OwedRows>();
        services.AddSingleton<ReplyVisit>();
        services.AddSingleton(s => new ReplyLease(s.GetService<StorageEngine>()?.IsShared ?? true, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IReplyChannel>(s => new ConnectorReplies(s.GetService<ConnectorClient>));
        services.AddSingleton<ISlackWorkspace>(s => s.GetRequiredService<SlackSender>());
        services.AddSingleton<IConversationChannel>(s => new SlackConversations(
            s.GetService<SlackWebApi>, s.GetRequiredService<ISlackWorkspace>(), s.GetRequiredService<CompanyDirectory>(), s.GetRequiredService<BotOptions>(),
            s.GetRequiredService<ILogger<SlackConversations>>()));
        return services
            .AddWorker<WakeUpWorker>()
            .AddWorker<DeliveryWorker>()
            .AddWorker<ReplyWorker>()
            .AddWorker<DigestWorker>()
            .AddWorker<WeeklyDigestWorker>()
            .AddWorker<NoticeWorker>()
            .AddWorker<OutageWorker>()
            .AddWorker<AnsweredMessages>()
            .AddWorker<SlackInboxWorker>()
            .AddWorker<ReconciliationWorker>()
            .AddSingleton<PlaybookAtStart>()
            .AddHostedService(s => s.GetRequiredService<PlaybookAtStart>())
            .AddHostedService<PolicyWarnings>();
    }

    private static IServiceCollection AddWorker<T>(this IServiceCollection services) where T : QueueWorker =>
        services.AddSingleton<T>().AddSingleton<QueueWorker>(s => s.GetRequiredService<T>()).AddHostedService(s => s.GetRequiredService<T>());
}
