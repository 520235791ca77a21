using System.Text.Json;
using System.Text.Json.Serialization;

namespace KeyAccountBot.Messages;

/// <summary>How a button looks.</summary>
public enum ActionStyle
{
    /// <summary>Like the rest.</summary>
    Plain,

    /// <summary>What most press.</summary>
    Positive,

    /// <summary>What cannot be undone.</summary>
    Destructive,
}

/// <summary>A button.</summary>
/// <param name="Title">The words on it.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(PressAction), "press")]
[JsonDerivedType(typeof(SayAction), "say")]
[JsonDerivedType(typeof(OpenAction), "open")]
public abstract record MessageAction(string Title)
{
    /// <summary>How it looks.</summary>
    public ActionStyle Style { get; init; }

    /// <summary>What it is about, where several buttons have the same words: read aloud and shown in a list of buttons. <c>null</c> where its words say it.</summary>
    public string? About { get; init; }
}

/// <summary>A button whose press the bot hears as an action with its data.</summary>
/// <param name="Title">The words on it.</param>
/// <param name="Verb">What is done; a feature answers to it.</param>
/// <param name="Data">An object that comes back with the press, and with what was filled in beside it. Small: Slack takes 2,000 characters.</param>
public sealed record PressAction(string Title, string Verb, JsonElement? Data = null) : MessageAction(Title)
{
    /// <summary>The verb of a button that answers the question being asked.</summary>
    public const string AnswerVerb = "answer";

    /// <summary>The names of the fields whose answers the press takes along; a press that takes none needs no form.</summary>
    public IReadOnlyList<string> Takes { get; init; } = [];

    /// <summary>What is asked back before the press counts; <c>null</c> for nothing. Adaptive Cards cannot ask.</summary>
    public Confirmation? Confirmation { get; init; }

    /// <summary>A button that answers the question being asked.</summary>
    /// <param name="title">The words on it.</param>
    /// <param name="answer">What it answers.</param>
    /// <param name="token">The talk that asks; the answer counts while it goes on.</param>
    public static PressAction Answer(string title, string answer, string? token) => new(
        title, AnswerVerb, JsonSerializer.SerializeToElement(new Dictionary<string, string?>(StringComparer.Ordinal) { ["answer"] = answer, ["token"] = token }));
}

/// <summary>The question before a press counts.</summary>
/// <param name="Question">A sentence.</param>
/// <param name="Yes">The words that let it count.</param>
/// <param name="No">The words that do not.</param>
public sealed record Confirmation(string Question, string Yes, string No);

/// <summary>A button whose press says something in the reader's name.</summary>
/// <param name="Title">The words on it.</param>
/// <param name="Says">What is said.</param>
public sealed record SayAction(string Title, string Says) : MessageAction(Title);

/// <summary>A button that opens a few fields and the buttons that send them.</summary>
/// <param name="Title">The words on it.</param>
/// <param name="Fields">What may be filled in.</param>
/// <param name="Actions">What may be pressed then.</param>
public sealed record OpenAction(string Title, IReadOnlyList<Field> Fields, IReadOnlyList<PressAction> Actions) : MessageAction(Title)
{
    /// <summary>What a list or a calendar says that stands for all of it, where a channel opens nothing; <c>null</c> for the title.</summary>
    public string? Pick { get; init; }
}
