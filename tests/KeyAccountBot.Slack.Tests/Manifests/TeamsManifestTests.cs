using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Slack.Tests.Manifests;

/// <summary>The rules of the schema that concern us: learn.microsoft.com/microsoft-365/extensibility/schema.</summary>
public sealed partial class TeamsManifestTests
{
    private static readonly JsonElement Manifest = Load("manifest.json");
    private static readonly JsonElement Chinese = Load("zh-Hans.json");

    private static readonly Dictionary<string, int> Longest = new(StringComparer.Ordinal)
    {
        ["name.short"] = 30, ["name.full"] = 100, ["description.short"] = 80, ["description.full"] = 4000, ["title"] = 32, ["description"] = 128,
    };

    [Fact]
    public void The_schema_and_its_version_agree_in_both_files()
    {
        var version = Text(Manifest, "manifestVersion");
        Assert.Equal($"https://developer.microsoft.com/json-schemas/teams/v{version}/MicrosoftTeams.schema.json", Text(Manifest, "$schema"));
        Assert.Equal($"https://developer.microsoft.com/json-schemas/teams/v{version}/MicrosoftTeams.Localization.schema.json", Text(Chinese, "$schema"));
    }

    [Fact]
    public void It_has_every_part_Teams_requires_and_none_Teams_does_not_know()
    {
        string[] required = ["$schema", "manifestVersion", "version", "id", "developer", "name", "description", "icons", "accentColor"];
        string[] known = [.. required, "localizationInfo", "defaultInstallScope", "bots", "permissions", "validDomains"];
        var present = Manifest.EnumerateObject().Select(part => part.Name).ToArray();
        Assert.Empty(required.Except(present));
        Assert.Empty(present.Except(known));
        Assert.Equal(["botId", "commandLists", "isNotificationOnly", "scopes", "supportsCalling", "supportsFiles", "supportsVideo"],
            Bot.EnumerateObject().Select(part => part.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Its_texts_fit_their_fields()
    {
        foreach (var field in new[] { "name.short", "name.full", "description.short", "description.full" })
        {
            var parts = field.Split('.');
            Assert.InRange(Text(Manifest.GetProperty(parts[0]), parts[1]).Length, 1, Longest[field]);
        }

        Assert.InRange(Text(Manifest.GetProperty("developer"), "name").Length, 1, 32);
        Assert.Matches("^#[0-9a-fA-F]{6}$", Text(Manifest, "accentColor"));
        Assert.Matches(@"^\d+\.\d+\.\d+$", Text(Manifest, "version"));
    }

    [Fact]
    public void Its_ids_and_host_are_placeholders_that_the_README_explains_and_the_package_fills()
    {
        Assert.Equal("${{TEAMS_APP_ID}}", Text(Manifest, "id"));
        Assert.Equal("${{BOT_ID}}", Text(Bot, "botId"));
        Assert.Equal(["${{BOT_DOMAIN}}"], Strings(Manifest, "validDomains"));

        var source = File.ReadAllText(PathOf("manifest.json"));
        var readme = File.ReadAllText(Repository.PathOf("manifests", "README.md"));
        var package = File.ReadAllText(PathOf("TeamsApp.proj"));
        foreach (var placeholder in Placeholder().Matches(source).Select(match => match.Value).Distinct(StringComparer.Ordinal))
        {
            Assert.Contains(placeholder, readme, StringComparison.Ordinal);
            Assert.Contains($"'{placeholder}'", package, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_has_no_backslash_which_MSBuild_would_turn_when_it_fills_the_placeholders() =>
        Assert.DoesNotContain("\\", File.ReadAllText(PathOf("manifest.json")), StringComparison.Ordinal);

    [Fact]
    public void Its_pages_are_https()
    {
        foreach (var page in new[] { "websiteUrl", "privacyUrl", "termsOfUseUrl" })
        {
            var url = new Uri(Text(Manifest.GetProperty("developer"), page).Replace("${{BOT_DOMAIN}}", "bot.example.com", StringComparison.Ordinal));
            Assert.Equal("https", url.Scheme);
        }
    }

    [Fact]
    public void The_bot_offers_its_commands_in_every_scope()
    {
        Assert.Equal(["personal", "team", "groupChat"], Strings(Bot, "scopes"));
        var lists = Bot.GetProperty("commandLists");
        Assert.InRange(lists.GetArrayLength(), 1, 3);
        Assert.Equal(["personal", "team", "groupChat"], Strings(lists[0], "scopes"));
        Assert.Equal(
            ["help", "my opportunities", "check in", "open opportunity", "status", "undo", "who am I"],
            Commands.Select(command => Text(command, "title")));
        Assert.InRange(Commands.Count, 1, 10);
        foreach (var command in Commands)
        {
            Assert.InRange(Text(command, "title").Length, 1, Longest["title"]);
            Assert.InRange(Text(command, "description").Length, 1, Longest["description"]);
        }
    }

    [Fact]
    public void Every_text_stands_in_Chinese_too_and_fits()
    {
        var language = Assert.Single(Manifest.GetProperty("localizationInfo").GetProperty("additionalLanguages").EnumerateArray());
        Assert.Equal(("zh-cn", "zh-Hans.json"), (Text(language, "languageTag"), Text(language, "file")));

        var expected = new List<string> { "$schema", "name.short", "name.full", "description.short", "description.full" };
        for (var number = 0; number < Commands.Count; number++)
        {
            expected.Add($"bots[0].commandLists[0].commands[{number}].title");
            expected.Add($"bots[0].commandLists[0].commands[{number}].description");
        }

        Assert.Equal(expected, Chinese.EnumerateObject().Select(text => text.Name));
        foreach (var text in Chinese.EnumerateObject().Skip(1))
        {
            var limit = Longest.TryGetValue(text.Name, out var whole) ? whole : Longest[text.Name[(text.Name.LastIndexOf('.') + 1)..]];
            Assert.InRange(text.Value.GetString()!.Length, 1, limit);
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", text.Value.GetString()!);
        }
    }

    [Fact]
    public void The_color_icon_is_192_by_192_and_opaque()
    {
        var icon = new Png(PathOf(Text(Manifest.GetProperty("icons"), "color")));
        Assert.Equal((192, 192, 3), (icon.Width, icon.Height, icon.Channels));
    }

    [Fact]
    public void The_outline_icon_is_32_by_32_white_on_transparent()
    {
        var icon = new Png(PathOf(Text(Manifest.GetProperty("icons"), "outline")));
        Assert.Equal((32, 32, 4), (icon.Width, icon.Height, icon.Channels));
        Assert.All(icon.Pixels(), pixel => Assert.Equal([255, 255, 255], pixel[..3]));
        var alphas = icon.Pixels().Select(pixel => (int)pixel[3]).ToArray();
        Assert.Equal(0, alphas[0]);
        Assert.InRange(alphas.Count(alpha => alpha == 0), 500, 900);
        Assert.True(alphas.Count(alpha => alpha == 255) > 50);
    }

    private static JsonElement Bot => Assert.Single(Manifest.GetProperty("bots").EnumerateArray());

    private static List<JsonElement> Commands => [.. Bot.GetProperty("commandLists")[0].GetProperty("commands").EnumerateArray()];

    private static string PathOf(string file) => Repository.PathOf("manifests", "teams", file);

    private static JsonElement Load(string file) => JsonElement.Parse(File.ReadAllText(PathOf(file)));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static IEnumerable<string> Strings(JsonElement element, string name) =>
        element.GetProperty(name).EnumerateArray().Select(item => item.GetString()!);

    [GeneratedRegex(@"\$\{\{[A-Z_]+\}\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();

    /// <summary>A PNG of eight bits a channel whose rows are unfiltered, as draw-icons.py writes them.</summary>
    private sealed class Png
    {
        private readonly byte[] rows;

        public Png(string path)
        {
            var file = File.ReadAllBytes(path);
            Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1A, .. "\n"u8], file[..8]);
            var data = new MemoryStream();
            for (var place = 8; place < file.Length;)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(place));
                var chunk = file.AsSpan(place + 8, length);
                if (file.AsSpan(place + 4, 4).SequenceEqual("IHDR"u8))
                {
                    Width = BinaryPrimitives.ReadInt32BigEndian(chunk);
                    Height = BinaryPrimitives.ReadInt32BigEndian(chunk[4..]);
                    Assert.Equal(8, chunk[8]);
                    Channels = chunk[9] switch { 2 => 3, 6 => 4, var kind => throw new InvalidDataException($"Colour type {kind}.") };
                }
                else if (file.AsSpan(place + 4, 4).SequenceEqual("IDAT"u8))
                {
                    data.Write(chunk);
                }

                place += length + 12;
            }

            data.Position = 0;
            using var inflated = new ZLibStream(data, CompressionMode.Decompress);
            using var whole = new MemoryStream();
            inflated.CopyTo(whole);
            rows = whole.ToArray();
            Assert.Equal(Height * ((Width * Channels) + 1), rows.Length);
        }

        public int Width { get; }

        public int Height { get; }

        public int Channels { get; }

        public IEnumerable<byte[]> Pixels()
        {
            var stride = (Width * Channels) + 1;
            for (var row = 0; row < Height; row++)
            {
                Assert.Equal(0, rows[row * stride]);
                for (var column = 0; column < Width; column++)
                {
                    yield return rows[((row * stride) + 1 + (column * Channels))..][..Channels];
                }
            }
        }
    }
}
