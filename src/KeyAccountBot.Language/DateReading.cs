using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KeyAccountBot.Language;

/// <summary>Dates as people write them, in English and Chinese.</summary>
public static partial class DateReading
{
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int PatienceMs = 1000;

    private static readonly FrozenDictionary<string, int> Days = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["today"] = 0, ["yesterday"] = -1, ["tomorrow"] = 1, ["day after tomorrow"] = 2, ["day before yesterday"] = -2,
        ["今天"] = 0, ["今日"] = 0, ["昨天"] = -1, ["昨日"] = -1, ["明天"] = 1, ["明日"] = 1,
        ["后天"] = 2, ["後天"] = 2, ["大后天"] = 3, ["大後天"] = 3, ["前天"] = -2, ["大前天"] = -3,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int> Weekdays = Numbered(0,
        "mon monday 一 1", "tue tues tuesday 二 2", "wed wednesday 三 3", "thu thur thurs thursday 四 4", "fri friday 五 5",
        "sat saturday 六 6", "sun sunday 日 天 7");

    private static readonly FrozenDictionary<string, int> Months = Numbered(1,
        "jan january", "feb february", "mar march", "apr april", "may", "jun june",
        "jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december");

    private static readonly FrozenDictionary<string, int> Counts = Numbered(1,
        "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");

    /// <summary>The day meant by the words, or null where they are no date.</summary>
    /// <remarks>
    /// Without a year, the nearest such date to <paramref name="today"/>. A bare weekday is the first one from today on;
    /// this, next and last (这 下 上) count calendar weeks from Monday, so "next friday" and 下周五 are the same day.
    /// </remarks>
    /// <param name="text">As written.</param>
    /// <param name="today">Where the writer is.</param>
    /// <param name="culture">Decides whether 12/3 begins with the day or the month.</param>
    public static DateOnly? Read(string text, DateOnly today, CultureInfo culture)
    {
        var plain = Lead().Replace(text.Normalize(NormalizationForm.FormKC).Trim(), "").TrimEnd('.', '!', '。');
        if (plain.Length is 0 or > 40)
        {
            return null;
        }

        try
        {
            return Days.TryGetValue(plain, out var days)
                ? today.AddDays(days)
                : Written(plain, today, culture) ?? Weekday(plain, today) ?? Distance(plain, today) ?? MonthEnd(plain, today);
        }
        catch (ArgumentOutOfRangeException)
        {
            // beyond the calendar's own ends
            return null;
        }
    }

    private static DateOnly? Written(string text, DateOnly today, CultureInfo culture)
    {
        if (YearFirst().Match(text) is { Success: true } iso)
        {
            return Date(iso, today);
        }

        if (DayDotted().Match(text) is { Success: true } dotted)
        {
            return Date(dotted, today);
        }

        if (Slashed().Match(text) is { Success: true } slashed)
        {
            var pattern = culture.DateTimeFormat.ShortDatePattern;
            var dayFirst = pattern.IndexOf('d', StringComparison.Ordinal) < pattern.IndexOf('M', StringComparison.Ordinal);
            var (first, second) = (Number(slashed.Groups["first"]), Number(slashed.Groups["second"]));
            return dayFirst ? Date(Year(slashed, today), second, first, today) : Date(Year(slashed, today), first, second, today);
        }

        if (DayMonth().Match(text) is { Success: true } dayMonth)
        {
            return Date(dayMonth, today);
        }

        if (MonthDay().Match(text) is { Success: true } monthDay)
        {
            return Date(monthDay, today);
        }

        return Chinese().Match(text) is { Success: true } chinese ? Date(chinese, today) : null;
    }

    private static DateOnly? Weekday(string text, DateOnly today)
    {
        var match = EnglishWeekday().Match(text) is { Success: true } english ? english : ChineseWeekday().Match(text);
        if (!match.Success || !Weekdays.TryGetValue(match.Groups["day"].Value, out var day))
        {
            return null;
        }

        var daysSinceMonday = ((int)today.DayOfWeek + 6) % 7;
        int? weeks = match.Groups["which"].Value.ToUpperInvariant() switch
        {
            "" => null,
            "NEXT" or "下" => 1,
            "下下" => 2,
            "LAST" or "上" => -1,
            "上上" => -2,
            _ => 0,
        };
        return weeks is { } count
            ? today.AddDays(day - daysSinceMonday + (7 * count))
            : today.AddDays((day - daysSinceMonday + 7) % 7);
    }

    private static DateOnly? Distance(string text, DateOnly today)
    {
        var match = Ahead().Match(text);
        var sign = 1;
        if (!match.Success)
        {
            match = Ago().Match(text);
            sign = -1;
        }

        if (!match.Success || Count(match.Groups["count"]) is not { } count)
        {
            return null;
        }

        count *= sign;
        return match.Groups["unit"].Value.ToUpperInvariant() switch
        {
            "DAY" or "DAYS" or "天" or "日" => today.AddDays(count),
            "MONTH" or "MONTHS" or "月" => today.AddMonths(count),
            "YEAR" or "YEARS" or "年" => today.AddYears(count),
            _ => today.AddDays(7 * count),
        };
    }

    private static DateOnly? MonthEnd(string text, DateOnly today)
    {
        var match = EndOfMonth().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var month = match.Groups["which"].Value.ToUpperInvariant() switch
        {
            "NEXT" or "下" => today.AddMonths(1),
            "LAST" or "上" => today.AddMonths(-1),
            _ => today,
        };
        return new(month.Year, month.Month, DateTime.DaysInMonth(month.Year, month.Month));
    }

