using Azure;
using KeyAccountBot.Commands;
using KeyAccountBot.Records;
using KeyAccountBot.Storage;
using KeyAccountBot.Tests.Import;
using Xunit;

namespace KeyAccountBot.Tests.Operations;

/// <summary>What the command line makes of words and of failures.</summary>
public sealed class CommandLineTests
{
    public static TheoryData<string> Failing => [.. Failures().Select(f => f.Key)];

    [Theory]
    [InlineData(true, "gossip")]
    [InlineData(true, "show", "Nordwind")]
    [InlineData(true, "doctor", "--json")]
    [InlineData(true, "--help")]
    [InlineData(true, "--version")]
    [InlineData(true, "--verbose", "show", "x")]
    [InlineData(true, "--tenant", "acme", "show", "x")]
    [InlineData(false)]
    [InlineData(false, "--urls", "http://localhost:5000")]
    [InlineData(false, "--environment", "Production")]
    [InlineData(false, "--Storage:Path=/data")]
    [InlineData(false, "urls=http://localhost:5000")]
    [InlineData(false, "/urls", "http://localhost:5000")]
    [InlineData(false, "--verbose")]
    public void A_word_is_for_the_command_line_and_the_hosts_settings_are_for_the_service(bool wants, params string[] args) => Assert.Equal(wants, CommandLine.Wants(args));

    [Theory]
    [InlineData("gossip")]
    [InlineData("help", "gossip")]
    [InlineData("--verbose", "gossip")]
    public async Task A_word_that_is_no_command_is_refused_with_the_commands_there_are(params string[] args)
    {
        using var desk = new CommandDesk();

        Assert.Equal(CommandLine.Refused, await desk.Types(args));
        Assert.StartsWith("'gossip' is no command. There are import, show, explain, export, deliveries, policy, doctor", desk.Complained, StringComparison.Ordinal);
        Assert.Empty(desk.Said);
    }

    [Theory]
    [MemberData(nameof(Failing))]
    public async Task Whatever_fails_is_said_in_one_sentence_with_an_exit_code_and_no_stack_trace(string what)
    {
        await using var error = new StringWriter();

        var code = await CommandLine.RunAsync(["show", "x"], () => throw Failures()[what], error, error);

        var said = error.ToString().TrimEnd();
        Assert.Equal(CommandLine.Refused, code);
        Assert.NotEmpty(said);
        Assert.DoesNotContain('\n', said);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_for_it_sees_what_stands_behind_a_failure()
    {
        await using var error = new StringWriter();

        await CommandLine.RunAsync(["show", "x", "--verbose"], () => throw new InvalidOperationException("gone"), error, error);

        Assert.Contains("   at ", error.ToString(), StringComparison.Ordinal);
    }

    private static Dictionary<string, Exception> Failures() => new()
    {
        ["disk full"] = new StoreFullException("The disk is full."),
        ["store gone"] = new StoreUnusableException("The file is gone."),
        ["newer row"] = new NewerRowException("A newer version wrote it."),
        ["conflict"] = new StoreConflictException("x"),
        ["time-out"] = new TaskCanceledException("A task was canceled."),
        ["no file"] = new FileNotFoundException("There is no file x."),
        ["no permission"] = new UnauthorizedAccessException("Access to the path 'x' is denied."),
        ["account unreachable"] = new AggregateException("Retry failed after 4 tries.", new RequestFailedException(0, "Connection refused (127.0.0.1:1)\nmore\nlines")),
        ["account refuses"] = new RequestFailedException(403, "Server failed\nTime:…", "AuthorizationFailure", null),
        ["unforeseen"] = new InvalidOperationException("Sequence contains\nno elements", new FormatException("odd\nlines")),
    };
}
