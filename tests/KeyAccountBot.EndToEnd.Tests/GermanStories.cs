using KeyAccountBot.EndToEnd.Tests.Harness;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>A third language, added by files alone: the real <c>chat</c> command in German.</summary>
public sealed class GermanStories : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_rep_who_asks_for_German_gets_it_from_then_on_and_works_in_it()
    {
        var (code, output, error) = await ChatProcess.PlayAsync(
            folder.Path, "Ravi Patel",
            """
            einstellungen sprache deutsch
            hilfe
            stand melden Nordwind Dairies
            1, 3
            gestern
            Schreiben des Werkleiters
            Angebot schicken
            nächsten Freitag
            ja
            meine verkaufschancen
            stand Halden Paper
            """);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("Welche Meilensteine sind erreicht? ★ öffnet die nächste Phase.", output, StringComparison.Ordinal);
        Assert.Contains("1. Kundenprofil vollständig", output, StringComparison.Ordinal);
        Assert.Contains("Wann war das?", output, StringComparison.Ordinal);
        Assert.Contains("Soll ich es erfassen?", output, StringComparison.Ordinal);
        Assert.Contains("Erfasst für Nordwind Dairies", output, StringComparison.Ordinal);
        Assert.Contains("Nächster Schritt: Angebot schicken, bis ", output, StringComparison.Ordinal);
        Assert.Contains("Ihre Verkaufschancen", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Shall I", output, StringComparison.Ordinal);
        Assert.DoesNotContain("milestone", output, StringComparison.OrdinalIgnoreCase);
    }
}
