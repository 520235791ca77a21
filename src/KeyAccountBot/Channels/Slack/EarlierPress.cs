using System.Text.Json;
using KeyAccountBot.Dialogs;
using KeyAccountBot.FollowUps;

namespace KeyAccountBot.Channels.Slack;

/// <summary>Presses on messages that an earlier version sent, which named what they carry by single letters. Such messages wait for days.</summary>
internal static class EarlierPress
{
    private static readonly (string Letter, string Name)[] Names =
        [("o", "opportunity"), ("c", "chain"), ("a", "answer"), ("d", "days"), ("u", "until"), ("w", "time"), ("p", "colleague")];

    /// <summary>What it means today; <c>null</c> for a press of today.</summary>
    public static Incoming? Read(SlackInboxItem item)
    {
        if (item.Action?.StartsWith(FollowUpAnswers.Verb + "/", StringComparison.Ordinal) != true)
        {
            return null;
        }

        // a button carries its value, a list or a calendar stands in a row that carries it
        var values = Parsed(item.Value) ?? Parsed(item.Block);
        if (values is null)
        {
            return null;
        }

        var (field, answer) = item.Action[FollowUpAnswers.Verb.Length..] switch
        {
            "/until" => ("until", "Snooze"),
            "/reason" => ("reason", "NotAnIssue"),
            "/colleague" => ("colleague", "Reassign"),
            _ => ("", ""),
        };
        if (field.Length > 0)
        {
            values[field] = DialogJson.ToElement(item.Choice ?? "");
            values["answer"] = DialogJson.ToElement(answer);
        }

        values["withDate"] = DialogJson.ToElement(values.ContainsKey("until"));
        return new Incoming.Pressed(FollowUpAnswers.Verb, Incoming.Unmarked(DialogJson.ToElement(values)));
    }

    private static Dictionary<string, JsonElement>? Parsed(string? json)
    {
        try
        {
            return json is ['{', ..] && JsonElement.Parse(json) is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty("o", out _)
                ? Names.Where(n => data.TryGetProperty(n.Letter, out _)).ToDictionary(n => n.Name, n => data.GetProperty(n.Letter), StringComparer.Ordinal)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
