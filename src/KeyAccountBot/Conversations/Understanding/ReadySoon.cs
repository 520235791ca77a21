using KeyAccountBot.Language;

namespace KeyAccountBot.Conversations.Understanding;

/// <summary>Makes ready what reading needs to be fast, beside the work: nobody waits for it.</summary>
internal sealed class ReadySoon : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        new Thread(WishReadings.Prepare) { IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "reading" }.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
