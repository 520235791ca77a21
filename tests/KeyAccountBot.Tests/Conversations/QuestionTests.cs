using System.Globalization;
using System.Text.Json;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Dialogs;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Conversations;
using KeyAccountBot.Messages;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Records;
using KeyAccountBot.Tests.FollowUps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Conversations;

/// <summary>How a question shows what may be chosen, and what may be said to it.</summary>
public sealed class QuestionTests : IAsyncLifetime
{
    private static readonly TenantId Tenant = new("contoso");
    private static readonly Person Rep = new(new("rosa"), "Rosa", Role.Rep);
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
    private readonly Company company = new([Rep]);
    private readonly DialogState state = new();
    private readonly ServiceProvider services;
    private int said;

    public QuestionTests()
    {
        var clock = new FakeTimeProvider(Now);
        var store = new MemoryStore(clock);
        services = FollowUpServices.On(clock, store, store, PlaybookFile.Load(PlaybookFile.Default), Tenant).BuildServiceProvider();
    }

    public async ValueTask InitializeAsync() => await services.GetRequiredService<PeopleRepository>().PutAsync(Tenant, [Rep], default);

    public ValueTask DisposeAsync() => services.DisposeAsync();

    [Theory]
    [InlineData(3, 3, 0)]
    [InlineData(4, 0, 4)]
    [InlineData(6, 0, 6)]
    [InlineData(7, 0, 0)]
    [InlineData(12, 0, 0)]
    public async Task Three_choices_are_suggested_six_stand_on_a_card_and_more_are_words(int opportunities, int suggested, int onCard)
    {
        await OpenAsync(opportunities);
        var question = await SaysAsync("status");

        Assert.Equal((suggested, onCard), (question.SuggestedActions?.Actions.Count ?? 0, ButtonsOf(question).Count));
        Assert.All(Enumerable.Range(1, opportunities), n => Assert.Contains(NameOf(n), question.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_that_is_cut_says_so_and_what_is_not_on_it_can_be_named()
    {
        await OpenAsync(21);
        var question = await SaysAsync("status");
        Assert.EndsWith("… and 9 more: type a name.", question.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(NameOf(21), question.Text, StringComparison.Ordinal);

        Assert.StartsWith(NameOf(21), (await SaysAsync(NameOf(21))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_button_of_a_choice_answers_while_its_question_stands_and_is_stale_after_it()
    {
        await OpenAsync(4);
        var button = ButtonsOf(await SaysAsync("status"))[2];

        Assert.StartsWith(NameOf(3), (await PressesAsync(button)).Text, StringComparison.Ordinal);
        Assert.Contains("no longer current", (await PressesAsync(button)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missed_twice_it_is_said_in_words_how_to_leave_it_and_cancel_leaves_it()
    {
        await OpenAsync(4);
        await SaysAsync("status");
        var first = await SaysAsync("blue");
        var second = await SaysAsync("green");

        Assert.DoesNotContain("cancel", first.Text, StringComparison.Ordinal);
        Assert.Contains("cancel", second.Text, StringComparison.Ordinal);
        Assert.Null(second.Attachments);
        await SaysAsync("cancel");
        Assert.Empty(state.Stack);
    }

    [Fact]
    public async Task An_opportunity_that_is_won_says_so_and_since_when_before_anything_is_asked()
    {
        await OpenAsync(1);
        var sale = new OpportunityId("o-01");
        foreach (var milestone in new[] { "project-information", "project-established", "relationship-advanced", "bid-submitted", "contract-approved", "contract-signed" })
        {
            await RecordAsync(sale, new OpportunityCommand.CheckIn([new MilestoneClaim(new(milestone), new(2026, 3, 2), null)], null));
        }

        Assert.Equal("It is won already, since 2 Mar 2026.", (await SaysAsync($"won {NameOf(1)}")).Text);
        Assert.Equal("It is won already, since 2 Mar 2026.", (await SaysAsync($"lost {NameOf(1)}")).Text);
        Assert.Empty(state.Stack);
    }

    private static string NameOf(int number) => $"Customer {number.ToString("D2", CultureInfo.InvariantCulture)}";

    private static List<JsonElement> ButtonsOf(Activity said) =>
        said.Attachments is [{ Content: { } card }] ? [.. card.GetProperty("actions").EnumerateArray()] : [];

    private async Task OpenAsync(int opportunities)
    {
        for (var n = 1; n <= opportunities; n++)
        {
            await RecordAsync(
                new OpportunityId($"o-{n.ToString("D2", CultureInfo.InvariantCulture)}"),
                new OpportunityCommand.Open(NameOf(n), "Pumps", new Money(100_000, "EUR"), Rep.Id, null));
        }
    }

    private async Task RecordAsync(OpportunityId id, OpportunityCommand command)
    {
        var context = new CommandContext(new CommandId(Guid.NewGuid().ToString()), Rep.Id, Now, new(2026, 3, 2), "test");
        Assert.Null((await services.GetRequiredService<OpportunityLedger>().RecordAsync(Tenant, id, command, context, company, default)).Refusal);
    }

    private Task<Activity> SaysAsync(string words) => RespondAsync(new Incoming.Said(words));

    private Task<Activity> PressesAsync(JsonElement button) =>
        RespondAsync(new Incoming.Pressed(button.GetProperty("verb").GetString()!, button.GetProperty("data")));

    // as a client shows it that has words beside its cards
    private async Task<Activity> RespondAsync(Incoming incoming)
    {
        var turn = new TurnContext($"activity-{++said}", incoming);
        turn.Set(new Scene(Tenant, Rep, company, CultureInfo.GetCultureInfo("en"), Now, new(2026, 3, 2), ChannelIds.Teams));
        await services.GetRequiredService<Conversation>().RespondAsync(turn, state, default);
        var message = Assert.Single(turn.Replies);
        return TeamsChannel.ActivityOf(message, new Activity { ChannelId = "emulator", Conversation = new("a:1") });
    }
}
