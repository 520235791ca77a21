using System.Globalization;

namespace KeyAccountBot.Deliveries;

/// <summary>How long work belongs to the worker that began it; after that, whoever began it has died and another goes on.</summary>
/// <param name="Lease">How long a message is hidden from others while it is handled.</param>
/// <param name="ClaimHolds">How long a delivery that is being sent is left to who sends it.</param>
/// <param name="Gathering">How long what is due to one reader gathers before it is decided what they are told one by one; none: each as it comes.</param>
internal sealed record WorkTimes(TimeSpan Lease, TimeSpan ClaimHolds, TimeSpan Gathering)
{
    private static readonly TimeSpan LongestGathering = TimeSpan.FromHours(1);

    /// <summary>Longer than any call to a channel takes: two minutes, and three for a claim. What is due gathers for two minutes.</summary>
    public static WorkTimes Usual { get; } = new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(2));

    /// <summary>Until when a claim made at an instant keeps others away; <c>null</c> once it does not, or where a clock was set back since.</summary>
    public DateTimeOffset? ClaimedUntil(DateTimeOffset? since, DateTimeOffset now) =>
        since is { } at && (now - at).Duration() < ClaimHolds ? at + ClaimHolds : null;

    /// <summary>The times as the settings name them, <c>00:05:00</c>; the usual one for what is empty.</summary>
    /// <exception cref="InvalidSettingsException">One is no time, or a claim would end before its message comes back.</exception>
    public static WorkTimes From(string? lease, string? claimHolds, string? gathering = null)
    {
        var times = new WorkTimes(
            Read("FollowUps:Lease", lease, Usual.Lease), Read("FollowUps:ClaimHolds", claimHolds, Usual.ClaimHolds),
            gathering == "00:00:00" ? TimeSpan.Zero : Read("FollowUps:Gathering", gathering, Usual.Gathering));
        if (times.Gathering > LongestGathering)
        {
            throw new InvalidSettingsException($"FollowUps:Gathering is {times.Gathering}: nobody would be told anything for so long. Set it to an hour at most, {Usual.Gathering:c} as a rule.");
        }

        return times.ClaimHolds >= times.Lease
            ? times
            : throw new InvalidSettingsException(
                $"FollowUps:ClaimHolds is {times.ClaimHolds}, shorter than FollowUps:Lease, {times.Lease}: what is being sent could be sent by another too. Set it as long at least.");
    }

    private static TimeSpan Read(string name, string? text, TimeSpan usual) =>
        string.IsNullOrEmpty(text) ? usual
        : TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.FromSeconds(1) ? time
        : throw new InvalidSettingsException($"{name} is '{text}', which is no time of a second or more. Write it as hours, minutes and seconds: {usual:c}.");
}
