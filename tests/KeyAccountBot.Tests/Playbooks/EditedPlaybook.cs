using System.Text.Json.Nodes;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Sales.Playbooks;

namespace KeyAccountBot.Tests.Playbooks;

/// <summary>Other versions of the shipped playbook, as an administrator would write them.</summary>
internal static class EditedPlaybook
{
    /// <summary>The stage <c>proposal</c> is gone, with its milestones and questions; <paramref name="saying"/> is told of the rest of the file.</summary>
    public static string WithoutProposal(Action<JsonNode>? saying = null) => Edited(playbook =>
    {
        var stages = playbook["stages"]!.AsArray();
        stages.Remove(stages.Single(s => (string?)s!["id"] == "proposal"));
        playbook["coverage"]!["decisionMakerFrom"] = "bidding";
        playbook["followUps"]!["deadlines"]!["coverageFrom"] = "bidding";
        saying?.Invoke(playbook);
    });

    /// <summary>The same, and it says where everything went.</summary>
    public static string WithProposalInBidding() => WithoutProposal(playbook =>
    {
        playbook["stages"]![2]!["was"] = new JsonArray("proposal");
        playbook["removed"] = new JsonObject
        {
            ["milestones"] = new JsonArray("criteria-influenced", "solution-presented", "relationship-advanced"),
            ["questions"] = new JsonArray("does-it-work-with-our-line", "how-quality-is-proven", "what-five-years-cost", "what-sets-you-apart", "how-hard-to-learn"),
        };
    });

    /// <summary>The shipped playbook with a change.</summary>
    public static string Edited(Action<JsonNode> edit)
    {
        var playbook = JsonNode.Parse(File.ReadAllText(PlaybookFile.Default))!;
        edit(playbook);
        return playbook.ToJsonString();
    }

    /// <summary>Loads it as the service does.</summary>
    public static Playbook Load(string json)
    {
        var file = Path.Combine(Path.GetTempPath(), $"playbook-{Guid.NewGuid():N}.json");
        try
        {
            File.WriteAllText(file, json);
            return PlaybookFile.Load(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
