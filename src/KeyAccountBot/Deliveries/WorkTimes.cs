using System.Globalization;

namespace KeyAccountBot.Deliveries;

/// <summary>How long work belongs to the worker that began it; after that, who began it has died and another goes on.</summary>
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
    /// <exception cref="InvalidSettingsException">Some are no time, or a claim would end before its message comes back.</exception>
    public static WorkTimes From(string? lease, string? claimHolds, string? gathering = null)
    {
        List<string> faults = [];
        var times = new WorkTimes(
            Read("FollowUps:Lease", lease, Usual.Lease, faults), Read("FollowUps:ClaimHolds", claimHolds, Usual.ClaimHolds, faults),
            gathering == "00:00:00" ? TimeSpan.Zero : Read("FollowUps:Gathering", gathering, Usual.Gathering, faults));
        if (times.Gathering > LongestGathering)
        {
            faults.Add($"FollowUps:Gathering is {times.Gathering}: nobody would be told anything for so long. Set it to an hour at most, {Usual.Gathering:c} as a rule.");
        }

        if (times.ClaimHolds < times.Lease)
        {
            faults.Add($"FollowUps:ClaimHolds is {times.ClaimHolds}, shorter than FollowUps:Lease, {times.Lease}: what is being sent could be sent by another too. Set it as long at least.");
        }

        return faults.Count == 0 ? times : throw new InvalidSettingsException(faults);
    }

    private static TimeSpan Read(string name, string? text, TimeSpan usual, List<string> faults)
    {
        if (string.IsNullOrEmpty(text))
        {
            return usual;
        }

        if (TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.FromSeconds(1))
        {
            return time;
        }

        faults.Add($"{name} is '{text}', which is no time of a second or more. Write it as hours, minutes and seconds: {usual:c}.");
        return usual;
    }
}
