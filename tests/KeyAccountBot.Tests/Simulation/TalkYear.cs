using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Channels;
using KeyAccountBot.Channels.Teams;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Storage;
using KeyAccountBot.Tests.Simulation.Checks;
using KeyAccountBot.Tests.Turns;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>Which year of talk.</summary>
/// <param name="Seed">All chance comes from it.</param>
/// <param name="People">How many talk.</param>
/// <param name="Days">How many days it has.</param>
internal sealed record TalkPlan(int Seed, int People = 12, int Days = 365)
{
    /// <summary>What the engine sends over.</summary>
    public Func<IReplyChannel, IReplyChannel> Channel { get; init; } = c => c;

    /// <summary>What the engine keeps records in.</summary>
    public Func<ITableStore, TimeProvider, ITableStore> Tables { get; init; } = (t, _) => t;
}

/// <summary>
/// A year of people who talk with the bot on a clock that jumps, beside the year of the company: the real turns, notes and worker.
/// Once a week the connector refuses one reply of each person: for minutes, for hours or for good. Now and then the process dies
/// before it has sent what it committed.
/// </summary>
internal sealed class TalkYear(TalkPlan plan, TurnStory story)
{
    private static readonly string[] Words = ["help", "who am i", "my opportunities"];
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly DateTimeOffset start = story.Clock.GetUtcNow();
    private readonly PriorityQueue<Talk, DateTimeOffset> talks = new();

    // activity → when it was said, and until when its reply is refused
    private readonly Dictionary<string, Talk> said = new(StringComparer.Ordinal);
    private readonly HashSet<string> heard = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> sentences = new(StringComparer.Ordinal);
    private TurnReplica bot = null!;

    public Violations Violations { get; } = new(plan.Seed, story.Clock.GetUtcNow());

    /// <summary>How many replies arrived, were late, and were lost.</summary>
    public (int Heard, int Late, int Lost) Figures { get; private set; }

    private DateTimeOffset Now => story.Clock.GetUtcNow();

    public static async Task<TalkYear> LiveAsync(TalkPlan plan)
    {
        Person[] people = [.. Enumerable.Range(0, plan.People).Select(i => new Person(new($"p{i}"), $"Person {i}", Role.Rep, TeamsId: $"aad-p{i}"))];
        await using var story = await TurnStory.BeginAsync(others: people);
        var year = new TalkYear(plan, story);
        year.Plan(people);
        await year.RunAsync();
        return year;
    }

    private void Plan(Person[] people)
    {
        var chance = new Chance(plan.Seed);
        var count = 0;
        foreach (var person in people)
        {
            for (var week = 0; week < plan.Days / 7; week++)
            {
                var refused = chance.From(0, 4);
                for (var day = 0; day < 5; day++)
                {
                    var at = start.AddDays((7 * week) + day).AddMinutes(chance.From(0, 500));
                    var refusal = day != refused ? TimeSpan.Zero : chance.From(0, 9) switch
                    {
                        < 5 => TimeSpan.FromSeconds(chance.From(1, 400)),
                        < 9 => TimeSpan.FromMinutes(chance.From(11, 400)),
                        _ => TimeSpan.MaxValue,
                    };
                    var talk = new Talk($"t{count++}", person, at, chance.One(Words), refusal, Dies: chance.Of(0.005));
                    talks.Enqueue(talk, at);
                }
            }
        }
    }

    private async Task RunAsync()
    {
        story.Connector.Refuses = Refusal;
        story.Connector.Before = HearAsync;
        bot = Start();
        while (talks.Count > 0)
        {
            talks.TryPeek(out _, out var next);
            await UntilAsync(next);
            var talk = talks.Dequeue();
            said[talk.Id] = talk;
            await bot.SaysAsync(talk.Words, talk.Who, id: talk.Id);
            if (talk.Dies)
            {
                bot = Start();
                await bot.BeginsAsync();
            }
            else if (talk.Refusal == TimeSpan.Zero && !heard.Contains(talk.Id))
            {
                Violations.Add(Promise.NobodyMuted, Now, null, talk.Who.Id, $"the reply to “{talk.Words}” did not come at once");
            }
        }

        await UntilAsync(Now + TimeSpan.FromDays(4));
        await EndAsync();
    }

