using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using KeyAccountBot.Records;

namespace KeyAccountBot.Operations;

/// <summary>The rows that cannot be read, as a section of the operator's page.</summary>
internal static class RowsSetAside
{
    /// <summary>The section; data in, HTML out.</summary>
    public static string Html(RowScanResult looked, IReadOnlyList<SetAsideRow> rows)
    {
        var section = new StringBuilder();
        section.Append(CultureInfo.InvariantCulture, $"<h2>Rows set aside: {(looked.IsWhole ? looked.All : rows.Count)}</h2>");
        foreach (var row in rows)
        {
            section.Append(CultureInfo.InvariantCulture, $"""
                <article><p><strong>{Text(row.Table)}: {Text(row.PartitionKey)} {Text(row.RowKey)}</strong></p>
                <p>{Text(row.Reason)}</p><p class="quiet">in the log as {row.Mark}</p></article>
                """);
        }

        if (looked.IsWhole && looked.All > rows.Count)
        {
            section.Append(CultureInfo.InvariantCulture, $"<p>… and {looked.All - rows.Count} more</p>");
        }

        section.Append(looked.IsWhole
            ? "<p class=\"quiet\">They are passed over, and everything else goes on.</p>"
            : "<p class=\"quiet\">There are too many rows to look at all of them here; <code>doctor</code> does.</p>");
        return section.ToString();
    }

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
