using KeyAccountBot.Playbooks;
using Xunit;

namespace KeyAccountBot.Tests.Playbooks;

/// <summary>A playbook whose questions, coverage or evaluation contradict themselves is refused with path and reason.</summary>
public sealed class MethodRulesTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void The_shipped_one_holds_to_its_schema_and_its_rules()
    {
        PlaybookFile.CheckSchema(PlaybookFile.Default, File.ReadAllText(PlaybookFile.Default));
        Assert.NotEmpty(PlaybookFile.Load(PlaybookFile.Default).Coverage.Required);
    }

    [Theory]
    [InlineData("\"id\": \"who-are-you\"", "\"id\": \"why-change-now\"", "stages[1].questions", "'why-change-now' stands twice")]
    [InlineData("\"id\": \"finance\"", "\"id\": \"quality\"", "coverage.departments", "'quality' stands twice")]
    [InlineData("\"department\": \"finance\"", "\"department\": \"canteen\"", "coverage.required[5].department", "no department 'canteen'")]
    [InlineData("\"decisionMakerFrom\": \"proposal\"", "\"decisionMakerFrom\": \"lunch\"", "coverage.decisionMakerFrom", "no stage 'lunch'")]
    [InlineData("\"id\": \"budget\"", "\"id\": \"fit\"", "evaluation.criteria", "'Fit' stands twice")]
    [InlineData("\"role\": \"purchaser\"", "\"role\": \"user\"", "coverage.buyingRoles", "'User' stands twice")]
    [InlineData("\"level\": \"staff\",\n", "\"level\": \"manager\",\n", "coverage.levels", "'Manager' stands twice")]
    [InlineData("\"at\": \"eveningBefore\"", "\"at\": \"noon\"", "followUps.brief", "")]
    [InlineData("\"coachStrength\": 2", "\"coachStrength\": 5", "coverage.coachStrength", "")]
    [InlineData("\"askedBy\": \"user\"", "\"askedBy\": \"cook\"", "stages", "")]
    [InlineData("\"evaluation\"", "\"evaluations\"", "evaluation", "")]
    public void A_contradiction_is_refused(string said, string instead, string where, string reason)
    {
        var text = File.ReadAllText(PlaybookFile.Default);
        var at = text.IndexOf(said, StringComparison.Ordinal);
        Assert.True(at > 0);
        File.WriteAllText(file, text[..at] + instead + text[(at + said.Length)..]);
        var refused = Assert.Throws<InvalidPlaybookException>(() => PlaybookFile.Load(file));
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Contains(where, refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }
}
