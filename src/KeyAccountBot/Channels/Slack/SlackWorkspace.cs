using KeyAccountBot.Records;
using KeyAccountBot.Slack.Requests;
using KeyAccountBot.Slack.WebApi;

namespace KeyAccountBot.Channels.Slack;

/// <summary>Which requests come from our own workspace, and who is a full member of it.</summary>
internal interface ISlackWorkspace
{
    /// <summary>Whether something comes from our own workspace; <c>null</c>, kept before workspaces were told, does where its user is a member.</summary>
    Task<bool> IsOursAsync(SlackOrigin? origin, CancellationToken cancellationToken);

    /// <summary>A full member of our own workspace; <c>null</c> for anybody else: a guest, a bot, a user of another workspace.</summary>
    Task<SlackMember?> MemberAsync(string user, CancellationToken cancellationToken);
}

/// <summary>A full member of our own workspace.</summary>
/// <param name="Email">Their address, where they have shown that it is theirs and Slack tells it.</param>
internal sealed record SlackMember(string? Email);

/// <summary>Our workspace as Slack itself tells it.</summary>
/// <param name="client">Makes a client; <c>null</c> while Slack is not configured.</param>
/// <param name="members">Remembers what Slack told.</param>
internal sealed class SlackWorkspace(Func<SlackWebApi?> client, SlackMembers members) : ISlackWorkspace
{
    /// <inheritdoc/>
    public async Task<bool> IsOursAsync(SlackOrigin? origin, CancellationToken cancellationToken) =>
        origin is null || origin.IsOf(await members.WorkspaceAsync(Client(), cancellationToken));

    /// <inheritdoc/>
    public Task<SlackMember?> MemberAsync(string user, CancellationToken cancellationToken) => members.FindAsync(Client(), user, cancellationToken);

    private SlackWebApi Client() => client() ?? throw new NotSentException("Slack is not configured", isPermanent: true, why: RefusalReason.NotConnected);
}
