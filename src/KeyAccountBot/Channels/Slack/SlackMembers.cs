using KeyAccountBot.Slack;
using KeyAccountBot.Slack.WebApi;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace KeyAccountBot.Channels.Slack;

/// <summary>
/// Which workspace is ours, and who is a full member of it. Slack is asked; a request's own words about its user count for nothing.
/// Where Slack cannot be asked nobody is recognised, and it is asked again next time.
/// </summary>
internal sealed class SlackMembers(IOptions<SlackOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>For how long a member counts as one without being asked after again.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    /// <summary>How many members are remembered at most.</summary>
    public const int Most = 5_000;

    // by user id
    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = Most });
    private volatile SlackIdentity? ours;

    /// <summary>Our own workspace: the one that the settings name, else the one that the token belongs to, asked once.</summary>
    /// <exception cref="SlackApiException">Slack cannot be asked, or refuses the token.</exception>
    public async ValueTask<SlackIdentity> WorkspaceAsync(SlackWebApi slack, CancellationToken cancellationToken) =>
        ours ??= options.Value.TeamId is { Length: > 0 } named
            ? new SlackIdentity(named, null, "", null) { IsEnterpriseInstall = named.StartsWith('E'), EnterpriseId = named.StartsWith('E') ? named : null }
            : await slack.WithoutWaiting().AuthTestAsync(cancellationToken);

    /// <summary>A full member of our workspace; <c>null</c> for anybody else.</summary>
    /// <exception cref="SlackApiException">Slack cannot be asked now.</exception>
    public async Task<SlackMember?> FindAsync(SlackWebApi slack, string user, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(user, out SeenMember? seen) && seen!.Until > clock.GetUtcNow())
        {
            return seen.Member;
        }

        var us = await WorkspaceAsync(slack, cancellationToken);
        try
        {
            var told = await slack.WithoutWaiting().UserInfoAsync(user, cancellationToken);
            known.Remove(user);
            return told.Id == user && told.IsMemberOf(us) ? Remember(told) : null;
        }
        catch (SlackApiException e) when (e.IsPermanentForRecipient || e.Error == "user_not_visible")
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => known.Dispose();

    private SlackMember Remember(SlackUser user)
    {
        var member = new SlackMember(user.IsEmailUnconfirmed ? null : user.Email);
        known.Set(user.Id, new SeenMember(member, clock.GetUtcNow() + Remembered), new MemoryCacheEntryOptions { Size = 1 });
        return member;
    }

    private sealed record SeenMember(SlackMember Member, DateTimeOffset Until);
}
