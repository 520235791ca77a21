using System.Text.Json;

namespace KeyAccountBot.BotFramework.Cards;

/// <summary>How a button looks.</summary>
public enum ActionStyle
{
    /// <summary>Like the rest.</summary>
    Default,

    /// <summary>What most will press.</summary>
    Positive,

    /// <summary>What cannot be undone.</summary>
    Destructive,
}

/// <summary>A button.</summary>
/// <param name="Title">As shown.</param>
public abstract record AdaptiveAction(string Title)
{
    /// <summary>What is shown beside the pointer and read aloud, where the title alone does not tell what it is about.</summary>
    public string? Tooltip { get; init; }

    internal abstract void Write(Utf8JsonWriter json);

    private protected static void WriteData(Utf8JsonWriter json, JsonElement? data, string? verb)
    {
        json.WriteStartObject("data");
        if (data is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given)
        {
            foreach (var member in given.EnumerateObject())
            {
                if (verb is null || !member.NameEquals("verb"))
                {
                    member.WriteTo(json);
                }
            }
        }

        json.Text("verb", verb);
        json.WriteEndObject();
    }
}

/// <summary>A button whose press the bot answers at once, with a card in this one's place. A client that knows no such button submits the data with <c>verb</c> among it.</summary>
/// <param name="Verb">What is to be done.</param>
/// <param name="Title">As shown.</param>
/// <param name="Data">An object that comes back with the inputs.</param>
/// <param name="Style">How it looks.</param>
public sealed record ExecuteAction(string Verb, string Title, JsonElement? Data = null, ActionStyle? Style = null) : AdaptiveAction(Title)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "Action.Execute");
        json.Plain("title", Title);
        json.WriteString("verb", Verb);
        json.Word("style", Style);
        json.Plain("tooltip", Tooltip);
        WriteData(json, Data, verb: null);
        json.WriteStartObject("fallback");
        SubmitAction.WriteMembers(json, Title, Style);
        WriteData(json, Data, Verb);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <summary>A button that sends the inputs and the data as a message.</summary>
/// <param name="Title">As shown.</param>
/// <param name="Data">An object that comes with the inputs.</param>
/// <param name="Style">How it looks.</param>
public sealed record SubmitAction(string Title, JsonElement? Data = null, ActionStyle? Style = null) : AdaptiveAction(Title)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembers(json, Title, Style);
        json.Plain("tooltip", Tooltip);
        WriteData(json, Data, verb: null);
        json.WriteEndObject();
    }

    internal static void WriteMembers(Utf8JsonWriter json, string title, ActionStyle? style)
    {
        json.WriteString("type", "Action.Submit");
        json.Plain("title", title);
        json.Word("style", style);
    }
}

/// <summary>A button that opens a page.</summary>
/// <param name="Title">As shown.</param>
/// <param name="Url">The page.</param>
public sealed record OpenUrlAction(string Title, Uri Url) : AdaptiveAction(Title)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "Action.OpenUrl");
        json.Plain("title", Title);
        json.WriteString("url", Url.AbsoluteUri);
        json.WriteEndObject();
    }
}

/// <summary>A button that opens more of the card below it: inputs, and the buttons that send them with those of the card around.</summary>
/// <param name="Title">As shown.</param>
/// <param name="Body">What is opened, from top to bottom.</param>
/// <param name="Actions">Its buttons.</param>
public sealed record ShowCardAction(string Title, IReadOnlyList<AdaptiveElement> Body, IReadOnlyList<AdaptiveAction> Actions) : AdaptiveAction(Title)
{
    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "Action.ShowCard");
        json.Plain("title", Title);
        json.WriteStartObject("card");
        json.WriteString("type", "AdaptiveCard");
        json.Items("body", Body, static (element, json) => element.Write(json));
        json.Items("actions", Actions, static (action, json) => action.Write(json));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
