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
    public async Task In_the_sandbox_an_unknown_local_client_may_say_who_they_are_and_say_it_again()
    {
        await using var sandbox = SandboxService.Start();
        var stranger = sandbox.Client("1234567890123");

        await stranger.SaysAsync("hello");
        await stranger.SeesAsync("for example: I am Ravi Patel.");
        await stranger.SaysAsync("I am Nobody Here");
        await stranger.SeesAsync("Nobody called Nobody Here is on record");
        await stranger.SaysAsync("I am ravi patel");
        await stranger.SeesAsync("Hello Ravi Patel");
        await stranger.SaysAsync("who am i");
        await stranger.SeesAsync("You are Ravi Patel");
        await stranger.SaysAsync("I am Grace Okafor");
        await stranger.SeesAsync("Hello Grace Okafor");
        await stranger.SaysAsync("who am i");
        await stranger.SeesAsync("You are Grace Okafor");

        // on any channel: what other clients call themselves is all the same here
        await stranger.SaysAsync("I am Maria Santos", channel: "emulator");
        await stranger.SeesAsync("Hello Maria Santos");
    }

    [Fact]
    public async Task In_the_sandbox_too_who_is_known_by_id_stays_who_they_are()
    {
        await using var sandbox = SandboxService.Start();
        var rep = sandbox.Client("somebody");

        await rep.SaysAsync("I am Grace Okafor", objectId: "sandbox-ravi");
        await rep.SaysAsync("who am i", objectId: "sandbox-ravi");
        await rep.SeesAsync("You are Ravi Patel");

        // nor do they become who they said to be once they were unknown
        await rep.SaysAsync("I am Maria Santos");
        await rep.SeesAsync("Hello Maria Santos");
        await rep.SaysAsync("who am i", objectId: "sandbox-ravi");
        await rep.SeesAsync("You are Ravi Patel");
    }

    [Fact]
    public async Task A_user_without_an_object_id_is_matched_by_the_members_endpoint()
    {
        // the far end gives grace@sample.invalid as this user's e-mail
        var user = service.Teams("grace");
        using var response = await service.PostAsync(user.Activity("who am i") with { Id = "x", From = new ChannelAccount("29:grace") });

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
