using System.Net;

namespace KeyAccountBot.BotFramework.Connector;

/// <summary>The connector did not take what we sent.</summary>
public sealed class ConnectorException : Exception
{
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
        IsPermanent = isPermanent;
        RetryAfter = retryAfter;
    }

    /// <summary>What it answered, where it answered.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>Trying again will not help: 403 bot not installed or blocked, 404 gone, 413 too large, 400 malformed.</summary>
    public bool IsPermanent { get; }

    /// <summary>How long it wants to be left alone, where it said so.</summary>
    public TimeSpan? RetryAfter { get; }
}
