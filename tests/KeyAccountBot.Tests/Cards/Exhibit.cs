using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Messages;
using KeyAccountBot.Slack.BlockKit;
using PlainText = KeyAccountBot.Messages.PlainText;

namespace KeyAccountBot.Tests.Cards;

/// <summary>Something the bot said, and how each channel shows it.</summary>
/// <param name="Name">What it shows, for reports and file names.</param>
/// <param name="Message">What was said.</param>
/// <param name="IsReply">It answers somebody; else it comes by itself.</param>
internal sealed record Exhibit(string Name, Message Message, bool IsReply)
{
    private static readonly Activity Heard = new() { Type = ActivityTypes.Message, ChannelId = ChannelIds.Teams, Id = "1", Conversation = new("a:1") };

    private readonly Activity drawn = TeamsConversations.ActivityOf(Message, Heard);

    /// <summary>In words, with marks.</summary>
    public string Text { get; } = PlainText.Of(Message);

    /// <summary>The Adaptive Card's document; <c>null</c> where Teams shows words.</summary>
    public JsonElement? Card => IsReply
        ? drawn.Attachments is [{ ContentType: Attachment.AdaptiveCard } card, ..] ? card.Content : null
        : AdaptiveCards.Of(Message)?.ToAttachment().Content;

    /// <summary>For Slack.</summary>
    public BlockKitDocument Slack { get; } = SlackBlocks.Of(Message, Gallery.Tenant);

    /// <summary>Titles and words of the buttons that Teams shows under the message.</summary>
    public IReadOnlyList<string> Buttons => [.. (drawn.SuggestedActions?.Actions ?? []).SelectMany(b => new[] { b.Title, b.Value })];
}
