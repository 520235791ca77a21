using KeyAccountBot.Operations;
using KeyAccountBot.Records;
using KeyAccountBot.Storage;
using KeyAccountBot.Storage.Engines;
using KeyAccountBot.Tests.Faults;
using KeyAccountBot.Tests.FollowUps;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Operations;

public sealed class ReadinessTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task However_often_it_is_asked_the_store_is_looked_at_once_in_three_seconds()
    {
        var store = StoreWhere(_ => Fault.None);
        var readiness = new StoreReadiness(new Tables(store)) { Time = time };

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => readiness.CheckAsync(None)));
        Assert.Equal(1, store.Calls);
        time.Advance(TimeSpan.FromSeconds(3));
        await readiness.CheckAsync(None);

        Assert.Equal(2, store.Calls);
    }

    [Fact]
    public async Task A_store_that_fails_is_not_ready_and_is_ready_again_once_it_works()
    {
        var store = StoreWhere(call => call.Number == 1 ? Fault.NoRoom : Fault.None);
        var readiness = new StoreReadiness(new Tables(store)) { Time = time };

        await Assert.ThrowsAsync<StoreFullException>(() => readiness.CheckAsync(None));
        time.Advance(TimeSpan.FromSeconds(3));
        await readiness.CheckAsync(None);
    }

    [Fact]
    public async Task A_store_that_hangs_is_not_ready_after_five_seconds_and_is_not_asked_again_meanwhile()
    {
        var store = StoreWhere(_ => Fault.None);
        var answers = new TaskCompletionSource();
        store.Meanwhile = _ => answers.Task;
        var readiness = new StoreReadiness(new Tables(store)) { Time = time };

        var first = readiness.CheckAsync(None);
        time.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<TimeoutException>(() => first);
        var second = readiness.CheckAsync(None);
        answers.SetResult();
        await second;

        Assert.Equal(1, store.Calls);
    }

    private FaultyStore StoreWhere(Func<StoreCall, Fault> befalls)
    {
        var memory = new MemoryStore(time);
        return new FaultyStore(new StorageEngine(memory, memory), befalls);
    }
}
