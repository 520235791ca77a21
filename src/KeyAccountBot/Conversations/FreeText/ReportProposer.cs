using System.Globalization;
using KeyAccountBot.Language;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sales.Reports;

namespace KeyAccountBot.Conversations.FreeText;

/// <summary>A report to be read, and what it is read against.</summary>
/// <param name="Text">In the rep's own words.</param>
/// <param name="Opportunity">What it is about.</param>
/// <param name="Account">Its customer's contacts; <c>null</c> where none are on record.</param>
/// <param name="Today">Where the rep is.</param>
/// <param name="Culture">The rep's; decides how 12/3 is read.</param>
internal sealed record WrittenReport(string Text, Opportunity Opportunity, Account? Account, DateOnly Today, CultureInfo Culture)
{
    /// <summary>Reads a date as this rep writes it.</summary>
    public DateOnly? ReadDate(string words) => DateReading.Read(words, Today, Culture);
}

/// <summary>Proposes what a report would put on record. It never records; the rep says yes first.</summary>
internal interface IReportProposer
{
    /// <summary>The proposal; every part of it is supported by the text.</summary>
    ValueTask<ReportProposal> ProposeAsync(WrittenReport report, CancellationToken cancellationToken);
}

/// <summary>Proposes by the playbook's phrases: the same text always gives the same.</summary>
internal sealed class RulesProposer(Playbook playbook) : IReportProposer
{
    /// <inheritdoc/>
    public ValueTask<ReportProposal> ProposeAsync(WrittenReport report, CancellationToken cancellationToken) =>
        ValueTask.FromResult(FreeTextReport.Read(report.Text, report.Opportunity, report.Account, playbook, report.Today, report.ReadDate));
}
