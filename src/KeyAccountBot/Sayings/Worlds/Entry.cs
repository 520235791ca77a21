using System.Globalization;
using System.Text.Json;

namespace KeyAccountBot.Sayings.Worlds;

/// <summary>A piece of a file, with the place it stands at, so that what is wrong with it can be found.</summary>
/// <param name="Json">The piece.</param>
/// <param name="Place">Where it stands, such as <c>said.json, item A001</c>.</param>
internal readonly record struct Entry(JsonElement Json, string Place)
{
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>A file's content.</summary>
    /// <exception cref="SayingsFaultException">There is no such file, or it holds no JSON.</exception>
    public static Entry OfFile(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new Entry(document.RootElement.Clone(), Path.GetFileName(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SayingsFaultException($"There is no file to read at {path}. Name the world first, then what is said in it.");
        }
        catch (JsonException e)
        {
            throw new SayingsFaultException($"{path} is no JSON: {e.Message}");
        }
    }

    /// <summary>Whether there is something of this name, and it is not null.</summary>
    public bool Has(string name) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>What stands under this name; <c>null</c> for nothing.</summary>
    public Entry? Find(string name) => Has(name) ? new Entry(Json.GetProperty(name), $"{Place}, {name}") : null;

    /// <summary>What has to stand under this name.</summary>
    /// <exception cref="SayingsFaultException">Nothing does.</exception>
    public Entry Get(string name) => Find(name) ?? throw Fault($"has no '{name}'");

    /// <summary>The text of this name; <c>null</c> for none.</summary>
    public string? TextOrNull(string name) => Find(name) is { } found ? found.Text() : null;

    /// <summary>The text of this name.</summary>
    /// <exception cref="SayingsFaultException">There is none.</exception>
    public string Text(string name) => Get(name).Text();

    /// <summary>This as text; numbers and truth values too.</summary>
    /// <exception cref="SayingsFaultException">It is a list or an object.</exception>
    public string Text() => Json.ValueKind switch
    {
        JsonValueKind.String => Json.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => Json.GetRawText(),
        _ => throw Fault("is no text"),
    };

    /// <summary>The date of this name; of a moment, its day.</summary>
    public DateOnly? DateOrNull(string name) => Find(name) is { } found ? found.Date() : null;

    /// <summary>This as a date.</summary>
    /// <exception cref="SayingsFaultException">It is none.</exception>
    public DateOnly Date() => DateOnly.TryParseExact(Text().Split('T')[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        ? date
        : throw Fault($"is '{Text()}', no date such as 2026-12-02");

    /// <summary>This as a moment on the world's clocks.</summary>
    /// <exception cref="SayingsFaultException">It is none.</exception>
    public DateTime Moment() => DateTime.TryParseExact(Text(), Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
        ? moment
        : throw Fault($"is '{Text()}', no moment such as 2026-12-02T16:40");

    /// <summary>The number of this name; <c>null</c> for none.</summary>
    public decimal? NumberOrNull(string name) => Find(name) is { Json.ValueKind: JsonValueKind.Number } found ? found.Json.GetDecimal() : null;

    /// <summary>Whether this name stands for true.</summary>
    public bool Is(string name) => Find(name) is { Json.ValueKind: JsonValueKind.True };

    /// <summary>The entries of a list of this name; none where there is none.</summary>
    public IEnumerable<Entry> List(string name) => Find(name) is { } found ? found.Items() : [];

    /// <summary>The texts of a list of this name; none where there is none.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. List(name).Select(e => e.Text())];

    /// <summary>The entries of this list; this alone where it is none.</summary>
    public IEnumerable<Entry> Items()
    {
        if (Json.ValueKind != JsonValueKind.Array)
        {
            yield return this;
            yield break;
        }

        var number = 0;
        foreach (var item in Json.EnumerateArray())
        {
            number++;
            var id = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var named) && named.ValueKind == JsonValueKind.String
                ? named.GetString()
                : number.ToString(CultureInfo.InvariantCulture);
            yield return new Entry(item, $"{Place}, {id}");
        }
    }

    /// <summary>The members of this object.</summary>
    public IEnumerable<(string Name, Entry Value)> Members()
    {
        var place = Place;
        return Json.ValueKind == JsonValueKind.Object ? Json.EnumerateObject().Select(p => (p.Name, new Entry(p.Value, $"{place}, {p.Name}"))) : [];
    }

    /// <summary>This in one line.</summary>
    public string Line => Json.ValueKind == JsonValueKind.Undefined ? "" : JsonSerializer.Serialize(Json, OneLine);

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Says what is wrong here.</summary>
    public SayingsFaultException Fault(string what) => new($"{Place} {what}.");
}
