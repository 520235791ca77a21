using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>Fills a card in by what a person reads on it: labels, and the titles of choices.</summary>
internal static class StoryForm
{
    /// <summary>What a client submits: what stood in the inputs, with what was filled in over it.</summary>
    public static Dictionary<string, string> Fill(JsonNode card, IReadOnlyDictionary<string, JsonNode> with, DateTimeOffset now)
    {
        var inputs = card["body"]!.AsArray().Where(e => ((string)e!["type"]!).StartsWith("Input.", StringComparison.Ordinal)).Select(e => e!).ToList();
        var filled = inputs.Where(i => i["value"] is not null).ToDictionary(i => (string)i["id"]!, i => i["value"]!.ToString());
        foreach (var (label, value) in with)
        {
            var input = inputs.Find(i => (string?)i["label"] == label)
                ?? inputs.Find(i => ((string?)i["label"])?.Contains(label, StringComparison.Ordinal) == true);
            Assert.True(input is not null, $"No input “{label}” among {string.Join(", ", inputs.Select(i => (string?)i["label"]))}");
            filled[(string)input["id"]!] = (string)input["type"]! switch
            {
                "Input.ChoiceSet" => string.Join(',', (value is JsonArray several ? several : [value.DeepClone()]).Select(v => ChoiceOf(input, (string)v!))),
                "Input.Date" => DayOf((string)value!, now),
                _ => (string)value!,
            };
        }

        return filled;
    }

    private static string ChoiceOf(JsonNode input, string title)
    {
        var choices = input["choices"]!.AsArray();
        var choice = choices.FirstOrDefault(c => (string?)c!["title"] == title)
            ?? choices.FirstOrDefault(c => ((string)c!["title"]!).Contains(title, StringComparison.Ordinal));
        Assert.True(choice is not null, $"No choice “{title}” among {choices.ToJsonString()}");
        return (string)choice["value"]!;
    }

    // "in 1 day"
    private static string DayOf(string words, DateTimeOffset now) =>
        now.AddDays(int.Parse(words.Split(' ')[1], CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
