using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>Waits for what is bound to happen soon, and fails with what was seen instead.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task<T> FindAsync<T>(Func<T?> find, Func<string> seen) where T : class
    {
        using var bound = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            if (find() is { } found)
            {
                return found;
            }

            try
            {
                await tick.WaitForNextTickAsync(bound.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail(seen());
            }
        }
    }

    /// <summary>Waits until something holds that has to be asked for.</summary>
    public static async Task TrueAsync(Func<Task<bool>> holds, Func<string> seen, TimeSpan? patience = null)
    {
        using var bound = new CancellationTokenSource(patience ?? Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await holds())
        {
            try
            {
                await tick.WaitForNextTickAsync(bound.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail(seen());
            }
        }
    }
}
