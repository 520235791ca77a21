using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Deliveries;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
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
        var other = JsonSerializer.SerializeToElement(new { type = "mention", text = "<at>Zanzibar</at>", mentioned = new { id = "29:other", name = "Zanzibar" } });
        using var response = await service.PostAsync(Said("ravi", "<at>Key Account Bot</at> status <at>Zanzibar</at>", Thread, "channel") with { Entities = [Mention, other] });

        // as Teams draws what was typed: words, no mention
        Assert.Contains("&lt;at>Zanzibar&lt;/at>", Assert.Single(service.Teams("ravi").Heard()).Text, StringComparison.Ordinal);
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
        Assert.Contains("Why?", service.Teams("ravi").Heard()[^1].Text, StringComparison.Ordinal);

        await SaysAsync("maria", "because I say so");
        Assert.Contains("I am not sure what you mean", Last().Text, StringComparison.Ordinal);
        await SaysAsync("maria", "cancel");
        Assert.Contains("nothing to cancel", Last().Text, StringComparison.Ordinal);
        Assert.Single(await service.EntriesAsync("s-02"));

        await SaysAsync("ravi", "budget frozen");
        await SaysAsync("ravi", "in 4 weeks");
        await SaysAsync("ravi", "yes");
        var entry = (await service.EntriesAsync("s-02"))[^1];
        Assert.Equal(new PersonId("ravi-patel"), entry.By);
    }

    [Theory]
    [InlineData("my opportunities", "Nordwind Dairies")]
    [InlineData("status Brightwater Foods", "Bidding")]
    [InlineData("contacts Brightwater Foods", "Brightwater Foods")]
    public async Task What_is_of_customers_is_answered_in_the_personal_chat_and_the_group_reads_one_neutral_sentence(string words, string secret)
    {
        await SaysAsync("ravi", words);

        var said = Assert.Single(InThread());
        Assert.Equal("I have answered you in our chat, Ravi Patel.", said.Text);
        Assert.Contains(service.Teams("ravi").Heard(), a => TeamsUser.Words(a).Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dialog_begun_in_the_group_goes_on_in_the_personal_chat()
    {
        var rep = service.Teams("ravi");
        await SaysAsync("ravi", "hold Halden Paper");
        await rep.SaysAsync("budget frozen");
        await rep.SaysAsync("in 4 weeks");
        await rep.SaysAsync("yes");

        Assert.IsType<OpportunityEvent.PutOnHold>((await service.EntriesAsync("s-02"))[^1].What);
        Assert.Single(InThread());
    }

    [Fact]
    public async Task The_same_activity_delivered_twice_is_answered_once_in_each_place()
    {
        var said = Said("ravi", "<at>Key Account Bot</at> my opportunities", Thread, "channel") with { Entities = [Mention] };
        for (var time = 0; time < 2; time++)
        {
            using var response = await service.PostAsync(said);
        }

        Assert.Single(InThread());
        Assert.Single(service.Teams("ravi").Heard());
    }

    [Fact]
    public async Task Somebody_the_bot_has_no_chat_with_hears_how_to_open_one_and_nothing_is_recorded()
    {
        service.Ends.RefusesNewConversations = true;
        await SaysAsync("ravi", "undo Halden Paper");

        Assert.Contains("we have no chat yet", Assert.Single(service.Ends.ToTeams).Text, StringComparison.Ordinal);
        Assert.Single(await service.EntriesAsync("s-02"));

        await SaysAsync("ravi", "help");
        Assert.Contains("help all", Last().Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Installed_in_a_team_the_bot_greets_the_team_once()
    {
        foreach (var type in new[] { ActivityTypes.InstallationUpdate, ActivityTypes.ConversationUpdate })
        {
            using var response = await service.PostAsync(Said("ravi", "", Thread, "channel") with
            {
                Type = type, Text = null, Action = type == ActivityTypes.InstallationUpdate ? "add" : null,
                MembersAdded = type == ActivityTypes.ConversationUpdate ? [new ChannelAccount("28:bot")] : null,
            });
        }

        var greeting = Assert.Single(service.Ends.ToTeams).Text!;
        Assert.Contains("Write to me personally", greeting, StringComparison.Ordinal);
        Assert.DoesNotContain("Ravi", greeting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_presses_a_reps_card_hears_whose_it_is_and_changes_nothing()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("check in Brightwater Foods");
        var record = rep.Button("Review");

        var heard = await service.Teams("maria").PressAsync(record);
        Assert.Contains("This card is Ravi Patel’s", System.Text.RegularExpressions.Regex.Unescape(heard), StringComparison.Ordinal);

        await rep.SaysAsync("none");
        await rep.SeesAsync("next");
        Assert.Single(await service.EntriesAsync("s-04"));
    }

    [Fact]
    public async Task Of_another_teams_nudge_who_presses_hears_whose_it_is()
    {
        await service.Teams("ravi").SaysAsync("help");
        await service.ForwardAsync(businessDays: 7);
        var nudge = await service.Slack("UMARIA").GetsAsync("Brightwater Foods needs you");

        await service.Slack("ULINA").PressesAsync(nudge, "Take it", channel: "C-SALES");
        await service.ForwardAsync(hours: 1);

        Assert.Contains(service.Slack("ULINA").Whispers(), w => w.Contains("Ravi Patel", StringComparison.Ordinal));
        Assert.DoesNotContain((await service.EntriesAsync("s-04")).Select(e => e.What), e => e is OpportunityEvent.FollowUpAnswered);
    }

    [Fact]
    public async Task Pressed_in_a_Slack_channel_an_answer_is_whispered_and_a_dialog_goes_on_in_the_direct_message()
    {
        await service.PrefersSlackAsync("ravi-patel");
        var rep = service.Slack("URAVI");
        await service.ForwardAsync(businessDays: 5);
        var reminder = await rep.GetsAsync("Brightwater Foods: how does it stand?");

        await rep.PressesAsync(reminder, "Check in", channel: "C-SALES");
        await service.ForwardAsync();

        await rep.GetsAsync("Which milestones");
        Assert.Contains("I have answered you in our chat, Ravi Patel.", Assert.Single(rep.Whispers()), StringComparison.Ordinal);
        Assert.DoesNotContain(service.Ends.ToSlack, m => (string?)m.Body["channel"] == "C-SALES" && m.Method != "chat.postEphemeral");
    }

    private IReadOnlyList<Activity> InThread() => [.. service.Ends.ToTeams.Where(a => a.Conversation!.Id == Thread)];

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
