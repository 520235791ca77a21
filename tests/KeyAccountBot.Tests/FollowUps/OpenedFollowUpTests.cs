using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.FollowUps;

/// <summary>What opens from a line of a digest.</summary>
public sealed class OpenedFollowUpTests
{
    [Fact]
    public async Task A_line_opens_the_message_that_its_reader_would_have_had_until_it_is_settled_and_nobody_elses()
    {
        await using var story = await BeginAsync();
        for (var i = 0; i < 8; i++)
        {
            await story.OpensAsync($"Account {i}", 1000 * i);
        }

        Message? digest = null;
        for (var hours = 0; hours < 500 && digest is null; hours++)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
            digest = story.Teams.Sent.Select(s => s.Message).FirstOrDefault(m => m.Notification.Contains("more opportunities", StringComparison.Ordinal));
        }

        var lines = digest!.Body.OfType<Paragraph>().Where(p => p.Opens is not null).ToList();
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line => Assert.Contains("· Pumps", line.Words, StringComparison.Ordinal));
        var press = (PressAction)lines[0].Opens!;

        var opened = await OpenAsync(story, Rep, press);
        Assert.Contains("Account 2", opened!.Title, StringComparison.Ordinal);
        Assert.Contains(opened.Actions, a => a.Title == "Check in");
        Assert.Null(await OpenAsync(story, Peer, press));

        await story.CheckInAsync(new OpportunityId("o-Account 2"));
        Assert.Null(await OpenAsync(story, Rep, press));
    }

    private static async Task<Message?> OpenAsync(FollowUpStory story, Person reader, PressAction press) => await story.Get<OpenedFollowUps>().OpenAsync(
        Tenant, reader, await story.Get<CompanyDirectory>().GetAsync(Tenant, TestContext.Current.CancellationToken), press.Data!.Value, TestContext.Current.CancellationToken);
}
