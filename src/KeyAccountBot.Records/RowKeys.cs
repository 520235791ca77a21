using System.Buffers;
using System.Globalization;
using System.Text;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Accounts;

namespace KeyAccountBot.Records;

/// <summary>The tables and keys of everything on record; <c>docs/storage.md</c> draws them.</summary>
public static class RowKeys
{
    private static readonly SearchValues<char> Refused = SearchValues.Create("/\\#?|~%");

    /// <summary>Opportunities: entries, snapshot, commands and deliveries, a partition each.</summary>
    public const string Opportunities = "opportunities";

    /// <summary>Customer companies: entries, snapshot and commands, a partition each.</summary>
    public const string Accounts = "accounts";

    /// <summary>Lists that can be rebuilt.</summary>
    public const string Index = "index";

    /// <summary>Our people, a partition a company.</summary>
    public const string People = "people";

    /// <summary>What each of our people is told beside deliveries, a partition a person.</summary>
    public const string Mailboxes = "mailboxes";

    /// <summary>The queue of opportunities that need attention.</summary>
    public const string WakeUps = "wake-ups";

    /// <summary>The queue of deliveries before there were lanes; what is left on it is put on its lane.</summary>
    public const string Deliveries = "deliveries";

    /// <summary>The snapshot's row.</summary>
    public const string Snapshot = "snapshot";

    /// <summary>The partition of an opportunity.</summary>
    public static string Partition(TenantId tenant, OpportunityId id) => $"{Escape(tenant.Value)}|{Escape(id.Value)}";

    /// <summary>The partition of an account.</summary>
    public static string Partition(TenantId tenant, AccountId id) => $"{Escape(tenant.Value)}|{Escape(id.Value)}";

    /// <summary>The partition of a person's list.</summary>
    public static string Owner(TenantId tenant, PersonId owner) => $"{Escape(tenant.Value)}|owner|{Escape(owner.Value)}";

    /// <summary>The partition of the accounts whose contacts a person maintains.</summary>
    public static string Maintainer(TenantId tenant, PersonId maintainer) => $"{Escape(tenant.Value)}|maintainer|{Escape(maintainer.Value)}";

    /// <summary>The partition of a person's mailbox.</summary>
    public static string Mailbox(TenantId tenant, PersonId person) => $"{Escape(tenant.Value)}|{Escape(person.Value)}";

    /// <summary>An entry's row; ordered as the entries are.</summary>
    public static string Entry(long number) => "event|" + number.ToString("D10", CultureInfo.InvariantCulture);

    /// <summary>The row that makes a command count once.</summary>
    public static string Command(CommandId command) => "command|" + Escape(command.Value);

    /// <summary>A delivery's row.</summary>
    public static string Delivery(string key) => "delivery|" + Escape(key);

    /// <summary>An id from outside as a key: what Azure Tables refuses, and our separators, written as <c>~xx</c>.</summary>
    public static string Escape(string id)
    {
        if (!id.AsSpan().ContainsAny(Refused) && !id.Any(char.IsControl))
        {
            return id;
        }

        var key = new StringBuilder(id.Length + 8);
        foreach (var c in id)
        {
            _ = Refused.Contains(c) || char.IsControl(c)
                ? key.Append('~').Append(((int)c).ToString("x2", CultureInfo.InvariantCulture))
                : key.Append(c);
        }

        return key.ToString();
    }

    /// <summary>The id that was escaped to this key.</summary>
    public static string Unescape(string key)
    {
        if (!key.Contains('~', StringComparison.Ordinal))
        {
            return key;
        }

        var id = new StringBuilder(key.Length);
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] == '~' && i + 2 < key.Length && byte.TryParse(key.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                id.Append((char)code);
                i += 2;
            }
            else
            {
                id.Append(key[i]);
            }
        }

        return id.ToString();
    }
}
