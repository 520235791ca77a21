using KeyAccountBot.EndToEnd.Tests.Harness;
using Microsoft.Data.Sqlite;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>The real <c>chat</c> command.</summary>
public sealed class TerminalStories : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task One_opportunity_runs_to_its_closing_in_terminals_of_their_own()
    {
        List<ChatProcess> opened = [];
        try
        {
            await new StoryTeller(
                (who, _) =>
                {
                    opened.Add(ChatProcess.Open(folder.Path, who.Name));

                    // far enough that the brief before a visit is always still to come
                    return new StoryTerminalUser(opened[^1], () => [], later: 13);
                },
                moveClock: null).PlayAsync(Story.Read(Story.OfOneOpportunity));

            var closed = await opened[0].TypeAsync("status Westfal Beverages");
            Assert.Contains("Status: completed", closed, StringComparison.Ordinal);
            Assert.Equal(0, await opened[0].EndAsync());
        }
        finally
        {
            foreach (var one in opened)
            {
                await one.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task A_script_is_a_line_a_turn_and_prints_plain_text_with_numbered_choices()
    {
        var (code, output, error) = await ChatProcess.PlayAsync(
            folder.Path, "Ravi Patel",
            """
            # a rep checks in

            check in Nordwind Dairies
            1, 3
              today
            # the evidence
            letter of the works manager
            none
            /a
            """);

        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith(
            """
            > check in Nordwind Dairies
            Nordwind Dairies is in stage 1 of 6, Customer development. Which milestones have been reached? ★ opens the gate.
            1. Customer profile complete
            2. Customer evaluated
            3. ★ Accurate project information obtained
            Answer with numbers, for example 1, 3 – or none.

            > 1, 3
            When was that? (for example today, yesterday, 12 March)

            > today
            """, output, StringComparison.Ordinal);
        Assert.Contains(
            """
            Shall I record it?
            (a) Yes, record it  (b) No

            > /a
            Recorded for Nordwind Dairies
            The gate is open. Next stage: Project establishment.
            """, output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain("# ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_pressed_that_is_not_there_fails_the_script_and_the_rest_is_still_played()
    {
        var (code, output, error) = await ChatProcess.PlayAsync(folder.Path, "Ravi Patel", "help\n/q\nwho am i");

        Assert.Equal(1, code);
        Assert.Contains("There is no button 'q' on the last message.", error, StringComparison.Ordinal);
        Assert.Contains("You are Ravi Patel, key account manager", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turn_that_the_bot_fails_is_told_in_a_sentence_and_the_exit_code_is_1()
    {
        await using var chat = ChatProcess.Open(folder.Path, "Ravi Patel");
        await chat.TypeAsync("help");
        await using (var store = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "key-account-bot.db")};Pooling=false"))
        {
            await store.OpenAsync();
            await using var held = store.BeginTransaction();
            await using var command = store.CreateCommand();
            command.CommandText = "UPDATE messages SET body = body WHERE 0";
            command.Transaction = held;
            await command.ExecuteNonQueryAsync();
            Assert.Equal("", (await chat.TypeAsync("check in Nordwind Dairies")).Trim());
        }

        Assert.Contains("You are Ravi Patel", await chat.TypeAsync("who am i"), StringComparison.Ordinal);
        Assert.Equal(1, await chat.EndAsync());
        Assert.DoesNotContain("   at ", chat.Error, StringComparison.Ordinal);
        Assert.NotEqual("", chat.Error);
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("chat", "--as", "Nobody Known")]
    public async Task Somebody_unknown_is_told_who_there_is(params string[] arguments)
    {
        var (code, output, error) = await ChatProcess.RunAsync(folder.Path, arguments[1..]);

        Assert.Equal((1, ""), (code, output));
        Assert.Equal(
            """Say who speaks: --as with one of "Ana Ivers", "Dieter Vogel", "Grace Okafor", "Li Na", "Maria Santos", "Ravi Patel".""", error.Trim());
    }

    [Fact]
    public async Task A_script_that_is_not_there_is_said()
    {
        var (code, output, error) = await ChatProcess.RunAsync(folder.Path, "--as", "Ravi Patel", "--script", "no-such-script.txt");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("no-such-script.txt", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_reads_chinese_is_answered_in_chinese_and_what_was_begun_goes_on_in_the_next_talk()
    {
        var first = await ChatProcess.PlayAsync(folder.Path, "Li Na", "汇报 青岛海源食品\n1");
        var second = await ChatProcess.PlayAsync(folder.Path, "li na", "今天\n邮件\n发送方案\n下周五\n是\n撤销 青岛海源食品\n是");

        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.Contains("已记录：青岛海源食品", second.Output, StringComparison.Ordinal);
        Assert.Contains("已撤销：下一步“发送方案”", second.Output, StringComparison.Ordinal);
    }
}
