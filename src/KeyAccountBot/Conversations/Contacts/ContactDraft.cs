using System.Text.Json.Serialization;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>What a person has said of a contact so far.</summary>
internal sealed record ContactDraft
{
    /// <summary>The customer's name.</summary>
    public string Account { get; init; } = "";

    /// <summary>The id of the one it changes; <c>null</c> for a new one.</summary>
    public string? Contact { get; init; }

    /// <summary>As shown.</summary>
    public string Name { get; init; } = "";

    /// <summary>The department's id.</summary>
    public string Department { get; init; } = "";

    /// <summary>How high they stand.</summary>
    public Level Level { get; init; } = Level.Staff;

    /// <summary>What they do in the purchase.</summary>
    public BuyingRole BuyingRole { get; init; } = BuyingRole.User;

    /// <summary>Of our relationship, 0 to 4.</summary>
    public int Strength { get; init; }

    /// <summary>They guide us from inside.</summary>
    public bool IsCoach { get; init; }

    /// <summary>Their superior's id; <c>null</c> for nobody known.</summary>
    public string? ReportsTo { get; init; }

    /// <summary>The id of who of us looks after them; <c>null</c> for nobody.</summary>
    public string? Maintainer { get; init; }

    /// <summary>What they are called at the customer; <c>null</c> where not known.</summary>
    public string? Title { get; init; }

    /// <summary>Their phone number; <c>null</c> where not known.</summary>
    public string? Phone { get; init; }

    /// <summary>Their e-mail address; <c>null</c> where not known.</summary>
    public string? Email { get; init; }

    /// <summary>A contact as they stand on record.</summary>
    public static ContactDraft Of(string account, Contact contact) => new()
    {
        Account = account,
        Contact = contact.Id.Value,
        Name = contact.Name,
        Department = contact.Data.Department.Value,
        Level = contact.Data.Level,
        BuyingRole = contact.Data.BuyingRole,
        Strength = contact.Data.Strength,
        IsCoach = contact.Data.IsCoach,
        ReportsTo = contact.Data.ReportsTo?.Value,
        Maintainer = contact.Maintainer?.Value,
        Title = contact.Data.Title,
        Phone = contact.Data.Phone,
        Email = contact.Data.Email,
    };

    /// <summary>The contact's id. A new one's follows from the command that adds them, so that a repeat makes no second contact.</summary>
    public ContactId IdUnder(string command) => new(Contact ?? CommandIds.Derive(command)[..16]);

    /// <summary>Who of us looks after them.</summary>
    [JsonIgnore]
    public PersonId? MaintainedBy => Maintainer is { } id ? new PersonId(id) : null;

    /// <summary>What is said of them.</summary>
    [JsonIgnore]
    public ContactData Data => new(
        Name, new DepartmentId(Department), Level, BuyingRole, Strength, IsCoach, ReportsTo is { } superior ? new ContactId(superior) : null,
        Title, Phone, Email);
}
