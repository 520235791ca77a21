using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Storage.Engines;

namespace KeyAccountBot.Operations;

/// <summary>Registers what is on record: the store, and the repositories on top of it.</summary>
internal static partial class Records
{
    /// <summary>Adds the store named in the settings.</summary>
    public static void AddRecords(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(s => StorageEngine.Open(s.GetRequiredService<StorageOptions>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => s.GetRequiredService<StorageEngine>().Tables);
        services.AddSingleton(s => s.GetRequiredService<StorageEngine>().Queues);
        services.AddSingleton(s =>
        {
            var log = s.GetRequiredService<ILoggerFactory>().CreateLogger("KeyAccountBot.Rows");
            return new RowReader(row => LogSetAside(log, row.Mark, row.Table, row.NamesSomebody ? "(its key is a name)" : $"{row.PartitionKey} {row.RowKey}", row.Reason));
        });
        services.AddSingleton<Tables>();
        services.AddSingleton<PeopleRepository>();
        services.AddSingleton<CompanyDirectory>();
        services.AddSingleton<OpportunityLedger>();
        services.AddSingleton<AccountLedger>();
        services.AddSingleton<Dossiers>();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Set aside row {Mark} of {Table}, {Key}: {Reason}. Everything else goes on; see 'doctor'.")]
    private static partial void LogSetAside(ILogger logger, string mark, string table, string key, string reason);
}
