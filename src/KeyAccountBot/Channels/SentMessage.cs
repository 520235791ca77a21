namespace KeyAccountBot.Channels;

/// <summary>Where a message went, to update it.</summary>
/// <param name="ConversationId">Opaque.</param>
/// <param name="MessageId">Opaque.</param>
internal sealed record SentMessage(string ConversationId, string MessageId);
