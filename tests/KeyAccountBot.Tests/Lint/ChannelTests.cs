using System.Text.RegularExpressions;
using KeyAccountBot.Channels;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Channels.Terminal;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Lint;

/// <summary>A channel is one place: nothing outside its folder asks which channel it has before it. Read from the sources.</summary>
public sealed partial class ChannelTests
{
    // names of channels are read and written there
    private const string NamesAreReadIn = "src/KeyAccountBot.Sales/People/ChannelNames.cs";

    private static readonly Dictionary<string, string> Source = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        .Select(f => (Path: Path.GetRelativePath(Repository.Root, f).Replace(Path.DirectorySeparatorChar, '/'), File: f))
        .Where(f => !f.Path.Contains("/obj/", StringComparison.Ordinal) && !f.Path.Contains("/bin/", StringComparison.Ordinal))
        .ToDictionary(f => f.Path, f => Comment().Replace(File.ReadAllText(f.File), ""), StringComparer.Ordinal);

    [Fact]
    public void Only_a_channels_own_folder_asks_which_channel_it_is() => Assert.Empty(
        Source.Where(s => !s.Key.StartsWith("src/KeyAccountBot/Channels/", StringComparison.Ordinal) && s.Key != NamesAreReadIn)
            .SelectMany(s => Asked().Matches(s.Value).Select(m => $"{s.Key}: {m.Value.Trim()}")));

    [Fact]
    public void What_all_channels_share_asks_no_more_than_the_rest() => Assert.Empty(
        Source.Where(s => Path.GetDirectoryName(s.Key)!.Replace(Path.DirectorySeparatorChar, '/') == "src/KeyAccountBot/Channels")
            .SelectMany(s => Asked().Matches(s.Value).Select(m => $"{s.Key}: {m.Value.Trim()}")));

    [Theory]
    [InlineData("x == Channel.Slack ? a : b")]
    [InlineData("x != ChannelIds.Teams")]
    [InlineData("Channel.Teams == x")]
    [InlineData("if (x is not Channel.Slack)")]
    [InlineData("x switch { Channel.Slack => 1, _ => 2 }")]
    [InlineData("x is { Room.Channel: Channel.Slack }")]
    [InlineData("case Channel.Teams:")]
    public void A_question_which_channel_it_is_is_seen(string code) => Assert.Matches(Asked(), code);

    [Theory]
    [InlineData("Prefers ?? (Role == Role.Rep ? Channel.Teams : Channel.Slack)")]
    [InlineData("Prefers: Channel.Slack")]
    [InlineData("using KeyAccountBot.Channels.Slack;")]
    [InlineData("Channel = letter.Channel ?? ChannelIds.Teams,")]
    public void Naming_a_channel_is_no_question(string code) => Assert.DoesNotMatch(Asked(), code);

    /// <summary>The third channel proves the seam: one folder, where its command speaks to it, and a line where the service is put together.</summary>
    [Fact]
    public void The_terminal_is_reached_from_its_command_and_where_the_service_is_put_together() => Assert.Equal(
        ["src/KeyAccountBot/Commands/ChatCommand.cs", "src/KeyAccountBot/Program.cs"],
        Source.Where(s => !s.Key.StartsWith("src/KeyAccountBot/Channels/Terminal/", StringComparison.Ordinal) && Terminal().IsMatch(s.Value)).Select(s => s.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_address_that_people_have_belongs_to_one_channel()
    {
        KnownChannels channels = new([Teams, Slack, Console]);

        Assert.Equal(Enum.GetValues<Channel>().Order(), channels.Reaching.Order());
        Assert.All(Enum.GetValues<Channel>(), c => Assert.Equal(c, channels.Find(c)!.Reaches));
        Assert.Equal(["msteams", "slack", "terminal"], new[] { Teams, Slack, Console }.Select(c => c.Id));
    }

    [Fact]
    public void Every_channel_holds_dialogs_and_one_that_reaches_nobody_has_no_rooms_and_nothing_to_replace()
    {
        Assert.All([Teams, Slack, Console], c => Assert.True(c.Abilities.HasFlag(ChannelAbilities.Dialogs), c.Id));
        Assert.All([Teams, Slack], c => Assert.True(c.Abilities.HasFlag(ChannelAbilities.Rooms | ChannelAbilities.UpdateInPlace), c.Id));
        Assert.Null(Console.Reaches);
        Assert.Equal(ChannelAbilities.Dialogs, Console.Abilities);
    }

    [Fact]
    public async Task The_terminal_has_no_address_to_send_news_to()
    {
        var nobody = new Person(new("ned"), "Ned", Role.Rep, Email: "ned@contoso.example");

        Assert.False(await Console.ReachesAsync(new("local"), nobody, TestContext.Current.CancellationToken));
        var refused = await Assert.ThrowsAsync<NotSentException>(() => Console.SendAsync(new("local"), nobody, Messages.Message.Of("news"), TestContext.Current.CancellationToken));
        Assert.Equal(("terminal has no addresses", true), (refused.Message, refused.IsPermanent));
    }

    [Fact]
    public void A_channel_is_read_by_the_name_that_is_written() =>
        Assert.All(Enum.GetValues<Channel>(), c => Assert.Equal(c, ChannelNames.Find(ChannelNames.Of(c))));

    private static IChannel Teams { get; } = new TeamsChannel(null!, null!, null!, null!, null!);

    private static IChannel Slack { get; } = new SlackChannel(null!, null!, null!, null!, null!, null!, null!);

    private static IChannel Console { get; } = new TerminalChannel(null!, null!, null!);

    // compared, matched by a pattern, or an arm of a switch
    [GeneratedRegex(
        @"(?:[=!]=|\bis(?: not)?|\bor|\band|\bcase|\w:)\s*(?<!\w)Channel(?:Ids)?\.(?:Slack|Teams)\b(?<!Prefers: Channel\.\w+)|(?<![\w.])Channel(?:Ids)?\.(?:Slack|Teams)\s*(?:[=!]=|=>|or\b|and\b)",
        RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Asked();

    [GeneratedRegex(@"\bChannels\.Terminal\b", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Terminal();

    [GeneratedRegex("//.*", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Comment();
}
