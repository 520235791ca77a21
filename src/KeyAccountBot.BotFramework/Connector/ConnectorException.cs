using System.Net;

namespace KeyAccountBot.BotFramework.Connector;

/// <summary>The connector did not take what we sent.</summary>
public sealed class ConnectorException : Exception
{
    // 403 with one of these is said to everybody; with any other, such as BotNotInConversationRoster or ConversationBlockedByUser, to one conversation
    private static readonly string[] AppCodes = ["BotDisabledByAdmin", "BotNotRegistered", "InvalidBotApiHost"];

    private readonly bool isPermanent;

    /// <summary>Nothing more is known.</summary>
    public ConnectorException() { }

    /// <summary>With a message.</summary>
    public ConnectorException(string message) : base(message) { }

    /// <summary>With the error behind it.</summary>
    public ConnectorException(string message, Exception inner) : base(message, inner) { }

    /// <summary>With what the connector answered.</summary>
    public ConnectorException(HttpStatusCode? status, string message, bool isPermanent, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(message, inner)
    {
        Status = status;
        this.isPermanent = isPermanent;
        RetryAfter = retryAfter;
    }

    /// <summary>What it answered, where it answered.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>Trying again will not help this conversation: 403 bot not installed or blocked, 404 gone, 413 too large, 400 malformed.</summary>
    public bool IsPermanent => isPermanent && !IsPermanentForApp;

    /// <summary>
    /// In the connector's own word, such as <c>BotNotInConversationRoster</c>
    /// (<see href="https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages#status-codes-from-bot-conversational-apis">codes</see>);
    /// <c>null</c> where it gave none.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>Our credentials are refused, so nobody can be reached until they are mended: the token endpoint said no, or there is no identity.</summary>
    public bool AreCredentialsRefused { get; init; }

    /// <summary>Nobody can be reached until the app, its credentials or its registration are mended.</summary>
    public bool IsPermanentForApp => AreCredentialsRefused || Status == HttpStatusCode.Unauthorized
        || (Status == HttpStatusCode.Forbidden && AppCodes.Contains(Code, StringComparer.OrdinalIgnoreCase));

    /// <summary>It cannot be reached, does not answer, or fails by itself; this says nothing of whom it was for.</summary>
    public bool IsOutage => !IsPermanent && !IsPermanentForApp && (Status is null or HttpStatusCode.RequestTimeout || (int)Status >= 500);

    /// <summary>How long it wants to be left alone, where it said so.</summary>
    public TimeSpan? RetryAfter { get; }
}
