using KeyAccountBot.Channels.Teams;
using Xunit;

namespace KeyAccountBot.Tests.Conversations;

public sealed class IdentityChannelsTests
{
    [Theory]
    [InlineData(null, "msteams", true)]
    [InlineData("", "msteams", true)]
    [InlineData(" , ", "msteams", true)]
    [InlineData(null, "webchat", false)]
    [InlineData("msteams", "webchat", false)]
    [InlineData("msteams, m365extensions", "m365extensions", true)]
    [InlineData("m365extensions", "msteams", false)]
    [InlineData(null, null, false)]
    [InlineData(null, "", false)]
    public void Teams_vouches_for_its_users_and_other_channels_where_they_are_named(string? set, string? channel, bool vouches) =>
        Assert.Equal(vouches, IdentityChannels.From(set).VouchFor(channel));
}
