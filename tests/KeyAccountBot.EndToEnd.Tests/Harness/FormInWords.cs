using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>A talk where nothing is filled in: words and buttons.</summary>
internal interface ITalk
{
    /// <summary>Writes something.</summary>
    Task TellsAsync(string words);

    /// <summary>Presses a button.</summary>
    Task PressesAsync(string title, string on);

    /// <summary>What the bot said to the last thing done here.</summary>
    Task<string> HearsNextAsync();

    /// <summary>The newest message with these words, however long ago.</summary>
    string NewsWith(string words);
}

/// <summary>Tells the bot what stands on a form in another channel: answers one question after the other with the form's values.</summary>
/// <param name="later">So many days are put on each day to come.</param>
internal sealed partial class FormInWords(int later = 0)
{
    // a contact is asked after without this, and is given to somebody with the next "assign"
    private const string NotAsked = "Looked after by";
    private const string Met = "whom do you want to meet?";
    private const string Reply = "Your answer";
    private const int MostQuestions = 40;

    private static readonly (string Asks, string Label, string Otherwise)[] Questions =
    [
        ("what is the name?", "Name", ""),
        ("which department?", "Department", ""),
        ("which level?", "Level", "skip"),
        ("which part in the purchase?", "Buying role", "skip"),
        ("how well do we know each other?", "Relationship", "skip"),
        ("a coach, who guides us from inside?", "Coach", "skip"),
        ("reports to whom?", "Reports to", "skip"),
        (Met, Met, "none"),
        ("When? (for example", "Day", ""),
        ("At what time?", "Time", "skip"),
        ("What do you want to achieve there?", "Aims", "skip"),
        ("Which visit do you report?", "", "1"),
        ("When were you there?", "", "today"),
        ("Which milestones have been reached?", "Milestones", "none"),
        ("When was that?", "", "today"),
        ("What shows it?", "Evidence", "skip"),
        ("What is the next step?", "", "none"),
        ("Anything else worth remembering?", "Notes", "skip"),
    ];

    private readonly List<string> began = [];
    private JsonNode? met;

    /// <summary>Notes what was said before a form: with several things to change, it is said again for each.</summary>
    public void Said(string words) => began.Add(words);

    /// <summary>Answers until nothing more is asked, then presses.</summary>
    public async Task FillAsync(ITalk talk, string on, IReadOnlyDictionary<string, JsonNode> values, string? then)
    {
        if (values.TryGetValue(Reply, out var reply))
        {
            await talk.TellsAsync($"reply {NewsInWords.CustomerIn(talk.NewsWith(on))}: {(string)reply!}");
            return;
        }

        met = values.GetValueOrDefault(Met) ?? met;
        HashSet<string> said = [NotAsked];
        do
        {
            await AnswerAsync(talk, values, said);
            if (then is not null)
            {
                await talk.PressesAsync(then, "");
            }

            if (values.Keys.All(said.Contains))
            {
                began.Clear();
                return;
            }

            // one change at a time
            Assert.Contains(began, b => b.StartsWith("change", StringComparison.Ordinal));
            foreach (var words in began)
            {
                await talk.HearsNextAsync();
                await talk.TellsAsync(words);
            }
        }
        while (true);
    }

    private async Task AnswerAsync(ITalk talk, IReadOnlyDictionary<string, JsonNode> values, HashSet<string> said)
    {
        var asked = await talk.HearsNextAsync();
        for (var i = 0; To(asked, values, said) is { } answer; i++)
        {
            Assert.True(i < MostQuestions, $"The bot goes on asking: {asked}");
            await talk.TellsAsync(answer);
            asked = await talk.HearsNextAsync();
        }
    }

    private string? To(string asked, IReadOnlyDictionary<string, JsonNode> values, HashSet<string> said)
    {
        string? Value(string label)
        {
            said.Add(label);
            return values.TryGetValue(label, out var value) ? value is JsonArray several ? Numbers(asked, several) : (string)value! : null;
        }

        if (Score().Match(asked) is { Success: true } score)
        {
            var (criterion, why) = (score.Groups["name"].Value, "Why: " + score.Groups["name"].Value);
            return $"{Value(criterion)} {Value(why)}".Trim();
        }

        if (asked.Contains("What has changed with", StringComparison.Ordinal))
        {
            return values.Keys.First(k => !said.Contains(k));
        }

        if (asked.Contains("what did you tell them?", StringComparison.Ordinal))
        {
            return Value(values.Keys.First(k => asked.Contains(k, StringComparison.Ordinal)));
        }

        if (asked.Contains("Which of the customer’s questions", StringComparison.Ordinal))
        {
            return Numbers(asked, values.Keys.Where(k => k.EndsWith('?') && asked.Contains(k, StringComparison.Ordinal)).Select(k => JsonValue.Create(k)));
        }

        if (asked.Contains("whom did you meet?", StringComparison.Ordinal))
        {
            return met is JsonArray them ? Numbers(asked, them) : "none";
        }

        var (asks, label, otherwise) = Questions.FirstOrDefault(q => asked.Contains(q.Asks, StringComparison.Ordinal));
        return asks switch
        {
            null => null,
            "When? (for example" => DayOf(Value("Day")!) + " " + Value("Time"),
            _ => Value(label) ?? otherwise,
        };
    }

    // as they are numbered in the list that was shown
    private static string Numbers(string asked, IEnumerable<JsonNode?> titles)
    {
        var listed = Listed().Matches(asked);
        string[] numbers = [.. titles.Select(t => listed.FirstOrDefault(l => l.Groups["title"].Value.Contains((string)t!, StringComparison.Ordinal))?.Groups["number"].Value
            ?? throw new InvalidOperationException($"“{t}” is not among what was shown:\n{asked}"))];
        return numbers.Length == 0 ? "none" : string.Join(", ", numbers);
    }

    // "in 1 day"
    private string DayOf(string words) =>
        int.Parse(words.Split(' ')[1], CultureInfo.InvariantCulture) + later is not 1 and var days ? $"in {days} days" : "tomorrow";

    [GeneratedRegex(@"[0-9]+ of [0-9]+ · (?<name>.+?): 0 to 4\?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Score();

    [GeneratedRegex(@"^(?<number>[0-9]+)\. (?<title>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Listed();
}

/// <summary>How news are answered where they cannot be pressed.</summary>
internal static class NewsInWords
{
    // those whose news are answered in the stories
    private static readonly string[] Customers = ["Westfal Beverages", "Brightwater Foods"];

    /// <summary>What is said in the place of a button; the customer's name follows. <c>null</c> for a button of another message.</summary>
    public static string? Say(string title) => title switch
    {
        "Take it" => "take ",
        "Ask the rep" => "ask the rep of ",
        "Report the visit" => "report visit ",
        _ => null,
    };

    /// <summary>What is heard in the place of what a form turns into.</summary>
    public static string Heard(string words) => words == "You answered" ? "hears your answer about" : words;

    /// <summary>Whom a message is about; where no message came, it is the one whom the story is about.</summary>
    public static string CustomerIn(string message) => Customers.FirstOrDefault(c => message.Contains(c, StringComparison.Ordinal)) ?? Customers[0];
}
