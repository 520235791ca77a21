using KeyAccountBot.Channels;
using KeyAccountBot.Conversations.Rows;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Conversations.Turns;

/// <content>Where something is said: among others, under a message of ours, or in a message that was changed.</content>
internal sealed partial class TurnEngine
{
    /// <summary>
    /// What is said where others read is a turn of the speaker's own conversation: its talk goes on there, and what is private is answered
    /// there. Answers what may stand before all; <c>null</c> where the turn is answered right here.
    /// </summary>
    private async ValueTask<IReadOnlyList<Message>?> AsideAsync(Arrival arrival, Scene scene, CancellationToken cancellationToken)
    {
        if (await channels.Of(arrival.Over).AsideAsync(arrival, scene.Tenant, scene.Person, cancellationToken) is { } aside)
        {
            // the answer to the call is what may stand before all: a repeated turn gives it again
            return await RunAsync(aside, cancellationToken) is { } forAll ? DialogJson.FromElement<IReadOnlyList<Message>>(forAll)! : [AnsweredElsewhere(scene)];
        }

        return arrival.IsWhispered || conversation.IsForAll(arrival.What) ? null : [Message.ForAll(scene.Say("aside.no-chat", scene.Person.Name))];
    }

    // what nobody else is shown needs no other place, unless it begins a talk
    private DrawnTurn DrawAside(Arrival arrival, ConversationRecord record, Scene scene, IReadOnlyList<Message> said)
    {
        var staysThere = arrival.IsWhispered && record.Dialogs.Token != TalkToken.Of(arrival.Turn, scene.Person.Id);
        List<Message> there = [.. said.Where(m => staysThere || m.IsForAll)];
        List<Message> here = [.. said.Where(m => !staysThere && !m.IsForAll)];
        if (here.Count > 0)
        {
            there.Add(AnsweredElsewhere(scene));
        }

        return channels.Of(arrival.Over).Draw(arrival, scene.Tenant, here) with { Response = DialogJson.ToElement<IReadOnlyList<Message>>(there) };
    }

    private static Message AnsweredElsewhere(Scene scene) => Message.ForAll(scene.Say("aside.answered", scene.Person.Name));

    // a team is greeted in the language of who added the bot
    private static IReadOnlyList<Message> GreetTeam(Arrival arrival, ConversationRecord record)
    {
        var isKnown = record.Greeted;
        record.Greeted = true;
        return isKnown ? [] : [Message.ForAll(Texts["greeting.team", Scene.CultureOf(arrival.Locale)])];
    }

    // a thread under a message is about what that message told
    private async ValueTask<Subject?> SubjectAsync(Arrival arrival, ConversationRecord record, TenantId tenant, Person person, CancellationToken cancellationToken)
    {
        if (arrival.Under is not { } under)
        {
            return null;
        }

        var root = arrival.IsThread ? record.Thread : null;
        if (root is null)
        {
            root = new ThreadRoot(await sent.FindAsync(tenant, person, arrival.Channel, under, cancellationToken));
            record.Thread = arrival.IsThread ? root : null;
        }

        return root.Told is { } told && await sent.ReadAsync(tenant, told, cancellationToken) is { } delivery ? new Subject(told.Opportunity, delivery) : null;
    }

    private static Incoming ReadNow(Arrival arrival, ConversationRecord record) => arrival.What is Incoming.Edited edited
        ? edited with { BeganLastTalk = arrival.Message is { } message && message == record.BegunBy }
        : arrival.What;
}
