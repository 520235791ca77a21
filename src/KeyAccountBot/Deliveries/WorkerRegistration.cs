namespace KeyAccountBot.Deliveries;

/// <summary>Registers a worker, so that the host runs it and tests find it among all workers.</summary>
internal static class WorkerRegistration
{
    /// <summary>Adds a worker.</summary>
    public static IServiceCollection AddWorker<T>(this IServiceCollection services) where T : QueueWorker =>
        services.AddSingleton<T>().AddSingleton<QueueWorker>(s => s.GetRequiredService<T>()).AddHostedService(s => s.GetRequiredService<T>());
}
