using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace KeyAccountBot.Slack.Requests;

/// <summary>What the <see href="https://docs.slack.dev/apis/events-api/">Events API</see> posts.</summary>
public abstract record EventEnvelope
{
    private EventEnvelope()
    {
    }

    /// <summary>The same for every delivery, retries included, and different for any other event.</summary>
    public abstract string RepeatKey { get; }

    /// <summary>Slack asks whether the address is ours (<see href="https://docs.slack.dev/reference/events/url_verification">url_verification</see>).</summary>
    /// <param name="Challenge">The text to answer with.</param>
    public sealed record UrlVerification(string Challenge) : EventEnvelope
    {
        /// <inheritdoc/>
        public override string RepeatKey => Challenge;
    }

    /// <summary>Something happened (<see href="https://docs.slack.dev/apis/events-api/#callback-field">event_callback</see>).</summary>
    /// <param name="EventId">The event's id, kept over retries.</param>
    /// <param name="TeamId">The workspace, <c>T…</c>.</param>
    /// <param name="Event">What happened.</param>
    public sealed record Callback(string EventId, string? TeamId, SlackEvent Event) : EventEnvelope
    {
        /// <inheritdoc/>
        public override string RepeatKey => EventId;

        /// <summary>Which workspace it names (<see href="https://docs.slack.dev/apis/events-api/#callback-field">event_callback</see>).</summary>
        public SlackOrigin Origin { get; init; } = new(TeamId);
    }

    /// <summary>
    /// Reads the JSON body of an event (<see href="https://docs.slack.dev/apis/events-api/#event-type-structure">structure</see>).
    /// Never throws: what cannot be read is told in <paramref name="failure"/>.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<byte> body, [NotNullWhen(true)] out EventEnvelope? envelope, [NotNullWhen(false)] out string? failure)
    {
        EventPayload? wire;
        try
        {
            wire = JsonSerializer.Deserialize(body, RequestJson.Default.EventPayload);
        }
        catch (JsonException exception)
        {
            envelope = null;
            failure = $"The body is not the JSON of an event: {exception.Message}";
            return false;
        }

        (envelope, failure) = wire switch
        {
            { Type: "url_verification", Challenge: { Length: > 0 } challenge } => (new UrlVerification(challenge), null),
            { Type: "url_verification" } => (null, "The url_verification has no challenge."),
            { Type: "event_callback", EventId: null or "" } => (null, "The event_callback has no event_id."),
            { Type: "event_callback", Event: null or { Type: null or "" } } => (null, "The event_callback has no event with a type."),
            { Type: "event_callback" } => (
                new Callback(wire.EventId, wire.TeamId, Read(wire.Event))
                {
                    Origin = new SlackOrigin(wire.TeamId, wire.EnterpriseId, wire.Event.UserTeam ?? wire.Event.SourceTeam ?? wire.Event.Team),
                },
                null),
            _ => ((EventEnvelope?)null, $"The envelope's type is '{wire?.Type}', neither 'url_verification' nor 'event_callback'."),
        };
        return envelope is not null;
    }

    private static SlackEvent Read(EventBody body) =>
        new(body.Type!, body.Subtype, body.ChannelType, body.Channel, body.User, body.Text, body.Ts, body.ThreadTs, body.BotId)
        {
            File = body.Files is [{ } file, ..] ? new SlackFile(file.Mimetype, file.Permalink) : null,
            Changed = body is { Subtype: "message_changed", Message: { User: { } user, Text: { } text, Ts: { } ts, BotId: null } message } && text != body.PreviousMessage?.Text
                ? new ChangedMessage(user, text, ts, message.ThreadTs == ts ? null : message.ThreadTs)
                : null,
        };
}

/// <summary>The inner event (<see href="https://docs.slack.dev/reference/events/message.im">message.im</see>).</summary>
/// <param name="Type">Such as <c>message</c>.</param>
/// <param name="Subtype">Absent for a message someone has just written.</param>
/// <param name="ChannelType"><c>im</c> in a direct message.</param>
/// <param name="Channel">The channel, <c>D…</c> in a direct message.</param>
/// <param name="User">Who wrote it.</param>
/// <param name="Text">What was written, in mrkdwn.</param>
/// <param name="Ts">The message's key in its channel.</param>
/// <param name="ThreadTs">The thread it stands in.</param>
/// <param name="BotId">The bot that wrote it: our own messages come back too.</param>
public sealed record SlackEvent(
    string Type, string? Subtype, string? ChannelType, string? Channel, string? User, string? Text, string? Ts, string? ThreadTs, string? BotId)
{
    /// <summary>The first file that was sent along (<see href="https://docs.slack.dev/reference/events/message/file_share">file_share</see>); <c>null</c> for none.</summary>
    public SlackFile? File { get; init; }

    /// <summary>The words that a person changed, as they read now (<see href="https://docs.slack.dev/reference/events/message/message_changed">message_changed</see>); <c>null</c> for anything else.</summary>
    public ChangedMessage? Changed { get; init; }

    /// <summary>A person has just changed what they wrote to us directly (<see href="https://docs.slack.dev/reference/events/message/message_changed">message_changed</see>).</summary>
    public bool IsChangedDirectMessage => this is { Type: "message", ChannelType: "im", Channel: not null, Changed: not null };

    /// <summary>A person has just written to us directly (<see href="https://docs.slack.dev/reference/events/message.im">message.im</see>).</summary>
    public bool IsDirectMessageFromPerson =>
        this is { Type: "message", ChannelType: "im", Subtype: null or "file_share", BotId: null, User: not null, Channel: not null, Text: not null };
}

/// <summary>A file in a message (<see href="https://docs.slack.dev/reference/objects/file-object">file object</see>).</summary>
/// <param name="Mimetype">Its content type.</param>
/// <param name="Permalink">Its page in the workspace; who may see it is Slack's to say.</param>
public sealed record SlackFile(string? Mimetype, string? Permalink);

/// <summary>A message whose words were changed (<see href="https://docs.slack.dev/reference/events/message/message_changed">message_changed</see>).</summary>
/// <param name="User">Who wrote it.</param>
/// <param name="Text">As it reads now, in mrkdwn.</param>
/// <param name="Ts">The message's key in its channel.</param>
/// <param name="ThreadTs">The thread it stands in.</param>
public sealed record ChangedMessage(string User, string Text, string Ts, string? ThreadTs);
