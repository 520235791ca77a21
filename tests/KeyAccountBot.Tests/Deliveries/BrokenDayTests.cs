using System.Text;
using System.Text.Json;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Operations;
using KeyAccountBot.Records;
using KeyAccountBot.Storage;
using KeyAccountBot.Tests.FollowUps;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Deliveries;

/// <summary>Rows of what a person is told cannot be read: they are told all the same, and nobody else notices.</summary>
public sealed class BrokenDayTests
{
    private const string Mailbox = "contoso|anna";

    [Fact]
    public async Task A_day_that_cannot_be_read_is_left_as_it_is_and_its_reader_is_told_one_by_one()
    {
        await using var story = await BeginAsync();
        for (var i = 0; i < 8; i++)
        {
            await story.OpensAsync($"Customer {i}");
        }

        await story.ForwardAsync(TimeSpan.FromDays(5));
        foreach (var day in Enumerable.Range(2, 30))
        {
            await BreakAsync(story, "mailboxes", Mailbox, $"2026-03-{day:00}");
        }

        await story.ForwardAsync(TimeSpan.FromDays(12));

        Assert.Equal(8, story.Teams.Sent.Count(s => s.To == Rep.Id && s.Message.Notification.Contains("Customer", StringComparison.Ordinal)));
        Assert.Equal("{broken", Encoding.UTF8.GetString(story.Store.Rows("mailboxes").First(r => r.PartitionKey == Mailbox).Body.Span));
    }

    [Fact]
    public async Task A_digest_whose_day_cannot_be_read_lies_with_the_dead_letters_and_goes_out_once_it_is_mended()
    {
        await using var story = await BeginAsync();
        for (var i = 0; i < 12; i++)
        {
            await story.OpensAsync($"Customer {i}");
        }

        TableRow? day = null;
        while ((day = story.Store.Rows("mailboxes").FirstOrDefault(r => r.PartitionKey == Mailbox && HasDigest(r))) is null)
        {
            await story.ForwardAsync(TimeSpan.FromHours(1));
        }

        await BreakAsync(story, "mailboxes", Mailbox, day.RowKey);
        await story.ForwardAsync(TimeSpan.FromHours(30));
        var letter = Assert.Single(await story.DeadLettersAsync());
        Assert.Contains("cannot be read", letter.Letter.Reason, StringComparison.Ordinal);

        await story.Store.SubmitAsync("mailboxes", Mailbox, [new TableOperation.Put(day.RowKey, day.Body)], default);
        await story.Get<Replay>().RunAsync(Tenant, letter, default);
        var before = story.Teams.Sent.Count;
        await story.ForwardAsync(TimeSpan.FromHours(24));

        Assert.Contains(story.Teams.Sent.Skip(before), s => s.To == Rep.Id && s.Message.Notification.Contains("7 more opportunities", StringComparison.Ordinal));
        Assert.Empty(await story.DeadLettersAsync());
    }

    [Fact]
    public async Task A_delivery_that_cannot_be_read_holds_up_no_other_and_the_reconciliation_passes_it_over()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.TellAsync(id, Telling.Answer("broken", Manager));
        await BreakAsync(story, RowKeys.Opportunities, RowKeys.Partition(Tenant, id), RowKeys.Delivery("broken"), DeliveryRecord.Unsent);
        await story.TellAsync(id, Telling.Answer("whole", Manager, after: "broken"));

        await story.WorkAsync();
        var result = await story.Get<KeyAccountBot.Operations.Reconciliation>().RunAsync(null, default);

        Assert.Equal(DeliveryStatus.Sent, (await story.RecordAsync(id, "whole")).Status);
        Assert.Equal(0, result.Deliveries);
    }

    [Fact]
    public async Task Where_the_row_of_the_weekly_digest_cannot_be_read_the_digest_comes_all_the_same_and_the_next_is_armed()
    {
        await using var story = await BeginAsync();
        await story.OpensAsync("Cancity");
        await story.Get<WeeklyDigests>().ArmAllAsync(Tenant, default);
        await BreakAsync(story, "mailboxes", "contoso|melvin", "weekly");

        await story.ForwardAsync(TimeSpan.FromDays(8));

        Assert.Single(story.Slack.Sent, s => s.To == Manager.Id && s.Message.Notification.Contains("Your week: one open opportunity", StringComparison.Ordinal));
        Assert.NotNull((await story.Get<WeeklyDigests>().ReadAsync(Tenant, Manager.Id, default)).State);
    }

    [Fact]
    public async Task A_weekly_digest_whose_hour_passed_while_the_bot_was_down_comes_late_and_is_not_given_up_for_the_next()
    {
        await using var story = await BeginAsync();
        await story.OpensAsync("Cancity");
        var digests = story.Get<WeeklyDigests>();
        await digests.ArmAllAsync(Tenant, default);
        var due = (await digests.ReadAsync(Tenant, Manager.Id, default)).State!.NextAt;
        story.Clock.SetUtcNow(due.AddHours(2));

        await digests.ArmAllAsync(Tenant, default);
        await story.WorkAsync();

        Assert.Single(story.Slack.Sent, s => s.To == Manager.Id && s.Message.Notification.Contains("Your week: one open opportunity", StringComparison.Ordinal));
        Assert.Equal(due.AddDays(7), (await digests.ReadAsync(Tenant, Manager.Id, default)).State!.NextAt);
    }

    [Fact]
    public async Task An_address_that_cannot_be_read_is_written_anew_when_its_person_next_writes()
    {
        await using var story = await BeginAsync();
        var addresses = story.Get<PersonAddresses>();
        await BreakAsync(story, "addresses", "contoso", "anna");
        Assert.Null(await addresses.GetTeamsAsync(Tenant, Rep.Id, default));

        await addresses.PutAsync(Tenant, Rep.Id, new SlackAddress("D1"), default);

        Assert.Equal("D1", (await addresses.GetSlackAsync(Tenant, Rep.Id, default))!.ChannelId);
    }

    private static async Task BreakAsync(FollowUpStory story, string table, string partition, string row, string? label = null) =>
        await story.Store.SubmitAsync(table, partition, [new TableOperation.Put(row, "{broken"u8.ToArray(), label)], default);

    private static bool HasDigest(TableRow row) =>
        char.IsAsciiDigit(row.RowKey[0]) && JsonDocument.Parse(row.Body).RootElement.TryGetProperty("lines", out var lines) && lines.GetInt32() > 0;
}
