using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Operations;

/// <summary>A channel that is paused, in a line for who runs the service; no person's data.</summary>
internal static class OutageLine
{
    /// <summary>Which channel, since when and why.</summary>
    public static string Of(Channel channel, DateTimeOffset since, string reason) =>
        string.Create(CultureInfo.InvariantCulture, $"{channel} is paused since {since.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {reason}");

    /// <summary>The section of the operator's page; empty while all channels work.</summary>
    public static string Html(IReadOnlyList<OutageRecord> outages)
    {
        if (outages.Count == 0)
        {
            return "";
        }

        var section = new StringBuilder("<h2>Paused channels</h2>");
        foreach (var outage in outages)
        {
            section.Append(
                CultureInfo.InvariantCulture,
                $"<article><p><strong>{HtmlEncoder.Default.Encode(Of(outage.Channel, outage.Since, outage.Reason))}</strong></p><p class=\"quiet\">What is due waits; it goes on by itself once one message is taken.</p></article>");
        }

        return section.ToString();
    }
}