    private static DateOnly? Date(Match match, DateOnly today)
    {
        var named = match.Groups["name"];
        var month = 0;
        if (named.Success && !Months.TryGetValue(named.Value, out month))
        {
            return null;
        }

        if (!named.Success)
        {
            month = Number(match.Groups["month"]);
        }

        return Date(Year(match, today), month, Number(match.Groups["day"]), today);
    }

    private static DateOnly? Date(int? year, int month, int day, DateOnly today)
    {
        if (year is { } given)
        {
            return OnCalendar(given, month, day);
        }

        // eight years reach the next 29 February from anywhere
        DateOnly? nearest = null;
        for (var candidate = today.Year + 8; candidate >= today.Year - 8; candidate--)
        {
            if (OnCalendar(candidate, month, day) is { } date
                && (nearest is null || Math.Abs(date.DayNumber - today.DayNumber) < Math.Abs(nearest.Value.DayNumber - today.DayNumber)))
            {
                nearest = date;
            }
        }

        return nearest;
    }

    private static DateOnly? OnCalendar(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private static int? Year(Match match, DateOnly today) => match.Groups["year"].Value switch
    {
        "" => null,
        "今" => today.Year,
        "明" => today.Year + 1,
        "去" => today.Year - 1,
        { Length: 2 } digits => 2000 + int.Parse(digits, CultureInfo.InvariantCulture),
        var digits => int.Parse(digits, CultureInfo.InvariantCulture),
    };

    private static int Number(Group group) => Count(group) ?? 0;

    private static int? Count(Group group) =>
        int.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var digits) ? digits
        : Counts.TryGetValue(group.Value, out var word) ? word
        : ChineseNumerals.Read(group.Value);

    private static FrozenDictionary<string, int> Numbered(int from, params string[] names) =>
        names.SelectMany((words, index) => words.Split(' ').Select(word => KeyValuePair.Create(word, index + from)))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("^(on |by )?(the )?", Plain, PatienceMs)]
    private static partial Regex Lead();

    [GeneratedRegex(@"^(?<year>[0-9]{4})([-/.])(?<month>[0-9]{1,2})[-/.](?<day>[0-9]{1,2})$", Plain, PatienceMs)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<day>[0-9]{1,2})\.(?<month>[0-9]{1,2})\.(?<year>[0-9]{4})$", Plain, PatienceMs)]
    private static partial Regex DayDotted();

    [GeneratedRegex("^(?<first>[0-9]{1,2})(/(?<second>[0-9]{1,2})(/(?<year>[0-9]{4}|[0-9]{2}))?|-(?<second>[0-9]{1,2})-(?<year>[0-9]{4}))$", Plain, PatienceMs)]
    private static partial Regex Slashed();

    [GeneratedRegex(@"^(?<day>[0-9]{1,2})(st|nd|rd|th)?( of)? ?(?<name>[a-z]{3,9})\.?,?( (?<year>[0-9]{4}))?$", Plain, PatienceMs)]
    private static partial Regex DayMonth();

    [GeneratedRegex(@"^(?<name>[a-z]{3,9})\.? ?(?<day>[0-9]{1,2})(st|nd|rd|th)?(,? (?<year>[0-9]{4}))?$", Plain, PatienceMs)]
    private static partial Regex MonthDay();

    [GeneratedRegex("^((?<year>[0-9]{4}|今|明|去)年)?(?<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})月(?<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号號]?$", Plain, PatienceMs)]
    private static partial Regex Chinese();

    [GeneratedRegex("^((?<which>this|next|last) )?(?<day>[a-z]{3,9})$", Plain, PatienceMs)]
    private static partial Regex EnglishWeekday();

    [GeneratedRegex("^(?<which>上上|下下|上|下|这|這|本)?个?(周|週|星期|礼拜)(?<day>[一二三四五六日天1-7])$", Plain, PatienceMs)]
    private static partial Regex ChineseWeekday();

    [GeneratedRegex("^(in (?<count>[0-9]{1,4}|[a-z]+) (?<unit>(day|week|month|year)s?)|(?<count>[0-9]{1,4}|[a-z]+) (?<unit>(day|week|month|year)s?) (from now|later)|(?<count>[0-9]{1,4}|[一二两三四五六七八九十]{1,3}) ?个?(?<unit>天|日|周|週|星期|礼拜|月|年)(之|以)?[后後])$", Plain, PatienceMs)]
    private static partial Regex Ahead();

    [GeneratedRegex("^((?<count>[0-9]{1,4}|[a-z]+) (?<unit>(day|week|month|year)s?) ago|(?<count>[0-9]{1,4}|[一二两三四五六七八九十]{1,3}) ?个?(?<unit>天|日|周|週|星期|礼拜|月|年)(之|以)?前)$", Plain, PatienceMs)]
    private static partial Regex Ago();

    [GeneratedRegex("^(end of (the )?((?<which>this|next|last) )?month|month end|(?<which>本|这|這|下|上)?个?月[底末])$", Plain, PatienceMs)]
    private static partial Regex EndOfMonth();
}

/// <summary>The numerals from 一 to 九十九.</summary>
public static class ChineseNumerals
{
    /// <summary>The number written; <c>null</c> where it is none of these.</summary>
    public static int? Read(ReadOnlySpan<char> text)
    {
        var ten = text.IndexOf('十');
        if (ten < 0)
        {
            return text.Length == 1 ? Digit(text[0]) : null;
        }

        int? tens = ten switch { 0 => 1, 1 => Digit(text[0]), _ => null };
        int? ones = (text.Length - ten) switch { 1 => 0, 2 => Digit(text[ten + 1]), _ => null };
        return (tens * 10) + ones;
    }

    private static int? Digit(char numeral) => numeral == '两' ? 2 : "一二三四五六七八九".IndexOf(numeral, StringComparison.Ordinal) + 1 is > 0 and var digit ? digit : null;
}
