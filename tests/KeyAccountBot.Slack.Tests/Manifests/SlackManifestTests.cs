using KeyAccountBot.Testing;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace KeyAccountBot.Slack.Tests.Manifests;

/// <summary>The rules of docs.slack.dev/reference/app-manifest that concern us.</summary>
public sealed class SlackManifestTests
{
    private static readonly Dictionary<string, string[]> KnownKeys = new(StringComparer.Ordinal)
    {
        [""] = ["_metadata", "display_information", "settings", "features", "oauth_config", "functions"],
        ["_metadata"] = ["schema", "major_version", "minor_version"],
        ["display_information"] = ["name", "description", "long_description", "background_color"],
        ["features"] = ["app_home", "bot_user", "shortcuts", "slash_commands", "unfurl_domains", "workflow_steps"],
        ["features.app_home"] = ["home_tab_enabled", "messages_tab_enabled", "messages_tab_read_only_enabled"],
        ["features.bot_user"] = ["display_name", "always_online"],
        ["oauth_config"] = ["redirect_urls", "scopes"],
        ["oauth_config.scopes"] = ["bot", "user"],
        ["settings"] = ["allowed_ip_address_ranges", "event_subscriptions", "incoming_webhooks", "interactivity", "org_deploy_enabled", "socket_mode_enabled", "token_rotation_enabled"],
        ["settings.event_subscriptions"] = ["request_url", "bot_events", "user_events"],
        ["settings.interactivity"] = ["is_enabled", "request_url", "message_menu_options_url"],
    };

    private static readonly YamlMappingNode Manifest = Load();

    [Fact]
    public void It_has_only_keys_that_Slack_knows() => KeysAreKnown(Manifest, "");

    [Fact]
    public void It_asks_for_the_scopes_the_wire_needs_and_no_more() =>
        Assert.Equal(["chat:write", "im:history", "im:write", "users:read", "users:read.email"], Texts("oauth_config", "scopes", "bot").Order(StringComparer.Ordinal));

    [Fact]
    public void It_hears_direct_messages_and_nothing_else() =>
        Assert.Equal(["message.im"], Texts("settings", "event_subscriptions", "bot_events"));

    [Fact]
    public void Events_and_presses_come_over_https_and_not_by_socket()
    {
        foreach (var feature in new[] { "event_subscriptions", "interactivity" })
        {
            var url = new Uri(Text("settings", feature, "request_url").Replace("${{BOT_DOMAIN}}", "bot.example.com", StringComparison.Ordinal));
            Assert.Equal(("https", "bot.example.com"), (url.Scheme, url.Host));
        }

        Assert.Equal("true", Text("settings", "interactivity", "is_enabled"));
        Assert.Equal("false", Text("settings", "socket_mode_enabled"));
    }

    [Fact]
    public void People_can_write_to_it()
    {
        Assert.Equal("true", Text("features", "app_home", "messages_tab_enabled"));
        Assert.Equal("false", Text("features", "app_home", "messages_tab_read_only_enabled"));
    }

    [Fact]
    public void Its_texts_fit_their_fields()
    {
        Assert.InRange(Text("display_information", "name").Length, 1, 35);
        Assert.InRange(Text("display_information", "description").Length, 1, 140);
        Assert.InRange(Text("features", "bot_user", "display_name").Length, 1, 80);
        Assert.Matches("^#[0-9A-Fa-f]{6}$", Text("display_information", "background_color"));
    }

    private static void KeysAreKnown(YamlMappingNode node, string path)
    {
        foreach (var (key, value) in node.Children)
        {
            var name = ((YamlScalarNode)key).Value!;
            Assert.True(KnownKeys[path].Contains(name), $"Slack knows no {name} in '{path}'.");
            if (value is YamlMappingNode inner)
            {
                KeysAreKnown(inner, path.Length == 0 ? name : $"{path}.{name}");
            }
        }
    }

    private static YamlNode Find(string[] path) => path.Aggregate((YamlNode)Manifest, (node, name) => node[name]);

    private static string Text(params string[] path) => ((YamlScalarNode)Find(path)).Value!;

    private static IEnumerable<string> Texts(params string[] path) =>
        ((YamlSequenceNode)Find(path)).Select(item => ((YamlScalarNode)item).Value!);

    private static YamlMappingNode Load()
    {
        using var file = File.OpenText(Repository.PathOf("manifests", "slack", "manifest.yaml"));
        var yaml = new YamlStream();
        yaml.Load(file);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }
}
