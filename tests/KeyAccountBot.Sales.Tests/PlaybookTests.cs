using System.Text.Json;
using KeyAccountBot.Testing;
using Xunit;
using static KeyAccountBot.Sales.Tests.Examples;

namespace KeyAccountBot.Sales.Tests;

public sealed class PlaybookTests
{
    [Fact]
    public void Every_text_stands_in_English_and_in_Chinese()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src", "KeyAccountBot", "Playbooks", "key-account.json")));
        var texts = Texts(json.RootElement).ToList();
        Assert.True(texts.Count > 60);
        Assert.All(texts, t =>
        {
            Assert.Matches("^[ -~]+$", t.GetProperty("en").GetString());
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", t.GetProperty("zh-Hans").GetString());
        });
    }

    [Fact]
    public void Every_stage_has_three_to_five_questions_and_every_buying_role_asks_some()
    {
        Assert.All(Playbook.Stages, s => Assert.InRange(s.Questions.Count, 3, 5));
        Assert.Equal(Enum.GetValues<BuyingRole>(), Playbook.Stages.SelectMany(s => s.Questions).Select(q => q.AskedBy).Distinct().Order());
    }

    [Fact]
    public void Every_level_buying_role_and_criterion_has_a_name()
    {
        Assert.All(Enum.GetValues<Level>(), l => Assert.NotEmpty(Playbook.Coverage.NameOf(l)));
        Assert.All(Enum.GetValues<BuyingRole>(), r => Assert.NotEmpty(Playbook.Coverage.NameOf(r)));
        Assert.Equal(Enum.GetValues<Playbooks.EvaluationCriterion>(), Playbook.Evaluation.Criteria.Select(c => c.Id).Order());
    }

    [Theory]
    [InlineData("""{"at":"eveningBefore","time":"17:00"}""", """{"at":"eveningBefore","time":"17:00:00"}""")]
    [InlineData("""{"minutesBefore":60}""", """{"minutesBefore":60}""")]
    public void A_brief_is_timed_by_the_evening_or_by_minutes(string said, string kept) =>
        Assert.Equal(kept, ToJson(JsonSerializer.Deserialize<Playbooks.BriefTime>(said, Json)));

    [Theory]
    [InlineData("""{"at":"noon"}""")]
    [InlineData("""{"at":"eveningBefore","time":"late"}""")]
    [InlineData("60")]
    public void Any_other_time_of_a_brief_is_refused(string said) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Playbooks.BriefTime>(said, Json));

    private static IEnumerable<JsonElement> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty("en", out var english) && english.ValueKind == JsonValueKind.String => [element],
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        _ => [],
    };
}
