using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>Somebody writes markup into names and answers, so that colleagues see links, mentions and sentences that the bot never said.</summary>
public sealed class HostileWords : IAsyncLifetime
{
    private const string Hostile = "Evil **Bold** [click](http://evil.example) <!channel> <at>x</at> _x_ `x`";
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task A_hostile_company_name_makes_no_link_in_Teams_and_calls_nobody_in_Slack()
    {
        await OpenAsync(Hostile);
        var rep = service.Teams("ravi");
        await rep.SaysAsync("status " + Hostile);
        await rep.SeesAsync("Evil");
        var content = rep.Heard()[^1].Attachments?[0].Content ?? throw new InvalidOperationException(TeamsUser.Words(rep.Heard()[^1]));
        var (shown, pressed) = (JsonNode.Parse(content.GetRawText())!.AsObject(), content.GetProperty("actions").EnumerateArray().Select(a => a.GetProperty("title").GetString()));
        shown.Remove("actions");
        var card = shown.ToJsonString(Readable);
        Assert.DoesNotContain(pressed, title => title!.Contains("Evil", StringComparison.Ordinal));

        Assert.Contains("\\\\*\\\\*Bold\\\\*\\\\* \\\\[click](http:\u2060//evil.example) &lt;!channel> &lt;at>x&lt;/at> \\\\_x\\\\_ \\\\`x\\\\`", card, StringComparison.Ordinal);
        Assert.DoesNotContain("(http://evil.example)", card, StringComparison.Ordinal);

        await service.ForwardAsync(businessDays: 6);
        var nudge = await service.Slack("UMARIA").GetsAsync("Evil");
        Assert.DoesNotContain("<", (string)nudge["text"]!, StringComparison.Ordinal);
        var named = TextsOf(nudge["blocks"]!).Where(t => ((string)t["text"]!).Contains("Evil", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(named);
        Assert.All(named, t => Assert.Equal(("plain_text", true), ((string)t["type"]!, ((string)t["text"]!).Contains(Hostile, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Words_that_the_bot_repeats_are_words_and_its_own_bold_stays_bold()
    {
        var rep = service.Teams("maria");
        await rep.SaysAsync("weekly digest [x](http://evil.example) \uFDD0loud\uFDD1 <at>everybody</at>\u202E");
        var said = await HearsAsync(rep, "I do not understand");

        Assert.Contains("“\\[x](http:\u2060//evil.example) loud", said, StringComparison.Ordinal);
        Assert.Contains("**weekly digest Friday at 8:30**", said, StringComparison.Ordinal);
        Assert.DoesNotContain("<at>", said, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', said);
        Assert.DoesNotContain("**loud", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_break_in_a_name_does_not_make_the_bot_say_a_sentence_of_its_own()
    {
        await OpenAsync("Evil\r\n\r\n**Your manager has approved this**\n\n# Pay now");
        var rep = service.Teams("ravi");
        await rep.SaysAsync("my opportunities");
        await rep.SeesAsync("Evil");
        var list = rep.Heard()[^1].Attachments![0].Content!.Value.GetProperty("fallbackText").GetString()!;

        Assert.Contains("Evil \\*\\*Your manager has approved this\\*\\* # Pay now", list, StringComparison.Ordinal);
        Assert.DoesNotContain(list.Split('\n'), l => l.StartsWith("# ", StringComparison.Ordinal) || l.StartsWith("**Your", StringComparison.Ordinal));
    }

    private static async Task<string> HearsAsync(TeamsUser rep, string words) => (await Eventually.FindAsync(
        () => rep.Heard().LastOrDefault(a => a.Text?.Contains(words, StringComparison.Ordinal) == true), () => $"Nobody said “{words}” but:\n{string.Join("\n---\n", rep.Heard().Select(TeamsUser.Words))}")).Text!;

    private static IEnumerable<JsonNode> TextsOf(JsonNode node) => node switch
    {
        JsonArray array => array.SelectMany(n => TextsOf(n!)),
        JsonObject o when (string?)o["type"] is "mrkdwn" or "plain_text" => [o],
        JsonObject o => o.Where(m => m.Value is JsonArray or JsonObject).SelectMany(m => TextsOf(m.Value!)),
        _ => [],
    };

    private async Task OpenAsync(string account)
    {
        var company = await service.Services.GetRequiredService<CompanyDirectory>().GetAsync(Service.Tenant, CancellationToken.None);
        var now = service.Clock.GetUtcNow();
        var open = new OpportunityCommand.Open(account, "Line", new Money(9_000_000, "EUR"), new PersonId("ravi-patel"), null, StageEnteredAt: now.AddDays(-365));
        var context = new CommandContext(new CommandId("evil"), null, now, DateOnly.FromDateTime(now.UtcDateTime), "test");
        await service.Ledger.RecordAsync(Service.Tenant, new OpportunityId("evil"), open, context, company, CancellationToken.None);
    }
}
