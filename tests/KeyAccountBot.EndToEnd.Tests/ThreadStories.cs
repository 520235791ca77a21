using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales.Opportunities;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>The thread under a message of the bot's is about what that message told: nobody has to name it there.</summary>
public sealed class ThreadStories : IAsyncLifetime
{
    // Ravi's opportunity with Brightwater Foods
    private const string Brightwater = "s-04";

    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Take_it_in_the_thread_under_a_nudge_takes_that_one_though_others_wait()
    {
        var (manager, nudge) = await NudgedAsync();
        await service.ForwardAsync(businessDays: 1);

        await manager.SaysAsync("take it", under: nudge);
        await service.ForwardAsync(hours: 1);

        await manager.GetsUnderAsync(nudge, "You have taken Brightwater Foods");
        Assert.Equal(FollowUpAnswer.TakeIt, Assert.Single(await AnswersAsync()).Answer);
    }

    [Fact]
    public async Task Snooze_until_Friday_and_who_was_told_need_no_name_there()
    {
        var (manager, nudge) = await NudgedAsync();

        await manager.SaysAsync("who was told", under: nudge);
        await service.ForwardAsync();
        await manager.GetsUnderAsync(nudge, "Brightwater Foods: who hears if nothing happens");

        await manager.SaysAsync("snooze until Friday", under: nudge);
        await service.ForwardAsync();
        await manager.GetsUnderAsync(nudge, "Quiet about Brightwater Foods until");
        Assert.Equal(FollowUpAnswer.Snooze, Assert.Single(await AnswersAsync()).Answer);
    }

    [Fact]
    public async Task A_question_in_the_thread_goes_to_the_rep_and_the_answer_in_the_reps_thread_comes_back()
    {
        await service.PrefersSlackAsync("ravi-patel");
        var (manager, nudge) = await NudgedAsync();
        var rep = service.Slack("URAVI");

        await manager.SaysAsync("is the budget approved?", under: nudge);
        await service.ForwardAsync(hours: 1);
        var question = await rep.GetsAsync("Maria Santos asks: “is the budget approved?”");

        await rep.SaysAsync("The board decides on Friday", under: question);
        await service.ForwardAsync(hours: 1);
        await rep.GetsUnderAsync(question, "Maria Santos");
        await manager.GetsAsync("Ravi Patel answers about Brightwater Foods");
        var reply = await manager.GetsAsync("The board decides on Friday");

        await manager.SaysAsync("who signs it?", under: reply);
        await service.ForwardAsync(hours: 1);
        await rep.GetsAsync("Maria Santos asks: “who signs it?”");
    }

    [Fact]
    public async Task A_report_in_the_thread_under_a_reminder_is_about_what_it_told()
    {
        await service.PrefersSlackAsync("ravi-patel");
        var rep = service.Slack("URAVI");
        await service.ForwardAsync(businessDays: 5);
        var reminder = await rep.GetsAsync("Brightwater Foods: how does it stand?");

        await rep.SaysAsync("all fine there, bid goes in on Friday", under: reminder);
        await service.ForwardAsync();
        await rep.GetsUnderAsync(reminder, "This is what I would record for Brightwater Foods");

        await rep.SaysAsync("yes", under: reminder);
        await service.ForwardAsync();
        await rep.GetsUnderAsync(reminder, "Recorded for Brightwater Foods");
    }

    [Fact]
    public async Task A_dialog_begun_in_the_thread_goes_on_in_the_thread_by_words_and_by_press()
    {
        var (manager, nudge) = await NudgedAsync();

        await manager.SaysAsync("check in", under: nudge);
        await service.ForwardAsync();
        var asked = await manager.GetsUnderAsync(nudge, "Brightwater Foods");
        Assert.DoesNotContain("Which opportunity", asked.ToJsonString(), StringComparison.Ordinal);
        await manager.SaysAsync("none", under: nudge);
        await service.ForwardAsync();
        await manager.SaysAsync("none", under: nudge);
        await service.ForwardAsync();
        await manager.PressesAsync(await manager.GetsUnderAsync(nudge, "Shall I record it?"), "Yes, record it");
        await service.ForwardAsync();

        await manager.GetsAsync("Recorded for Brightwater Foods");
        Assert.Single((await service.EntriesAsync(Brightwater)).Select(e => e.What).OfType<OpportunityEvent.CheckedIn>());
    }

    [Fact]
    public async Task Outside_a_thread_several_that_wait_are_still_asked_about()
    {
        var (manager, _) = await NudgedAsync();
        await service.ForwardAsync(businessDays: 1);

        await manager.SaysAsync("take it");
        await service.ForwardAsync();

        await manager.GetsAsync("Which one do you mean?");
    }

    [Fact]
    public async Task In_Teams_a_reply_to_a_reminder_is_about_what_it_told()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("help");
        await service.ForwardAsync(businessDays: 5);
        await rep.SeesAsync("Brightwater Foods: how does it stand?");
        var sent = await service.SentAsync(Brightwater, DeliveryKind.Reminder);

        using var response = await service.PostAsync(rep.Activity("status") with { Id = service.NextId(), ReplyToId = sent });

        Assert.True(response.IsSuccessStatusCode);
        Assert.Contains("Brightwater Foods", TeamsUser.Words(rep.Heard()[^1]), StringComparison.Ordinal);
        Assert.DoesNotContain("Which opportunity", TeamsUser.Words(rep.Heard()[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rep_who_likes_Slack_is_reminded_there_and_checks_in_there_by_the_button()
    {
        await service.PrefersSlackAsync("ravi-patel");
        var rep = service.Slack("URAVI");
        await service.ForwardAsync(businessDays: 5);

        var reminder = await rep.GetsAsync("Brightwater Foods: how does it stand?");
        Assert.DoesNotContain(service.Ends.ToTeams, a => TeamsUser.Words(a).Contains("how does it stand?", StringComparison.Ordinal) && a.Conversation!.Id == "a:ravi");
        await rep.PressesAsync(reminder, "Check in");
        await service.ForwardAsync();
        await rep.GetsAsync("Which milestones");
    }

    private async Task<IReadOnlyList<OpportunityEvent.FollowUpAnswered>> AnswersAsync() =>
        [.. (await service.EntriesAsync(Brightwater)).Select(e => e.What).OfType<OpportunityEvent.FollowUpAnswered>()];

    // the manager, once nudged about Brightwater Foods
    private async Task<(SlackUser Manager, System.Text.Json.Nodes.JsonNode Nudge)> NudgedAsync()
    {
        await service.Teams("ravi").SaysAsync("help");
        await service.ForwardAsync(businessDays: 7);
        var manager = service.Slack("UMARIA");
        return (manager, await manager.GetsAsync("Brightwater Foods needs you"));
    }
}
