namespace KeyAccountBot.Dialogs;

/// <summary>What kind of thing was sent instead of words.</summary>
public enum AttachedKind
{
    /// <summary>A picture.</summary>
    Picture,

    /// <summary>A recording of sound, with or without a picture.</summary>
    Recording,

    /// <summary>Any other file.</summary>
    File,
}

/// <summary>Something sent with a message that a conversation cannot read.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Link">Where its sender and their colleagues open it, https; <c>null</c> where the channel gives no such address.</param>
public sealed record Attached(AttachedKind Kind, string? Link = null)
{
    private const int LongestLink = 2_000;

    /// <summary>What a content type says it is.</summary>
    /// <param name="contentType">Such as <c>image/png</c> (RFC 6838).</param>
    /// <param name="link">An address; one that is not https, or longer than anybody pastes, is left out.</param>
    public static Attached Of(string? contentType, string? link)
    {
        var kind = contentType is null ? AttachedKind.File
            : contentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase) ? AttachedKind.Picture
            : contentType.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || contentType.StartsWith("video/", StringComparison.OrdinalIgnoreCase) ? AttachedKind.Recording
            : AttachedKind.File;
        return new Attached(kind, link is { Length: <= LongestLink } && Uri.TryCreate(link, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps ? link : null);
    }
}
