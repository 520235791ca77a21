using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Dialogs;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Reminders;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Sayings.Worlds;
using KeyAccountBot.Storage.Memory;
using NodaTime;

namespace KeyAccountBot.Sayings.Trials;

/// <summary>Makes the bot's services around a store and a clock; the rest is as in the service.</summary>
/// <param name="tables">The rows.</param>
/// <param name="clock">What time it is.</param>
/// <param name="placing">The feature that brings a talk to where something is said.</param>
internal delegate IServiceProvider MakeServices(MemoryTableStore tables, TimeProvider clock, Feature placing);

/// <summary>
/// A world on record, in which things are said: each by a speaker in a conversation of their own, by the real conversation. What one saying
/// records is gone before the next.
/// </summary>
internal sealed class Trial : IAsyncDisposable
{
    private readonly World world;
    private readonly MakeServices make;
    private readonly MemoryTableStore asGiven;
    private readonly StandingClock clock = new();
    private readonly Placements placements;
    private MemoryTableStore tables;
    private IServiceProvider services;

    private Trial(World world, MakeServices make)
    {
        (this.world, this.make) = (world, make);
        placements = new Placements(world, () => services!);
        asGiven = new MemoryTableStore();
        clock.Now = Moments.Instant(world.Now, DateTimeZoneProviders.Tzdb[world.TimeZone]);
        tables = asGiven;
        services = make(tables, clock, placements);
    }

    /// <summary>What of the world the record would not take.</summary>
    public IReadOnlyList<string> Refused { get; private set; } = [];

    /// <summary>The method that is followed.</summary>
    public Playbook Playbook => services.GetRequiredService<Playbook>();

    private TenantId Tenant => services.GetRequiredService<BotOptions>().HomeTenant;

    /// <summary>Puts the world on record.</summary>
    public static async Task<Trial> OpenAsync(World world, MakeServices make, CancellationToken cancellationToken)
    {
        var trial = new Trial(world, make);
        var record = new WorldOnRecord(
            world, trial.Tenant, trial.services.GetRequiredService<PeopleRepository>(), trial.services.GetRequiredService<OpportunityLedger>(),
            trial.services.GetRequiredService<AccountLedger>(), trial.services.GetRequiredService<PersonalReminders>(), trial.Playbook);
        await record.PutAsync(cancellationToken);
        trial.Refused = record.Refused;
        await trial.BeginAnewAsync();
        return trial;
    }

