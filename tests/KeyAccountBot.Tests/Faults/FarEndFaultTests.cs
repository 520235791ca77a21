using KeyAccountBot.BotFramework.Connector;
using KeyAccountBot.Channels;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Records;
using KeyAccountBot.Slack;
using KeyAccountBot.Slack.WebApi;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Xunit;

namespace KeyAccountBot.Tests.Faults;

/// <summary>Slack and the connector fail in every way they can; between them and the bot stand the real clients.</summary>
public class FarEndFaultTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>
    /// Promised: whatever the first messages met, everybody is told everything in the end, in order and in their hours, and a message
    /// refused for a while does not come before. Told again is only what the far end took without saying so: that nobody can know.
    /// </summary>
    [Theory]
    [InlineData(FarEndFault.TooMany)]
    [InlineData(FarEndFault.ServerError)]
    [InlineData(FarEndFault.RefusesApp)]
    [InlineData(FarEndFault.Unreachable)]
    [InlineData(FarEndFault.Hangs)]
    [InlineData(FarEndFault.HangsAfterTaking)]
    [InlineData(FarEndFault.DropsAfterTaking)]
    public async Task What_a_far_end_did_not_take_comes_again_and_twice_only_what_it_took_without_saying_so(FarEndFault fault)
    {
        await using var story = await FaultStory.BeginAsync();
        await story.OpensAsync("Cancity", "Nordwind");
        // the first six messages, and every seventh after
        using var ends = new FaultyFarEnd(story.Clock, story.Told, n => n <= 6 || n % 7 == 0 ? fault : FarEndFault.None);
        using var http = new HttpClient(ends) { Timeout = Timeout.InfiniteTimeSpan };
        story.Senders = SendersOf(story, http);
        var replica = story.Starts();

        story.ToTheEve();
        story.Clock.Advance(TimeSpan.FromSeconds(1));
        await story.ForwardWaitingAsync(TimeSpan.FromDays(12), Hour, replica);

        // so long as the far end lost no answer, nobody was told twice
        await story.AreKeptAsync(steps: 3, (_, _) => ends.Unanswered);
        Assert.Equal(6 + ends.Unanswered, story.Told.Count);
        Assert.Equal(0, ends.Pestered);
        Assert.Empty((await story.MessagesAsync()).Dead);
        Assert.InRange(ends.Messages, 12, 100);
    }

    private static IReadOnlyList<IChannel> SendersOf(FaultStory story, HttpClient http)
    {
        var options = new ConnectorCredentialsOptions();
        var connector = new ConnectorClient(http, new ConnectorToken(http, options, story.Clock), options, story.Clock);
        var slack = new SlackWebApi(http, Options.Create(new SlackOptions { BotToken = "xoxb-test" }), story.Clock);
        var settings = new TeamsSection { ServiceUrl = "https://connector.invalid/" };
        var addresses = new PersonAddresses(new Tables(story.Engine.Tables));
        var members = new SlackMembers(Options.Create(new SlackOptions()), story.Clock);
        return
        [
            new TeamsChannel(null!, addresses, null!, () => connector, settings),
            new SlackChannel(() => slack, null!, members, addresses, null!, new BotOptions(), NullLogger<SlackChannel>.Instance),
        ];
    }
}
