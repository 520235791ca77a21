using System.Text;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.EndToEnd.Tests.Harness;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Storage;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace KeyAccountBot.EndToEnd.Tests;

/// <summary>What happens to an open question: interrupted, answered badly, given up, or older than the bot.</summary>
public sealed class InterruptionStories : IAsyncLifetime
{
    private Service service = null!;

    public async ValueTask InitializeAsync() => service = await Service.StartAsync();

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData("help", "I keep your opportunities on record")]
    [InlineData("who am i", "You are Ravi Patel")]
    [InlineData("my opportunities", "Your opportunities (4)")]
    public async Task A_question_in_between_is_answered_and_the_check_in_goes_on_where_it_stood(string words, string answer)
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("check in Nordwind Dairies");
        await rep.SaysAsync("1");
        await rep.SeesAsync("When was that?");

        await rep.SaysAsync(words);
        await rep.SeesAsync(answer);
        await rep.SeesAsync("When was that?");

        await rep.SaysAsync("today");
        await rep.SeesAsync("What shows it?");
    }

    [Fact]
    public async Task Help_at_the_summary_shows_the_summary_again_and_its_buttons_still_count()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("check in Nordwind Dairies");
        await rep.SaysAsync("none");
        await rep.SaysAsync("none");
        await rep.SeesAsync("Shall I record it?");

        await rep.SaysAsync("help");
        await rep.SeesAsync("Shall I record it?");
        Assert.Contains("Recorded for Nordwind Dairies", await rep.PressesAsync("Yes, record it"), StringComparison.Ordinal);
        Assert.Single((await service.EntriesAsync("s-01")).Select(e => e.What).OfType<OpportunityEvent.CheckedIn>());
    }

    [Fact]
    public async Task An_answer_that_is_none_is_asked_for_again_with_a_hint_as_often_as_it_takes()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("check in Nordwind Dairies");
        await rep.SaysAsync("the blue one");
        await rep.SeesAsync("Which milestones have been reached?");
        await rep.SaysAsync("1");
        foreach (var nonsense in new[] { "blue", "31 February", "when I was there" })
        {
            await rep.SaysAsync(nonsense);
            await rep.SeesAsync("I need a date");
        }

        await rep.SaysAsync("yesterday");
        await rep.SeesAsync("What shows it?");
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("stop")]
    [InlineData("never mind")]
    public async Task Cancel_at_any_question_leaves_nothing_behind(string cancel)
    {
        var rep = service.Teams("ravi");
        string[] answers = ["1", "today", "a letter", "visit", "next friday"];
        for (var given = 0; given <= answers.Length; given++)
        {
            await rep.SaysAsync("check in Nordwind Dairies");
            foreach (var answer in answers[..given])
            {
                await rep.SaysAsync(answer);
            }

            await rep.SaysAsync(cancel);
            await rep.SeesAsync("Cancelled; nothing was recorded.");
            await rep.SaysAsync("yes");
            await rep.SeesAsync("Nothing waits for a yes or a no.");
        }

        Assert.Single(await service.EntriesAsync("s-01"));
    }

    [Fact]
    public async Task Something_else_asked_for_takes_the_open_questions_place()
    {
        var rep = service.Teams("ravi");
        await rep.SaysAsync("check in Nordwind Dairies");
        await rep.SaysAsync("status Halden Paper");
        await rep.SeesAsync("Palletiser retrofit");
        await rep.SaysAsync("1");
        await rep.SeesAsync("A number alone does not tell me enough");
    }

    [Theory]
    [InlineData("""{"version":0,"dialogs":{"stack":[{"dialogId":"check-in","version":1,"state":{}}]}}""")]
    [InlineData("""{"version":1,"dialogs":{"stack":[{"dialogId":"check-in","version":99,"state":{}}]}}""")]
    [InlineData("""{"version":1,"dialogs":{"stack":[{"dialogId":"a-dialog-of-old","version":1,"state":{}}]}}""")]
    [InlineData("""{"version":"one","dialogs":7}""")]
    [InlineData("no JSON")]
    public async Task A_conversation_kept_by_an_older_version_is_begun_anew_with_an_apology(string kept)
    {
        var rep = service.Teams("ravi");
        await KeepAsync(rep, kept);

        await rep.SaysAsync("yes");
        await rep.SeesAsync("I have been updated since your last message");
        await rep.SaysAsync("check in Nordwind Dairies");
        await rep.SeesAsync("Which milestones have been reached?");
        await rep.SaysAsync("1");
        await rep.SeesAsync("When was that?");
    }

    [Theory]
    [InlineData("help", "I keep your opportunities on record")]
    [InlineData("status Nordwind Dairies", "Filling line 4")]
    public async Task What_is_asked_for_is_answered_even_when_the_open_question_is_too_old(string words, string answer)
    {
        var rep = service.Teams("ravi");
        await KeepAsync(rep, """{"version":1,"dialogs":{"stack":[{"dialogId":"a-dialog-of-old","version":1,"state":{}}]}}""");

        await rep.SaysAsync(words);
        await rep.SeesAsync(answer);
        await rep.SaysAsync("who am i");
        await rep.SeesAsync("You are Ravi Patel");
    }

    private async Task KeepAsync(TeamsUser user, string kept) =>
        await service.Services.GetRequiredService<ITableStore>().SubmitAsync(
            ConversationTable.Name, TeamsArrival.KeyOf(user.Activity("")), [new TableOperation.Put(ConversationTable.Row, Encoding.UTF8.GetBytes(kept))], CancellationToken.None);
}
