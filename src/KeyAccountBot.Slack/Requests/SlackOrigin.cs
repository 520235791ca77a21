using KeyAccountBot.Slack.WebApi;

namespace KeyAccountBot.Slack.Requests;

/// <summary>
/// Which workspace a request names. Slack signs for every workspace that the app is installed in, and in a shared channel for users of
/// others too, so a right signature alone says nothing about whose request it is
/// (<see href="https://docs.slack.dev/apis/slack-connect/">Slack Connect</see>).
/// </summary>
/// <param name="TeamId">The workspace where it happened, <c>T…</c>; absent where the app is installed in a whole organisation.</param>
/// <param name="EnterpriseId">The organisation, <c>E…</c>.</param>
/// <param name="UserTeamId">The workspace that the user is at home in.</param>
public sealed record SlackOrigin(string? TeamId, string? EnterpriseId = null, string? UserTeamId = null)
{
    /// <summary>Something is named to judge it by.</summary>
    public bool IsNamed => TeamId is { Length: > 0 } || EnterpriseId is { Length: > 0 };

    /// <summary>
    /// Whether it happened in our own workspace, by a user at home in it. Within an organisation users are at home in any of its
    /// workspaces, so there <see cref="SlackUser.IsMemberOf"/> alone judges the user.
    /// </summary>
    public bool IsOf(SlackIdentity us) => us.IsEnterpriseInstall
        ? Same(EnterpriseId, us.EnterpriseId)
        : Same(TeamId, us.TeamId) && (us.EnterpriseId is not null || UserTeamId is null || Same(UserTeamId, us.TeamId));

    private static bool Same(string? one, string? other) => one is { Length: > 0 } && string.Equals(one, other, StringComparison.Ordinal);
}
