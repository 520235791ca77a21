namespace KeyAccountBot.Sales.Accounts;

/// <summary>Something a person wants recorded of an account.</summary>
public abstract record AccountCommand
{
    private AccountCommand() { }

    /// <summary>Puts a contact on record, and with the first one the account, under the name given here.</summary>
    public sealed record AddContact(string Account, ContactId Contact, ContactData Data, PersonId? Maintainer = null) : AccountCommand;

    /// <summary>Says what people call the customer beside the name given here: all of it, none for nothing. The account comes on record with it.</summary>
    public sealed record CallAlso(string Account, IReadOnlyList<string> Names) : AccountCommand;

    /// <summary>Says anew what is said of a contact.</summary>
    public sealed record ChangeContact(ContactId Contact, ContactData Data) : AccountCommand;

    /// <summary>The contact counts no more: left, or not concerned. The record stays.</summary>
    public sealed record RetireContact(ContactId Contact, string Reason) : AccountCommand;

    /// <summary>Names who of us looks after the contact; <c>null</c> for nobody.</summary>
    public sealed record AssignMaintainer(ContactId Contact, PersonId? Maintainer) : AccountCommand;

    /// <summary>Who gives this command was in touch with these contacts on a local date.</summary>
    public sealed record LogTouch(IReadOnlyList<ContactId> Contacts, DateOnly On, string What) : AccountCommand;
}
