using KeyAccountBot.Deliveries;
using KeyAccountBot.Operations;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.StandIns;
using KeyAccountBot.Storage;
using KeyAccountBot.Tests.Deliveries;
using KeyAccountBot.Tests.FollowUps;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.StandIns;

/// <summary>What people are told of who stands in, what they answer, and what they find on their return.</summary>
public sealed class NoticeTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);
    private static readonly DateOnly Friday = new(2026, 3, 6);
    private static readonly Person Rita = new(new("rita"), "Rita", Role.Rep, Manager: new("ada"), TeamsId: "t-rita");

    [Fact]
    public async Task Whoever_is_named_hears_of_it_once_and_declining_tells_the_one_who_named_them_and_the_line_hears()
    {
        await using var story = await StoryAsync();
        var recorded = await AwayAsync(story, Rep, Manager);
        await AwayAsync(story, Rep, Manager);
        await story.WorkAsync();

        Assert.Equal(Manager.Id, recorded.Hears!.Id);
        var named = Assert.Single(story.Slack.Sent, s => s.To == Manager.Id).Message;
        Assert.Equal("You stand in for Anna until 6 Mar 2026. Anna named you. You hear in their place, and may see and answer what they may. If you cannot, press the button or say decline.", named.Notification);

        var said = await story.UsesAsync(Manager, named, "I cannot");
        Assert.Equal("Noted: you do not stand in for Anna. The one who named you hears of it.", said.Text);
        Assert.Equal("Melvin cannot stand in for you until 6 Mar 2026. Until somebody else is named, messages go to Melvin.", Assert.Single(story.Teams.Sent, s => s.To == Rep.Id).Message.Notification);
        Assert.Null((await CompanyOf(story)).ActingFor(Rep.Id));
        Assert.Equal("That is settled already.", (await story.UsesAsync(Manager, named, "I cannot")).Text);
    }

    [Fact]
    public async Task Declining_in_words_in_Slack_does_the_same()
    {
        await using var story = await StoryAsync();
        await AwayAsync(story, Rep, Manager);

        Assert.Equal("Noted: you do not stand in for Anna. The one who named you hears of it.", (await story.WritesAsync(Manager, "decline")).Text);
        Assert.Equal("There is nothing of this kind to answer.", (await story.WritesAsync(Manager, "decline")).Text);
    }

    [Fact]
    public async Task Somebody_of_another_team_takes_the_managers_yes_and_stands_in_from_then_on()
    {
        await using var story = await StoryAsync();
        var recorded = await AwayAsync(story, Rep, Rita);
        Assert.Equal((Rita.Id, Manager.Id, Manager.Id), (recorded.Waiting!.Id, recorded.Asked!.Id, recorded.Hears!.Id));
        await story.WorkAsync();

        Assert.DoesNotContain(story.Teams.Sent, s => s.To == Rita.Id);
        Assert.False((await CompanyOf(story)).MaySee(Rita.Id, Rep.Id));
        var asked = Assert.Single(story.Slack.Sent, s => s.To == Manager.Id).Message;
        Assert.StartsWith("May Rita stand in for Anna until 6 Mar 2026? Rita is not of their line", asked.Notification, StringComparison.Ordinal);
        Assert.Equal("Noted: Rita stands in for Anna.", (await story.UsesAsync(Manager, asked, "Agree")).Text);

        Assert.True((await CompanyOf(story)).MaySee(Rita.Id, Rep.Id));
        Assert.Contains("You stand in for Anna", Assert.Single(story.Teams.Sent, s => s.To == Rita.Id).Message.Notification, StringComparison.Ordinal);
        Assert.Contains("Melvin agreed: Rita stands in for you", Assert.Single(story.Teams.Sent, s => s.To == Rep.Id).Message.Notification, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_managers_no_in_words_leaves_nobody_standing_in_and_tells_who_named_them()
    {
        await using var story = await StoryAsync();
        await AwayAsync(story, Rep, Rita);

        Assert.Equal("Noted: Rita does not stand in for Anna.", (await story.WritesAsync(Manager, "refuse Anna")).Text);
        Assert.Contains("Melvin does not agree that Rita stands in for you", Assert.Single(story.Teams.Sent, s => s.To == Rep.Id).Message.Notification, StringComparison.Ordinal);
        Assert.DoesNotContain(story.Teams.Sent, s => s.To == Rita.Id);
        Assert.Null((await CompanyOf(story)).Find(Rep.Id)!.Away!.StandIn);
    }

    [Fact]
    public async Task Only_those_above_agree_and_never_who_stands_in_for_one_of_them()
    {
        await using var story = await StoryAsync();
        await AwayAsync(story, Manager, Rep);
        await AwayAsync(story, Rep, Rita);
        var book = story.Get<AbsenceBook>();

        Assert.Equal(StandInOutcome.NotTheirs, await book.AgreeAsync(Tenant, Rep.Id, Rep.Id, Monday, Rita.Id, true, "1", default));
        Assert.Equal(StandInOutcome.NotTheirs, await book.AgreeAsync(Tenant, Rita.Id, Rep.Id, Monday, Rita.Id, true, "2", default));
        Assert.Equal(StandInOutcome.Recorded, await book.AgreeAsync(Tenant, Director.Id, Rep.Id, Monday, Rita.Id, true, "3", default));

        // the manager named the rep, and the rep may not give that on
        Assert.False((await CompanyOf(story)).MaySee(Rita.Id, Manager.Id));
        Assert.Equal(Director.Id, (await CompanyOf(story)).StandInFor(Manager.Id)!.Id);
    }

    [Fact]
    public async Task A_manager_who_names_a_stand_in_for_one_of_theirs_needs_no_further_yes()
    {
        await using var story = await StoryAsync();
        var recorded = await story.Get<AbsenceBook>().RecordAsync(Tenant, Manager.Id, Rep.Id, new Absence(Monday, Friday, Rita.Id), "c", default);

        Assert.Equal((null, Rita.Id), (recorded!.Waiting, recorded.Hears!.Id));
        await story.WorkAsync();
        Assert.Contains("Melvin named you", Assert.Single(story.Teams.Sent, s => s.To == Rita.Id).Message.Notification, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_the_first_morning_back_the_absent_person_sees_what_was_done_in_their_name_and_by_whom()
    {
        await using var story = await StoryAsync();
        var (kept, lost) = (await story.OpensAsync("Halden", 10_000), await story.OpensAsync("Cancity", 600_000));
        await AwayAsync(story, Rep, Peer, by: Manager);
        await DoesAsync(story, Peer, kept, new OpportunityCommand.CheckIn([], null));
        await DoesAsync(story, Peer, lost, new OpportunityCommand.Lose("price"));
        await story.ForwardAsync(TimeSpan.FromDays(8));

        var back = Assert.Single(story.Teams.Sent, s => s.To == Rep.Id && s.Message.Notification.StartsWith("While you were away", StringComparison.Ordinal));
        Assert.Equal("While you were away, this was done in your name. Cancity: closed as lost, by Ada Lind on 2 Mar 2026. Halden: checked in, by Ada Lind on 2 Mar 2026.", back.Message.Notification);

        // and the first above heard of the large one at once
        var told = Assert.Single(story.Slack.Sent, s => s.To == Manager.Id && s.Message.Notification.StartsWith("Cancity: decided by a stand-in", StringComparison.Ordinal));
        Assert.Contains("Ada Lind did this in the name of Anna, who is away: closed as lost", told.Message.Notification, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_says_they_are_back_is_not_told_a_second_time_and_a_next_absence_begins_with_an_empty_list()
    {
        await using var story = await StoryAsync();
        var id = await story.OpensAsync("Cancity", 10_000);
        await AwayAsync(story, Rep, Peer, by: Manager);
        await DoesAsync(story, Peer, id, new OpportunityCommand.CheckIn([], null));
        var company = await CompanyOf(story);
        Assert.Single(await story.Get<DoneWhileAway>().LinesAsync(Tenant, company.Find(Rep.Id)!, company, default));

        await story.Get<AbsenceBook>().EndAsync(Tenant, company.Find(Rep.Id)!, byThemselves: true, default);
        await story.ForwardAsync(TimeSpan.FromDays(8));
        Assert.DoesNotContain(story.Teams.Sent, s => s.Message.Notification.StartsWith("While you were away", StringComparison.Ordinal));

        await AwayAsync(story, Rep, null);
        Assert.Empty(await story.Get<DoneWhileAway>().LinesAsync(Tenant, company.Find(Rep.Id)!, company, default));
    }

    [Fact]
    public async Task Ten_of_many_are_named_the_weightiest_first_and_the_rest_is_counted()
    {
        await using var story = await StoryAsync();
        await AwayAsync(story, Rep, Peer, by: Manager);
        for (var i = 0; i < 13; i++)
        {
            var id = await story.OpensAsync($"Account {i}", 10_000);
            await DoesAsync(story, Peer, id, i == 7 ? new OpportunityCommand.HandOver(Peer.Id, "x") : new OpportunityCommand.CheckIn([], null));
        }

        var company = await CompanyOf(story);
        var lines = await story.Get<DoneWhileAway>().LinesAsync(Tenant, company.Find(Rep.Id)!, company, default);
        Assert.Equal((11, "and 3 more"), (lines.Count, lines[^1]));
        Assert.StartsWith("Account 7: handed over", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_of_somebody_who_no_longer_stands_in_is_refused_where_it_is_recorded()
    {
        await using var story = await StoryAsync();
        var id = await story.OpensAsync("Cancity", 10_000);
        await AwayAsync(story, Rep, Peer, by: Manager);
        await story.Get<AbsenceBook>().DeclineAsync(Tenant, Peer.Id, Rep.Id, Monday, "d", default);

        var outcome = await DoesAsync(story, Peer, id, new OpportunityCommand.Lose("price"));
        Assert.IsType<Refusal.NotTheirs>(outcome.Refusal);
    }

    [Fact]
    public async Task A_notice_keeps_to_its_readers_hours_takes_the_other_channel_and_lies_with_the_dead_letters_in_the_end()
    {
        await using var story = await StoryAsync();
        story.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 2, 20, 0, 0, TimeSpan.Zero));
        story.Slack.Refuses = () => new NotSentException("account_inactive", isPermanent: true);
        await AwayAsync(story, Rep, Manager);
        await story.WorkAsync();
        Assert.Empty(story.Teams.Sent);
        await story.ForwardAsync(TimeSpan.FromHours(14));
        Assert.Single(story.Teams.Sent, s => s.To == Manager.Id);

        story.Teams.Refuses = () => new NotSentException("403", isPermanent: true);
        await AwayAsync(story, Director, Manager);
        await story.ForwardAsync(TimeSpan.FromDays(2));
        var letter = Assert.Single(await story.Get<DeadLetters>().ListAsync(Tenant, default));
        Assert.Equal((DeadLetterKind.Message, Notices.Queue), (letter.Letter.Kind, letter.Letter.Queue));

        // an operator has it sent again
        (story.Slack.Refuses, story.Teams.Refuses) = (() => null, () => null);
        await story.Get<Replay>().RunAsync(Tenant, letter, default);
        await story.ForwardAsync(TimeSpan.FromDays(1));
        Assert.Single(story.Slack.Sent, s => s.To == Manager.Id);
    }

    [Fact]
    public async Task A_notice_whose_message_was_lost_is_found_by_the_reconciliation()
    {
        await using var story = await StoryAsync();
        await AwayAsync(story, Rep, Manager);
        foreach (var lost in await ((IDelayedQueue)story.Store).ReceiveAsync(Notices.Queue, 32, TimeSpan.FromMinutes(1), default))
        {
            await ((IDelayedQueue)story.Store).CompleteAsync(lost, default);
        }

        await story.ForwardAsync(TimeSpan.FromHours(2));
        Assert.Empty(story.Slack.Sent);
        await story.Get<Reconciliation>().RunAsync(null, default);
        await story.WorkAsync();
        Assert.Single(story.Slack.Sent, s => s.To == Manager.Id);
    }

    private static async Task<FollowUpStory> StoryAsync()
    {
        var story = await BeginAsync();
        await story.HiresAsync(Rita);
        return story;
    }

    private static async Task<RecordedAbsence> AwayAsync(FollowUpStory story, Person who, Person? standIn, Person? by = null) =>
        (await story.Get<AbsenceBook>().RecordAsync(Tenant, (by ?? who).Id, who.Id, new Absence(Monday, Friday, standIn?.Id), $"away-{who.Id}", default))!;

    private static async Task<LedgerOutcome> DoesAsync(FollowUpStory story, Person by, OpportunityId id, OpportunityCommand command) => await story.Ledger.RecordAsync(
        Tenant, id, command, new CommandContext(new CommandId($"{by.Id}-{id}"), by.Id, story.Clock.GetUtcNow(), Monday, "msteams"), await CompanyOf(story), default);

    private static ValueTask<Company> CompanyOf(FollowUpStory story) => story.Get<CompanyDirectory>().GetAsync(Tenant, default);
}
