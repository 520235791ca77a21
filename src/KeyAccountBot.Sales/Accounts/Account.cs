using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Accounts;

/// <summary>One of ours was in touch with a contact.</summary>
/// <param name="On">Local date.</param>
/// <param name="By">Who of us, themselves; <c>null</c> where an import did not know.</param>
/// <param name="What">In their words.</param>
public sealed record Touch(DateOnly On, PersonId? By, string What);

/// <summary>What is said of a contact; given whole whenever it changes.</summary>
/// <param name="Name">As shown; unique among the account's active contacts, whatever its capitals.</param>
/// <param name="Department">One of the playbook's.</param>
/// <param name="Level">How high they stand.</param>
/// <param name="BuyingRole">What they do in the purchase.</param>
/// <param name="Strength">Of our relationship: 0 (unknown to us) to 4 (sells for us).</param>
/// <param name="IsCoach">Guides us from inside.</param>
/// <param name="ReportsTo">Their superior, also a contact.</param>
/// <param name="Title">What they are called at the customer, such as "head of maintenance".</param>
/// <param name="Phone">As it was said.</param>
/// <param name="Email">As it was said.</param>
public sealed record ContactData(
    string Name, DepartmentId Department, Level Level, BuyingRole BuyingRole, int Strength = 0, bool IsCoach = false, ContactId? ReportsTo = null,
    string? Title = null, string? Phone = null, string? Email = null);

/// <summary>A person at the customer.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Data">What is said of them.</param>
/// <param name="Maintainer">Who of us looks after them; may have left since, see <see cref="Coverage.CoverageMatrix"/>.</param>
/// <param name="KnownSince">The UTC date they came on record.</param>
/// <param name="Touches">The last touch by each of our people, latest first.</param>
/// <param name="RetiredBecause">Why they count no more; <c>null</c> while active.</param>
public sealed record Contact(
    ContactId Id, ContactData Data, PersonId? Maintainer, DateOnly KnownSince, IReadOnlyList<Touch> Touches, string? RetiredBecause = null)
{
    /// <summary>As shown.</summary>
    [JsonIgnore]
    public string Name => Data.Name;

    /// <summary>Still with the customer, and concerned.</summary>
    [JsonIgnore]
    public bool IsActive => RetiredBecause is null;

    /// <summary>Says yes or no in the end.</summary>
    [JsonIgnore]
    public bool IsDecisionMaker => Data.BuyingRole == BuyingRole.DecisionMaker;

    /// <summary>The latest touch by anybody of ours.</summary>
    [JsonIgnore]
    public Touch? LastTouch => Touches.Count > 0 ? Touches[0] : null;
}

/// <summary>A customer company: its entries folded. All its opportunities share its contacts.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Name">As first written.</param>
/// <param name="Version">The number of its last entry.</param>
/// <param name="Contacts">In the order they came on record, retired ones too.</param>
public sealed record Account(AccountId Id, string Name, long Version, IReadOnlyList<Contact> Contacts)
{
    /// <summary>What people call the customer beside its name: a short form, a nickname.</summary>
    public IReadOnlyList<string> Called { get => field ?? []; init; }

    /// <summary>The contacts that count.</summary>
    [JsonIgnore]
    public IEnumerable<Contact> Active => Contacts.Where(c => c.IsActive);

    /// <summary>The contact with this id, retired or not; <c>null</c> where there is none.</summary>
    public Contact? Find(ContactId id) => Contacts.FirstOrDefault(c => c.Id == id);
}
