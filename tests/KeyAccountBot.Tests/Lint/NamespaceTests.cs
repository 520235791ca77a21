using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Lint;

/// <summary>
/// Holds that namespaces stand above one another: none needs what needs it, over any number of others. Read from the sources of every
/// project, so that a constant, which compiled code no longer names, counts too.
/// </summary>
public sealed class NamespaceTests
{
    // from the ground up: a namespace needs its own line and those above it in this list. "X.*" is X with all below it, unless they stand by name
    private static readonly string[] Layers =
    [
        "Messages, Language, Sales.*, Storage.*",
        "BotFramework.*, Slack.*, Dialogs, Records",
        "KeyAccountBot",
        "Channels, People, Playbooks, Wording, Import",
        "Deliveries",
        "FollowUps",
        "StandIns, Reminders",
        "Conversations",
        "Conversations.Finding, Conversations.Rows",
        "Conversations.*",
        "Conversations.Turns",
        "Conversations.Replies",
        "Channels.*",
        "Operations.*, Sandbox.*",
        "Startup",
        "Sayings.Worlds",
        "Sayings.Trials",
        "Sayings.Judging",
        "Sayings",
        "Commands",
    ];

    private static readonly Dictionary<string, string> Source = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        .Where(f => !IsBuilt(f)).ToDictionary(f => Path.GetRelativePath(Repository.Root, f), File.ReadAllText, StringComparer.Ordinal);

    private static readonly Namespaces Ours = new(Source);

    [Fact]
    public void No_namespaces_form_a_circle()
    {
        var circles = Ours.Circles();

        Assert.True(circles.Count == 0, string.Join('\n', circles.Select(Ours.Explain)));
    }

    [Fact]
    public void No_namespace_needs_a_layer_above_its_own() => Assert.True(Ours.Against(Layers, "KeyAccountBot") is var against && !against.Any(), string.Join("; ", against));

    [Fact]
    public void A_folder_is_a_namespace() => Assert.All(
        Source.Where(s => Namespaces.Of(s.Value) is not null),
        s => Assert.Equal(Path.GetDirectoryName(s.Key)!["src/".Length..].Replace(Path.DirectorySeparatorChar, '.'), Namespaces.Of(s.Value)));

    [Theory]
    [InlineData("using Shop.Till;")]
    [InlineData("using static Shop.Till.Drawer;")]
    [InlineData("using Box = Shop.Till.Drawer;")]
    [InlineData("class Shelf { Till.Drawer Key; }")]
    public void What_closes_a_circle_is_seen(string code)
    {
        var shop = new Namespaces(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Goods.cs"] = code.StartsWith("using", StringComparison.Ordinal) ? $"{code}\n\nnamespace Shop.Goods;\n\nclass Shelf;" : $"namespace Shop.Goods;\n\n{code}",
            ["Till.cs"] = "using Shop.Goods;\n\nnamespace Shop.Till;\n\nclass Drawer;",
        });

        Assert.Equal(["Shop.Goods", "Shop.Till"], Assert.Single(shop.Circles()));
    }

    [Fact]
    public void A_parent_and_its_child_form_a_circle_where_each_names_a_type_of_the_other()
    {
        var shop = new Namespaces(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Shop.cs"] = "using Shop.Till;\n\nnamespace Shop;\n\nclass Door;",
            ["Till.cs"] = "namespace Shop.Till;\n\n// a Door in a comment counts for nothing\nclass Drawer { Door Way; }",
        });

        Assert.Equal(["Shop", "Shop.Till"], Assert.Single(shop.Circles()));
    }

    [Theory]
    [InlineData("Till, Goods", "")]
    [InlineData("Till", "Goods", "")]
    [InlineData("Goods", "Till", "Shop.Goods needs Shop.Till above it (Goods.cs: using)")]
    [InlineData("Goods.*", "Till.*", "Shop.Goods needs Shop.Till above it (Goods.cs: using)")]
    [InlineData("Till", "Shop.Goods stands in no layer")]
    public void An_arrow_against_the_layers_is_seen(params string[] layersAndWhatIsSaid)
    {
        var shop = new Namespaces(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Goods.cs"] = "using Shop.Till;\n\nnamespace Shop.Goods;\n\nclass Shelf;",
            ["Till.cs"] = "namespace Shop.Till;\n\nclass Drawer;",
        });

        Assert.Equal(layersAndWhatIsSaid[^1], string.Join('\n', shop.Against(layersAndWhatIsSaid[..^1], "Shop")));
    }

    [Fact]
    public void What_comments_and_texts_say_needs_nothing()
    {
        var shop = new Namespaces(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Shop.cs"] = "using Shop.Till;\n\nnamespace Shop;\n\nclass Door;",
            ["Till.cs"] = "namespace Shop.Till;\n\n/// <summary>Beside the <see cref=\"Door\"/>.</summary>\nclass Drawer { string Label = \"Door\"; }",
        });

        Assert.Empty(shop.Circles());
    }

    private static bool IsBuilt(string file) =>
        file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        || file.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
}
