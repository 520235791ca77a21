using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using KeyAccountBot.Sandbox.FarEnds;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Sandbox;

/// <summary>Keeps the chats, as Teams and Slack do: who starts the sandbox again finds what was said before.</summary>
internal sealed partial class KeptChats(SandboxHost sandbox, ITableStore tables, ILogger<KeptChats> logger) : BackgroundService
{
    private const string Chats = "chats";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };
    private Channel<TranscriptLine>? news;

    /// <summary>Puts back what was said before, and from now on keeps what is said.</summary>
    public async Task PutBackAsync(CancellationToken cancellationToken)
    {
        List<TranscriptLine> earlier = [];
        await foreach (var row in tables.QueryAsync(SandboxRegistration.Table, Chats, "", "\uffff", cancellationToken))
        {
            earlier.Add(JsonSerializer.Deserialize<TranscriptLine>(row.Body.Span, Json)!);
        }

        sandbox.Transcript.Restore(earlier);
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
            var row = line.Number.ToString("D10", CultureInfo.InvariantCulture);
            TableOperation operation = line.Removed
                ? new TableOperation.Delete(row)
                : new TableOperation.Put(row, JsonSerializer.SerializeToUtf8Bytes(line, Json));
            try
            {
                await tables.SubmitAsync(SandboxRegistration.Table, Chats, [operation], CancellationToken.None);
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
