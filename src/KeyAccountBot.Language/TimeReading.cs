using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KeyAccountBot.Language;

/// <summary>A day as written, and the time of day where one was written with it.</summary>
/// <param name="Day">Where the writer is.</param>
/// <param name="Time">Where the writer is; <c>null</c> where only a day was written.</param>
public sealed record ReadMoment(DateOnly Day, TimeOnly? Time);

/// <summary>Times of day as people write them, alone or beside a date, in English and Chinese.</summary>
/// <remarks>
/// An hour from 1 to 6 that is spoken without its half of the day ("at 3", 3点) is in the afternoon: nobody visits before dawn.
/// On a dial (03:00) it is as written.
/// </remarks>
public static partial class TimeReading
{
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int PatienceMs = 1000;
    private const int Longest = 60;
    private const int LastHourOfTheAfternoon = 6;

    /// <summary>The day and time meant by the words, or null where they name no day.</summary>
    /// <param name="text">As written.</param>
    /// <param name="today">Where the writer is.</param>
    /// <param name="culture">Decides whether 12/3 begins with the day or the month.</param>
    public static ReadMoment? Read(string text, DateOnly today, CultureInfo culture)
    {
        var plain = Plainly(text);
        if (plain.Length is 0 or > Longest)
        {
            return null;
        }

        if (DateReading.Read(plain, today, culture) is { } day)
        {
            return new ReadMoment(day, null);
        }

        var match = AtTheEnd().Match(plain);
        return match.Success && TimeOf(match) is { } time && DateReading.Read(match.Groups["date"].Value.Trim(' ', ','), today, culture) is { } dated
            ? new ReadMoment(dated, time)
            : null;
    }

    /// <summary>The time of day meant by the words, or null where they are none.</summary>
    public static TimeOnly? ReadTime(string text)
    {
        var plain = Plainly(text);
        return plain.Length is 0 or > Longest || Alone().Match(plain) is not { Success: true } match ? null : TimeOf(match);
    }

    private static string Plainly(string text) => text.Normalize(NormalizationForm.FormKC).Trim().TrimEnd('.', '!', '。').Trim();

    private static TimeOnly? TimeOf(Match match)
    {
        if (match.Groups["noon"].Success)
        {
            return new TimeOnly(12, 0);
        }

        if (Number(match.Groups["hour"]) is not { } hour || MinuteOf(match) is not { } minute)
        {
            return null;
        }

        var half = match.Groups["half"].Value.ToUpperInvariant().Replace(".", "", StringComparison.Ordinal);
        switch (half)
        {
            case "":
                hour += hour is >= 1 and <= LastHourOfTheAfternoon && !match.Groups["dial"].Success ? 12 : 0;
                break;
            case "AM" or "上午" or "早上" or "早晨" or "凌晨":
                hour = hour == 12 ? 0 : hour;
                break;
            default: // the afternoon, the evening, and noon with an hour (中午1点)
                hour += hour < 12 && (half != "中午" || hour < 10) ? 12 : 0;
                break;
        }

        return hour <= 23 && minute <= 59 ? new TimeOnly(hour, minute) : null;
    }

    private static int? MinuteOf(Match match) =>
        match.Groups["halfpast"].Success ? 30
        : match.Groups["quarter"].Success ? 15
        : match.Groups["minute"].Success ? Number(match.Groups["minute"])
        : 0;

    private static int? Number(Group group) =>
        int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var digits) ? digits : ChineseNumerals.Read(group.Value);

    private const string Time =
        @"((?<noon>noon|midday|正午)|(?<half>上午|早上|早晨|凌晨|中午|下午|晚上|傍晚)?(?<hour>[0-9]{1,2}|二十[一二三]?|十[一二三四五六七八九]?|[一二两三四五六七八九])[点點时時]钟?((?<halfpast>半)|(?<quarter>一刻)|(?<minute>[0-9]{1,2}|[一二三四五六七八九十]{2,3})分?)?"
        + @"|(?<half>上午|早上|早晨|凌晨|中午|下午|晚上|傍晚)?(?<hour>[0-9]{1,2})(?<dial>[:.h])(?<minute>[0-9]{2})( ?(?<half>[ap]\.?m\.?))?|(?<hour>[0-9]{1,2}) ?((?<half>[ap]\.?m\.?)|o'clock))";

    // a date, then a time: "tomorrow at 14:00", "next tuesday 9am", 明天下午2点, "2026-03-05T10:00", and a bare hour after "at"
    [GeneratedRegex("^(?<date>.+?)(,? at |,? |T|(?<=[^0-9 ]))(" + Time + "|(?<= at )(?<hour>[0-9]{1,2}))$", Plain, PatienceMs)]
    private static partial Regex AtTheEnd();

    [GeneratedRegex("^(at )?(" + Time + "|(?<hour>[0-9]{1,2}))$", Plain, PatienceMs)]
    private static partial Regex Alone();
}
