using KeyAccountBot.Records;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Faults;

/// <summary>What is promised of follow-ups whatever fails, checked against the tables, the queues and what people got.</summary>
internal static class Promises
{
    private static readonly Person[] InOrder = [Rep, Manager, Director];

    /// <summary>
    /// After so many steps, with everything working again for long enough: nothing lost, every step decided once and in order, told
    /// in order and in its reader's hours, and told twice only where <paramref name="mayRepeat"/> allows it; nothing waits.
    /// </summary>
    /// <param name="story">What happened.</param>
    /// <param name="steps">How many steps each opportunity has had time for.</param>
    /// <param name="mayRepeat">How often more than once a delivery may be told.</param>
    public static async Task AreKeptAsync(this FaultStory story, int steps, Func<string, Delivery, int>? mayRepeat = null)
    {
        var (due, dead) = await story.MessagesAsync();
        Assert.Empty(due);
        foreach (var account in story.Accounts)
        {
            var taken = await story.StepsAsync(account);
            Assert.Equal(Enumerable.Range(0, taken.Count), taken.Select(s => s.Step));
            Assert.True(
                taken.Count == steps || IsDead(RowKeys.WakeUps, account),
                $"{account} has had {taken.Count} of {steps} steps, and no wake-up of it is with the dead letters.");

            var records = await story.DeliveriesAsync(account);
            Assert.Equal(taken.Select(s => s.To!.Value), records.Select(r => r.Delivery.To));
            foreach (var record in records)
            {
                var times = story.Told.Count(t => t.To == record.Delivery.To && t.Words.Contains(account, StringComparison.Ordinal));
                Assert.True(
                    record.Status == DeliveryStatus.Sent || IsDead(record.Delivery.Key, account),
                    $"{account}: {record.Delivery.Key} is {record.Status} ({record.Error}), and not with the dead letters.");
                Assert.True(
                    times >= (record.Status == DeliveryStatus.Sent ? 1 : 0) && times <= 1 + (mayRepeat?.Invoke(account, record.Delivery) ?? 0),
                    $"{account}: {record.Delivery.Key} was told {times} times.");
            }

            // of those who were told, the first time of each is later than the first time of whom the steps before told
            var first = InOrder.Select(p => story.Told.FirstOrDefault(t => t.To == p.Id && t.Words.Contains(account, StringComparison.Ordinal))?.At).OfType<DateTimeOffset>().ToList();
            Assert.Equal(first.Order(), first);
        }

        Assert.All(story.Told, told => Assert.Equal(
            told.At, FollowUpPolicy.CalendarOf(InOrder.Single(p => p.Id == told.To), story.Settings).NextWorkingMoment(told.At)));

        bool IsDead(string what, string account) =>
            dead.Any(d => d.Contains(FaultStory.Id(account).Value, StringComparison.Ordinal) && (what == RowKeys.WakeUps || d.Contains(what, StringComparison.Ordinal)));
    }

    /// <summary>As often as the write that marks a delivery as sent, or claims it, failed: then nobody can know whether it was told.</summary>
    public static Func<string, Delivery, int> WhereTheMarkFailed(params FaultyStore[] stores) => (account, delivery) =>
        stores.Sum(s => s.Failed.Count(f => f.Call is { What: "Submit" } call
            && call.Where.EndsWith($"{FaultStory.Partition(account)} {RowKeys.Delivery(delivery.Key)}", StringComparison.Ordinal)));
}
