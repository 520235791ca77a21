using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace KeyAccountBot.Sales.Calendar;

/// <summary>A time in which people work: so many business days, and then so many working hours. Written as <c>2d</c>, <c>4h</c> or <c>1d4h</c>.</summary>
/// <param name="Days">Business days.</param>
/// <param name="Hours">Working hours after those.</param>
[JsonConverter(typeof(BusinessSpanJson))]
[StructLayout(LayoutKind.Auto)]
public readonly partial record struct BusinessSpan(int Days, int Hours = 0)
{
    /// <summary>At once.</summary>
    public static BusinessSpan None { get; }

    /// <summary>No time at all.</summary>
    public bool IsNone => Days == 0 && Hours == 0;

    /// <summary>Reads a span.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string? text, out BusinessSpan span)
    {
        var match = Written().Match(text ?? "");
        span = match.Success ? new BusinessSpan(Number(match.Groups["days"]), Number(match.Groups["hours"])) : default;
        return match.Success;

        static int Number(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
    }

    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        { Hours: 0 } => string.Create(CultureInfo.InvariantCulture, $"{Days}d"),
        { Days: 0 } => string.Create(CultureInfo.InvariantCulture, $"{Hours}h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Days}d{Hours}h"),
    };

    [GeneratedRegex("^(?=.)((?<days>[0-9]{1,3})d)?((?<hours>[0-9]{1,3})h)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Written();
}

/// <summary>A business span as text.</summary>
public sealed class BusinessSpanJson : JsonConverter<BusinessSpan>
{
    /// <inheritdoc/>
    public override BusinessSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        BusinessSpan.TryParse(reader.GetString(), out var span) ? span : throw new JsonException("no business time; write for example '2d', '4h' or '1d4h'");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, BusinessSpan value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
