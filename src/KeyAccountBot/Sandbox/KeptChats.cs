using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using KeyAccountBot.Sandbox.FarEnds;

namespace KeyAccountBot.Sandbox;

/// <summary>Keeps the chats, as Teams and Slack do: who starts the sandbox again finds what was said before.</summary>
internal sealed partial class KeptChats(SandboxHost sandbox, SandboxRows rows, ILogger<KeptChats> logger) : BackgroundService
{
    private Channel<TranscriptLine>? news;

    /// <summary>Puts back what was said before, and from now on keeps what is said.</summary>
    public async Task PutBackAsync(CancellationToken cancellationToken)
    {
        sandbox.Transcript.Restore(await rows.ChatsAsync(cancellationToken));
        news = sandbox.Transcript.Follow().News;
    }

    /// <inheritdoc/>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        // what was said before is still written
        news?.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "A line that was not kept is no reason to stop the bot.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var line in news!.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await rows.KeepAsync(line, CancellationToken.None);
            }
            catch (Exception e)
            {
                NotKept(logger, line.Id, e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The line {Line} of a sandbox chat could not be kept; it is gone after the next start.")]
    private static partial void NotKept(ILogger logger, string line, Exception exception);
}
