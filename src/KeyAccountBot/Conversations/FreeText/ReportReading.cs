using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>Reads what a message tells. It never records; the rep says yes first.</summary>
internal interface IReportReader
{
    /// <summary>What the message tells; every part of it is supported by the text.</summary>
    ValueTask<MessageReport> ReadAsync(string text, ReportScene scene, CancellationToken cancellationToken);
}

/// <summary>Reads by the language files and the playbook's phrases: the same text always gives the same.</summary>
internal sealed class RulesReader : IReportReader
{
    /// <inheritdoc/>
    public ValueTask<MessageReport> ReadAsync(string text, ReportScene scene, CancellationToken cancellationToken) => ValueTask.FromResult(MessageReports.Read(text, scene));
}
