using KeyAccountBot.Tests.Playbooks;
using Xunit;

namespace KeyAccountBot.Tests.Import;

/// <summary><c>policy check</c>: what a playbook would move, before it goes live.</summary>
public sealed class PolicyCommandTests : IDisposable
{
    private readonly CommandDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task It_shows_which_opportunities_a_playbook_moves_and_which_follow_ups_begin_and_refuses_none_of_it()
    {
        await ImportAsync();

        var code = await desk.Types("policy", "check", "--playbook", desk.Write("new.json", EditedPlaybook.WithProposalInBidding()));

        Assert.Equal(("", 0), (desk.Complained, code));
        Assert.Contains("version 1, keeps its rules: 5 stages, 15 milestones", desk.Said, StringComparison.Ordinal);
        Assert.Contains("held against 3 opportunities on record", desk.Said, StringComparison.Ordinal);
        Assert.Matches(@"stage moves +proposal +bidding +2 +Acme: Press line; Cancity: Filling line", desk.Said);
        Assert.Matches(@"the stage is overdue +0 +2", desk.Said);
    }

    [Fact]
    public async Task It_exits_as_refused_where_a_start_would_be()
    {
        await ImportAsync();

        var code = await desk.Types("policy", "check", "--playbook", desk.Write("new.json", EditedPlaybook.WithoutProposal()));

        Assert.Equal(1, code);
        Assert.Matches(@"stage not known +proposal +nothing +2 +Acme: Press line; Cancity: Filling line", desk.Said);
        Assert.StartsWith("The playbook 'key-account' does not know what 2 opportunities", desk.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_playbook_in_use_moves_nothing()
    {
        await ImportAsync();

        Assert.Equal(0, await desk.Types("policy", "check"));
        Assert.Contains("It moves nothing.", desk.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_breaks_a_rule_of_its_own_is_refused_with_the_place()
    {
        var file = desk.Write("new.json", EditedPlaybook.Edited(p => p["stages"]![1]!["was"] = new System.Text.Json.Nodes.JsonArray("development")));

        Assert.Equal(1, await desk.Types("policy", "check", "--playbook", file));
        Assert.Contains("stages[1].was", desk.Complained, StringComparison.Ordinal);
        Assert.Contains("'development' is a stage of this playbook", desk.Complained, StringComparison.Ordinal);
    }

    private async Task ImportAsync()
    {
        await desk.Types("import", "people", desk.Write("people.csv", "name,email,role\nAnn,ann@acme.example,rep\n"));
        Assert.Equal(0, await desk.Types("import", "opportunities", desk.Write("opportunities.csv", """
            id,account,name,amount,currency,stage,owner_email,stage_entered
            7,Cancity,Filling line,5000,EUR,proposal,ann@acme.example,2026-10-15
            8,Acme,Press line,5000,EUR,proposal,ann@acme.example,2026-10-15
            9,Berg,Press line,5000,EUR,development,ann@acme.example,2026-11-20

            """.ReplaceLineEndings("\n"))));
    }
}
