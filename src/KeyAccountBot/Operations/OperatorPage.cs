using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using KeyAccountBot.Deliveries;

namespace KeyAccountBot.Operations;

/// <summary>The operator's page as HTML, in English as the command line is: data in, document out. No script, and it fits a phone.</summary>
internal static class OperatorPage
{
    private const string Style = """
        :root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif; }
        body { margin: 0 auto; max-width: 60rem; padding: 1rem; }
        h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
        article { border: 1px solid #8886; border-radius: .5rem; padding: .75rem 1rem; margin: .75rem 0; overflow-wrap: anywhere; }
        article p { margin: .25rem 0; }
        button, input { font: inherit; padding: .5rem .9rem; min-height: 2.75rem; }
        table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .25rem .5rem .25rem 0; } .n { text-align: right; }
        .quiet { opacity: .75; }
        """;

    /// <summary>Asks for the key.</summary>
    /// <param name="wrong">The one just given is not it.</param>
    /// <param name="waitSeconds">How long no key is looked at.</param>
    public static string SignIn(bool wrong, int waitSeconds = 0) => Page($"""
        <h1>Key Account Bot: operator</h1>
        {(wrong ? "<p role=\"alert\">That is not the key.</p>" : "")}
        {(waitSeconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"<p role=\"alert\">Too many wrong keys. Try again in {waitSeconds} s.</p>") : "")}
        <form method="post" action="/operator/sign-in">
        <p><label for="key">Key</label></p>
        <p><input id="key" name="key" type="password" autocomplete="current-password" required> <button>Open</button></p>
        </form>
        """);

    /// <summary>What was given up, how the queues do, and what the last reconciliation found.</summary>
    /// <param name="letters">The dead letters to show.</param>
    /// <param name="all">How many there are.</param>
    /// <param name="lanes">This process's lanes.</param>
    /// <param name="state">The reconciliation; <c>null</c> before it was armed.</param>
    /// <param name="outages">The channels that are paused, as HTML.</param>
    /// <param name="setAside">The rows that cannot be read, as HTML.</param>
    /// <param name="token">What a form carries.</param>
    public static string Show(
        IReadOnlyList<DeadLetterLine> letters, int all, IReadOnlyList<Lane> lanes, ReconciliationState? state, string outages, string setAside, string token)
    {
        var page = new StringBuilder("<h1>Key Account Bot: operator</h1>");
        page.Append(outages);
        page.Append(CultureInfo.InvariantCulture, $"<h2>Dead letters: {all}</h2>");
        if (all > 1)
        {
            page.Append(Form("all", "", token, "Replay all"));
        }

        foreach (var line in letters)
        {
            page.Append(CultureInfo.InvariantCulture, $"""
                <article><p><strong>{Text(line.ToString())}</strong></p>
                <p>{Text(line.Stored.Letter.Reason)}</p>
                <p class="quiet">since {Text(line.Since)} UTC, tried {line.Stored.Letter.Attempts} times</p>
                {Form(line.Stored.Key.Row, line.Stored.Key.Partition, token, "Replay")}</article>
                """);
        }

        if (all > letters.Count)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>… and {all - letters.Count} more</p>");
        }

        page.Append(setAside);
        page.Append("<h2>Queues of this process, since it started</h2><table><tr><th>queue</th><th class=\"n\">in flight</th><th class=\"n\">done</th><th class=\"n\">came back</th></tr>");
        foreach (var lane in lanes)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<tr><td>{Text(lane.Queue)}</td><td class=\"n\">{lane.InFlight}/{lane.Slots}</td><td class=\"n\">{lane.Handled}</td><td class=\"n\">{lane.Failed}</td></tr>");
        }

        page.Append("</table><h2>Reconciliation</h2>");
        page.Append(state?.Last is { } last
            ? string.Create(CultureInfo.InvariantCulture, $"<p>{last.At:yyyy-MM-dd HH:mm} UTC: {Text(last.ToString())}</p>")
            : "<p>None has run yet.</p>");
        if (state is not null)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"quiet\">The next is due {state.NextAt:yyyy-MM-dd HH:mm} UTC.</p>");
        }

        return Page(page.ToString());
    }

    private static string Form(string letter, string partition, string token, string button) => $"""
        <form method="post" action="/operator/replay"><input type="hidden" name="token" value="{Text(token)}"><input type="hidden" name="letter"
        value="{Text(letter)}"><input type="hidden" name="partition" value="{Text(partition)}"><button>{button}</button></form>
        """;

    private static string Page(string body) => $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Operator</title>
        <style>{Style}</style></head><body>{body}</body></html>
        """;

    private static string Text(string text) => HtmlEncoder.Default.Encode(text);
}
