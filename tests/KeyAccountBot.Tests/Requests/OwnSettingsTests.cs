using System.Globalization;
using KeyAccountBot.Conversations.Settings;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Reminders;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Tests.FollowUps;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Requests;

/// <summary>What people set for themselves holds, whatever the company's list says, and can be undone.</summary>
public sealed class OwnSettingsTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData("please send me nothing before 9:30", "09:30", null)]
    [InlineData("don't message me after 5 pm", null, "17:00")]
    [InlineData("quiet from 19:00", null, "19:00")]
    [InlineData("quiet until 10 am please", "10:00", null)]
    [InlineData("only write to me between 9:00 and 16:00", "09:00", "16:00")]
    [InlineData("早上9点以前别发消息", "09:00", null)]
    [InlineData("晚上7点以后不要打扰我", null, "19:00")]
    [InlineData("bitte vor 9 Uhr keine Nachrichten", "09:00", null)]
    public void Hours_are_read_as_people_say_them(string words, string? from, string? to)
    {
        var read = SettingsWords.Read(words, Today, CultureInfo.GetCultureInfo("en"));

        Assert.Equal((Time(from), Time(to)), (read.From, read.To));
    }

    [Theory]
    [InlineData("speak German to me", "de")]
    [InlineData("can you answer in English from now on", "en")]
    [InlineData("请用中文", "zh-Hans")]
    [InlineData("sprich bitte Deutsch", "de")]
    [InlineData("our German office is closed", null)]
    public void A_language_is_read_where_it_is_asked_for(string words, string? language) =>
        Assert.Equal(language, SettingsWords.Read(words, Today, CultureInfo.GetCultureInfo("en")).Language);

    [Theory]
    [InlineData("write to me in Slack", "Slack")]
    [InlineData("send it over Teams please", "Teams")]
    [InlineData("以后用Slack发给我", "Slack")]
    public void A_channel_is_read(string words, string channel) =>
        Assert.Equal(channel, SettingsWords.Read(words, Today, CultureInfo.GetCultureInfo("en")).Channel.ToString());

    [Theory]
    [InlineData("no weekly digest any more", false)]
    [InlineData("send me the weekly digest", true)]
    [InlineData("周报不要发了", false)]
    public void The_weekly_digest_is_ended_or_wanted(string words, bool comes) =>
        Assert.Equal(comes, SettingsWords.Read(words, Today, CultureInfo.GetCultureInfo("en")).Digest);

    [Fact]
    public async Task Hours_hold_until_the_companys_are_wanted_again_and_an_import_leaves_them()
    {
        await using var story = await BeginAsync();
        var talk = new Talk(story, Manager);

        Assert.Contains("10:00 to", await talk.SaysAsync("settings no messages before 10 am"), StringComparison.Ordinal);
        Assert.Equal(new TimeOnly(10, 0), (await CompanyOf(story)).Find(Manager.Id)!.WorkingFrom);

        var listed = await story.Get<PeopleRepository>().LoadAsListedAsync(Tenant, default);
        Assert.Null(listed.Find(Manager.Id)!.WorkingFrom);
        await story.Get<PeopleRepository>().PutAsync(Tenant, [listed.Find(Manager.Id)! with { WorkingFrom = new TimeOnly(7, 0), Office = "Kiel" }], default);
        story.Get<CompanyDirectory>().Forget();
        Assert.Equal(new TimeOnly(10, 0), (await CompanyOf(story)).Find(Manager.Id)!.WorkingFrom);

        await talk.SaysAsync("settings usual");
        Assert.Equal(new TimeOnly(7, 0), (await CompanyOf(story)).Find(Manager.Id)!.WorkingFrom);
    }

    [Fact]
    public async Task Hours_that_leave_nothing_of_the_day_are_refused()
    {
        await using var story = await BeginAsync();

        Assert.Contains("too little", await new Talk(story, Manager).AsksAsync("settings", ("setting", "quiet hours"), ("until", "23:00")), StringComparison.Ordinal);
        Assert.Null((await CompanyOf(story)).Find(Manager.Id)!.Own);
    }

    [Fact]
    public async Task A_language_holds_from_the_answer_on()
    {
        await using var story = await BeginAsync();

        Assert.Contains("从现在起", await new Talk(story, Manager).SaysAsync("settings speak Chinese to me"), StringComparison.Ordinal);
        Assert.Equal("zh-Hans", (await CompanyOf(story)).Find(Manager.Id)!.Locale);
    }

    [Fact]
    public async Task Asked_for_nothing_it_says_what_holds_and_no_file_leaves()
    {
        await using var story = await BeginAsync();
        var talk = new Talk(story, Manager);

        Assert.Contains("Your settings", await talk.AsksAsync("settings"), StringComparison.Ordinal);
        Assert.Contains("no files here", await talk.AsksAsync("export"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_to_a_rep_goes_out_once_in_the_managers_name_and_the_answer_comes_back()
    {
        await using var story = await BeginAsync();
        var talk = new Talk(story, Manager);
        Assert.Contains("Is the bid out?", await talk.AsksAsync("nudge-rep", ("rep", Rep.Id.Value), ("text", "Is the bid out?")), StringComparison.Ordinal);
        await story.WorkAsync();
        Assert.Empty(story.Teams.Sent);
        Assert.StartsWith("Sent.", await talk.SaysAsync("yes"), StringComparison.Ordinal);
        await story.ForwardAsync(TimeSpan.FromHours(3));
        Assert.Equal("Melvin asks you. Is the bid out?", Assert.Single(story.Teams.Sent, s => s.To == Rep.Id).Message.Notification);

        Assert.StartsWith("Sent to Melvin", await new Talk(story, Rep).SaysAsync("reply: it leaves tomorrow"), StringComparison.Ordinal);
        await story.ForwardAsync(TimeSpan.FromHours(3));
        Assert.Equal("Anna answers. it leaves tomorrow.", Assert.Single(story.Slack.Sent, s => s.To == Manager.Id).Message.Notification);
        Assert.Empty(await story.Get<PersonalReminders>().OpenAsync(Tenant, Rep.Id, default));
    }

    [Fact]
    public async Task Nobody_is_asked_who_is_not_led_by_the_one_who_asks()
    {
        await using var story = await BeginAsync();

        Assert.Contains("You lead nobody", await new Talk(story, Rep).AsksAsync("nudge-rep", ("rep", Manager.Id.Value), ("text", "?")), StringComparison.Ordinal);
        Assert.Contains("not of your team", await new Talk(story, Manager).AsksAsync("nudge-rep", ("rep", Peer.Id.Value), ("text", "?")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_follow_up_is_taken_and_put_off_by_the_name_of_its_opportunity()
    {
        await using var story = await BeginAsync();
        var (one, other) = (await story.OpensAsync("Fernhill"), await story.OpensAsync("Mossdale"));
        await story.UntilSlackAsync(Manager, "Fernhill");
        await story.UntilSlackAsync(Manager, "Mossdale");
        var talk = new Talk(story, Manager);

        Assert.Contains("Fernhill", await talk.AsksAsync("take-follow-up", ("opportunity", one.Value)), StringComparison.Ordinal);
        Assert.Equal(Sales.Opportunities.FollowUpAnswer.TakeIt, (await story.ChainAsync(one)).Answer);
        await talk.AsksAsync("snooze-follow-up", ("account", "Mossdale"));
        Assert.Equal(Sales.Opportunities.FollowUpAnswer.Snooze, (await story.ChainAsync(other)).Answer);
    }

    [Fact]
    public async Task Which_one_is_asked_where_several_wait_and_nothing_is_said_where_none_does()
    {
        await using var story = await BeginAsync();
        var talk = new Talk(story, Manager);
        Assert.NotEmpty(await talk.AsksAsync("take-follow-up"));
        var (_, other) = (await story.OpensAsync("Fernhill"), await story.OpensAsync("Mossdale"));
        await story.UntilSlackAsync(Manager, "Fernhill");
        await story.UntilSlackAsync(Manager, "Mossdale");

        Assert.Contains("Fernhill", await talk.AsksAsync("take-follow-up"), StringComparison.Ordinal);
        await talk.SaysAsync("Mossdale");
        Assert.Equal(Sales.Opportunities.FollowUpAnswer.TakeIt, (await story.ChainAsync(other)).Answer);
    }

    private static TimeOnly? Time(string? time) => time is null ? null : TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture);

    private static ValueTask<Company> CompanyOf(FollowUpStory story) => story.Get<CompanyDirectory>().GetAsync(Tenant, default);
}
