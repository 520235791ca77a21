using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Wording;

namespace KeyAccountBot.Conversations.Opportunities;

/// <summary>Says an opportunity's figures, dates and names, and how they changed.</summary>
internal static class FactWords
{
    /// <summary>Each change with what stood there before, such as "amount 800,000 EUR instead of 720,000 EUR".</summary>
    public static IEnumerable<string> Changes(Scene scene, FactValues from, FactValues to) =>
        Lines(scene, from, to).Select(l => scene.Say("fact", l.Label, l.Value));

    /// <summary>Each change, its label and its value with what stood there before.</summary>
    public static IEnumerable<(string Label, string Value)> Lines(Scene scene, FactValues from, FactValues to)
    {
        var before = Of(scene, from).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        return Of(scene, to).Select(f => (
            scene.Say("fact." + f.Key),
            before.TryGetValue(f.Key, out var was) && was.Length > 0 ? scene.Say("fact.instead-of", f.Value, was) : f.Value));
    }

    private static IEnumerable<(string Key, string Value)> Of(Scene scene, FactValues facts)
    {
        if (facts.Name is { } name)
        {
            yield return ("name", name);
        }

        if (facts.Amount is { } amount)
        {
            yield return ("amount", scene.Format(amount));
        }

        if (facts.ExpectedClose is { } close)
        {
            yield return ("expectedClose", scene.Format(close));
        }

        if (facts.BidDeadline is { } deadline)
        {
            yield return ("bidDeadline", scene.Format(deadline));
        }

        if (facts.Competitors is { } competitors)
        {
            yield return ("competitors", competitors.Count == 0 ? scene.Say("fact.no-competitors") : string.Join(Words.Separator(scene.Culture), competitors));
        }
    }
}
