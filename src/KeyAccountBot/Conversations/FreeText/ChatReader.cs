using KeyAccountBot.Conversations.Understanding;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Has a chat model read what a message tells, and keeps of it what stands in the text and on record; where it has nothing to say, the rules read.</summary>
internal sealed class ChatReader(ChatTurns turns) : IReportReader
{
    private readonly RulesReader rules = new();

    /// <inheritdoc/>
    public async ValueTask<MessageReport> ReadAsync(string text, ReportScene scene, CancellationToken cancellationToken) =>
        await turns.AskAsync(scene.Writer.Value, text, scene.Names, null, cancellationToken) is { Reports.Count: > 0 } claims
            ? SupportedMessage.Of(claims.Told, text, scene)
            : await rules.ReadAsync(text, scene, cancellationToken);
}
