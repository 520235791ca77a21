using System.Text;
using KeyAccountBot.Channels;
using KeyAccountBot.Commands;
using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.FollowUps;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;
using KeyAccountBot.Sales.Playbooks;
using KeyAccountBot.Tests.FollowUps;

namespace KeyAccountBot.Tests.Deliveries;

/// <summary>Puts deliveries on record as the ledger does, and reads how far they are.</summary>
internal static class Telling
{
    public static readonly Person Administrator = new(new("ada"), "Ada", Role.Administrator, SlackId: "U-ada");

    /// <summary>A delivery that holds whatever happens, and goes out at once.</summary>
    public static Delivery Answer(string key, Person to, string? after = null, Room? room = null, Channel? over = null) =>
        new(key, DeliveryKind.Answered, to.Id, null, null, null, FollowUpStory.Rep.Id, Over: over, After: after, Room: room);

    public static async Task TellAsync(this FollowUpStory story, OpportunityId id, Delivery delivery, bool withMessage = true, string? queue = null)
    {
        var due = new DeliveryDue(FollowUpStory.Tenant, id, delivery.Key);
        var now = story.Clock.GetUtcNow();
        if (withMessage)
        {
            var reader = (await story.Get<CompanyDirectory>().GetAsync(FollowUpStory.Tenant, default)).Find(delivery.To);
            await story.Store.SendAsync(queue ?? DeliveryLanes.Of(delivery, reader), DeliveryRows.MessageOf(due), now, default);
        }

        await story.Get<DeliveryRows>().AddAsync(due, new DeliveryRecord(delivery, DeliveryStatus.Pending, At: now), default);
    }

    /// <summary>An opportunity that is far over its stage's time, and whose reminder to the rep is on record and due.</summary>
    public static async Task<OpportunityId> RemindsAsync(this FollowUpStory story, string account, decimal amount, bool urgent = false, string currency = "EUR")
    {
        var (id, now) = (new OpportunityId("o-" + account), story.Clock.GetUtcNow());
        var company = await story.Get<CompanyDirectory>().GetAsync(FollowUpStory.Tenant, default);
        await story.SaysAsync(id, new OpportunityCommand.Open(account, "Pumps", new Money(amount, currency), FollowUpStory.Rep.Id, null, StageEnteredAt: now.AddDays(-90)));
        var opportunity = (await story.Ledger.FindAsync(FollowUpStory.Tenant, id, default))!.Opportunity;
        var due = FollowUpPolicy.Plan(opportunity, KnownCustomer.Of(null), story.Playbook, company, now).Due;
        await story.SaysAsync(id, new OpportunityCommand.TakeFollowUpSteps([.. due.Select(d => d with { Urgent = urgent })]));
        return id;
    }

    public static async Task HiresAsync(this FollowUpStory story, params Person[] people)
    {
        await story.Get<PeopleRepository>().PutAsync(FollowUpStory.Tenant, people, default);
        story.Get<CompanyDirectory>().Forget();
    }

    public static async Task<DeliveryRecord> RecordAsync(this FollowUpStory story, OpportunityId id, string key) =>
        (await story.Get<DeliveryRows>().FindAsync(new DeliveryDue(FollowUpStory.Tenant, id, key), default))!.Value.Record;

    public static Task<IReadOnlyList<StoredDeadLetter>> DeadLettersAsync(this FollowUpStory story) => story.Get<DeadLetters>().ListAsync(FollowUpStory.Tenant, default);

    /// <summary>Types a command; what it said, errors behind it.</summary>
    public static async Task<(int Code, string Said)> TypesAsync(this FollowUpStory story, params string[] args)
    {
        var said = new StringBuilder();
        await using var writer = new StringWriter(said);
        var code = await CommandLine.RunAsync(args, () => new Borrowed(story), writer, writer);
        return (code, said.ToString());
    }

    /// <summary>A channel that asks for patience.</summary>
    public static NotSentException TooMuch(TimeSpan wait) => new("ratelimited", isPermanent: false, wait, isThrottled: true);

    // the command line disposes what it was lent
    private sealed class Borrowed(FollowUpStory story) : IServiceProvider
    {
        public object? GetService(Type serviceType) => story.Services.GetService(serviceType);
    }
}
