using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Deliveries;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>The bot among several people: in a thread of a channel, and in a group chat.</summary>
public sealed class ChannelStories : IAsyncLifetime
{
    private const string Thread = "19:sales@thread.tacv2;messageid=1772445600000";
    private static readonly JsonElement Mention = JsonSerializer.SerializeToElement(
        new { type = "mention", text = "<at>Key Account Bot</at>", mentioned = new { id = "28:bot", name = "Key Account Bot" } });

    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData(Thread, "channel")]
    [InlineData("19:group@unq.gbl.spaces", "groupChat")]
    public async Task A_reply_stays_in_the_thread_it_was_asked_in(string conversation, string type)
    {
        await SaysAsync("ravi", "who am i", conversation, type);

        var reply = Assert.Single(service.Ends.ToTeams);
        Assert.Equal(conversation, reply.Conversation!.Id);
        Assert.Contains("You are Ravi Patel", reply.Text, StringComparison.Ordinal);
        Assert.Equal("29:ravi", reply.Recipient!.Id);
    }

    [Fact]
    public async Task What_names_another_person_stays_in_the_words()
    {
        var other = JsonSerializer.SerializeToElement(new { type = "mention", text = "<at>Nordwind</at>", mentioned = new { id = "29:other", name = "Nordwind" } });
        using var response = await service.PostAsync(Said("ravi", "<at>Key Account Bot</at> status <at>Nordwind</at>", Thread, "channel") with { Entities = [Mention, other] });

        // as Teams draws what was typed: words, no mention
        Assert.Contains("&lt;at>Nordwind&lt;/at>", Assert.Single(service.Ends.ToTeams).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_address_for_news_is_taken_from_a_channel()
    {
        await SaysAsync("ravi", "my opportunities");
        Assert.Null(await AddressAsync("ravi-patel"));

        await service.Teams("ravi").SaysAsync("my opportunities");
        Assert.Equal("a:ravi", (await AddressAsync("ravi-patel"))!.ConversationId);

        await SaysAsync("ravi", "my opportunities");
        Assert.Equal("a:ravi", (await AddressAsync("ravi-patel"))!.ConversationId);
    }

    [Fact]
    public async Task Nobody_answers_what_another_was_asked()
    {
        await SaysAsync("ravi", "hold Halden Paper");
        Assert.Contains("Why?", Last().Text, StringComparison.Ordinal);

        await SaysAsync("maria", "because I say so");
        Assert.Contains("I did not understand", Last().Text, StringComparison.Ordinal);
        await SaysAsync("maria", "cancel");
        Assert.Contains("nothing to cancel", Last().Text, StringComparison.Ordinal);
        Assert.Single(await service.EntriesAsync("s-02"));

        await SaysAsync("ravi", "budget frozen");
        await SaysAsync("ravi", "in 4 weeks");
        await SaysAsync("ravi", "yes");
        var entry = (await service.EntriesAsync("s-02"))[^1];
        Assert.Equal(new PersonId("ravi-patel"), entry.By);
    }

    private Activity Last() => service.Ends.ToTeams.Last();

    private async Task SaysAsync(string person, string words, string conversation = Thread, string type = "channel")
    {
        using var response = await service.PostAsync(Said(person, $"<at>Key Account Bot</at> {words}", conversation, type) with { Entities = [Mention] });
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    private Activity Said(string person, string words, string conversation, string type) => service.Teams(person).Activity(words) with
    {
        Id = service.NextId(), Conversation = new ConversationAccount(conversation, type, FarEnds.Tenant, IsGroup: true),
    };

    private ValueTask<TeamsAddress?> AddressAsync(string person) =>
        service.Services.GetRequiredService<PersonAddresses>().GetTeamsAsync(Service.Tenant, new PersonId(person), CancellationToken.None);
}
