using KeyAccountBot.BotFramework.Authentication;
using Xunit;

namespace KeyAccountBot.BotFramework.Tests.Authentication;

public sealed class SigningKeysTests : IAsyncLifetime
{
    private readonly ActivityAuthenticationOptions options = new() { AllowPlainHttpLoopback = true };
    private ChannelFarEnd end = null!;
    private SigningKeys keys = null!;

    public async ValueTask InitializeAsync()
    {
        end = await ChannelFarEnd.StartAsync();
        options.OpenIdMetadata = end.Address + "openid";
        keys = new SigningKeys(end.Http, options, end.Clock);
        end.Lists("k1", "msteams", "webchat");
    }

    public ValueTask DisposeAsync()
    {
        keys.Dispose();
        return end.DisposeAsync();
    }

    [Fact]
    public async Task A_key_comes_with_the_channels_it_may_speak_for()
    {
        Assert.Equal(["msteams", "webchat"], (await Find("k1"))!.Endorsements.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Known_keys_are_read_once_a_day()
    {
        await Find("k1");
        end.Clock.Advance(TimeSpan.FromHours(23));
        await Find("k1");
        Assert.Equal(1, end.KeysRead);

        end.Clock.Advance(TimeSpan.FromHours(1));
        await Find("k1");
        Assert.True(SpinWait.SpinUntil(() => end.KeysRead > 1, TimeSpan.FromSeconds(30)), "The list was not read again.");
        await Find("k1");
        Assert.Equal(2, end.KeysRead);
    }

    [Fact]
    public async Task A_key_new_since_the_last_reading_is_found_at_once()
    {
        await Find("k1");
        end.Lists("k2", "msteams");

        Assert.NotNull(await Find("k2"));
        Assert.Equal(2, end.KeysRead);
    }

    [Fact]
    public async Task However_many_unknown_keys_are_asked_for_the_list_is_read_once_a_minute()
    {
        await Find("k1");
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(await Find($"forged-{i}"));
        }

        Assert.Equal(2, end.KeysRead);
        end.Clock.Advance(TimeSpan.FromMinutes(1));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Find($"forged-again-{i}")));
        Assert.Equal(3, end.KeysRead);
    }

    [Fact]
    public async Task Made_up_keys_keep_a_real_one_out_for_a_minute_at_most()
    {
        await Find("k1");
        Assert.Null(await Find("forged"));
        end.Lists("k2", "msteams");
        Assert.Null(await Find("k2"));

        end.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(await Find("k2"));
        Assert.Equal(3, end.KeysRead);
    }

    [Fact]
    public async Task A_list_that_hangs_delays_no_known_key_however_old_and_an_unknown_one_only_so_long()
    {
        await Find("k1");
        options.KeyPatience = TimeSpan.FromMilliseconds(50);
        end.Hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        end.Clock.Advance(TimeSpan.FromDays(2));

        var known = keys.FindAsync("k1", default);
        Assert.True(known.IsCompletedSuccessfully);
        Assert.NotNull(await known);
        Assert.Null(await Find("k2"));
    }

    [Fact]
    public async Task A_caller_who_hangs_up_ends_the_reading_for_nobody_else()
    {
        end.Hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var impatient = new CancellationTokenSource();
        var first = keys.FindAsync("k1", impatient.Token).AsTask();
        var second = Find("k1");
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        end.Hanging.SetResult();
        Assert.NotNull(await second);
        Assert.Equal(1, end.KeysRead);
    }

    [Fact]
    public async Task Many_who_ask_at_once_read_the_list_once()
    {
        var found = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Find("k1")));

        Assert.All(found, Assert.NotNull);
        Assert.Equal(1, end.KeysRead);
    }

    [Fact]
    public async Task While_the_list_is_out_of_reach_known_keys_count_and_no_others()
    {
        await Find("k1");
        end.Down = true;
        end.Clock.Advance(TimeSpan.FromDays(3));

        Assert.NotNull(await Find("k1"));
        Assert.Null(await Find("k2"));
    }

    [Fact]
    public async Task A_list_never_reached_lets_nobody_in_and_is_tried_again_soon()
    {
        end.Down = true;
        Assert.Null(await Find("k1"));

        end.Down = false;
        end.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.NotNull(await Find("k1"));
    }

    [Fact]
    public async Task A_key_taken_off_the_list_counts_no_longer_after_the_next_reading()
    {
        await Find("k1");
        end.Keys.TryRemove("k1", out _);
        end.Lists("k2", "msteams");
        end.Clock.Advance(TimeSpan.FromDays(1));

        await Find("k1");
        await ReadingIsDone();
        Assert.Null(await Find("k1"));
    }

    [Fact]
    public async Task Keys_are_not_read_over_plain_http()
    {
        using var strict = new SigningKeys(end.Http, new ActivityAuthenticationOptions { OpenIdMetadata = end.Address + "openid" }, end.Clock);

        Assert.Null(await strict.FindAsync("k1", default));
        Assert.Equal(0, end.KeysRead);
    }

    // who asks for an unknown key waits for the reading under way
    private Task ReadingIsDone() => Find("nobody's");

    private Task<SigningKey?> Find(string keyId) => keys.FindAsync(keyId, default).AsTask();
}
