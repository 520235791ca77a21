using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.EndToEnd.Tests.Harness;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

public sealed class IdentityStories : IAsyncLifetime
{
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task In_Development_an_unknown_user_may_say_who_they_are()
    {
        var stranger = service.Teams("1234567890123");

        await stranger.SaysAsync("hello");
        await stranger.SeesAsync("for example: I am Ravi Patel.");
        await stranger.SaysAsync("I am Nobody Here");
        await stranger.SeesAsync("Nobody called Nobody Here is on record");
        await stranger.SaysAsync("I am ravi patel");
        await stranger.SeesAsync("Hello Ravi Patel");
        await stranger.SaysAsync("my opportunities");
        await stranger.SeesAsync("Nordwind Dairies");
    }

    [Fact]
    public async Task A_user_without_a_known_object_id_is_matched_by_the_members_endpoint()
    {
        // the far end gives grace@sample.invalid as this user's e-mail; the object id is on nobody's record
        var user = service.Teams("grace");
        using var response = await service.PostAsync(user.Activity("who am i") with { Id = "x", From = new ChannelAccount("29:grace", AadObjectId: "unknown") });

        Assert.True(response.IsSuccessStatusCode);
        await Eventually.FindAsync(
            () => user.Heard().FirstOrDefault(a => a.Text?.Contains("You are Grace Okafor, executive", StringComparison.Ordinal) == true),
            () => "Grace was not recognised.");
    }

    [Fact]
    public async Task Who_installs_the_bot_is_greeted_once()
    {
        var rep = service.Teams("ravi");
        var installed = rep.Activity(null) with { Type = ActivityTypes.InstallationUpdate, Action = "add", Id = "i1" };
        var joined = rep.Activity(null) with { Type = ActivityTypes.ConversationUpdate, MembersAdded = [new("28:bot"), new("29:ravi")], Id = "i2" };
        using var first = await service.PostAsync(installed);
        using var second = await service.PostAsync(joined);

        Assert.Single(rep.Heard());
        await rep.SeesAsync("Hello Ravi Patel");
    }

    [Fact]
    public async Task A_mention_of_the_bot_is_no_part_of_what_was_said()
    {
        var rep = service.Teams("ravi");
        var mention = JsonSerializer.SerializeToElement(new { type = "mention", text = "<at>Key Account Bot</at>", mentioned = new { id = "28:bot", name = "Key Account Bot" } });
        using var response = await service.PostAsync(rep.Activity("<at>Key Account Bot</at> who am i") with { Id = "m", Entities = [mention] });

        await rep.SeesAsync("You are Ravi Patel");
    }

    [Fact]
    public async Task The_bot_speaks_the_language_of_the_person()
    {
        var rep = service.Teams("lina");
        await rep.SaysAsync("汇报 青岛海源食品");
        await rep.SeesAsync("达成了哪些里程碑");
        await rep.SaysAsync("取消");
        await rep.SeesAsync("已取消");
    }
}
