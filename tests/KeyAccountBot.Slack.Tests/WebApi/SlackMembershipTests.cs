using KeyAccountBot.Slack.Requests;
using KeyAccountBot.Slack.WebApi;
using Xunit;

namespace KeyAccountBot.Slack.Tests.WebApi;

public sealed class SlackMembershipTests
{
    private static readonly SlackIdentity Workspace = new("T1", "Us", "UBOT", "B1");
    private static readonly SlackIdentity InGrid = Workspace with { EnterpriseId = "E1" };
    private static readonly SlackIdentity Organisation = new("E1", "All of us", "UBOT", "B1") { EnterpriseId = "E1", IsEnterpriseInstall = true };
    private static readonly SlackUser Member = new("U7", "Wei", null, null, IsDeactivated: false, IsBot: false) { TeamId = "T1" };

    [Fact]
    public void A_full_member_of_our_workspace_counts_and_nobody_else()
    {
        Assert.True(Member.IsMemberOf(Workspace));
        Assert.All(
            [
                Member with { TeamId = "T2" }, Member with { TeamId = null }, Member with { IsGuest = true }, Member with { IsStranger = true },
                Member with { IsDeactivated = true }, Member with { IsBot = true }, Member with { Id = "USLACKBOT" },
            ],
            user => Assert.False(user.IsMemberOf(Workspace), user.ToString()));
    }

    [Fact]
    public void In_an_organisation_membership_of_the_workspace_or_of_the_whole_counts()
    {
        var elsewhere = Member with { TeamId = "T2", EnterpriseId = "E1", Teams = ["T2", "T1"] };

        Assert.True(elsewhere.IsMemberOf(InGrid));
        Assert.True(elsewhere.IsMemberOf(Organisation));
        Assert.False((elsewhere with { Teams = ["T2"] }).IsMemberOf(InGrid));
        Assert.False((elsewhere with { EnterpriseId = "E2" }).IsMemberOf(Organisation));
        Assert.False(Member.IsMemberOf(Organisation));
    }

    [Fact]
    public void A_request_is_ours_if_it_names_our_workspace_and_a_user_at_home_in_it()
    {
        Assert.True(new SlackOrigin("T1", null, "T1").IsOf(Workspace));
        Assert.True(new SlackOrigin("T1").IsOf(Workspace));
        Assert.False(new SlackOrigin("T2", null, "T1").IsOf(Workspace));
        Assert.False(new SlackOrigin("T1", null, "T2").IsOf(Workspace));
        Assert.False(new SlackOrigin(null).IsOf(Workspace));
        Assert.True(new SlackOrigin("T1", "E1", "T2").IsOf(InGrid));
        Assert.True(new SlackOrigin(null, "E1", "T2").IsOf(Organisation));
        Assert.False(new SlackOrigin("T1", "E2", "T2").IsOf(Organisation));
        Assert.False(new SlackOrigin("T1", null, "T2").IsOf(Organisation));
    }

    [Fact]
    public async Task What_Slack_tells_of_a_user_and_of_us_is_read()
    {
        var slack = new SlackFarEnd()
            .Answers("""{"ok":true,"user":{"id":"U7","team_id":"T2","is_restricted":true,"is_stranger":true,"is_email_confirmed":false,"enterprise_user":{"enterprise_id":"E1","teams":["T2"]}}}""")
            .Answers("""{"ok":true,"user":{"id":"U8","team_id":"T1","is_workflow_bot":true}}""")
            .Answers("""{"ok":true,"team_id":"T1","team":"Us","user_id":"UBOT","bot_id":"B1","enterprise_id":"E1","is_enterprise_install":true}""");
        var user = await slack.Api.UserInfoAsync("U7");

        Assert.Equal(("T2", "E1", true, true, true), (user.TeamId, user.EnterpriseId, user.IsGuest, user.IsStranger, user.IsEmailUnconfirmed));
        Assert.Equal(["T2"], user.Teams);
        Assert.True((await slack.Api.UserInfoAsync("U8")).IsBot);
        Assert.Equal(Workspace with { EnterpriseId = "E1", IsEnterpriseInstall = true }, await slack.Api.AuthTestAsync());
    }
}
