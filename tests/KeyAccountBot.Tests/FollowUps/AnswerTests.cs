using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Language;
using KeyAccountBot.FollowUps;
using KeyAccountBot.Messages;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps.Causes;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Slack.BlockKit;
using KeyAccountBot.Storage;
using Xunit;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.FollowUps;

/// <summary>What can be answered to a follow-up, in words, by a list, by a calendar and by a card, and who sees what of it.</summary>
public class AnswerTests
{
    [Fact]
    public async Task Snoozed_by_the_calendar_it_rests_until_work_begins_on_that_day()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var nudge = await story.UntilSlackAsync(Manager);
        var day = Today(story).AddDays(9);

        var said = await story.UsesAsync(Manager, nudge, "Snooze until", day: day);

        var chain = await story.ChainAsync(id);
        Assert.Equal((FollowUpAnswer.Snooze, Manager.Id), (chain.Answer, chain.AnsweredBy));
        Assert.Equal(day, DateOnly.FromDateTime(chain.QuietUntil!.Value.UtcDateTime));
        Assert.StartsWith("Quiet about Cancity until", said.Text, StringComparison.Ordinal);
        Assert.Contains("Melvin has snoozed it until", Assert.Single(story.Slack.Updated).Message.Notification, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("take it until", "Friday")]
    [InlineData("snooze until", "Friday")]
    [InlineData("take it until", "Saturday")]
    [InlineData("snooze until", "Saturday")]
    public async Task The_day_that_was_said_is_the_day_that_is_shown_and_on_which_it_comes_back_whatever_is_answered(string words, string weekday)
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.UntilSlackAsync(Manager);
        var day = DateReading.Read(weekday, Today(story), CultureInfo.InvariantCulture)!.Value;

        var said = await story.WritesAsync(Manager, $"{words} {weekday}");

