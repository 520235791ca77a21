using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using KeyAccountBot.BotFramework.Authentication;
using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.Operations;
using KeyAccountBot.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.Tests.Lint;

/// <summary>The template lists every setting that the service reads and no other, and the documents name none that does not exist.</summary>
public sealed partial class SettingsTests
{
    private static readonly string Template = Repository.PathOf("appsettings.template.json");

    [Fact]
    public void The_template_lists_what_the_service_reads_and_nothing_else() =>
        Assert.Equal(Read().Order(StringComparer.Ordinal), Listed().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_setting_has_a_comment()
    {
        var lines = File.ReadLines(Template).Where(l => SettingLine().IsMatch(l)).ToList();

        Assert.Equal(Listed().Count, lines.Count);
        Assert.All(lines, l => Assert.Contains(" // ", l, StringComparison.Ordinal));
    }

    [Fact]
    public void The_documents_name_no_unknown_setting()
    {
        string[] documents = [Repository.PathOf("README.md"), Repository.PathOf("CONTRIBUTING.md"), .. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)];
        var sections = Listed().Where(k => k.Contains(':', StringComparison.Ordinal)).Select(k => k.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        var named = documents.SelectMany(d => Named().Matches(File.ReadAllText(d))).Select(m => (Section: m.Groups["section"].Value, Key: m.Groups["key"].Value))
            .Where(n => sections.Contains(n.Section)).ToList();

        Assert.NotEmpty(named);
        Assert.All(named, n => Assert.True(n.Key == "*" || Listed().Contains($"{n.Section}:{n.Key}"), $"{n.Section}:{n.Key} is no setting."));
    }

    [Theory]
    [InlineData("", "https://api.botframework.com", "https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token")]
    [InlineData("usgovernment", "https://api.botframework.us", "https://login.microsoftonline.us/MicrosoftServices.onmicrosoft.us/oauth2/v2.0/token")]
    [InlineData("China", "https://api.botframework.azure.cn", "https://login.partner.microsoftonline.cn/microsoftservices.partner.onmschina.cn/oauth2/v2.0/token")]
    public async Task The_cloud_decides_whose_tokens_count_and_where_ours_come_from(string cloud, string issuer, string tokenEndpoint)
    {
        await using var service = new StartedService("Production", ("Teams:AppId", "app"), ("Teams:AppPassword", "secret"), ("Teams:Cloud", cloud));
        var inbound = service.Services.GetRequiredService<ActivityAuthenticationOptions>();
        var outbound = service.Services.GetRequiredService<ConnectorCredentialsOptions>();

        Assert.Equal([issuer], inbound.Issuers);
        Assert.Equal(outbound.Cloud.OpenIdMetadata, inbound.OpenIdMetadata);
        Assert.Equal(tokenEndpoint, outbound.Cloud.TokenEndpointOf(outbound.TenantId).AbsoluteUri);
        Assert.StartsWith(issuer, outbound.Cloud.Scope, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_cloud_is_refused_with_those_there_are()
    {
        await using var service = new StartedService("Production", ("Teams:AppId", "app"), ("Teams:Cloud", "Mars"));

        // the program says it on standard error and ends, so the host is never built
        Assert.ThrowsAny<Exception>(() => service.Services);
        var refusal = Assert.Throws<InvalidSettingsException>(() => new TeamsSection { Cloud = "Mars" }.KnownCloud());
        Assert.Contains("Teams:Cloud is 'Mars'", refusal.Message, StringComparison.Ordinal);
        Assert.All(ChannelCloud.All, c => Assert.Contains(c.Name, refusal.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Slack:BotToken", "Slack:SigningSecret")]
    [InlineData("Slack:SigningSecret", "Slack:BotToken")]
    public async Task Half_of_Slack_stops_the_start(string set, string missing)
    {
        await using var service = new StartedService("Production", ("Teams:AppId", "app"), ("Teams:AppPassword", "secret"), (set, "x"));
        Assert.ThrowsAny<Exception>(() => service.Services);

        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder();
        builder.Configuration["Teams:AppId"] = "app";
        builder.Configuration[set] = "x";
        Assert.Contains($"{missing} is empty", Assert.Throws<InvalidSettingsException>(() => builder.AddSettings(listens: true, isAtPlay: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_start_names_all_that_is_wrong_with_what_to_do()
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder(new Microsoft.AspNetCore.Builder.WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Teams:Cloud"] = "Mars",
            ["Teams:ServiceUrl"] = "http://connector.invalid/",
            ["Slack:BotToken"] = "xoxb-1",
            ["FollowUps:Lease"] = "soon",
            ["FollowUps:Gathering"] = "02:00:00",
            ["FreeText:Model"] = "m",
            ["Understanding:Proposer"] = "oracle",
            ["Operator:Key"] = "short",
            ["Holidays:DE:0"] = "Christmas",
        });

        var refused = Assert.Throws<InvalidSettingsException>(() => builder.AddSettings(listens: true, isAtPlay: false));

        string[] begins =
        [
            "Teams:AppId is empty", "Teams:ServiceUrl is 'http://connector.invalid/'", "Slack:BotToken is set and Slack:SigningSecret is empty", "Holidays:DE:0 is 'Christmas'",
            "FollowUps:Lease is 'soon'", "FollowUps:Gathering is 02:00:00", "Teams:Cloud is 'Mars'", "FreeText:Model is now called Understanding:Model", "Understanding:Proposer is 'oracle'", "Operator:Key has fewer than 16",
        ];
        Assert.Equal(begins.Length, refused.Faults.Count);
        Assert.All(begins.Zip(refused.Faults), f => Assert.StartsWith(f.First, f.Second, StringComparison.Ordinal));
        Assert.Equal(refused.Faults, refused.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void What_is_not_set_or_empty_is_as_if_the_template_said_nothing()
    {
        var empty = SettingsReading.Read(new ConfigurationBuilder().AddInMemoryCollection(Listed().Select(k => KeyValuePair.Create(k, (string?)""))).Build());

        Assert.Equal(new TeamsSection(), empty.Teams);
        Assert.Equal(new SlackSection(), empty.Slack);
        Assert.Equal(("local", "https://smba.trafficmanager.net/teams/"), (empty.HomeTenant, empty.Teams.ServiceAddress));
        Assert.Empty(empty.OpenDoors(development: true));
    }

    [Fact]
    public void Only_one_file_reads_the_configuration() => Assert.Equal(
        ["SettingsReading.cs"],
        Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && Reads().IsMatch(File.ReadAllText(f)))
            .Select(Path.GetFileName));

    private static HashSet<string> Listed()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Template), new() { CommentHandling = JsonCommentHandling.Skip });
        return [.. document.RootElement.EnumerateObject().SelectMany(m => m.Value.ValueKind == JsonValueKind.Object
            ? m.Value.EnumerateObject().Select(inner => $"{m.Name}:{inner.Name}")
            : [m.Name])];
    }

    // every property that is bound: of the whole, and of each section
    private static HashSet<string> Read() => [.. Bound(typeof(ServiceSettings)).SelectMany(s => s.PropertyType == typeof(string)
        ? [s.Name]
        : Bound(s.PropertyType).Select(p => $"{s.Name}:{p.Name}"))];

    private static IEnumerable<PropertyInfo> Bound(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true });

    [GeneratedRegex(@"\bIConfiguration(?:Section|Root|Manager)?\b|\b[Cc]onfiguration\[|\.GetSection\(", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reads();

    [GeneratedRegex(@"\b(?<section>[A-Z][A-Za-z]+)(?::|__)(?<key>[A-Z][A-Za-z]+|\*)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"^\s*""\w+"": (?!\{)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SettingLine();
}
