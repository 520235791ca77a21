using System.Text.Json.Nodes;
using KeyAccountBot.Playbooks;
using Xunit;

namespace KeyAccountBot.Tests.Lint;

/// <summary>The shipped playbook keeps its own schema, and a broken one is refused with file, place and reason.</summary>
public sealed class PlaybookTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"playbook-{Guid.NewGuid():N}.json");

    [Fact]
    public void The_shipped_playbook_keeps_its_schema() =>
        PlaybookFile.CheckSchema(PlaybookFile.Default, File.ReadAllText(PlaybookFile.Default));

    [Fact]
    public void A_copy_of_the_shipped_playbook_is_taken() =>
        Assert.Equal(PlaybookFile.Load(PlaybookFile.Default).Stages.Count, Load(_ => { }).Stages.Count);

    public static TheoryData<string, string, string> Broken => new()
    {
        // what is done to it, where it breaks, why
        { "stages := []", "stages", "TooFewItems" },
        { "stages[0].name.en := remove", "stages[0].name", "PropertyRequired" },
        { "stages[0].checkInEvery := 0", "stages[0].checkInEvery", "NumberTooSmall" },
        { "stages[1].gate := remove", "stages[1]", "PropertyRequired" },
        { "stages[1].colour := \"red\"", "stages[1].colour", "NoAdditionalPropertiesAllowed" },
        { "followUps.policies.standard.steps := []", "followUps.policies.standard.steps", "TooFewItems" },
        { "followUps.policies.standard.steps[0].to := \"Janitor\"", "followUps.policies.standard.steps[0].to", "PatternMismatch" },
        { "followUps.policies.standard.steps[1].after := \"two days\"", "followUps.policies.standard.steps[1].after", "PatternMismatch" },
        { "followUps.digestAt := \"noon\"", "followUps.digestAt", "PatternMismatch" },
        { "wonBy := 7", "wonBy", "StringExpected" },
        { "wonBy := \"champagne\"", "wonBy", "no stage has the milestone 'champagne'" },
        { "stages[1].id := \"development\"", "stages[1].id", "the stage 'development' stands twice" },
        { "stages[1].milestones[0].id := \"customer-profile\"", "stages[1].milestones", "the milestone 'customer-profile' stands twice" },
        { "stages[0].gate.all[0] := \"contract-signed\"", "stages[0].gate", "the gate names 'contract-signed', which is no milestone of the stage 'development'" },
        { "stages[0].gate.all := []", "stages[0].gate", "the gate names no milestone" },
        { "followUps.policies.large.then := \"board\"", "followUps.policies.large.then", "there is no policy 'board'" },
        { "followUps.policies.executives.then := \"large\"", "followUps.policies.large.then", "the policies go round in a circle: large → executives → large" },
        { "followUps.policies.spare := {\"steps\": [{\"to\": \"rep\"}]}", "followUps.policies.spare", "no cause follows it" },
        { "followUps.policies.standard.steps[2].to := \"rep\"", "followUps.causes.checkInMissed[0]", "its step 3 tells 'rep', who heard at step 1, so it would never be reached" },
        { "followUps.policies.standard.steps[2].orElse := \"rep\"", "followUps.policies.standard.steps[2].orElse", "only a maintainer may be missing" },
        { "followUps.policies.bid.steps[0].every := \"0d\"", "followUps.policies.bid.steps[0].every", "told again at once" },
        { "followUps.causes.checkInMissed[1].from := 0", "followUps.causes.checkInMissed[0].from", "never be reached" },
        { "followUps.causes.gateStuck[0].policy := \"board\"", "followUps.causes.gateStuck[0].policy", "there is no policy 'board'" },
        { "followUps.deadlines.approvedBy := \"champagne\"", "followUps.deadlines.approvedBy", "no stage has the milestone 'champagne'" },
        { "followUps.deadlines.coverageFrom := \"party\"", "followUps.deadlines.coverageFrom", "there is no stage 'party'" },
        { "followUps.weeklyDigest := \"every Monday\"", "followUps.weeklyDigest", "no cron expression" },
        { "stages[1].was := [\"development\"]", "stages[1].was", "'development' is a stage of this playbook, so it cannot be what 'establishment' was called" },
        { "stages[1].was := [\"pilot\", \"pilot\"]", "stages[1].was", "'pilot' is what 'establishment' was called already" },
        { "stages[0].milestones[0].was := [\"contract-signed\"]", "stages[0].milestones[0].was", "'contract-signed' is a milestone of this playbook" },
        { "stages[0].questions[1].was := [\"why-change-now\"]", "stages[0].questions[1].was", "'why-change-now' is a question of this playbook" },
        { "removed := {\"milestones\": [\"contract-signed\"]}", "removed.milestones[0]", "so it is not removed" },
        { "removed := {\"questions\": [\"x\", \"x\"]}", "removed.questions[1]", "'x' leads to nothing already" },
        { "removed := {\"stages\": [\"pilot\"]}", "removed.stages", "NoAdditionalPropertiesAllowed" },
        { "stages[0].was := [\"No id\"]", "stages[0].was[0]", "PatternMismatch" },
        { "followUps.workingTo := \"06:00\"", "followUps.workingTo", "work ends before it begins" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_playbook_is_refused_with_file_place_and_reason(string edit, string where, string why)
    {
        var broken = Assert.Throws<InvalidPlaybookException>(() => Load(playbook => Apply(edit, playbook)));

        Assert.Contains(file, broken.Message, StringComparison.Ordinal);
        Assert.Contains(where, broken.Message, StringComparison.Ordinal);
        Assert.Contains(why, broken.Message, StringComparison.Ordinal);
        Assert.Contains("Playbook:Path", broken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"id\": ")]
    [InlineData("no JSON at all")]
    [InlineData("[]")]
    [InlineData("")]
    public void What_is_no_playbook_is_refused(string text)
    {
        File.WriteAllText(file, text);

        Assert.Contains(file, Assert.Throws<InvalidPlaybookException>(() => PlaybookFile.Load(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_playbook_that_is_not_there_is_refused() =>
        Assert.Contains(file, Assert.Throws<InvalidPlaybookException>(() => PlaybookFile.Load(file)).Message, StringComparison.Ordinal);

    public void Dispose() => File.Delete(file);

    private Sales.Playbooks.Playbook Load(Action<JsonNode> edit)
    {
        var playbook = JsonNode.Parse(File.ReadAllText(PlaybookFile.Default))!;
        edit(playbook);
        File.WriteAllText(file, playbook.ToJsonString());
        return PlaybookFile.Load(file);
    }

    // "stages[0].name := "x"": a path of members and indexes, and the JSON that stands there instead, or remove
    private static void Apply(string edit, JsonNode playbook)
    {
        var (path, value) = (edit.Split(" := ")[0], edit.Split(" := ")[1]);
        var parts = path.Replace("[", ".#", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        var at = playbook;
        foreach (var part in parts[..^1])
        {
            at = part[0] == '#' ? at[Index(part)]! : at[part]!;
        }

        var last = parts[^1];
        if (value == "remove")
        {
            Assert.True(at.AsObject().Remove(last));
        }
        else if (last[0] == '#')
        {
            at[Index(last)] = JsonNode.Parse(value);
        }
        else
        {
            at[last] = JsonNode.Parse(value);
        }

        static int Index(string part) => int.Parse(part[1..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
