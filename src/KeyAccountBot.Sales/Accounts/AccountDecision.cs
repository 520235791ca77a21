namespace KeyAccountBot.Sales.Accounts;

/// <summary>What comes of a command to an account: events to record, or a refusal to explain.</summary>
public abstract record AccountDecision
{
    private AccountDecision() { }

    /// <summary>Record these; none means that all of it is on record already.</summary>
    public sealed record Accepted(IReadOnlyList<AccountEvent> Events) : AccountDecision;

    /// <summary>Record nothing and say why.</summary>
    public sealed record Refused(AccountRefusal Reason) : AccountDecision;
}

/// <summary>Why a command to an account is refused.</summary>
public abstract record AccountRefusal
{
    private AccountRefusal() { }

    /// <summary>The account has no such contact.</summary>
    public sealed record NoSuchContact(ContactId Contact) : AccountRefusal;

    /// <summary>The contact counts no more.</summary>
    public sealed record RetiredContact(Contact Contact) : AccountRefusal;

    /// <summary>What is on record of the account cannot be read, or a newer version of the program wrote it: nothing is added to it.</summary>
    public sealed record CannotBeRead : AccountRefusal;

    /// <summary>Something is on record under this contact's id already.</summary>
    public sealed record ContactOnRecord(ContactId Contact) : AccountRefusal;

    /// <summary>An active contact has this name already.</summary>
    public sealed record NameTaken(Contact By) : AccountRefusal;

    /// <summary>A name, a reason or what was done is blank.</summary>
    public sealed record NothingSaid : AccountRefusal;

    /// <summary>The strength lies outside 0 to 4.</summary>
    public sealed record StrengthOutside(int Strength) : AccountRefusal;

    /// <summary>The playbook lists no such department.</summary>
    public sealed record NoSuchDepartment(DepartmentId Department) : AccountRefusal;

    /// <summary>They would report to themselves, directly or through others.</summary>
    public sealed record ReportingCircle(ContactId Contact, ContactId ReportsTo) : AccountRefusal;

    /// <summary>The touch names no contact.</summary>
    public sealed record NobodyTouched : AccountRefusal;

    /// <summary>The date lies in the future.</summary>
    public sealed record TouchInTheFuture(DateOnly On) : AccountRefusal;

    /// <summary>They see no opportunity of this customer.</summary>
    public sealed record NotTheirs : AccountRefusal;
}
