using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Tests.FollowUps;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Deliveries;

/// <summary>Which messages go out one by one is decided over all that is due together, by amount × how late.</summary>
public class HeaviestFirstTests
{
    [Fact]
    public async Task A_deal_of_nine_million_among_thirty_small_ones_due_the_same_morning_is_told_by_itself_and_first()
    {
        await using var story = await BeginAsync();
        for (var i = 0; i < 30; i++)
        {
            await story.OpensAsync($"Small {i:D2}", 10_000 + i);
        }

        await story.OpensAsync("Zenith", 9_000_000);
        await UntilToldAsync(story);

        Assert.Equal(
            ["Zenith", "Small 29", "Small 28", "Small 27", "Small 26"],
            story.Teams.Sent.Select(s => AccountIn(s.Message)));
        Assert.Equal(26, story.Deliveries().Count(d => d.Status == DeliveryStatus.InDigest));
        Assert.All(story.Teams.Sent, s => Assert.NotEmpty(s.Message.Actions));
    }

    [Fact]
    public async Task What_falls_due_later_in_the_day_takes_a_place_that_is_left_and_waits_for_minutes_not_for_hours()
    {
        await using var story = await BeginAsync();
        for (var i = 0; i < 4; i++)
        {
            await story.OpensAsync($"Morning {i}", 1_000);
        }

        await UntilToldAsync(story);
        Assert.Equal(4, story.Teams.Sent.Count);
        var began = story.Clock.GetUtcNow();
        foreach (var (account, amount) in new[] { ("Light", 10m), ("Heavy", 5_000m), ("Middle", 500m) })
        {
            await story.RemindsAsync(account, amount);
        }

        await story.WorkAsync();

        Assert.Equal("Heavy", AccountIn(Assert.Single(story.Teams.Sent.Skip(4)).Message));
        Assert.InRange(story.Clock.GetUtcNow() - began, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
        Assert.Equal(2, story.Deliveries().Count(d => d.Status == DeliveryStatus.InDigest));
    }

    [Fact]
    public async Task What_is_urgent_neither_waits_nor_takes_a_place()
    {
        await using var story = await BeginAsync();
        for (var i = 0; i < 6; i++)
        {
            await story.RemindsAsync($"Account {i}", 1_000);
        }

        await story.RemindsAsync("Urgent", 1, urgent: true);
        await story.Get<DeliveryWorker>().RunOnceAsync(default);
        Assert.Equal("Urgent", AccountIn(Assert.Single(story.Teams.Sent).Message));

        await story.WorkAsync();
        Assert.Equal(6, story.Teams.Sent.Count);
    }

    [Fact]
    public async Task Of_two_currencies_the_largest_of_each_are_told_by_themselves()
    {
        await using var story = await BeginAsync();
        for (var i = 1; i <= 9; i++)
        {
            await story.RemindsAsync($"Euro {i}", i * 1_000_000);
        }

        await story.RemindsAsync("Franc", 2_000, currency: "CHF");
        await story.WorkAsync();

        Assert.Equal(["Franc", "Euro 9", "Euro 8", "Euro 7", "Euro 6"], story.Teams.Sent.Select(s => AccountIn(s.Message)));
    }

    [Fact]
    public async Task The_digest_names_the_heaviest_of_all_that_is_in_it_and_says_how_many_more_and_what_they_are_worth()
    {
        await using var story = await BeginAsync();
        for (var i = 1; i <= 420; i++)
        {
            await story.RemindsAsync($"Account {i:D3}", i * 1_000);
        }

        await story.WorkAsync();
        await story.ForwardAsync(TimeSpan.FromHours(7));

        Assert.Equal(["Account 420", "Account 419", "Account 418", "Account 417", "Account 416"], story.Teams.Sent.Take(5).Select(s => AccountIn(s.Message)));
        var digest = story.Teams.Sent[5].Message;
        Assert.Equal("415 more opportunities need you", digest.Notification);
        var lines = digest.InWords();
        Assert.Contains("Account 415 · Pumps · 415,000 EUR · stage overdue since", lines, StringComparison.Ordinal);
        Assert.Contains("Account 406", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("Account 405", lines, StringComparison.Ordinal);
        Assert.Contains("and 405 more, worth 82,215,000 EUR in all", lines, StringComparison.Ordinal);
        Assert.True(lines.IndexOf("Account 415", StringComparison.Ordinal) < lines.IndexOf("Account 406", StringComparison.Ordinal));
        Assert.Equal(6, story.Teams.Sent.Count);
    }

    [Fact]
    public async Task However_much_is_due_to_one_reader_the_row_of_their_day_stays_small()
    {
        await using var story = await BeginAsync();
        for (var i = 1; i <= 420; i++)
        {
            await story.RemindsAsync($"Account {i:D3}", i * 1_000);
        }

        await story.WorkAsync();

        var rows = story.Store.Rows("mailboxes").ToList();
        Assert.Equal(415, rows.Count(r => r.RowKey.StartsWith("digest|", StringComparison.Ordinal)));
        Assert.All(rows, r => Assert.InRange(r.Body.Length, 2, 2_000));
        var day = JsonSerializer.Deserialize(rows.Single(r => r.RowKey.StartsWith("2026-", StringComparison.Ordinal)).Body.Span, DeliveryJson.Default.MailboxDay)!;
        Assert.Equal((5, 415, null), (day.Separate.Count, day.Lines, day.DecideAt));
    }

    [Fact]
    public async Task What_an_older_version_listed_in_the_row_of_the_day_is_in_the_digest_still()
    {
        await using var story = await BeginAsync();
        var id = await story.RemindsAsync("Cancity", 1_000);
        DeliveryLanes.All.ToList().ForEach(story.Store.Lose);
        await story.Store.SendAsync(
            Mailboxes.Digests, JsonSerializer.SerializeToUtf8Bytes(new DigestDue(Tenant, Rep.Id, new DateOnly(2026, 3, 2)), DeliveryJson.Default.DigestDue),
            story.Clock.GetUtcNow().AddHours(6), default);
        var old = $$"""{"separate":[],"digest":[{"opportunity":"{{id}}","key":"{{(story.Deliveries()[0].Delivery.Key)}}"}],"more":3}""";
        await story.Store.SubmitAsync(
            "mailboxes", $"{Tenant}|{Rep.Id}", [new Storage.TableOperation.Add("2026-03-02", System.Text.Encoding.UTF8.GetBytes(old))], default);

        await story.ForwardAsync(TimeSpan.FromHours(7));

        var digest = Assert.Single(story.Teams.Sent).Message;
        Assert.Equal("4 more opportunities need you", digest.Notification);
        Assert.Contains("Cancity", digest.InWords(), StringComparison.Ordinal);
        Assert.Contains("and 3 more", digest.InWords(), StringComparison.Ordinal);
    }

    private static async Task UntilToldAsync(FollowUpStory story)
    {
        while (story.Teams.Sent.Count == 0)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
        }
    }

    private static string AccountIn(Message message) => message.Notification[..message.Notification.IndexOf(':', StringComparison.Ordinal)];
}
