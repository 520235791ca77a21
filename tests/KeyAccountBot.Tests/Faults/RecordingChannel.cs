using KeyAccountBot.Deliveries;
using KeyAccountBot.Messages;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Tests.Faults;

/// <summary>One message that somebody got.</summary>
/// <param name="To">Who.</param>
/// <param name="Words">What it said, without its card.</param>
/// <param name="At">When, by the story's clock.</param>
internal sealed record Told(PersonId To, string Words, DateTimeOffset At);

/// <summary>A channel that takes everything and remembers when it came.</summary>
internal sealed class RecordingChannel(Channel channel, TimeProvider clock, List<Told> told) : IChannelSender
{
    public Channel Channel => channel;

    public Task<SentMessage> SendAsync(TenantId tenant, Person person, Message message, CancellationToken cancellationToken)
    {
        lock (told)
        {
            told.Add(new Told(person.Id, message.Notification, clock.GetUtcNow()));
            return Task.FromResult(new SentMessage($"c-{person.Id}", $"m-{told.Count}"));
        }
    }

    public Task<SentMessage> PostAsync(TenantId tenant, string conversation, Message message, CancellationToken cancellationToken) =>
        SendAsync(tenant, new Person(new PersonId(conversation), conversation, Role.Rep), message, cancellationToken);

    public Task UpdateAsync(TenantId tenant, Person person, SentMessage sent, Message message, CancellationToken cancellationToken) => Task.CompletedTask;
}
