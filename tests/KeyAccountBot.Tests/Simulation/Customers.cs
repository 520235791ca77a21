using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;
using KeyAccountBot.Sales.FollowUps;

namespace KeyAccountBot.Tests.Simulation;

/// <summary>A customer company, as its record stands.</summary>
internal sealed class Customer(string name, PersonId director) : IDisposable
{
    private static readonly (string Department, Level Level, BuyingRole Role)[] Wanted =
    [
        ("purchasing", Level.Staff, BuyingRole.Purchaser), ("purchasing", Level.Manager, BuyingRole.Purchaser), ("technical", Level.Staff, BuyingRole.TechnicalEvaluator),
        ("quality", Level.Staff, BuyingRole.QualityInspector), ("user", Level.Manager, BuyingRole.User), ("finance", Level.Staff, BuyingRole.User),
        ("management", Level.Executive, BuyingRole.DecisionMaker),
    ];

    private readonly SemaphoreSlim alone = new(1, 1);
    private readonly AccountId id = AccountId.OfName(name);
    private Account? mapped;

    public string Name => name;

    /// <summary>As it stands; <c>null</c> while nobody there is on record.</summary>
    public Account? Account { get; private set; }

    /// <summary>As follow-ups are planned by it.</summary>
    public KnownCustomer Known => KnownCustomer.Of(Account);

    /// <summary>When anybody was last put on record, UTC.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Who approves contracts there, where that is on record.</summary>
    public ContactId? Approver => Account?.Active.FirstOrDefault(c => c.IsDecisionMaker)?.Id;

    /// <summary>Puts the first so many of those whom the playbook wants on record, each with somebody who looks after them.</summary>
    public async Task MapAsync(AccountLedger ledger, int people, PersonId by, DateTimeOffset now, DateOnly today)
    {
        await alone.WaitAsync();
        try
        {
            for (var i = 0; i < people; i++)
            {
                var (department, level, role) = Wanted[i];
                var contact = new ContactId($"c{i}");
                if (mapped?.Find(contact) is not null)
                {
                    continue;
                }

                var data = new ContactData($"{department} {level}", new DepartmentId(department), level, role, Strength: 3, IsCoach: i == 1);
                var outcome = await ledger.RecordAsync(
                    Year.Tenant, id, new AccountCommand.AddContact(name, contact, data, role == BuyingRole.DecisionMaker ? director : by),
                    new CommandContext(new CommandId($"map-{i}"), by, now, today, "msteams"), default);
                mapped = outcome.Account;
                ChangedAt = now;
            }
        }
        finally
        {
            alone.Release();
        }
    }

    /// <summary>From now on others see what was put on record: who acts at the same moment does not, whichever was faster.</summary>
    public void Settle() => Account = mapped;

    public void Dispose() => alone.Dispose();
}
