using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using KeyAccountBot.BotFramework.Cards;

namespace KeyAccountBot.Import;

/// <summary>The whole import is off, and why.</summary>
internal sealed class ImportRefusedException(string message) : Exception(message);

/// <summary>Why a line stays out.</summary>
/// <param name="File">Its name.</param>
/// <param name="Line">Counted from 1, the header included.</param>
/// <param name="Column">Counted from 1, in cells.</param>
/// <param name="Why">In words.</param>
internal sealed record ImportFault(string File, int Line, int Column, string Why)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {Why}");
}

/// <summary>A line of a CSV file, read by our names of the columns.</summary>
internal sealed class CsvLine(string file, int number, string[] cells, IReadOnlyDictionary<string, int> columns)
{
    /// <summary>Counted from 1, the header included; of a record over several lines its first.</summary>
    public int Number => number;

    /// <summary>The cell without surrounding space; empty where the file has no such column.</summary>
    public string this[string column] => columns.TryGetValue(column, out var at) ? CellText.Typed(Marks.Without(cells[at]).Trim()) : "";

    /// <summary>What is wrong with one of its cells.</summary>
    public ImportFault Fault(string column, string why) => new(file, number, columns.GetValueOrDefault(column) + 1, why);
}

/// <summary>Reads a CSV file: UTF-8 with or without a byte order mark, comma, semicolon or tab, quoted as RFC 4180 says.</summary>
internal static class CsvFile
{
    /// <summary>Its lines; one that is no proper record goes to <paramref name="faults"/> instead.</summary>
    /// <exception cref="ImportRefusedException">The file cannot be read, or lacks a column.</exception>
    public static List<CsvLine> Read(string path, IReadOnlyList<Column> columns, IReadOnlyDictionary<string, string> map, List<ImportFault> faults)
    {
        var file = Path.GetFileName(path);
        string text;
        try
        {
            using var reader = new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
            text = reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportRefusedException($"{path} cannot be read: {e.Message}");
        }
        catch (DecoderFallbackException)
        {
            throw new ImportRefusedException($"{path} is not UTF-8. Save it as 'CSV UTF-8' and import it again.");
        }

        var stray = false;
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = DelimiterOf(text),
            IgnoreBlankLines = false,
            BadDataFound = _ => stray = true,
        };
        using var csv = new CsvParser(new StringReader(text), configuration);
        if (!csv.Read() || csv.Record is not { } headers || headers.All(string.IsNullOrWhiteSpace))
        {
            throw new ImportRefusedException($"{path} is empty: its first line should name the columns {string.Join(", ", columns.Select(c => c.Name))}.");
        }

        var found = HeaderNames.Find(file, headers, columns, map);
        List<CsvLine> lines = [];
        for (var last = csv.RawRow; csv.Read(); last = csv.RawRow)
        {
            var number = last + 1;
            var cells = csv.Record!;
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                stray = false;
            }
            else if (stray)
            {
                faults.Add(new ImportFault(file, number, 1, "a quotation mark stands inside a cell: put the cell in quotation marks and double it"));
                stray = false;
            }
            else if (cells.Length != headers.Length)
            {
                faults.Add(new ImportFault(file, number, Math.Min(cells.Length, headers.Length) + 1, $"the line has {Count(cells.Length)}, the header {Count(headers.Length)}"));
            }
            else
            {
                lines.Add(new CsvLine(file, number, cells, found));
            }
        }

        return lines;
    }

    private static string Count(int cells) => string.Create(CultureInfo.InvariantCulture, $"{cells} cell{(cells == 1 ? "" : "s")}");

    private static string DelimiterOf(string text)
    {
        var header = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length);
        return header.Contains(',') ? "," : header.Contains(';') ? ";" : header.Contains('\t') ? "\t" : ",";
    }
}
