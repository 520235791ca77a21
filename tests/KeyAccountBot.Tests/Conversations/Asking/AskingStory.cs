using System.Globalization;
using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Playbooks;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Tests.FollowUps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace KeyAccountBot.Tests.Conversations.Asking;

/// <summary>
/// Two teams under one director with a few opportunities on record, who ask about them. It is Thursday, 12 March 2026, ten o'clock.
/// </summary>
public abstract class AskingStory : IAsyncLifetime
{
    internal static readonly TenantId Tenant = new("contoso");
    internal static readonly Person Nina = new(new("nina"), "Nina Berg", Role.Rep, Manager: new("mara"));
    internal static readonly Person Omar = new(new("omar"), "Omar Haddad", Role.Rep, Manager: new("mara"));
    internal static readonly Person Pia = new(new("pia"), "Pia Costa", Role.Rep, Manager: new("milo"));
    internal static readonly Person Mara = new(new("mara"), "Mara Klein", Role.Manager, Manager: new("dana"));
    internal static readonly Person Milo = new(new("milo"), "Milo Ruiz", Role.Manager, Manager: new("dana"));
    internal static readonly Person Dana = new(new("dana"), "Dana Voss", Role.Director);

    internal static readonly OpportunityId Presses = new("presses");
    internal static readonly OpportunityId Dryers = new("dryers");
    internal static readonly OpportunityId Silos = new("silos");
    internal static readonly OpportunityId Mixers = new("mixers");
    internal static readonly OpportunityId Ovens = new("ovens");
    internal static readonly OpportunityId Spares = new("spares");
    internal static readonly OpportunityId Cranes = new("cranes");

    private static readonly Person[] Staff = [Nina, Omar, Pia, Mara, Milo, Dana];
    private readonly FakeTimeProvider clock = new(At(1, 5));
    private readonly Company company = new(Staff);
    private readonly ServiceProvider services;
    private int commands;

    private protected AskingStory()
    {
        var store = new MemoryStore(clock);
        services = FollowUpServices.On(clock, store, store, PlaybookFile.Load(PlaybookFile.Default), Tenant).BuildServiceProvider();
    }

    /// <summary>The last message.</summary>
    internal Message Reply { get; private set; } = Message.Of("");

    internal static DateTimeOffset At(int month, int day, int hour = 10) => new(2026, month, day, hour, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await services.GetRequiredService<PeopleRepository>().PutAsync(Tenant, Staff, default);
        clock.SetUtcNow(At(1, 12));
        await KnowsAsync("Halm Mills", "lena", "Lena Orth", "purchasing", Level.Manager, BuyingRole.Purchaser, 3, Nina, coach: true);
        await KnowsAsync("Halm Mills", "viktor", "Viktor Halm", "management", Level.Executive, BuyingRole.DecisionMaker, 1, Dana);
        await KnowsAsync("Quint Foods", "eva", "Eva Quint", "management", Level.Executive, BuyingRole.DecisionMaker, 1, Omar);
        await KnowsAsync("Quint Foods", "tom", "Tom Bach", "technical", Level.Staff, BuyingRole.TechnicalEvaluator, 1, Omar);
        await KnowsAsync("Delta Yards", "ria", "Ria Delta", "technical", Level.Manager, BuyingRole.TechnicalEvaluator, 2, Pia, coach: true);

        await OpensAsync(Presses, "Halm Mills", "Oil presses", 800_000, Nina, "negotiation", new(2026, 3, 27));
        await OpensAsync(Dryers, "Halm Mills", "Dryers", 90_000, Nina, "development", new(2026, 8, 31));
        await OpensAsync(Silos, "Quint Foods", "Silos", 300_000, Omar, "bidding", new(2026, 5, 15));
        await OpensAsync(Mixers, "Quint Foods", "Mixers", 150_000, Omar, "proposal", new(2026, 3, 20));
        await OpensAsync(Ovens, "Quint Foods", "Ovens", 60_000, Omar, "proposal", null);
        await OpensAsync(Spares, "Halm Mills", "Spare parts", 40_000, Nina, "bidding", null);
        await OpensAsync(Cranes, "Delta Yards", "Cranes", 2_000_000, Pia, "negotiation", new(2026, 3, 30), "USD");

        clock.SetUtcNow(At(2, 20));
        await DoesAsync(Nina, Spares, new OpportunityCommand.Lose("price"));
        await DoesAsync(Omar, Ovens, new OpportunityCommand.Hold("no budget before summer", new(2026, 5, 4)));
        clock.SetUtcNow(At(3, 2));
        await DoesAsync(Nina, Presses, new OpportunityCommand.ReportVisit(
            null, new(2026, 3, 2), [new("lena")], [], [new MilestoneClaim(new("terms-agreed"), new(2026, 2, 26), null)], new NextStep("send the contract", new(2026, 3, 10)), "She asks for a longer warranty"));
        await TouchesAsync(Nina, "Halm Mills", "lena", new(2026, 3, 2));
        await DoesAsync(Nina, Dryers, new OpportunityCommand.CheckIn([], new NextStep("first call", new(2026, 3, 16))));
        await DoesAsync(Omar, Silos, new OpportunityCommand.ChooseBidBranch(new BidBranch.Bid(new(2026, 3, 18))));
        await DoesAsync(Omar, Silos, new OpportunityCommand.CheckIn([], new NextStep("bring the bid", new(2026, 3, 18))));
        await DoesAsync(Omar, Mixers, new OpportunityCommand.CheckIn([], null));
        await DoesAsync(Pia, Cranes, new OpportunityCommand.CheckIn([], new NextStep("call the lawyer", new(2026, 3, 5))));
        await DoesAsync(Nina, Presses, new OpportunityCommand.PlanVisit(new("v1"), At(3, 13, 9), [new("lena"), new("viktor")], null));
        await DoesAsync(Pia, Cranes, new OpportunityCommand.PlanVisit(new("v2"), At(3, 13, 11), [new("ria")], null));
        clock.SetUtcNow(At(3, 12));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return services.DisposeAsync();
    }

