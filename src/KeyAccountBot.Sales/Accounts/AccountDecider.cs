using KeyAccountBot.Sales.Playbooks;
using static KeyAccountBot.Sales.Accounts.AccountCommand;
using static KeyAccountBot.Sales.Accounts.AccountEvent;

namespace KeyAccountBot.Sales.Accounts;

/// <summary>The rule book of an account: what a command leads to, and what an event changes. Pure.</summary>
public static class AccountDecider
{
    /// <summary>Decides a command against the state, <c>null</c> where nothing is on record; no event is recorded by this.</summary>
    public static AccountDecision Decide(AccountCommand command, Account? state, CommandContext context, Playbook playbook) => command switch
    {
        AddContact add => Decide(add, state, playbook),
        CallAlso call => Decide(call, state),
        ChangeContact change => Active(state, change.Contact, out var contact) is { } refusal ? Refuse(refusal)
            : Faults(change.Data, change.Contact, state, playbook) is { } fault ? Refuse(fault)
            : contact!.Data == Tidy(change.Data) ? Accept()
            : Accept(new ContactChanged(change.Contact, Tidy(change.Data))),
        RetireContact retire => Active(state, retire.Contact, out _) is { } refusal ? Refuse(refusal)
            : string.IsNullOrWhiteSpace(retire.Reason) ? Refuse(new AccountRefusal.NothingSaid())
            : Accept(new ContactRetired(retire.Contact, retire.Reason)),
        AssignMaintainer assign => Active(state, assign.Contact, out var contact) is { } refusal ? Refuse(refusal)
            : contact!.Maintainer == assign.Maintainer ? Accept()
            : Accept(new MaintainerAssigned(assign.Contact, assign.Maintainer)),
        LogTouch touch => Decide(touch, state, context),
        _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}."),
    };

    /// <summary>Folds one entry in; the first one must open the account.</summary>
    public static Account Evolve(AccountId id, Account? state, AccountEntry entry)
    {
        if (entry.What is AccountOpened opened)
        {
            return new Account(id, opened.Name, entry.Number, []);
        }

        _ = state ?? throw new InvalidOperationException($"The first entry of {id} is {entry.What.GetType().Name}, not AccountOpened.");
        IReadOnlyList<Contact> contacts = entry.What switch
        {
            ContactAdded added =>
                [.. state.Contacts, new Contact(added.Contact, added.Data, null, DateOnly.FromDateTime(entry.At.UtcDateTime), [])],
            ContactChanged changed => With(state, changed.Contact, c => c with { Data = changed.Data }),
            // who reported to them reports to nobody we know
            ContactRetired retired =>
                [.. With(state, retired.Contact, c => c with { RetiredBecause = retired.Reason })
                    .Select(c => c.Data.ReportsTo == retired.Contact ? c with { Data = c.Data with { ReportsTo = null } } : c)],
            MaintainerAssigned assigned => With(state, assigned.Contact, c => c with { Maintainer = assigned.Maintainer }),
            ContactTouched touched => With(state, touched.Contact, c => c with { Touches = WithTouch(c.Touches, new Touch(touched.On, entry.By, touched.What)) }),
            AccountOpened or AccountCalled => state.Contacts,
            _ => throw new InvalidOperationException($"No rule for {entry.What.GetType().Name}."),
        };
        return state with { Version = entry.Number, Contacts = contacts, Called = entry.What is AccountCalled called ? called.Names : state.Called };
    }

    /// <summary>Folds entries in order.</summary>
    public static Account? Fold(AccountId id, Account? state, IEnumerable<AccountEntry> entries) =>
        entries.Aggregate(state, (current, entry) => Evolve(id, current, entry));

    private static AccountDecision Decide(AddContact add, Account? state, Playbook playbook)
    {
        if (string.IsNullOrWhiteSpace(add.Account))
        {
            return Refuse(new AccountRefusal.NothingSaid());
        }

        if (state?.Find(add.Contact) is not null)
        {
            return Refuse(new AccountRefusal.ContactOnRecord(add.Contact));
        }

        if (Faults(add.Data, add.Contact, state, playbook) is { } fault)
        {
            return Refuse(fault);
        }

        return Accept([
            .. state is null ? [new AccountOpened(add.Account.Trim())] : Array.Empty<AccountEvent>(),
            new ContactAdded(add.Contact, Tidy(add.Data)),
            .. add.Maintainer is { } maintainer ? [new MaintainerAssigned(add.Contact, maintainer)] : Array.Empty<AccountEvent>(),
        ]);
    }

    private static AccountDecision Decide(CallAlso call, Account? state)
    {
        if (string.IsNullOrWhiteSpace(call.Account))
        {
            return Refuse(new AccountRefusal.NothingSaid());
        }

        List<string> names = [.. call.Names.Select(n => n.Trim()).Where(n => n.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        return (state?.Called ?? []).SequenceEqual(names, StringComparer.Ordinal)
            ? Accept()
            : Accept([.. state is null ? [new AccountOpened(call.Account.Trim())] : Array.Empty<AccountEvent>(), new AccountCalled(names)]);
    }

    private static AccountDecision Decide(LogTouch touch, Account? state, CommandContext context)
    {
        if (touch.On > context.Today)
        {
            return Refuse(new AccountRefusal.TouchInTheFuture(touch.On));
        }

        if (touch.Contacts.Count == 0)
        {
            return Refuse(new AccountRefusal.NobodyTouched());
        }

        foreach (var contact in touch.Contacts)
        {
            if (Active(state, contact, out _) is { } refusal)
            {
                return Refuse(refusal);
            }
        }

        return string.IsNullOrWhiteSpace(touch.What)
            ? Refuse(new AccountRefusal.NothingSaid())
            : Accept([.. touch.Contacts.Distinct().Select(c => new ContactTouched(c, touch.On, touch.What))]);
    }

    private static AccountRefusal? Active(Account? state, ContactId id, out Contact? contact)
    {
        contact = state?.Find(id);
        return contact switch
        {
            null => new AccountRefusal.NoSuchContact(id),
            { IsActive: false } => new AccountRefusal.RetiredContact(contact),
            _ => null,
        };
    }

    private static AccountRefusal? Faults(ContactData data, ContactId contact, Account? state, Playbook playbook)
    {
        if (string.IsNullOrWhiteSpace(data.Name))
        {
            return new AccountRefusal.NothingSaid();
        }

        if (data.Strength is < 0 or > 4)
        {
            return new AccountRefusal.StrengthOutside(data.Strength);
        }

        if (playbook.Coverage.Find(data.Department) is null)
        {
            return new AccountRefusal.NoSuchDepartment(data.Department);
        }

        if (state?.Active.FirstOrDefault(c => c.Id != contact && string.Equals(c.Name, data.Name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } other)
        {
            return new AccountRefusal.NameTaken(other);
        }

        return data.ReportsTo is not { } superior ? null
            : superior == contact ? new AccountRefusal.ReportingCircle(contact, superior)
            : Active(state, superior, out _) ?? Circle(contact, superior, state!);
    }

    // the lines on record close no circle, so this ends
    private static AccountRefusal.ReportingCircle? Circle(ContactId contact, ContactId superior, Account state)
    {
        for (var above = state.Find(superior); above is not null; above = above.Data.ReportsTo is { } next ? state.Find(next) : null)
        {
            if (above.Id == contact)
            {
                return new AccountRefusal.ReportingCircle(contact, superior);
            }
        }

        return null;
    }

    private static ContactData Tidy(ContactData data) => data with { Name = data.Name.Trim(), Title = Tidy(data.Title), Phone = Tidy(data.Phone), Email = Tidy(data.Email) };

    private static string? Tidy(string? words) => string.IsNullOrWhiteSpace(words) ? null : words.Trim();

    private static IReadOnlyList<Contact> With(Account state, ContactId id, Func<Contact, Contact> change) =>
        [.. state.Contacts.Select(c => c.Id == id ? change(c) : c)];

    // of one person only the latest counts, also where it is told late
    private static IReadOnlyList<Touch> WithTouch(IReadOnlyList<Touch> touches, Touch touch) =>
        touches.Any(t => t.By == touch.By && t.On > touch.On)
            ? touches
            : [.. touches.Where(t => t.By != touch.By).Append(touch).OrderByDescending(t => t.On)];

    private static AccountDecision.Accepted Accept(params AccountEvent[] events) => new(events);

    private static AccountDecision.Refused Refuse(AccountRefusal reason) => new(reason);
}
