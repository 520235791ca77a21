using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;

namespace KeyAccountBot.Deliveries;

/// <summary>The key of a person's day.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Person">The reader.</param>
/// <param name="Day">Their local date.</param>
internal sealed record MailboxDayKey(TenantId Tenant, PersonId Person, DateOnly Day);

/// <summary>The key of a delivery that gathers with others, or waits for a digest.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Person">The reader.</param>
/// <param name="Kind">Which of both.</param>
/// <param name="Day">The day of the batch or the digest.</param>
/// <param name="Line">Stands for the line.</param>
internal sealed record MailboxLineKey(TenantId Tenant, PersonId Person, string Kind, DateOnly Day, string Line)
{
    /// <summary>The key of a line; hashed, for both its ids may be long.</summary>
    public static MailboxLineKey Of(TenantId tenant, PersonId person, string kind, DateOnly day, MailboxLine line) =>
        new(tenant, person, kind, day, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line.Key))));
}

/// <summary>The shapes of the keys in a person's mailbox.</summary>
internal static class MailboxKeys
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Days.</summary>
    public static KeyShape<MailboxDayKey> Day { get; } = new(
        k => new RowPlace(RowKeys.Mailbox(k.Tenant, k.Person), RowOf(k.Day)),
        p => IsDay(p.Row, out var day) && ReaderOf(p) is var (tenant, person) ? new MailboxDayKey(tenant, person, day) : null);

    /// <summary>Deliveries that gather or wait for a digest.</summary>
    public static KeyShape<MailboxLineKey> Line { get; } = new(
        k => new RowPlace(RowKeys.Mailbox(k.Tenant, k.Person), $"{k.Kind}|{RowOf(k.Day)}|{k.Line}"),
        p => p.Row.Split('|') is [Mailboxes.Gathers or Mailboxes.InDigest, var date, var line] && IsDay(date, out var day) && ReaderOf(p) is var (tenant, person)
            ? new MailboxLineKey(tenant, person, p.Row[..p.Row.IndexOf('|', StringComparison.Ordinal)], day, line)
            : null);

    /// <summary>When the next weekly digest is due.</summary>
    public static KeyShape<PersonKey> Weekly { get; } = new(
        k => new RowPlace(RowKeys.Mailbox(k.Tenant, k.Person), "weekly"),
        p => p.Row == "weekly" && ReaderOf(p) is var (tenant, person) ? new PersonKey(tenant, person) : null);

    /// <summary>A person's days from one until before another.</summary>
    public static RowRange Days(TenantId tenant, PersonId person, DateOnly from, DateOnly before) => new(RowKeys.Mailbox(tenant, person), RowOf(from), RowOf(before));

    /// <summary>All lines of one kind and day.</summary>
    public static RowRange Lines(TenantId tenant, PersonId person, string kind, DateOnly day) =>
        RowRange.Starting(RowKeys.Mailbox(tenant, person), $"{kind}|{RowOf(day)}|");

    private static (TenantId Tenant, PersonId Person)? ReaderOf(RowPlace place) =>
        place.Partition.Split('|') is [var tenant, var person] ? (new TenantId(RowKeys.Unescape(tenant)), new PersonId(RowKeys.Unescape(person))) : null;

    private static string RowOf(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static bool IsDay(string row, out DateOnly day) => DateOnly.TryParseExact(row, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
