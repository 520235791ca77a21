using KeyAccountBot.Deliveries;
using KeyAccountBot.Operations;
using Xunit;

namespace KeyAccountBot.Tests.Deliveries;

public class WorkTimesTests
{
    [Fact]
    public void Without_settings_a_message_is_leased_for_two_minutes_and_a_claim_holds_for_three()
    {
        Assert.Equal(new WorkTimes(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3)), WorkTimes.From(null, ""));
        Assert.Equal(new WorkTimes(TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(3)), WorkTimes.From("00:00:15", null));
    }

    [Theory]
    [InlineData("soon", null, "FollowUps:Lease is 'soon'")]
    [InlineData("00:00:00", null, "FollowUps:Lease is '00:00:00'")]
    [InlineData(null, "-00:01:00", "FollowUps:ClaimHolds is '-00:01:00'")]
    [InlineData("00:10:00", null, "FollowUps:ClaimHolds is 00:03:00, shorter than FollowUps:Lease, 00:10:00")]
    public void A_time_that_would_not_do_is_refused_by_name(string? lease, string? claimHolds, string because) =>
        Assert.StartsWith(because, Assert.Throws<InvalidSettingsException>(() => WorkTimes.From(lease, claimHolds)).Message, StringComparison.Ordinal);
}
