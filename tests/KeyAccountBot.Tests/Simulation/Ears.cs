using System.Collections.Concurrent;
using System.Globalization;
using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>A message that reached somebody.</summary>
/// <param name="Id">Of the message.</param>
/// <param name="To">Whom.</param>
/// <param name="At">When, UTC.</param>
internal sealed record Heard(string Id, PersonId To, DateTimeOffset At);

/// <summary>What everybody heard, on both channels, that no check has explained yet.</summary>
internal sealed class Ears(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Heard> unexplained = new(StringComparer.Ordinal);
    private int count;

    /// <summary>How many messages were heard.</summary>
    public int Count => count;

    /// <summary>How many messages were brought in line later.</summary>
    public int Updated;

    /// <summary>How often a channel said no.</summary>
    public int Refused;

    /// <summary>What nobody has explained yet, in order of hearing.</summary>
    public IEnumerable<Heard> Unexplained => unexplained.Values.OrderBy(h => h.Id.Length).ThenBy(h => h.Id, StringComparer.Ordinal);

    public bool IsQuiet => unexplained.IsEmpty;

    public string Hear(PersonId to)
    {
        var id = "m-" + Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture);
        unexplained[id] = new Heard(id, to, clock.GetUtcNow());
        return id;
    }

    /// <summary>A message by its id, which is explained now; <c>null</c> where nobody heard it, or it is explained.</summary>
    public Heard? Explain(string? id) => id is not null && unexplained.TryRemove(id, out var heard) ? heard : null;
}

/// <summary>A channel that takes what it is given, is closed to a few, and now and then asks for patience or fails.</summary>
internal sealed class SimulatedChannel(Channel channel, Ears ears) : IChannelSender
{
    private const int PatienceEvery = 997;
    private const int FailureEvery = 1499;
    private int calls;

    public Channel Channel => channel;

    public Task<SentMessage> SendAsync(TenantId tenant, Person person, Message message, CancellationToken cancellationToken)
    {
        var call = Interlocked.Increment(ref calls);
        var refusal = channel == Channel.Slack && person.Id.Value[^1] == '7' ? new NotSentException("account_inactive", isPermanent: true)
            : call % PatienceEvery == 0 ? new NotSentException("ratelimited", isPermanent: false, TimeSpan.FromSeconds(30), isThrottled: true)
            : call % FailureEvery == 0 ? new NotSentException("http_503", isPermanent: false)
            : null;
        if (refusal is not null)
        {
            Interlocked.Increment(ref ears.Refused);
            throw refusal;
        }

        return Task.FromResult(new SentMessage("c-" + person.Id, ears.Hear(person.Id)));
    }

    public Task<SentMessage> PostAsync(TenantId tenant, string conversation, Message message, CancellationToken cancellationToken) =>
        throw new NotSentException("the playbook names no room", isPermanent: true);

    public Task UpdateAsync(TenantId tenant, Person person, SentMessage sent, Message message, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref ears.Updated);
        return Task.CompletedTask;
    }
}
