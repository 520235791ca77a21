using System.Text.Json.Serialization;

namespace KeyAccountBot.Sales.Accounts;

/// <summary>Something that happened to an account's record; recorded once, never changed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(AccountOpened), "account-opened")]
[JsonDerivedType(typeof(AccountCalled), "account-called")]
[JsonDerivedType(typeof(ContactAdded), "contact-added")]
[JsonDerivedType(typeof(ContactChanged), "contact-changed")]
[JsonDerivedType(typeof(ContactRetired), "contact-retired")]
[JsonDerivedType(typeof(MaintainerAssigned), "maintainer-assigned")]
[JsonDerivedType(typeof(ContactTouched), "contact-touched")]
public abstract record AccountEvent
{
    private AccountEvent() { }

    /// <summary>The account came on record, with its first contact.</summary>
    public sealed record AccountOpened(string Name) : AccountEvent;

    /// <summary>It is known what people call the customer beside its name: all of it.</summary>
    public sealed record AccountCalled(IReadOnlyList<string> Names) : AccountEvent;

    /// <summary>A contact came on record.</summary>
    public sealed record ContactAdded(ContactId Contact, ContactData Data) : AccountEvent;

    /// <summary>Something else is said of a contact.</summary>
    public sealed record ContactChanged(ContactId Contact, ContactData Data) : AccountEvent;

    /// <summary>A contact counts no more.</summary>
    public sealed record ContactRetired(ContactId Contact, string Reason) : AccountEvent;

    /// <summary>Another of ours looks after the contact, or nobody.</summary>
    public sealed record MaintainerAssigned(ContactId Contact, PersonId? Maintainer) : AccountEvent;

    /// <summary>The entry's person was in touch with a contact on a local date.</summary>
    public sealed record ContactTouched(ContactId Contact, DateOnly On, string What) : AccountEvent;
}

/// <summary>An event of an account with who, when and through which channel.</summary>
/// <param name="Number">Counted from 1 within the account, without gaps.</param>
/// <param name="Command">Events of one command share it.</param>
/// <param name="By">Who said it; <c>null</c> for the bot itself.</param>
/// <param name="At">When it was recorded, UTC.</param>
/// <param name="Channel">Through which channel, for example <c>msteams</c>, <c>slack</c>, <c>import</c>.</param>
/// <param name="What">The event.</param>
public sealed record AccountEntry(long Number, CommandId Command, PersonId? By, DateTimeOffset At, string Channel, AccountEvent What);