    /// <summary>Says something in the world as it was given, and tells what came of it; <c>null</c> where the talk could not be brought to where it is said.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1031", Justification = "What fails is told as what came of it, and the next is said.")]
    public async Task<Outcome?> SayAsync(Saying saying, CancellationToken cancellationToken)
    {
        try
        {
            return await SayOnceAsync(saying, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await BeginAnewAsync();
            return new Outcome { Failure = $"{e.GetType().Name}: {e.Message}" };
        }
    }

    private async Task<Outcome?> SayOnceAsync(Saying saying, CancellationToken cancellationToken)
    {
        var person = world.People.First(p => p.Id.Value == saying.Speaker);
        clock.Now = Moments.Instant(saying.Now ?? world.Now, DateTimeZoneProviders.Tzdb[world.TimeZone]);
        if (saying.TimeZone is { } zone)
        {
            person = person with { TimeZone = zone };
        }

        var (state, conversation) = (new DialogState(), services.GetRequiredService<Conversation>());
        IReadOnlyList<PlacedOption> options = [];
        if (saying.Question is not null)
        {
            placements.Saying = saying;
            var placing = await TurnAsync(conversation, state, person, saying, new Incoming.Pressed(Placements.Verb, DialogJson.ToElement(new { })), cancellationToken);
            if (!placements.IsPlaced)
            {
                await MendAsync();
                return null;
            }

            options = placements.Options;
        }

        var before = StateOf(state);
        var version = tables.Version;
        var turn = await TurnAsync(conversation, state, person, saying, new Incoming.Said(saying.Text), cancellationToken);
        var (replies, after) = (turn.Replies.Select(WordsOf).ToList(), StateOf(state));
        var outcome = new Outcome
        {
            Understood = turn.Find<Understood>(),
            Reports = await ChosenAsync(conversation, state, person, saying, cancellationToken),
            Before = before,
            After = after,
            Options = options,
            Replies = replies,
            Recorded = tables.Version == version ? Recorded.Nothing : await Recorded.SinceAsync(asGiven, tables, services, Tenant, world, cancellationToken),
            Today = clock.Now.TodayOf(person),
        };
        await MendAsync();
        return outcome;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => services is IAsyncDisposable disposable ? disposable.DisposeAsync() : ValueTask.CompletedTask;

    // where the bot asks which opportunity a report is about, it is told the right one: what it then proposes counts, and that it asked is kept
    private async Task<IReadOnlyList<Sales.Reports.OpportunityProposal>> ChosenAsync(
        Conversation conversation, DialogState state, Person person, Saying saying, CancellationToken cancellationToken)
    {
        var reports = Proposed.In(state);
        if (saying.Question is not null || reports.FirstOrDefault(r => r.Opportunity is null && r.Candidates.Count > 1) is not { } asked
            || OpenField.Of(state) is not { } open)
        {
            return reports;
        }

        var candidates = asked.Candidates.Select(c => c.Value).ToList();
        var wanted = (saying.Expected.Reports ?? []).SelectMany(r => r.Opportunity is { } id ? [id] : r.Candidates).FirstOrDefault(id => candidates.Contains(id, StringComparer.Ordinal));
        if (open.Choices.FirstOrDefault(c => c.Id is not null && c.Id == wanted) is not { } choice)
        {
            return reports;
        }

        var press = new Incoming.Pressed(Messages.PressAction.AnswerVerb, DialogJson.ToElement(new { answer = choice.Value, token = state.Token }));
        await TurnAsync(conversation, state, person, saying, press, cancellationToken);
        return [.. Proposed.In(state).Select(r => r.Opportunity?.Value == wanted ? r with { Opportunity = null, Candidates = asked.Candidates } : r)];
    }

    private static TalkState StateOf(DialogState state) => new([.. state.Stack.Select(d => d.DialogId)], Proposed.In(state), OpenField.Of(state));

    private static string WordsOf(Messages.Message message) => Messages.Marks.Plain(Messages.PlainText.Of(message));

    private async Task<TurnContext> TurnAsync(
        Conversation conversation, DialogState state, Person person, Saying saying, Incoming what, CancellationToken cancellationToken)
    {
        var company = await services.GetRequiredService<CompanyDirectory>().GetAsync(Tenant, cancellationToken);
        var scene = new Scene(
            Tenant, person, company, Scene.CultureOf(person.Locale), clock.Now, FollowUpPolicy.CalendarOf(person, Playbook.FollowUps).DateAt(clock.Now), "terminal")
        {
            Subject = SubjectOf(saying, person),
        };
        var turn = new TurnContext(TalkToken.Of($"trial~{saying.Id}~{Guid.NewGuid():N}", person.Id), what);
        turn.Set(new SlotsWanted());
        turn.Set(scene);
        await conversation.RespondAsync(turn, state, cancellationToken);
        return turn;
    }

    // what was spoken of last is what a message of ours was about
    private Subject? SubjectOf(Saying saying, Person person)
    {
        var followUp = world.FollowUps.FirstOrDefault(f => f.Id == saying.FollowUp);
        if ((followUp?.Opportunity ?? saying.Opportunity) is not { } opportunity)
        {
            return null;
        }

        var cause = followUp is null ? (FollowUpCause?)null : new FollowUpCause(char.ToUpperInvariant(followUp.Cause[0]) + followUp.Cause[1..]);
        var since = followUp is null ? (DateTimeOffset?)null : Moments.Instant(followUp.Since.ToDateTime(new TimeOnly(12, 0)), DateTimeZoneProviders.Tzdb[world.TimeZone]);
        var chain = cause is { } why && since is { } at ? FollowUpChain.KeyOf(why, at) : null;
        return new Subject(new OpportunityId(opportunity), new Delivery($"trial~{saying.Id}", DeliveryKind.Reminder, person.Id, chain, cause, since, null));
    }

    // what was recorded is gone with the store that holds it
    private async Task MendAsync()
    {
        if (tables.Version != asGiven.Version)
        {
            await BeginAnewAsync();
        }
    }

    private async Task BeginAnewAsync()
    {
        await DisposeAsync();
        tables = asGiven.Copy();
        services = make(tables, clock, placements);
    }
}
