using System.Security.Cryptography;
using System.Text;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;

namespace KeyAccountBot.Conversations.Contacts;

/// <summary>What a person has said of a contact so far.</summary>
/// <param name="Account">At which customer.</param>
/// <param name="Command">Given when the dialog began; however often it is confirmed, it counts once.</param>
/// <param name="Contact">Whom it changes; <c>null</c> for a new one.</param>
/// <param name="Name">As shown.</param>
/// <param name="Department">The department's id.</param>
/// <param name="Level">How high they stand.</param>
/// <param name="BuyingRole">What they do in the purchase.</param>
/// <param name="Strength">Of our relationship, 0 to 4.</param>
/// <param name="IsCoach">Guides us from inside.</param>
/// <param name="ReportsTo">Their superior's id; <c>null</c> for nobody known.</param>
/// <param name="Maintainer">Who of us looks after them; <c>null</c> for nobody.</param>
internal sealed record ContactDraft(
    string Account, string Command, string? Contact, string Name, string Department, Level Level, BuyingRole BuyingRole, int Strength, bool IsCoach,
    string? ReportsTo, string? Maintainer)
{
    /// <summary>A new contact, of whom nothing is known yet.</summary>
    public static ContactDraft New(string account, string command) =>
        new(account, command, null, "", "", Level.Staff, BuyingRole.User, 0, false, null, null);

    /// <summary>A contact as they stand on record.</summary>
    public static ContactDraft Of(string account, string command, Contact contact) => new(
        account, command, contact.Id.Value, contact.Name, contact.Data.Department.Value, contact.Data.Level, contact.Data.BuyingRole,
        contact.Data.Strength, contact.Data.IsCoach, contact.Data.ReportsTo?.Value, contact.Maintainer?.Value);

    /// <summary>The contact's id: a new one follows from the command, so that a repeat makes no second contact.</summary>
    public ContactId Id => new(Contact ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Command)))[..16]);

    /// <summary>Who of us looks after them.</summary>
    public PersonId? MaintainedBy => Maintainer is { } id ? new PersonId(id) : null;

    /// <summary>What is said of them.</summary>
    public ContactData Data => new(
        Name, new DepartmentId(Department), Level, BuyingRole, Strength, IsCoach, ReportsTo is { } superior ? new ContactId(superior) : null);
}
