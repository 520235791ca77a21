using KeyAccountBot.Conversations;
using KeyAccountBot.Conversations.Turns;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.People;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Tests.FollowUps;
using Microsoft.Extensions.DependencyInjection;
using static KeyAccountBot.Tests.FollowUps.FollowUpStory;

namespace KeyAccountBot.Tests.Requests;

/// <summary>Somebody's talk with the bot: what they ask for by a wish and its slots, what they say then, and what they are answered in plain words.</summary>
internal sealed class Talk(FollowUpStory story, Person who)
{
    private readonly DialogState state = new();
    private int turns;

    /// <summary>What was said last, message by message.</summary>
    public IReadOnlyList<Message> Said { get; private set; } = [];

    /// <summary>Asks for a wish with these slots; several values of one slot stand between commas.</summary>
    public async Task<string> AsksAsync(string wish, params (string Slot, string Value)[] slots)
    {
        var features = story.Services.GetServices<Feature>().ToList();
        var dialogs = new DialogSet();
        Prompts.AddTo(dialogs);
        foreach (var dialog in features.SelectMany(f => f.Dialogs))
        {
            dialogs.Add(dialog);
        }

        var asked = slots.Aggregate(new Asked(wish, wish), (a, s) => a.With(s.Slot, s.Value.Split(',')));
        var (turn, scene) = await TurnAsync(new Incoming.Said(wish));
        await features.SelectMany(f => f.Grants).Single(g => g.Wish == wish).Do(dialogs.CreateContext(turn, state), scene, asked, default);
        return Heard(turn);
    }

    /// <summary>Says these words.</summary>
    public async Task<string> SaysAsync(string words)
    {
        var (turn, _) = await TurnAsync(new Incoming.Said(words));
        await story.Services.GetRequiredService<Conversation>().RespondAsync(turn, state, default);
        return Heard(turn);
    }

    private async Task<(TurnContext Turn, Scene Scene)> TurnAsync(Incoming incoming)
    {
        var company = await story.Get<CompanyDirectory>().GetAsync(Tenant, default);
        var person = company.Find(who.Id)!;
        var now = story.Clock.GetUtcNow();
        var today = FollowUpPolicy.CalendarOf(person, story.Playbook.FollowUps).DateAt(now);
        var scene = new Scene(Tenant, person, company, Scene.CultureOf(person.Locale), now, today, "slack");
        var turn = new TurnContext(TalkToken.Of($"{who.Id}-{++turns}", person.Id), incoming);
        turn.Set(scene);
        return (turn, scene);
    }

    private string Heard(TurnContext turn)
    {
        Said = turn.Replies;
        return string.Join("\n", Said.Select(m => PlainText.Of(m)));
    }
}
