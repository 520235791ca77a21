using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Conversations.FreeText;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Startup;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Engines;
using Microsoft.Extensions.DependencyInjection;

namespace KeyAccountBot.Tests.FollowUps;

/// <summary>The real workers and what they need, on a test's own clock and store.</summary>
internal static class FollowUpServices
{
    public static IServiceCollection On(TimeProvider clock, ITableStore tables, IDelayedQueue queues, Playbook playbook, TenantId tenant) =>
        new ServiceCollection()
            .AddLogging()
            .AddSingleton(clock)
            .AddSingleton(tables)
            .AddSingleton(queues)
            .AddSingleton(new StorageEngine(tables, queues))
            .AddSingleton(playbook)
            .AddSingleton(new RowReader())
            .AddSingleton<Tables>()
            .AddSingleton(new BotOptions { HomeTenant = tenant })
            .AddSingleton<PeopleRepository>()
            .AddSingleton<CompanyDirectory>()
            .AddSingleton<OpportunityLedger>()
            .AddSingleton<AccountLedger>()
            .AddSingleton<Dossiers>()
            .AddSingleton<IReportReader, RulesReader>()
            .AddSingleton<ReportScenes>()
            .AddConversations()
            .AddFollowUps()
            .AddSlackChannel();

    public static IServiceCollection Replace<T>(this IServiceCollection services, params T[] with) where T : class
    {
        foreach (var old in services.Where(d => d.ServiceType == typeof(T)).ToList())
        {
            services.Remove(old);
        }

        foreach (var one in with)
        {
            services.AddSingleton(one);
        }

        return services;
    }
}
