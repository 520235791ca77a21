using System.Globalization;
using System.Text.Json.Serialization;

namespace KeyAccountBot.Messages;

/// <summary>
/// Something the bot says, once and without a channel. Each channel draws it: as an Adaptive Card, as Block Kit, as plain text. All words
/// in it are as typed, with <see cref="Marks"/> for what our own sentences do; the drawing makes them safe for its channel.
/// </summary>
/// <remarks>A message with a <see cref="Title"/> is a card. One without is plain sentences.</remarks>
public sealed record Message
{
    /// <summary>The reader's language, a culture name.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The heading of a card; <c>null</c> for plain sentences.</summary>
    public string? Title { get; init; }

    /// <summary>What stands in small letters right under the heading.</summary>
    public string? Subtitle { get; init; }

    /// <summary>What is said, from top to bottom.</summary>
    public IReadOnlyList<Part> Body { get; init; } = [];

    /// <summary>What may be filled in.</summary>
    public Form? Form { get; init; }

    /// <summary>What is asked in words; shown where no form is, as the form's labels ask it there.</summary>
    public string? Question { get; init; }

    /// <summary>What may be chosen, numbered from 1 where it is shown as a list.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The choices are answered in words alone, as where several count or they are long: no channel makes buttons of them.</summary>
    public bool IsAnsweredInWords { get; init; }

    /// <summary>How to answer in words; shown where no form is.</summary>
    public string? Hint { get; init; }

    /// <summary>What may be pressed on it.</summary>
    public IReadOnlyList<MessageAction> Actions { get; init; } = [];

    /// <summary>Ready answers under it. They vanish with the next message.</summary>
    public IReadOnlyList<ReadyAnswer> ReadyAnswers { get; init; } = [];

    /// <summary>The talk that asks: what presses of its choices carry, so that they count while it goes on. <c>null</c> where nothing is asked.</summary>
    public string? Token { get; init; }

    /// <summary>What a notification shows; <c>null</c> for the title or the first line.</summary>
    public string? Summary { get; init; }

    /// <summary>
    /// What takes the place of the message that was just pressed, where a channel can do that in its answer. There it is shown and this
    /// message is not; elsewhere this message is said.
    /// </summary>
    public Message? InPlace { get; init; }

    /// <summary>The message that was pressed stays as it is, and this one comes under it. Otherwise a card may take its place.</summary>
    public bool LeavesPressed { get; init; }

    /// <summary>Lines stand close together, as in news that comes by itself.</summary>
    public bool IsDense { get; init; }

    /// <summary>Everybody may read it: nothing in it is of a customer, an opportunity or a person's own affairs. It counts within the turn that says it.</summary>
    [JsonIgnore]
    public bool IsForAll { get; init; }

    /// <summary>Whether it is shown as a card.</summary>
    [JsonIgnore]
    public bool IsCard => Title is not null;

    /// <summary>What a notification shows: one line of plain words.</summary>
    [JsonIgnore]
    public string Notification => Marks.Plain(Marks.FirstLine(Summary ?? Title ?? (Body is [Paragraph first, ..] ? first.Words : "")));

    /// <summary>The reader's culture, for what a drawing puts between words.</summary>
    [JsonIgnore]
    public CultureInfo Culture => CultureInfo.GetCultureInfo(Language);

    /// <summary>
    /// Its choices as buttons, which answer with their number; none where it is answered in words. Each counts while the talk goes on.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<MessageAction> ChoiceButtons => IsAnsweredInWords ? [] : [.. Choices.Select((choice, i) => PressAction.Answer(choice, (i + 1).ToString(CultureInfo.InvariantCulture), Token))];

    /// <summary>Plain sentences.</summary>
    public static Message Of(string words) => new() { Body = [new Paragraph(words)] };

    /// <summary>Plain sentences that everybody may read.</summary>
    public static Message ForAll(string words) => Of(words) with { IsForAll = true };

    /// <summary>The same with ready answers under it.</summary>
    public Message Offering(params IReadOnlyList<ReadyAnswer> answers) => this with { ReadyAnswers = answers };
}

/// <summary>A button under a message that says something in the reader's name.</summary>
/// <param name="Title">The words on it.</param>
/// <param name="Says">What its press says.</param>
public sealed record ReadyAnswer(string Title, string Says);
