using KeyAccountBot.Sandbox;
using KeyAccountBot.Storage.Engines;
using Xunit;

namespace KeyAccountBot.Tests.Sandbox;

/// <summary>The sandbox's clock.</summary>
public sealed class SandboxClockTests
{
    [Fact]
    public void It_may_begin_days_ago_and_then_only_goes_forward()
    {
        var clock = new SandboxClock();
        var begins = DateTimeOffset.UtcNow.AddDays(-6);
        clock.BeginAt(begins);
        Assert.InRange(clock.GetUtcNow(), begins, begins.AddHours(1));

        clock.MoveTo(begins.AddDays(-1));
        Assert.InRange(clock.GetUtcNow(), begins, begins.AddHours(1));

        clock.MoveTo(begins.AddDays(8));
        Assert.InRange(clock.GetUtcNow(), begins.AddDays(8), begins.AddDays(8).AddHours(1));
    }

    [Fact]
    public void It_moves_over_the_embedded_store_only()
    {
        Assert.True(SandboxClock.CanMoveOn(new StorageOptions()));
        Assert.False(SandboxClock.CanMoveOn(new StorageOptions { ConnectionString = "UseDevelopmentStorage=true" }));
        Assert.False(SandboxClock.CanMoveOn(new StorageOptions { AccountUrl = "https://somewhere.invalid" }));
    }
}
