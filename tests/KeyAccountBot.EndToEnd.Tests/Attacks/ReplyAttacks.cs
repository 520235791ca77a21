using KeyAccountBot.Deliveries;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Operations;
using KeyAccountBot.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests.Attacks;

/// <summary>A connector that refuses replies: for a moment, for long, or for good. Nobody is muted, and nobody gets a heap of old words.</summary>
public sealed class ReplyAttacks : IAsyncLifetime
{
    private const string Help = "I keep your opportunities on record";
    private const string Lost = "I could not reach you for a while; what I said then is lost.";
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task One_reply_that_the_connector_refuses_mutes_nobody_and_arrives_when_it_is_taken_again()
    {
        var rep = service.Teams("ravi");
        service.Ends.Refuses = activity => TeamsUser.Words(activity).Contains(Help, StringComparison.Ordinal) ? 503 : null;
        await rep.SaysAsync("help");
        for (var i = 0; i < 5; i++)
        {
            await rep.SaysAsync("who am i");
            Assert.Equal(i + 1, rep.Heard().Count);
        }

        service.Ends.Refuses = null;
        await HearsAsync(rep, Help);
        Assert.Equal(6, rep.Heard().Count);
    }

    [Fact]
    public async Task After_the_connector_was_down_for_long_one_sentence_stands_in_the_place_of_all_that_was_said()
    {
        var rep = service.Teams("ravi");
        service.Ends.Refuses = _ => 500;
        for (var i = 0; i < 60; i++)
        {
            await rep.SaysAsync("who am i");
        }

        await service.ForwardAsync(hours: 1);
        Assert.Empty(rep.Heard());
        service.Ends.Refuses = null;
        await service.ForwardAsync(hours: 2);

        Assert.Contains(Lost, TeamsUser.Words(Assert.Single(rep.Heard())), StringComparison.Ordinal);
        await rep.SaysAsync("who am i");
        await rep.SeesAsync("You are Ravi Patel");
        Assert.Equal(2, rep.Heard().Count);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(400)]
    public async Task A_reply_that_is_refused_for_good_lies_with_the_dead_letters_under_its_readers_name(int status)
    {
        var rep = service.Teams("ravi");
        service.Ends.Refuses = _ => status;
        await rep.SaysAsync("who am i");
        IReadOnlyList<DeadLetterLine> lines = [];
        await UntilAsync(async () => (lines = await service.Services.GetRequiredService<DeadLetterLines>().OfAsync(Service.Tenant, 10, CancellationToken.None)).Count > 0);

        var line = Assert.Single(lines);
        Assert.Equal(("reply", "Ravi Patel"), (line.What, line.For));
        Assert.Contains("You are Ravi Patel", line.About, StringComparison.Ordinal);
        service.Ends.Refuses = null;
        await rep.SaysAsync("help");
        await rep.SeesAsync(Help);
    }

    [Fact]
    public async Task A_process_killed_before_it_could_send_a_reply_has_it_sent_by_the_next_one()
    {
        Needs.Signals();
        await using var ends = await FarEnds.StartAsync();
        using var store = new TemporaryFolder();
        await using (var dies = await ServiceProcess.StartAsync(ends, store.Path))
        {
            ends.Refuses = _ => 503;
            await dies.Teams("ravi").SaysAsync("who am i");
            Assert.True(dies.TryKill());
        }

        ends.Refuses = null;
        await using var lives = await ServiceProcess.StartAsync(ends, store.Path);
        await lives.Teams("ravi").SeesAsync("You are Ravi Patel");
        Assert.Single(ends.ToTeams);
    }

    private Task HearsAsync(TeamsUser rep, string words) =>
        UntilAsync(() => ValueTask.FromResult(rep.Heard().Any(a => TeamsUser.Words(a).Contains(words, StringComparison.Ordinal))));

    // the bot's clock goes on by tenths of a second meanwhile
    private async Task UntilAsync(Func<ValueTask<bool>> seen)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await seen())
        {
            await tick.WaitForNextTickAsync(bound.Token);
            service.Clock.Advance(TimeSpan.FromMilliseconds(100));
            service.Services.GetRequiredService<WorkSignal>().Set();
        }
    }
}
