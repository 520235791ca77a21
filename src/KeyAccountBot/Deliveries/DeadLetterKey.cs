using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Storage;

namespace KeyAccountBot.Deliveries;

/// <summary>The key of a dead letter: the same for the same thing, however often it dies.</summary>
/// <param name="Partition">The company's, or the one of those that name no company.</param>
/// <param name="Row">What it is about.</param>
internal sealed record DeadLetterKey(string Partition, string Row)
{
    private const string Unknown = "unknown";

    /// <summary>Where they lie.</summary>
    public static KeyShape<DeadLetterKey> Shape { get; } = new(k => new RowPlace(k.Partition, k.Row), p => new DeadLetterKey(p.Partition, p.Row));

    /// <summary>The partitions of a company's and of nobody's.</summary>
    public static IEnumerable<RowRange> RangesOf(TenantId tenant) =>
        new[] { RowKeys.Escape(tenant.Value), Unknown }.Distinct(StringComparer.Ordinal).Select(RowRange.Whole);

    /// <summary>Of a delivery.</summary>
    public static DeadLetterKey Of(DeliveryDue due) => Of(due.Tenant, $"delivery|{RowKeys.Escape(due.Opportunity.Value)}|{RowKeys.Escape(due.Key)}");

    /// <summary>Of a digest.</summary>
    public static DeadLetterKey Of(DigestDue due) => Of(due.Tenant, $"digest|{RowKeys.Escape(due.Person.Value)}|{due.Day:yyyy-MM-dd}");

    /// <summary>Of a message of a queue.</summary>
    public static DeadLetterKey Of(LeasedMessage message) =>
        Of(TenantOf(message.Body) is { Length: > 0 } tenant ? new TenantId(tenant) : null, $"message|{message.Queue}|{RowKeys.Escape(message.Id)}");

    /// <summary>Of a reply.</summary>
    /// <param name="refused">Which.</param>
    /// <param name="body">The reply as sent.</param>
    public static DeadLetterKey Of(RefusedReply refused, byte[] body) =>
        Of(refused.Tenant, $"reply|{refused.Conversation}|{refused.Id}|{Convert.ToHexStringLower(SHA256.HashData(body))[..8]}");

    // two long ids make a key that is too long; the letter itself says what it is about
    private static DeadLetterKey Of(TenantId? tenant, string row) => new(
        tenant is { } known ? RowKeys.Escape(known.Value) : Unknown,
        row.Length <= 400 ? row : "long|" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row))));

    // the messages of our queues name their company, where they can be read at all
    private static string? TenantOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("tenant", out var tenant)
                && tenant.ValueKind == JsonValueKind.String ? tenant.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
