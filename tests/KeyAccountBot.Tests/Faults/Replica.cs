using System.Diagnostics.CodeAnalysis;
using KeyAccountBot.Deliveries;
using Microsoft.Extensions.DependencyInjection;

namespace KeyAccountBot.Tests.Faults;

/// <summary>One process of the service: its workers, on its own view of the store.</summary>
internal sealed class Replica(ServiceProvider services, IReadOnlyList<QueueWorker> workers, FaultyStore? store) : IAsyncDisposable
{
    /// <summary>Its view of the store.</summary>
    public FaultyStore Store => store ?? throw new InvalidOperationException("This replica has queues of the test's own.");

    /// <summary>Lets every worker look once; whether one found work, or could not look.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "As the worker's own loop does: it outlives whatever one round meets.")]
    public async Task<bool> LooksAsync()
    {
        var found = false;
        foreach (var worker in workers)
        {
            try
            {
                found |= await worker.RunOnceAsync(default) > 0;
            }
            catch (Exception)
            {
                found = true;
            }
        }

        return found;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
