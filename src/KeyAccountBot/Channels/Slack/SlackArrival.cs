using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;

namespace KeyAccountBot.Channels.Slack;

/// <summary>What somebody wrote or pressed in Slack.</summary>
/// <param name="Item">As it was kept.</param>
/// <param name="Place">The channel that it came from.</param>
/// <param name="What">What is said or done with it.</param>
internal sealed record SlackArrival(SlackInboxItem Item, string Place, Incoming What)
    : Arrival(ChannelIds.Slack, ChannelIds.Slack, KeyOf(Item, Place), Item.User, What)
{
    /// <summary>The arrival of an item; <c>null</c> where it names no channel, so that there is nowhere to answer.</summary>
    public static SlackArrival? Of(SlackInboxItem item) => item.Channel is not { } place ? null : new(item, place, Read(item))
    {
        Id = item.RepeatKey,
        Turn = $"slack~{item.RepeatKey}",
        IsAmongOthers = !IsDirect(place),
        IsWhispered = !IsDirect(place),
        Message = item.Type == SlackInboxItem.Pressed ? null : item.Message,
        Under = item.Thread is { } root ? new SentMessage(place, root) : null,
        IsThread = item.Thread is not null,
    };

    /// <summary>The same as a turn of the speaker's direct message, which answers it there.</summary>
    public SlackArrival Aside(string direct)
    {
        var there = Item with { Channel = direct, Message = null, Thread = null };
        return this with { Item = there, Place = direct, Conversation = KeyOf(there, direct), IsAmongOthers = false, IsAside = true, Under = null, IsThread = false };
    }

    /// <summary>The message whose button was pressed; <c>null</c> for words.</summary>
    public string? PressedMessage => Item.Type == SlackInboxItem.Pressed ? Item.Message : null;

    // conversation ids: D a direct message, C and G channels
    private static bool IsDirect(string place) => place.StartsWith('D');

    // a thread is a conversation of its own; among others each has one of their own
    private static string KeyOf(SlackInboxItem item, string place) =>
        $"{ChannelIds.Slack}|{RowKeys.Escape(place)}"
        + (item.Thread is { } thread ? "|" + RowKeys.Escape(thread) : "")
        + (IsDirect(place) ? "" : "|" + RowKeys.Escape(item.User));

    private static Incoming Read(SlackInboxItem item) => item.Type switch
    {
        SlackInboxItem.Written => new Incoming.Said(Marks.Without(item.Value ?? "").Trim()) { With = item.File is { } file ? Attached.Of(file.Mimetype, file.Permalink) : null },
        SlackInboxItem.Changed => new Incoming.Edited(Marks.Without(item.Value ?? "").Trim()),
        _ => EarlierPress.Read(item) ?? SlackAct.Read(item.Action ?? "", item.Value, item.Choice),
    };
}