        var shown = $"until {day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}";
        Assert.Contains(shown, said.Text, StringComparison.Ordinal);
        Assert.Contains(shown, Assert.Single(story.Slack.Updated).Message.Notification, StringComparison.Ordinal);
        Assert.Equal(day, DateOnly.FromDateTime((await story.ChainAsync(id)).QuietUntil!.Value.UtcDateTime));
    }

    [Fact]
    public async Task Pressed_twice_within_moments_it_is_answered_alike_and_the_rep_hears_once()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var nudge = await story.UntilSlackAsync(Manager);

        var first = await story.UsesAsync(Manager, nudge, "Take it");
        story.Clock.Advance(TimeSpan.FromMilliseconds(80));
        var second = await story.UsesAsync(Manager, nudge, "Take it");

        Assert.Equal(first.Text, second.Text);
        Assert.Single(story.Teams.Sent, s => s.Message.Notification.Contains("has taken", StringComparison.Ordinal));
        Assert.Equal(1, (await story.ChainAsync(id)).Answered);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    public async Task A_day_that_is_not_to_come_is_refused_with_a_sentence_and_nothing_is_recorded(int days)
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var nudge = await story.UntilSlackAsync(Manager);

        var said = await story.UsesAsync(Manager, nudge, "Snooze until", day: Today(story).AddDays(days));

        Assert.Contains("is too early. Please name a day after today.", said.Text, StringComparison.Ordinal);
        Assert.Null((await story.ChainAsync(id)).Answer);
    }

    [Fact]
    public async Task A_reason_chosen_from_the_list_ends_it_and_is_read_by_everybody_told()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var nudge = await story.UntilSlackAsync(Manager);

        await story.UsesAsync(Manager, nudge, "Not an issue", "The customer is on holiday");

        var chain = await story.ChainAsync(id);
        Assert.Equal((true, "The customer is on holiday"), (chain.IsOver, chain.Note));
        Assert.Contains("“The customer is on holiday”", Assert.Single(story.Slack.Updated).Message.Notification, StringComparison.Ordinal);
        Assert.Contains("“The customer is on holiday”", Assert.Single(story.Teams.Updated).Message.Notification, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whom_it_is_given_to_can_answer_it_the_rep_hears_and_every_message_shows_who_took_it()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        var nudge = await story.UntilSlackAsync(Manager);

        var said = await story.UsesAsync(Manager, nudge, "Reassign to", "Ada Lind");
        Assert.StartsWith("Ada Lind is asked to look after Cancity", said.Text, StringComparison.Ordinal);
        Assert.Contains("Melvin has asked Ada Lind", Assert.Single(story.Slack.Updated).Message.Notification, StringComparison.Ordinal);
        Assert.Contains("Ada Lind is asked to look after Cancity", story.Teams.Sent[^1].Message.Notification, StringComparison.Ordinal);

        var asked = await story.UntilSlackAsync(Peer, "Melvin asks you to look after Cancity");
        await story.UsesAsync(Peer, asked, "Take it");

        Assert.Equal((FollowUpAnswer.TakeIt, Peer.Id), ((await story.ChainAsync(id)).Answer, (await story.ChainAsync(id)).AnsweredBy));
        Assert.Contains("Ada Lind has taken Cancity", story.Teams.Sent[^1].Message.Notification, StringComparison.Ordinal);
        Assert.Equal(2, story.Slack.Updated.Skip(1).Count(u => u.Message.Notification.Contains("Ada Lind has taken it", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whom_it_is_given_to_finds_it_by_typing_too()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.UntilSlackAsync(Manager);
        await story.WritesAsync(Manager, "reassign Cancity to Ada");
        await story.UntilSlackAsync(Peer);

        await story.WritesAsync(Peer, "take it until Friday");

        Assert.Equal((FollowUpAnswer.TakeIt, Peer.Id), ((await story.ChainAsync(id)).Answer, (await story.ChainAsync(id)).AnsweredBy));
    }

    [Fact]
    public async Task A_question_reaches_the_rep_in_words_and_the_reply_comes_back_to_who_asked()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.UntilSlackAsync(Manager);

        await story.WritesAsync(Manager, "ask Anna whether the budget is approved");
        var (to, question) = story.Teams.Sent[^1];
        Assert.Equal(Rep.Id, to);
        Assert.Contains("Melvin asks: “whether the budget is approved”", question.InWords(), StringComparison.Ordinal);

        var data = JsonSerializer.SerializeToElement(new { opportunity = id.Value, chain = (await story.ChainAsync(id)).Key, reply = "By the board, on Friday" });
        var result = await story.Get<PressedAnswers>().AnswerAsync(Tenant, Rep, FollowUpAnswers.ReplyVerb, data, new CommandId("r"), "msteams", default);
        await story.WorkAsync();

        Assert.Equal(AnswerOutcome.Recorded, result!.Outcome);
        Assert.Contains("You answered: “By the board, on Friday”", result.InPlace!.InWords(), StringComparison.Ordinal);
        var reply = await story.UntilSlackAsync(Manager, "Anna answers about Cancity");
        Assert.Contains("By the board, on Friday", JsonSerializer.Serialize(SlackBlocks.Of(reply, Tenant).Blocks.OfType<SectionBlock>().Select(b => b.Text!.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rep_can_reply_in_words_and_an_empty_reply_is_refused()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.UntilSlackAsync(Manager);
        await story.WritesAsync(Manager, "ask the rep: is the budget approved?");
        var answers = story.Get<FollowUpAnswers>();
        var chain = (await story.ChainAsync(id)).Key;

        Assert.Equal(AnswerOutcome.Unfit, (await answers.ReplyAsync(Tenant, Rep, id, chain, " ", new CommandId("1"), "msteams", default)).Outcome);
        Assert.Equal(AnswerOutcome.NotAllowed, (await answers.ReplyAsync(Tenant, Director, id, chain, "Yes", new CommandId("2"), "slack", default)).Outcome);
        Assert.Equal("Melvin hears your answer about Cancity.", (await story.WritesAsync(Rep, "reply: yes, since Monday")).Text);
        await story.UntilSlackAsync(Manager, "Anna answers about Cancity");
    }

    [Fact]
    public async Task Typed_with_a_name_it_answers_that_one_and_typed_without_it_asks_which()
    {
        await using var story = await BeginAsync();
        var (first, second) = (await story.OpensAsync("Cancity"), await story.OpensAsync("Bluestone"));
        await story.UntilSlackAsync(Manager, "Cancity needs you");
        await story.UntilSlackAsync(Manager, "Bluestone needs you");

        var which = await story.WritesAsync(Manager, "snooze 4 days");
        Assert.StartsWith("Which one do you mean?", which.Text, StringComparison.Ordinal);
        Assert.Equal(2, SlackBlocks.Of(which.Message, Tenant).Blocks.OfType<ActionsBlock>().Single().Elements.Count);
        Assert.Equal("9.9", (await story.UsesAsync(Manager, which, "Bluestone · Pumps · 100,000 EUR")).InPlaceOf);
        Assert.Equal((null, FollowUpAnswer.Snooze), ((await story.ChainAsync(first)).Answer, (await story.ChainAsync(second)).Answer));

        await story.WritesAsync(Manager, "take Cancity until Friday");
        Assert.Equal(FollowUpAnswer.TakeIt, (await story.ChainAsync(first)).Answer);

        Assert.Equal("Nothing waits for an answer of yours.", (await story.WritesAsync(Manager, "not an issue: all is well")).Text);
    }

    [Theory]
    [InlineData("reassign to Zoe", "I know no colleague called “Zoe”")]
    [InlineData("reassign Cancity", "Please name the colleague")]
    [InlineData("reassign to Melvin", "To look after it yourself, take it")]
    [InlineData("reassign to Anna", "It is Anna's opportunity already")]
    [InlineData("snooze until blue", "I do not know the day “blue”")]
    [InlineData("snooze until 1 January 2026", "is too early")]
    [InlineData("snooze until 20 November 2026", "is the latest day you may name")]
    [InlineData("snooze until 1 January 2999", "You said 1 Jan 2999. Did you mean 1 Jan 2027?")]
    [InlineData("take it until 20 November 2026", "is the latest day you may name")]
    [InlineData("snooze Zyzzx 3 days", "Nothing called “Zyzzx” waits")]
    [InlineData("ask Ada whether it is true", "Ada Lind is not of your team")]
    [InlineData("take a break", "I am not sure what you mean")]
    public async Task What_does_not_do_gets_a_sentence_and_changes_nothing(string words, string sentence)
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.UntilSlackAsync(Manager);

        var said = await story.WritesAsync(Manager, words);

        Assert.Contains(sentence, said.Text, StringComparison.Ordinal);
        Assert.Null((await story.ChainAsync(id)).Answer);
    }

    [Fact]
    public async Task A_name_that_only_comes_close_is_asked_about()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Bluestone Cement");
        await story.UntilSlackAsync(Manager);

        var asked = await story.WritesAsync(Manager, "snooze Bluestone 3 days");

        Assert.Null((await story.ChainAsync(id)).Answer);
        await story.UsesAsync(Manager, asked, "Bluestone Cement · Pumps · 100,000 EUR");
        Assert.Equal(FollowUpAnswer.Snooze, (await story.ChainAsync(id)).Answer);
    }

    [Fact]
    public async Task What_was_said_twice_is_said_again_and_recorded_anew_only_for_who_said_it()
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity");
        await story.UntilSlackAsync(Manager);
        await story.WritesAsync(Manager, "take it");

        Assert.StartsWith("You have taken Cancity", (await story.WritesAsync(Manager, "take it")).Text, StringComparison.Ordinal);
        Assert.Equal("Nothing waits for an answer of yours.", (await story.WritesAsync(Peer, "take it")).Text);
        Assert.Equal(Manager.Id, (await story.ChainAsync(id)).AnsweredBy);
    }

    [Fact]
    public async Task What_a_button_carries_is_the_answer_and_nothing_else()
    {
        await using var story = await BeginAsync();
        await story.OpensAsync("Cancity");

        var snooze = SlackBlocks.Of(await story.UntilSlackAsync(Manager), Tenant).Blocks.OfType<ActionsBlock>().First().Elements.OfType<Button>().Last();

        Assert.Equal($$"""{"opportunity":"o-Cancity","chain":"{{(await story.ChainAsync(new("o-Cancity"))).Key}}","answer":"Snooze","days":3}""", snooze.Value);
    }

    /// <summary>A nudge may wait for days in Slack, so what an earlier version sent must be answered still.</summary>
    [Theory]
    [InlineData("until", "2026-03-20", FollowUpAnswer.Snooze)]
    [InlineData("reason", "Holiday", FollowUpAnswer.NotAnIssue)]
    [InlineData("colleague", "ada", FollowUpAnswer.Reassign)]
    public async Task A_list_or_calendar_that_an_earlier_version_sent_answers_still(string list, string choice, FollowUpAnswer answer)
    {
        await using var story = await BeginAsync();
        var id = await story.OpensAsync("Cancity | Glass");
        await story.UntilSlackAsync(Manager);
        var row = JsonSerializer.Serialize(new { o = id.Value, c = (await story.ChainAsync(id)).Key, t = Tenant.Value });

        await story.Get<SlackInbox>().KeepAsync(
            new SlackInboxItem(SlackInboxItem.Pressed, "1", Manager.SlackId!, "D1", $"{FollowUpAnswers.Verb}/{list}", Message: "9.9", Block: row, Choice: choice), default);
        await story.WorkAsync();

        Assert.Equal((answer, Manager.Id), ((await story.ChainAsync(id)).Answer, (await story.ChainAsync(id)).AnsweredBy));
    }

    [Fact]
    public async Task One_answer_updates_the_messages_of_every_chain_that_was_told_in_the_same_message()
    {
        await using var story = await BeginAsync();
        var id = await TwoToldTogetherAsync(story);
        await MarkAsync(story, id, DeliveryStatus.Sent);

        await story.Get<FollowUpAnswers>().AnswerAsync(Tenant, Manager, id, "a", FollowUpAnswer.TakeIt, new CommandId("1"), "slack", default);
        await story.Get<AnsweredMessages>().RunOnceAsync(default);

        Assert.Equal("m-b~0", Assert.Single(story.Teams.Updated).Sent.MessageId);
        Assert.Equal("m-a~0", Assert.Single(story.Slack.Updated).Sent.MessageId);
        Assert.All(story.Teams.Updated.Concat(story.Slack.Updated), u => Assert.Contains("Melvin has taken it", u.Message.Notification, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_that_is_being_sent_while_it_is_answered_is_updated_once_it_is_sent()
    {
        await using var story = await BeginAsync();
        var id = await TwoToldTogetherAsync(story);
        await MarkAsync(story, id, DeliveryStatus.Claimed);
        var worker = story.Get<AnsweredMessages>();

        await story.Get<FollowUpAnswers>().AnswerAsync(Tenant, Manager, id, "a", FollowUpAnswer.TakeIt, new CommandId("1"), "slack", default);
        await worker.RunOnceAsync(default);
        Assert.Empty(story.Teams.Updated.Concat(story.Slack.Updated));

        await MarkAsync(story, id, DeliveryStatus.Sent);
        story.Clock.Advance(TimeSpan.FromMinutes(1));
        await worker.RunOnceAsync(default);
        Assert.Equal(2, story.Teams.Updated.Count + story.Slack.Updated.Count);
    }

    [Fact]
    public async Task Where_the_row_cannot_carry_what_it_is_about_only_the_buttons_are_there()
    {
        await using var story = await BeginAsync();
        await story.OpensAsync(new string('x', 260));

        var nudge = await story.UntilSlackAsync(Manager);

        Assert.All(SlackBlocks.Of(nudge, Tenant).Blocks.OfType<ActionsBlock>(), row => Assert.All(row.Elements, e => Assert.IsType<Button>(e)));
    }

    // the rep was reminded of b; the manager was nudged of a and in the same message of b
    private static async Task<OpportunityId> TwoToldTogetherAsync(FollowUpStory story)
    {
        var id = await story.OpensAsync("Cancity");
        var since = story.Clock.GetUtcNow();
        DueStep Step(string chain, int step, PersonId to, DeliveryKind kind, HeldBack? held = null) =>
            new(chain, StageOverdueCause.Id, since, step, to, kind, HeldBack: held);
        await story.SaysAsync(id, new OpportunityCommand.TakeFollowUpSteps([Step("b", 0, Rep.Id, DeliveryKind.Reminder)]));
        await story.SaysAsync(id, new OpportunityCommand.TakeFollowUpSteps(
            [Step("a", 0, Manager.Id, DeliveryKind.Nudge), Step("b", 1, Manager.Id, DeliveryKind.Nudge, new HeldBack(HeldBackReason.ToldTogether, "a"))]));
        return id;
    }

    private static async Task MarkAsync(FollowUpStory story, OpportunityId id, DeliveryStatus status)
    {
        foreach (var record in story.Deliveries())
        {
            var channel = record.Delivery.To == Rep.Id ? "msteams" : "slack";
            var marked = record with { Status = status, Channel = channel, ConversationId = "c", MessageId = "m-" + record.Delivery.Key };
            await story.Store.SubmitAsync(
                RowKeys.Opportunities, RowKeys.Partition(Tenant, id),
                [new TableOperation.Put(RowKeys.Delivery(record.Delivery.Key), JsonSerializer.SerializeToUtf8Bytes(marked, StoredJson.Default.DeliveryRecord))], default);
        }
    }

    private static DateOnly Today(FollowUpStory story) => DateOnly.FromDateTime(story.Clock.GetUtcNow().UtcDateTime);
}
