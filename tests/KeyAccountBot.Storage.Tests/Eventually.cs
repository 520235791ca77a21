using Xunit;

namespace KeyAccountBot.Storage.Tests;

/// <summary>For far ends with a clock of their own: asks again until the answer is yes, and fails after a bounded time.</summary>
internal static class Eventually
{
    public static async Task Sees(Func<Task<bool>> seen, TimeSpan within)
    {
        using var end = new CancellationTokenSource(within);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await seen())
        {
            Assert.False(end.IsCancellationRequested, $"Not seen within {within}.");
            await again.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}
