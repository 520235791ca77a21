using System.Text.Json.Nodes;

namespace KeyAccountBot.EndToEnd.Tests.Harness;

/// <summary>Somebody of a story, on a channel. The story says what they mean; how it is said there is the channel's.</summary>
internal interface IStoryUser
{
    /// <summary>Writes something.</summary>
    Task SaysAsync(string words);

    /// <summary>Presses a button.</summary>
    /// <param name="title">The words on it.</param>
    /// <param name="on">Words of the message that it stands on.</param>
    Task PressesAsync(string title, string on);

    /// <summary>Tells the bot values: fills a form in and sends it, or answers the same questions in words.</summary>
    /// <param name="submit">The button that sends the form.</param>
    /// <param name="on">Words of the message that the form stands on.</param>
    /// <param name="values">By what the form calls them.</param>
    /// <param name="then">The button pressed on what the bot has understood; <c>null</c> for none.</param>
    Task FillsAsync(string submit, string on, IReadOnlyDictionary<string, JsonNode> values, string? then);

    /// <summary>Waits until the bot has said this since the last thing done here.</summary>
    Task HearsAsync(string words);

    /// <summary>Whether the bot has said this since the last thing done here.</summary>
    bool HasHeard(string words);
}

/// <summary>The channel that a story is played over.</summary>
public enum StoryChannel
{
    /// <summary>As the sandbox tells it: reps in Teams with forms, those above them mostly in Slack.</summary>
    Teams,

    /// <summary>Everybody in their direct message in Slack.</summary>
    Slack,

    /// <summary>Everybody in a terminal. News come where they are delivered; what is said and pressed goes through the terminal.</summary>
    Terminal,
}