    /// <summary>What somebody is answered who is understood to ask for this.</summary>
    internal async Task<string> AsksAsync(Person who, string wish, params (string Slot, string Value)[] slots)
    {
        var asked = slots.GroupBy(s => s.Slot).Aggregate(new Asked(wish, wish), (a, s) => a.With(s.Key, [.. s.Select(v => v.Value)]));
        var grant = services.GetServices<Feature>().SelectMany(f => f.Grants).Single(g => g.Wish == wish);
        return await AnsweredAsync(who, new Incoming.Said(wish), (turn, scene) => grant.Do(new DialogSet().CreateContext(turn, new DialogState()), scene, asked, default));
    }

    /// <summary>What somebody is answered who says just these words.</summary>
    internal Task<string> SaysAsync(Person who, string words) => AnsweredAsync(
        who, new Incoming.Said(words), (turn, _) => services.GetRequiredService<Conversation>().RespondAsync(turn, new DialogState(), default));

    /// <summary>Holds that these parts stand in a text, one after the other.</summary>
    internal static void InOrder(string text, params string[] parts)
    {
        var from = 0;
        foreach (var part in parts)
        {
            var at = text.IndexOf(part, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"“{part}” does not come after the first {from} characters of:{Environment.NewLine}{text}");
            from = at + part.Length;
        }
    }

    /// <summary>Records something as who does it.</summary>
    internal async Task DoesAsync(Person who, OpportunityId id, OpportunityCommand command) =>
        Assert.Null((await services.GetRequiredService<OpportunityLedger>().RecordAsync(Tenant, id, command, Context(who), company, default)).Refusal);

    /// <summary>Somebody was told of what is overdue.</summary>
    internal async Task TellsAsync(OpportunityId id, FollowUpCause cause, DateTimeOffset since, params Person[] readers)
    {
        foreach (var (reader, step) in readers.Select((r, i) => (r, i)))
        {
            var due = new DueStep(FollowUpChain.KeyOf(cause, since), cause, since, step, reader.Id);
            var context = new CommandContext(new CommandId($"c{++commands}"), null, clock.GetUtcNow(), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), "clock");
            Assert.Null((await services.GetRequiredService<OpportunityLedger>().RecordAsync(Tenant, id, new OpportunityCommand.TakeFollowUpSteps([due]), context, company, default)).Refusal);
        }
    }

    private async Task<string> AnsweredAsync(Person who, Incoming incoming, Func<TurnContext, Scene, ValueTask> answer)
    {
        var scene = new Scene(Tenant, who, company, CultureInfo.GetCultureInfo(who.Locale), clock.GetUtcNow(), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), "terminal");
        var turn = new TurnContext($"turn-{++commands}", incoming);
        turn.Set(scene);
        await answer(turn, scene);
        Reply = Assert.Single(turn.Replies);
        return Marks.Plain(PlainText.Of(Reply));
    }

    private async Task OpensAsync(OpportunityId id, string account, string name, decimal amount, Person owner, string stage, DateOnly? close, string currency = "EUR") =>
        await DoesAsync(owner, id, new OpportunityCommand.Open(account, name, new Money(amount, currency), owner.Id, close, new(stage), At(2, 9)));

    private async Task KnowsAsync(
        string account, string id, string name, string department, Level level, BuyingRole role, int strength, Person maintainer, bool coach = false)
    {
        var add = new AccountCommand.AddContact(account, new(id), new ContactData(name, new(department), level, role, strength, coach), maintainer.Id);
        Assert.Null((await services.GetRequiredService<AccountLedger>().RecordAsync(Tenant, AccountId.OfName(account), add, Context(maintainer), default)).Refusal);
    }

    private async Task TouchesAsync(Person who, string account, string contact, DateOnly on) => Assert.Null((await services.GetRequiredService<AccountLedger>().RecordAsync(
        Tenant, AccountId.OfName(account), new AccountCommand.LogTouch([new(contact)], on, "She asks for a longer warranty"), Context(who), default)).Refusal);

    private CommandContext Context(Person who) =>
        new(new CommandId($"c{++commands}"), who.Id, clock.GetUtcNow(), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), "test");
}
