using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using KeyAccountBot.Import;
using KeyAccountBot.Records;
using KeyAccountBot.Sales;
using KeyAccountBot.Sales.Opportunities;
using KeyAccountBot.Sales.People;

namespace KeyAccountBot.Commands;

/// <summary><c>export opportunities</c>: in the columns that <c>import opportunities</c> reads, and some more.</summary>
internal static class ExportCommand
{
    private static readonly string[] Columns =
        ["id", "account", "name", "amount", "currency", "stage", "status", "won", "owner", "owner_email", "expected_close"];

    /// <summary>Runs it and answers the exit code.</summary>
    public static async Task<int> RunAsync(
        IServiceProvider services, TextWriter output, bool json, string? file, TenantId tenant, CancellationToken cancellationToken)
    {
        var company = await services.GetRequiredService<PeopleRepository>().LoadAsync(tenant, cancellationToken);
        List<OpportunityListing> lines = [];
        await foreach (var line in services.GetRequiredService<OpportunityLedger>().AllAsync(tenant, cancellationToken))
        {
            lines.Add(line);
        }

        lines.Sort((a, b) => string.CompareOrdinal(a.Id.Value, b.Id.Value));
        var text = json ? Json(lines, company) : Csv(lines, company);
        if (file is null)
        {
            await output.WriteAsync(text);
            return CommandLine.Done;
        }

        try
        {
            await File.WriteAllTextAsync(file, text, cancellationToken);
            return CommandLine.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportRefusedException($"{file} cannot be written: {e.Message}");
        }
    }

    private static string Csv(List<OpportunityListing> lines, Company company)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        foreach (var column in Columns)
        {
            csv.WriteField(column);
        }

        csv.NextRecord();
        foreach (var line in lines)
        {
            foreach (var cell in Cells(line, company))
            {
                csv.WriteField(CellText.Neutral(cell));
            }

            csv.NextRecord();
        }

        csv.Flush();
        return text.ToString();
    }

    private static string Json(List<OpportunityListing> lines, Company company)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (var line in lines)
            {
                json.WriteStartObject();
                foreach (var (column, cell) in Columns.Zip(Cells(line, company)))
                {
                    switch (column)
                    {
                        case "amount":
                            json.WriteNumber(column, line.Amount.Amount);
                            break;
                        case "won":
                            json.WriteBoolean(column, line.Won);
                            break;
                        case "owner_email" or "expected_close" when cell.Length == 0:
                            json.WriteNull(column);
                            break;
                        default:
                            json.WriteString(column, cell);
                            break;
                    }
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static string[] Cells(OpportunityListing line, Company company) =>
    [
        line.Id.Value,
        line.Account,
        line.Name,
        line.Amount.Amount.ToString(CultureInfo.InvariantCulture),
        line.Amount.Currency,
        line.Stage.Value,
        line.Status switch
        {
            OpportunityStatus.Open => "open",
            OpportunityStatus.OnHold => "on-hold",
            OpportunityStatus.Lost => "lost",
            OpportunityStatus.Completed => "completed",
            _ => line.Status.ToString(),
        },
        line.Won ? "true" : "false",
        company.Find(line.Owner)?.Name ?? line.Owner.Value,
        company.Find(line.Owner)?.Email ?? "",
        line.ExpectedClose?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
    ];
}
