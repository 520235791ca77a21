using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>Waits for what is bound to happen soon, and fails with what was seen instead.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static Task<T> FindAsync<T>(Func<T?> find, Func<string> seen) where T : class => FindAsync(find, seen, Patience, TimeSpan.FromMilliseconds(10));

    /// <summary>The same for what takes longer, looking every so often.</summary>
    public static async Task<T> FindAsync<T>(Func<T?> find, Func<string> seen, TimeSpan within, TimeSpan every) where T : class
    {
        using var bound = new CancellationTokenSource(within);
        using var tick = new PeriodicTimer(every);
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
}
