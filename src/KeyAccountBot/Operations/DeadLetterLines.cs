using System.Globalization;
using System.Text.Json;
using KeyAccountBot.BotFramework.Schema;
using KeyAccountBot.Channels;
using KeyAccountBot.Deliveries;
using KeyAccountBot.People;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Operations;

/// <summary>A dead letter as an operator reads it, in English.</summary>
/// <param name="Number">Its place in the list, from 1.</param>
/// <param name="Stored">The letter.</param>
/// <param name="What">A nudge, a digest, a message of a queue.</param>
/// <param name="About">The account and what is to be sold; empty where it is about none.</param>
/// <param name="For">Whom it is for; empty for nobody.</param>
/// <param name="Since">Since when, UTC.</param>
internal sealed record DeadLetterLine(int Number, StoredDeadLetter Stored, string What, string About, string For, string Since)
{
    /// <summary>In a few words.</summary>
    public override string ToString() => What + (About.Length > 0 ? $" about {About}" : "") + (For.Length > 0 ? $" for {For}" : "");
}

/// <summary>Names what dead letters are about, for the command line and the operator's page.</summary>
internal sealed class DeadLetterLines(DeadLetters letters, DeliveryRows rows, OpportunityLedger ledger, CompanyDirectory directory, KnownChannels channels)
{
    private const int LongestWords = 80;

    /// <summary>The dead letters of a company, the oldest first; names stand only in the first so many.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="named">For how many the names are read.</param>
    /// <param name="cancellationToken">Stops between two of them.</param>
    public async Task<IReadOnlyList<DeadLetterLine>> OfAsync(TenantId tenant, int named, CancellationToken cancellationToken)
    {
        var company = await directory.GetAsync(tenant, cancellationToken);
        List<DeadLetterLine> lines = [];
        foreach (var stored in await letters.ListAsync(tenant, cancellationToken))
        {
            lines.Add(await LineAsync(lines.Count + 1, tenant, stored, company, lines.Count < named, cancellationToken));
        }

        return lines;
    }

    private async Task<DeadLetterLine> LineAsync(
        int number, TenantId tenant, StoredDeadLetter stored, Company company, bool isNamed, CancellationToken cancellationToken)
    {
        var letter = stored.Letter;
        var about = letter is { Kind: DeadLetterKind.Reply, Body: { } said } ? WordsOf(channels.Of(letter.Channel ?? ChannelIds.Teams).WordsOf(JsonElement.Parse(said))) : isNamed && (letter.Opportunity ?? OpportunityOf(letter.Body)) is { } id ? await NameOfAsync(tenant, id, cancellationToken) : "";
        var what = letter.Kind switch
        {
            DeadLetterKind.Delivery => isNamed ? await KindOfAsync(tenant, letter, cancellationToken) : "delivery",
            DeadLetterKind.Digest => string.Create(CultureInfo.InvariantCulture, $"digest of {letter.Day:yyyy-MM-dd}"),
            DeadLetterKind.Reply => "reply",
            DeadLetterKind.Message => $"message of {letter.Queue}",
            _ => throw new InvalidOperationException($"No word for {letter.Kind}."),
        };
        return new DeadLetterLine(
            number, stored, what, about, letter.Reader is { } reader ? company.Find(reader)?.Name ?? reader.Value : "",
            letter.Since.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
    }

    // the beginning of what was said, in one line
    private static string WordsOf(string reply)
    {
        var words = reply.ReplaceLineEndings(" ").Trim();
        return words.Length <= LongestWords ? words : string.Concat(words.AsSpan(0, LongestWords - 1), "…");
    }

    private async ValueTask<string> KindOfAsync(TenantId tenant, DeadLetter letter, CancellationToken cancellationToken) =>
        letter is { Opportunity: { } id, Key: { } key } && await rows.FindAsync(new DeliveryDue(tenant, id, key), cancellationToken) is var (record, _)
            ? record.Delivery.Kind.ToString().ToLowerInvariant()
            : "delivery";

    private async ValueTask<string> NameOfAsync(TenantId tenant, OpportunityId id, CancellationToken cancellationToken) =>
        (await ledger.FindAsync(tenant, id, cancellationToken))?.Opportunity.Facts is { } facts
            ? facts.Account.Length > 0 ? $"{facts.Account}: {facts.Name}" : facts.Name
            : id.Value;

    private static OpportunityId? OpportunityOf(byte[]? body)
    {
        try
        {
            using var json = body is null ? null : JsonDocument.Parse(body);
            return json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("opportunity", out var id) && id.GetString() is { Length: > 0 } value
                ? new OpportunityId(value)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
