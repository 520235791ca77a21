using KeyAccountBot.Deliveries;
using KeyAccountBot.Records;
using KeyAccountBot.Sales.People;
using Xunit;

namespace KeyAccountBot.Tests.Deliveries;

/// <summary>The rules of a channel's health and of what becomes of a message that was not taken; no clock, no store.</summary>
public sealed class ChannelStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly NotSentException Revoked = new("token_revoked", isPermanent: false, blame: Blame.App);
    private static readonly NotSentException Forbidden = new("403", isPermanent: true, blame: Blame.Doubt);
    private static readonly NotSentException Unreachable = new("unreachable", isPermanent: false, blame: Blame.Outage);

    [Fact]
    public void What_refuses_our_app_pauses_at_once_and_what_does_not_answer_only_again_and_again()
    {
        Assert.Equal("token_revoked", new ChannelState().Failed(Blame.App, "token_revoked", Now).Pause!.Reason);

        var twice = Fail(new ChannelState(), 2);
        Assert.Null(twice.Pause);
        Assert.NotNull(Fail(twice, 1).Pause);
        Assert.Null(Fail(ChannelState.Taken(Now), 2).Pause);
    }

    [Fact]
    public void One_message_at_a_time_tries_again_after_thirty_seconds_then_twice_as_long_up_to_a_quarter_of_an_hour()
    {
        var (state, now) = (new ChannelState().Failed(Blame.App, "invalid_auth", Now), Now);
        List<double> waits = [];
        for (var probe = 0; probe < 7; probe++)
        {
            var at = state.WaitsUntil($"m{probe}", now)!.Value;
            waits.Add((at - now).TotalSeconds);
            Assert.Null(state.WaitsUntil($"m{probe}", at));
            state = state.Begun($"m{probe}", at);
            Assert.True(state.WaitsUntil("another", at) > at);
            (state, now) = (state.Failed(Blame.App, "invalid_auth", at + Second), at + Second);
        }

        Assert.Equal([30, 60, 120, 240, 480, 900, 900], waits);
        Assert.Equal(Now, state.Pause!.Since);
    }

    [Fact]
    public void Once_something_is_taken_nobody_waits()
    {
        var state = ChannelState.Taken(Now);
        Assert.Equal((null, Now), (state.WaitsUntil("m", Now), state.TakenAt));
    }

    [Fact]
    public void What_began_before_the_pause_makes_it_no_longer()
    {
        var paused = new ChannelState().Failed(Blame.App, "invalid_auth", Now);
        Assert.Equal(paused, paused.Failed(Blame.App, "invalid_auth", Now + Second));
    }

    [Fact]
    public void A_probe_that_failed_lets_the_others_go_first()
    {
        var state = new ChannelState().Failed(Blame.App, "invalid_auth", Now).Begun("poison", Now + (30 * Second)).Failed(Blame.Outage, "http_500", Now + (31 * Second));
        var at = state.Pause!.ProbeAt;

        Assert.Null(state.WaitsUntil("another", at));
        Assert.Equal(at + (10 * Second), state.WaitsUntil("poison", at));
        Assert.Null(state.WaitsUntil("poison", at + (10 * Second)));
    }

    [Fact]
    public void A_probe_that_ends_without_a_word_or_dies_makes_room_for_another()
    {
        var probing = new ChannelState().Failed(Blame.App, "invalid_auth", Now).Begun("first", Now + (30 * Second));

        Assert.Null(probing.LetGo("first").WaitsUntil("second", Now + (31 * Second)));
        Assert.Same(probing, probing.LetGo("second"));
        Assert.Null(probing.WaitsUntil("second", Now + TimeSpan.FromMinutes(3)));
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_nobody_wait_longer() =>
        Assert.Null(new ChannelState().Failed(Blame.App, "invalid_auth", Now).WaitsUntil("m", Now - TimeSpan.FromHours(2)));

    [Fact]
    public void What_speaks_of_our_app_is_never_a_try_and_an_outage_only_where_the_channel_works_for_others()
    {
        var works = ChannelState.Taken(Now);
        Assert.False(Counts(Revoked, works, Now - Second));
        Assert.True(Counts(Unreachable, works, Now - Second));
        Assert.False(Counts(Unreachable, works, Now));
        Assert.False(Counts(Unreachable, new ChannelState(), Now - Second));
        Assert.False(Counts(Unreachable, Fail(works, 3), Now - Second));
        Assert.True(Counts(new NotSentException("invalid_blocks", isPermanent: false), new ChannelState(), Now));
    }

    [Fact]
    public void A_refusal_that_says_nobodys_name_is_the_readers_where_others_are_told_or_it_comes_again_alone()
    {
        var alone = new ChannelState().Doubted("a", "403", Now);
        Assert.False(Counts(Forbidden, alone, Now));
        Assert.True(SendingRules.Counts(Forbidden, alone.Doubted("a", "403", Now + (61 * Second)), "a", Now, Now + (60 * Second), Now + (61 * Second)));
        Assert.True(Counts(Forbidden, ChannelState.Taken(Now - Second).Doubted("a", "403", Now), Now));
        Assert.False(Counts(Forbidden, ChannelState.Taken(Now - TimeSpan.FromHours(2)).Doubted("a", "403", Now), Now));
        Assert.Equal(SendingRules.DoubtLasts, Assert.IsType<Verdict.Again>(After(Forbidden, SendingState.New, counts: false)).After);
        Assert.IsType<Verdict.Refused>(After(Forbidden, SendingState.New, counts: true));
    }

    [Fact]
    public void Three_conversations_that_are_refused_so_in_a_row_pause_the_channel()
    {
        var two = new ChannelState().Doubted("a", "403", Now).Doubted("b", "403", Now).Doubted("a", "403", Now);
        Assert.Null(two.Pause);
        var three = two.Doubted("c", "403", Now);
        Assert.Equal("403", three.Pause!.Reason);
        Assert.False(Counts(Forbidden, three, Now));
        Assert.Null(ChannelState.Taken(Now).Doubted("c", "403", Now).Pause);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void An_outage_uses_up_no_try_however_often_it_is_met(int tries)
    {
        var state = SendingState.New;
        for (var i = 0; i < tries; i++)
        {
            var again = Assert.IsType<Verdict.Again>(After(i % 2 == 0 ? Revoked : Unreachable, state, counts: false));
            state = again.State;
        }

        Assert.Equal((0, 0, null), (state.Attempts, state.Throttled, state.Refused));
    }

    [Fact]
    public void What_speaks_of_the_reader_is_refused_and_kept_with_the_channels_word()
    {
        var refused = After(new NotSentException("user_not_found", isPermanent: true), SendingState.New, counts: true);

        Assert.Equal([new ChannelRefusal(Channel.Slack, RefusalReason.Refused, "user_not_found")], Assert.IsType<Verdict.Refused>(refused).State.Refused!);
        Assert.Equal([Channel.Teams], SendingRules.Left(Channel.Slack, null, [Channel.Teams, Channel.Slack], refused.State));
        Assert.Empty(SendingRules.Left(Channel.Slack, new(Channel.Slack, "C1"), [Channel.Teams, Channel.Slack], refused.State));
    }

    [Fact]
    public void Eight_tries_that_count_give_a_channel_up_and_eight_more_the_other()
    {
        var (state, failure) = (SendingState.New, new NotSentException("invalid_blocks", isPermanent: false));
        for (var attempt = 1; attempt < SendingRules.Tries; attempt++)
        {
            state = Assert.IsType<Verdict.Again>(After(failure, state, counts: true)).State;
        }

        state = Assert.IsType<Verdict.Refused>(After(failure, state, counts: true)).State;
        Assert.Equal(RefusalReason.NoAnswer, Assert.Single(state.Refused!).Reason);
        Assert.IsType<Verdict.Again>(After(failure, state, counts: true));
    }

    [Fact]
    public void A_channel_that_only_asks_to_wait_is_given_up_only_where_another_one_reaches_the_reader()
    {
        var (patient, tooMany) = (new SendingState(Throttled: SendingRules.Patience), new NotSentException("ratelimited", isPermanent: false, Second, isThrottled: true));

        Assert.IsType<Verdict.Refused>(After(tooMany, patient, counts: true, hasOther: true));
        var again = Assert.IsType<Verdict.Again>(After(tooMany, patient, counts: true, hasOther: false));
        Assert.Equal((0, SendingRules.Patience + 1, Second), (again.State.Attempts, again.State.Throttled, again.After));
    }

    [Fact]
    public void In_place_of_a_paused_channel_another_goes_first_until_that_one_refuses()
    {
        Channel[] all = [Channel.Teams, Channel.Slack];
        var detour = SendingState.New with { Instead = Channel.Teams };
        Assert.Equal([Channel.Teams, Channel.Slack], SendingRules.Left(Channel.Slack, null, all, detour));

        var back = SendingRules.After(
            new NotSentException("403", isPermanent: true), Channel.Teams, detour with { Attempts = 1 }, counts: true, hasOther: true, room: null, Now).State;
        Assert.Null(back.Instead);
        Assert.Equal([Channel.Slack], SendingRules.Left(Channel.Slack, null, all, back));
    }

    private static bool Counts(NotSentException failure, ChannelState channel, DateTimeOffset since) => SendingRules.Counts(failure, channel, "a", since, Now, Now);

    private static ChannelState Fail(ChannelState state, int times)
    {
        for (var i = 0; i < times; i++)
        {
            state = state.Failed(Blame.Outage, "unreachable", Now);
        }

        return state;
    }

    private static Verdict After(NotSentException failure, SendingState before, bool counts, bool hasOther = true) =>
        SendingRules.After(failure, Channel.Slack, before with { Attempts = before.Attempts + 1 }, counts, hasOther, room: null, Now);
}
