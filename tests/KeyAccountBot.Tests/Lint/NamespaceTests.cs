using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Lint;

/// <summary>
/// Holds that namespaces stand above one another: none needs what needs it, over any number of others. Read from the sources of every
/// project, so that a constant, which compiled code no longer names, counts too.
/// </summary>
public sealed class NamespaceTests
{
    // what is left of the one knot in the service; a namespace leaves this list when it is untied, and none is added
    private static readonly HashSet<string> StillInAKnot = new(StringComparer.Ordinal)
    {
        "KeyAccountBot.Channels.Slack",
        "KeyAccountBot.Channels.Teams",
        "KeyAccountBot.Conversations",
        "KeyAccountBot.Conversations.Absences",
        "KeyAccountBot.Conversations.Basics",
        "KeyAccountBot.Conversations.Bidding",
        "KeyAccountBot.Conversations.CheckIn",
        "KeyAccountBot.Conversations.Contacts",
        "KeyAccountBot.Conversations.Evaluation",
        "KeyAccountBot.Conversations.Explanations",
        "KeyAccountBot.Conversations.FollowUps",
        "KeyAccountBot.Conversations.FreeText",
        "KeyAccountBot.Conversations.Opportunities",
        "KeyAccountBot.Conversations.Questions",
        "KeyAccountBot.Conversations.Replies",
        "KeyAccountBot.Conversations.Turns",
        "KeyAccountBot.Conversations.Visits",
        "KeyAccountBot.Conversations.WeeklyDigests",
        "KeyAccountBot.Deliveries",
        "KeyAccountBot.FollowUps",
        "KeyAccountBot.Operations",
        "KeyAccountBot.Playbooks",
        "KeyAccountBot.StandIns",
    };

    private static readonly Dictionary<string, string> Source = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        .Where(f => !IsBuilt(f)).ToDictionary(f => Path.GetRelativePath(Repository.Root, f), File.ReadAllText, StringComparer.Ordinal);

    private static readonly Namespaces Ours = new(Source);

    [Fact]
    public void No_namespaces_form_a_circle()
    {
        var circles = Ours.Circles().Where(c => !c.All(StillInAKnot.Contains)).ToList();

        Assert.True(circles.Count == 0, string.Join('\n', circles.Select(c => Ours.Explain(c, StillInAKnot))));
    }

    [Fact]
    public void A_namespace_that_is_out_of_the_knot_leaves_the_list_of_those_in_it() =>
        Assert.Empty(StillInAKnot.Except(Ours.Circles().SelectMany(c => c), StringComparer.Ordinal));

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
