using KeyAccountBot.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Records;

namespace KeyAccountBot.Operations;

/// <summary>Registers what is on record: the store, and the repositories on top of it.</summary>
internal static class Records
{
    /// <summary>Adds the store named in the settings.</summary>
    public static void AddRecords(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(s => StorageEngine.Open(s.GetRequiredService<StorageOptions>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => s.GetRequiredService<StorageEngine>().Tables);
        services.AddSingleton(s => s.GetRequiredService<StorageEngine>().Queues);
        services.AddSingleton<PeopleRepository>();
        services.AddSingleton<CompanyDirectory>();
        services.AddSingleton(s => new OpportunityLedger(
            s.GetRequiredService<ITableStore>(), s.GetRequiredService<IDelayedQueue>(),
            s.GetRequiredService<Playbook>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AccountLedger>();
    }
}
