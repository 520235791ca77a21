using System.Text.Json;
using KeyAccountBot.Channels;
using KeyAccountBot.Channels.Slack;
using KeyAccountBot.Dialogs;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Tests.FollowUps;

/// <summary>Something the bot answered in Slack.</summary>
/// <param name="User">Whom.</param>
/// <param name="Message">What, before it was drawn.</param>
/// <param name="Call">The call that Slack would get.</param>
internal sealed record SaidInSlack(string User, Message Message, JsonElement Call)
{
    /// <summary>All its words, without buttons.</summary>
    public string Text => Message.InWords();

    /// <summary>The message in whose place it stands; <c>null</c> for a new one.</summary>
    public string? InPlaceOf => Call.GetProperty("body").TryGetProperty("ts", out var ts) ? ts.GetString() : null;
}

/// <summary>Slack in a story: what is said is drawn by the real one, and what would be sent is remembered; what people are told by itself goes another way.</summary>
internal sealed class SlackChat(SlackChannel real, FakeChannel news) : IChannel
{
    private readonly Lock gate = new();

    // a call as the rows keep it → whom it answers, and what it says
    private readonly Dictionary<string, (string User, Message Message)> drawn = new(StringComparer.Ordinal);

    public string Id => real.Id;

    public Channel? Reaches => real.Reaches;

    public ChannelAbilities Abilities => real.Abilities;

    public ChannelPace Takes => real.Takes;

    /// <summary>Everything that was answered, oldest first.</summary>
    public List<SaidInSlack> Said { get; } = [];

    public ValueTask<(TenantId Tenant, Person Person)?> FindAsync(
        Arrival arrival, TurnContext turn, IConversationMemory memory, CancellationToken cancellationToken) => real.FindAsync(arrival, turn, memory, cancellationToken);

    public DrawnTurn Draw(Arrival arrival, TenantId? tenant, IReadOnlyList<Message> said)
    {
        var turn = real.Draw(arrival, tenant, said);
        lock (gate)
        {
            foreach (var (call, message) in turn.Replies.Zip(said))
            {
                drawn[call.GetRawText()] = (arrival.User, message);
            }
        }

        return turn;
    }

    public JsonElement Sentence(JsonElement like, string words) => real.Sentence(like, words);

    public string WordsOf(JsonElement reply) => real.WordsOf(reply);

    public Task SendAsync(JsonElement reply, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var (user, message) = drawn[reply.GetRawText()];
            Said.Add(new SaidInSlack(user, message, reply));
        }

        return Task.CompletedTask;
    }

    public ValueTask<bool> ReachesAsync(TenantId tenant, Person person, CancellationToken cancellationToken) => news.ReachesAsync(tenant, person, cancellationToken);

    public Task<SentMessage> SendAsync(TenantId tenant, Person person, Message message, CancellationToken cancellationToken) =>
        news.SendAsync(tenant, person, message, cancellationToken);

    public Task<SentMessage> PostAsync(TenantId tenant, string conversation, Message message, CancellationToken cancellationToken) =>
        news.PostAsync(tenant, conversation, message, cancellationToken);

    public Task UpdateAsync(TenantId tenant, Person person, SentMessage sent, Message message, CancellationToken cancellationToken) =>
        news.UpdateAsync(tenant, person, sent, message, cancellationToken);
}

/// <summary>Reads a message as people without cards do.</summary>
internal static class ReadMessages
{
    /// <summary>All its words, without marks and buttons.</summary>
    public static string InWords(this Message message) => Marks.Plain(PlainText.Of(message));
}
