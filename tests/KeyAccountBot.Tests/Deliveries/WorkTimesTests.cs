using KeyAccountBot.Deliveries;
using Xunit;

namespace KeyAccountBot.Tests.Deliveries;

public class WorkTimesTests
{
    [Fact]
    public void Without_settings_a_message_is_leased_for_two_minutes_and_a_claim_holds_for_three()
    {
        Assert.Equal(new WorkTimes(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(2)), WorkTimes.From(null, ""));
        Assert.Equal(new WorkTimes(TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(2)), WorkTimes.From("00:00:15", null));
    }

    [Fact]
    public void What_is_due_gathers_for_as_long_as_the_settings_say_or_not_at_all_and_never_longer_than_an_hour()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), WorkTimes.From(null, null, "00:00:30").Gathering);
        Assert.Equal(TimeSpan.Zero, WorkTimes.From(null, null, "00:00:00").Gathering);
        Assert.StartsWith("FollowUps:Gathering is 02:00:00", Assert.Throws<InvalidSettingsException>(() => WorkTimes.From(null, null, "02:00:00")).Message, StringComparison.Ordinal);
        Assert.StartsWith("FollowUps:Gathering is 'soon'", Assert.Throws<InvalidSettingsException>(() => WorkTimes.From(null, null, "soon")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("soon", null, "FollowUps:Lease is 'soon'")]
    [InlineData("00:00:00", null, "FollowUps:Lease is '00:00:00'")]
    [InlineData(null, "-00:01:00", "FollowUps:ClaimHolds is '-00:01:00'")]
    [InlineData("00:10:00", null, "FollowUps:ClaimHolds is 00:03:00, shorter than FollowUps:Lease, 00:10:00")]
    public void A_time_that_would_not_do_is_refused_by_name(string? lease, string? claimHolds, string because) =>
        Assert.StartsWith(because, Assert.Throws<InvalidSettingsException>(() => WorkTimes.From(lease, claimHolds)).Message, StringComparison.Ordinal);
}