    private TurnReplica Start() => story.Starts(engine => plan.Tables(engine.Tables, story.Clock), connector: plan.Channel(story.Connector));

    // from moment to moment: whatever comes, and a minute after a death
    private async Task UntilAsync(DateTimeOffset end)
    {
        while (true)
        {
            await bot.WorksAsync();
            var next = story.Diary.Next is { } due && due > Now ? due : end;
            next = bot.Get<ConversationReplies>().IsWaiting && next > Now + Minute ? Now + Minute : next;
            if (Now >= end)
            {
                return;
            }

            story.Clock.SetUtcNow(next < end ? next : end);
        }
    }

    private NotSentException? Refusal(Activity reply)
    {
        // the sentence goes where everything else goes
        if (reply.ReplyToId is not { } id || said[id] is not { } talk)
        {
            return null;
        }

        return talk.Dies && Now == talk.At ? RecordingConnector.Down
            : talk.Refusal == TimeSpan.MaxValue ? new NotSentException("403", isPermanent: true)
            : Now < talk.At + talk.Refusal ? RecordingConnector.Down
            : null;
    }

    private Task HearAsync(Activity reply)
    {
        if (Refusal(reply) is not null)
        {
            return Task.CompletedTask;
        }

        if (reply.ReplyToId is not { } id)
        {
            sentences[reply.Conversation!.Id!] = Now;
            return Task.CompletedTask;
        }

        var talk = said[id];
        Figures = Figures with { Heard = Figures.Heard + 1, Late = Figures.Late + (Now > talk.At ? 1 : 0) };
        if (Now - talk.At > ReplyRules.Fresh)
        {
            Violations.Add(Promise.NothingStale, Now, null, talk.Who.Id, $"the reply to “{talk.Words}” came {Now - talk.At} late");
        }

        if (!heard.Add(id))
        {
            Violations.Add(Promise.Once, Now, null, talk.Who.Id, $"the reply to “{talk.Words}” came twice");
        }

        return Task.CompletedTask;
    }

    private async Task EndAsync()
    {
        var dead = (await bot.Get<DeadLetters>().ListAsync(TurnStory.Tenant, default)).Count(l => l.Letter.Kind == DeadLetterKind.Reply);
        var forGood = said.Values.Count(t => t.Refusal == TimeSpan.MaxValue);
        if (dead != forGood)
        {
            Violations.Add(Promise.Settled, Now, null, null, $"{forGood} replies were refused for good, and {dead} are dead letters");
        }

        foreach (var talk in said.Values.Where(t => t.Refusal < TimeSpan.MaxValue && !heard.Contains(t.Id)))
        {
            Figures = Figures with { Lost = Figures.Lost + 1 };
            if (talk.Refusal < TimeSpan.FromMinutes(7) || sentences.GetValueOrDefault("a:" + talk.Who.Id) < talk.At)
            {
                Violations.Add(Promise.NothingStale, talk.At, null, talk.Who.Id, $"the reply to “{talk.Words}” never came, and no sentence stands for it");
            }
        }

        if (story.Store.Rows(ConversationTable.Name).Any(r => r.Label is not null) || story.Store.Count(OwedRows.Queue) > 0)
        {
            Violations.Add(Promise.Settled, Now, null, null, "replies are still owed in the end");
        }
    }

    /// <summary>Somebody says something.</summary>
    /// <param name="Id">Of the activity.</param>
    /// <param name="Who">Somebody.</param>
    /// <param name="At">When, UTC.</param>
    /// <param name="Words">Something.</param>
    /// <param name="Refusal">For how long the connector refuses the reply.</param>
    /// <param name="Dies">The process dies before it can send the reply.</param>
    private sealed record Talk(string Id, Person Who, DateTimeOffset At, string Words, TimeSpan Refusal, bool Dies);
}
