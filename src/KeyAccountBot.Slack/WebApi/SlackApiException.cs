namespace KeyAccountBot.Slack.WebApi;

/// <summary>
/// A call to the <see href="https://docs.slack.dev/apis/web-api/#responses">Web API</see> that Slack refused, or that never came through.
/// </summary>
#pragma warning disable RCS1194 // without its method and error this exception would say nothing
public sealed class SlackApiException : Exception
#pragma warning restore RCS1194
{
    private const string Inactive = "account_inactive";

    private static readonly string[] RecipientErrors =
        ["channel_not_found", "user_not_found", "users_not_found", "user_disabled", Inactive, "is_archived", "not_in_channel", "user_not_in_channel", "restricted_action"];

    private static readonly string[] AppErrors =
    [
        "not_authed", "invalid_auth", "token_revoked", "token_expired", "missing_scope", "no_permission", "not_allowed_token_type", "org_login_required",
        "team_access_not_granted", "ekm_access_denied", "accesslimited", "http_401", "http_403",
    ];

    private static readonly string[] OutageErrors =
        ["unreachable", "unreadable", "internal_error", "service_unavailable", "request_timeout", "fatal_error", "team_added_to_org"];

    /// <summary>A failed call.</summary>
    public SlackApiException(string method, string error, TimeSpan? retryAfter = null, Exception? inner = null)
        : base($"Slack's {method} failed: {error}.", inner)
    {
        Method = method;
        Error = error;
        RetryAfter = retryAfter;
    }

    /// <summary>The method, such as <c>chat.postMessage</c> (<see href="https://docs.slack.dev/reference/methods">methods</see>).</summary>
    public string Method { get; }

    /// <summary>Slack's own error code; <c>ratelimited</c>, <c>unreachable</c>, <c>unreadable</c> or <c>http_…</c> where the call itself failed.</summary>
    public string Error { get; }

    /// <summary>How long Slack asks us to wait (<see href="https://docs.slack.dev/apis/web-api/rate-limits">rate limits</see>).</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>This person or channel cannot be reached by trying again (<see href="https://docs.slack.dev/reference/methods/chat.postMessage#errors">errors</see>).</summary>
    public bool IsPermanentForRecipient => !IsPermanentForApp && RecipientErrors.Contains(Error, StringComparer.Ordinal);

    /// <summary>Nobody can be reached until the app's token or scopes are mended (<see href="https://docs.slack.dev/reference/methods/auth.test#errors">errors</see>).</summary>
    public bool IsPermanentForApp => AppErrors.Contains(Error, StringComparer.Ordinal) || (Error == Inactive && Method == "auth.test");

    /// <summary>
    /// Slack's reference says that the token's own account is closed; where a person or their conversation was asked for, it may be theirs.
    /// <see href="https://docs.slack.dev/reference/methods/auth.test#errors">auth.test</see> settles it.
    /// </summary>
    public bool IsInDoubt => Error == Inactive && !IsPermanentForApp;

    /// <summary>Slack cannot be reached, does not answer, or fails by itself; this says nothing of whom it was for.</summary>
    public bool IsOutage => OutageErrors.Contains(Error, StringComparer.Ordinal)
        || (Error.StartsWith("http_", StringComparison.Ordinal) && !IsPermanentForApp && Error is not ("http_400" or "http_413"));
}
