using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using KeyAccountBot.Messages;

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

/// <summary>
/// A CSV file: UTF-8 with or without a byte order mark, comma, semicolon or tab, quoted as RFC 4180 says. It is read as a stream, a line at a
/// time, so its size does not matter.
/// </summary>
internal sealed class CsvFile
{
    private const int LongestHeader = 64 * 1024;
    private const int LongestCell = 1024 * 1024;
    private readonly string path;
    private readonly string file;
    private readonly string delimiter;
    private readonly Dictionary<string, int> found;

    private CsvFile(string path, IReadOnlyList<Column> columns, IReadOnlyDictionary<string, string> map)
    {
        (this.path, file) = (path, Path.GetFileName(path));
        delimiter = Checked();
        using var csv = Parser(() => { });
        if (!csv.Read() || csv.Record is not { } headers || headers.All(string.IsNullOrWhiteSpace))
        {
            throw new ImportRefusedException($"{path} is empty: its first line should name the columns {string.Join(", ", columns.Select(c => c.Name))}.");
        }

        found = HeaderNames.Find(file, headers, columns, map);
    }

    /// <summary>Opens it, and looks whether all of it can be read as text, before anything of it is used.</summary>
    /// <exception cref="ImportRefusedException">The file cannot be read, or lacks a column.</exception>
    public static CsvFile Open(string path, IReadOnlyList<Column> columns, IReadOnlyDictionary<string, string> map) => new(path, columns, map);

    /// <summary>All its lines at once, where they are few; one that is no proper record goes to <paramref name="faults"/> instead.</summary>
    /// <exception cref="ImportRefusedException">The file cannot be read, or lacks a column.</exception>
    public static List<CsvLine> Read(string path, IReadOnlyList<Column> columns, IReadOnlyDictionary<string, string> map, List<ImportFault> faults) =>
        [.. Open(path, columns, map).Lines(faults.Add)];

    /// <summary>Its lines, read while they are asked for, each time anew; one that is no proper record goes to <paramref name="fault"/> instead.</summary>
    public IEnumerable<CsvLine> Lines(Action<ImportFault> fault)
    {
        var stray = false;
        using var csv = Parser(() => stray = true);
        csv.Read();
        var width = csv.Record!.Length;
        for (var last = csv.RawRow; TryRead(csv, last + 1, fault); last = csv.RawRow)
        {
            var number = last + 1;
            var cells = csv.Record!;
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                stray = false;
            }
            else if (stray)
            {
                fault(new ImportFault(file, number, 1, "a quotation mark stands inside a cell: put the cell in quotation marks and double it"));
                stray = false;
            }
            else if (cells.Length != width)
            {
                fault(new ImportFault(file, number, Math.Min(cells.Length, width) + 1, $"the line has {Count(cells.Length)}, the header {Count(width)}"));
            }
            else
            {
                yield return new CsvLine(file, number, cells, found);
            }
        }
    }

    // a quotation mark that is never closed would have the rest of the file read as one cell
    private bool TryRead(CsvParser csv, int number, Action<ImportFault> fault)
    {
        try
        {
            return csv.Read();
        }
        catch (MaxFieldSizeException)
        {
            fault(new ImportFault(file, number, 1, "a cell begun here has more than a million characters, so nothing from here on was read: is a quotation mark not closed?"));
            return false;
        }
    }

    private CsvParser Parser(Action strayQuote) => new(
        Reader(),
        new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            IgnoreBlankLines = false,
            MaxFieldSize = LongestCell,
            BadDataFound = _ => strayQuote(),
        });

    private StreamReader Reader() => new(path, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);

    // read once through, so that a file which is not text as a whole is refused as a whole
    private string Checked()
    {
        try
        {
            using var reader = Reader();
            var buffer = new char[LongestHeader];
            var read = reader.ReadBlock(buffer);
            var between = DelimiterOf(buffer.AsSpan(0, read));
            while (read > 0)
            {
                read = reader.ReadBlock(buffer);
            }

            return between;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImportRefusedException($"{path} cannot be read: {e.Message}");
        }
        catch (DecoderFallbackException)
        {
            throw new ImportRefusedException($"{path} is not UTF-8. Save it as 'CSV UTF-8' and import it again.");
        }
    }

    private static string Count(int cells) => string.Create(CultureInfo.InvariantCulture, $"{cells} cell{(cells == 1 ? "" : "s")}");

    private static string DelimiterOf(ReadOnlySpan<char> text)
    {
        var header = text[..(text.IndexOfAny('\r', '\n') is var end and >= 0 ? end : text.Length)];
        return header.Contains(',') ? "," : header.Contains(';') ? ";" : header.Contains('\t') ? "\t" : ",";
    }
}
