using System.Text;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sandbox;
using KeyAccountBot.Testing;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>
/// The talks that <c>docs/conversations.md</c> shows are real: each block is said again, line by line, over a fresh sample company, and must
/// be answered as it stands there. With <c>CONVERSATION_DOCS=true</c> the page is written anew.
/// </summary>
public sealed class ConversationDocsStories
{
    private const string Open = "```console as ";
    private const string Close = "```";
    private static readonly string Page = Repository.PathOf("docs", "conversations.md");
    private static readonly bool IsWritten = string.Equals(Environment.GetEnvironmentVariable("CONVERSATION_DOCS"), "true", StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task Every_talk_of_the_documentation_is_what_the_bot_says()
    {
        var stands = await File.ReadAllTextAsync(Page);
        var (page, talks) = await PlayAsync(stands.Split('\n'));
        if (IsWritten)
        {
            await File.WriteAllTextAsync(Page, page);
        }

        Assert.InRange(talks, 5, 40);
        Assert.Equal(stands, page);
    }

    // what is said begins with "> "; the answers between are the bot's
    private static async Task<(string Page, int Talks)> PlayAsync(IReadOnlyList<string> lines)
    {
        var page = new StringBuilder();
        var talks = 0;
        for (var at = 0; at < lines.Count; at++)
        {
            page.Append(lines[at]).Append('\n');
            if (!lines[at].StartsWith(Open, StringComparison.Ordinal))
            {
                continue;
            }

            var said = lines.Skip(at + 1).TakeWhile(l => l != Close).ToList();
            page.Append(await SayAsync(lines[at][Open.Length..], [.. said.Where(l => l.StartsWith("> ", StringComparison.Ordinal)).Select(l => l[2..])])).Append(Close).Append('\n');
            at += said.Count + 1;
            talks++;
        }

        return (page.ToString().TrimEnd('\n') + '\n', talks);
    }

    private static async Task<string> SayAsync(string speaker, IReadOnlyList<string> said)
    {
        await using var service = await Service.StartAsync();
        var terminal = new TerminalInProcess(service, SamplePipeline.People.Single(p => p.Name == speaker));
        var talk = new StringBuilder();
        foreach (var words in said)
        {
            var answer = (await terminal.TypeAsync(words)).ReplaceLineEndings("\n").Trim('\n');
            talk.Append("> ").Append(words).Append('\n').Append(answer).Append("\n\n");
        }

        return talk.ToString().TrimEnd('\n') + '\n';
    }
}
