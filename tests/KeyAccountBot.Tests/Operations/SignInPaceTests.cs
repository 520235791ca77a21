using System.Net;
using KeyAccountBot.Operations;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Operations;

public sealed class SignInPaceTests
{
    private static readonly IPAddress Stranger = IPAddress.Parse("203.0.113.7");
    private static readonly IPAddress Operator = IPAddress.Parse("198.51.100.9");
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Each_wrong_key_after_the_second_doubles_the_wait_up_to_a_minute()
    {
        var pace = new SignInPace(clock);
        List<double> waits = [];
        for (var i = 0; i < 11; i++)
        {
            var attempt = pace.Try(Stranger, () => false);
            waits.Add(attempt.Wait.TotalSeconds);
            clock.Advance(attempt.Wait);
        }

        Assert.Equal([0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60], waits);
    }

    [Fact]
    public void During_the_wait_no_key_is_looked_at_and_after_it_the_right_one_opens()
    {
        var pace = new SignInPace(clock);
        for (var i = 0; i < 3; i++)
        {
            pace.Try(Stranger, () => false);
        }

        Assert.Equal(SignInOutcome.TooSoon, pace.Try(Stranger, () => throw new InvalidOperationException("looked at")).Outcome);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SignInOutcome.Opened, pace.Try(Stranger, () => true).Outcome);
        Assert.Equal(new SignInAttempt(SignInOutcome.Wrong, 1, TimeSpan.Zero), pace.Try(Stranger, () => false));
    }

    [Fact]
    public void A_strangers_guesses_do_not_keep_the_operator_out()
    {
        var pace = new SignInPace(clock);
        for (var i = 0; i < 3; i++)
        {
            pace.Try(Stranger, () => false);
        }

        Assert.Equal(SignInOutcome.TooSoon, pace.Try(Stranger, () => true).Outcome);
        Assert.Equal(SignInOutcome.Opened, pace.Try(Operator, () => true).Outcome);
    }

    [Fact]
    public void A_hundred_thousand_places_cost_no_more_memory_than_a_thousand_and_slow_each_other_down()
    {
        var pace = new SignInPace(clock);
        var looked = 0;
        for (var i = 0; i < 100_000; i++)
        {
            pace.Try(new IPAddress([0x20, 1, (byte)(i >> 16), (byte)(i >> 8), (byte)i, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9]), () => looked++ < 0);
        }

        Assert.InRange(pace.Places, 1, SignInPace.MostPlaces + 1);
        Assert.InRange(looked, SignInPace.MostPlaces, SignInPace.MostPlaces + SignInPace.Free + 1);
        clock.Advance(SignInPace.ForgottenAfter + SignInPace.LongestWait);
        Assert.Equal(SignInOutcome.Opened, pace.Try(Operator, () => true).Outcome);
    }

    [Fact]
    public void Many_addresses_of_one_network_of_version_6_are_one_place()
    {
        var pace = new SignInPace(clock);
        for (var i = 0; i < 3; i++)
        {
            pace.Try(IPAddress.Parse($"2001:db8::{i + 1}"), () => false);
        }

        Assert.Equal(SignInOutcome.TooSoon, pace.Try(IPAddress.Parse("2001:db8::ffff"), () => true).Outcome);
    }
}
