using System.Globalization;

namespace KeyAccountBot.Language;

/// <summary>The calendar's arithmetic behind the templates of <c>dates.json</c>. It knows no word of any language.</summary>
internal sealed class DateRules(DateOnly today, CultureInfo culture)
{
    private const int LastHourOfTheAfternoon = 6;

    private static readonly ChineseLunisolarCalendar Lunar = new();

    private DateOnly Monday => today.AddDays(-(((int)today.DayOfWeek + 6) % 7));

    /// <summary>What a template of a lower kind means: a <see cref="DateMeaning"/>, or a <see cref="TimeOnly"/> for a time; <c>null</c> for nothing.</summary>
    public object? Meaning(string name, string kind, TemplateTree.Captures? captured)
    {
        var slots = new Slots(captured);
        try
        {
            return name switch
            {
                "time" or "time-weak" or "time-bare" => Time(kind, slots),
                "later" when kind == "weekOf" => Period(kind, slots),
                "day" or "when-short" or "later" => Day(kind, slots),
                "period" or "period-bare" => Period(kind, slots),
                "part" => Part(kind, slots),
                "moment" => Moment(slots),
                _ => throw new FormatException($"dates.json: no such kind of template: '{name}'."),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            // beyond the calendar's own ends
            return null;
        }
    }

    /// <summary>What a template of what can be spoken means; <c>null</c> for nothing.</summary>
    public DateMeaning? Spoken(string kind, TemplateTree.Captures? captured)
    {
        var slots = new Slots(captured);
        try
        {
            return kind switch
            {
                "on" => slots.Around,
                "until" => slots.Around is { } until ? until with { IsUntil = true } : null,
                "before" => slots.Around is { } before ? Before(before) : null,
                "after" => slots.Around is { } after ? After(after) : null,
                "range" => Range(slots),
                "dayRange" => DayRange(slots),
                "time" => slots.Time is { } time ? new DateMeaning(new Days(today), Grain.Day) { Time = time, IsTimeOnly = true } : null,
                "timeUntil" => slots.Time is { } time ? new DateMeaning(new Days(today), Grain.Day) { Time = time, IsTimeOnly = true, IsUntil = true } : null,
                "unreadable" => Unreadable(),
                _ => throw new FormatException($"dates.json: no such kind of template: 'spoken/{kind}'."),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private DateMeaning Unreadable() => new(new Days(today), Grain.Day) { IsUnreadable = true };

    // ---- days

    private DateMeaning? Day(string kind, Slots slots) => kind switch
    {
        "relative" => new DateMeaning(new Days(today.AddDays(slots.Int("relative")!.Value)), Grain.Day),
        "relativeLate" => new DateMeaning(new Days(today.AddDays(slots.Int("relative")!.Value)), Grain.Day) { IsLate = true },
        "weekday" => Weekday(slots),
        "coming" => Weekday(today.AddDays(1), slots.Int("weekday")!.Value),
        "weekdayInWeek" => slots.Date("period") is { Grain: Grain.Week } week ? new DateMeaning(new Days(MondayOf(week.Days.From).AddDays(slots.Int("weekday")!.Value - 1)), Grain.Day) : null,
        "weekdayLater" => WeekdayLater(slots),
        "date" => Dated(slots),
        "slashed" => Slashed(slots),
        "dayOfMonth" => DayOfMonth(slots),
        "weekdayAndDay" => DayOfMonth(slots) is { } day && IsOn(day, slots.Int("weekday")!.Value) ? day : null,
        "ahead" => Distance(slots, 1),
        "within" => Distance(slots, 1) is { } within ? within with { IsUntil = true } : null,
        "ago" => Distance(slots, -1),
        "holiday" => Holiday(slots),
        _ => throw new FormatException($"dates.json: no such kind of template: 'day/{kind}'."),
    };

    private DateMeaning Weekday(Slots slots)
    {
        var day = slots.Int("weekday")!.Value;
        if (slots.Int("which") is { } weeks)
        {
            return new DateMeaning(new Days(Monday.AddDays(day - 1 + (7 * weeks))), Grain.Day);
        }

        var next = First(today, day);
        return new DateMeaning(new Days(next), Grain.Weekday) { Earlier = new Days(next.AddDays(-7)) };
    }

    private static DateMeaning Weekday(DateOnly from, int day) => new(new Days(First(from, day)), Grain.Day);

    private static DateOnly First(DateOnly from, int weekday) => from.AddDays((weekday - 1 - (((int)from.DayOfWeek + 6) % 7) + 7) % 7);

    private DateMeaning? WeekdayLater(Slots slots)
    {
        // "Friday week", "a week on Friday", "Friday in two weeks"
        var from = slots.Date("day")?.Days.From ?? First(today, slots.Int("weekday")!.Value);
        return Moved(from, slots, 1, slots.Int("n") ?? 1) is { } day ? new DateMeaning(new Days(day), Grain.Day) : null;
    }

    private DateMeaning? Dated(Slots slots)
    {
        var month = slots.Int("month") ?? slots.Int("mm")!.Value;
        var day = slots.Int("dd") ?? slots.Int("ordinal")!.Value;
        return Dated(Year(slots), month, day);
    }

    private DateMeaning Dated(int? year, int month, int day)
    {
        if (year is { } given)
        {
            return OnCalendar(given, month, day) is { } date ? new DateMeaning(new Days(date), Grain.Day) : Unreadable();
        }

        // eight years reach the next 29 February from anywhere
        var all = Enumerable.Range(today.Year - 8, 17).Select(y => OnCalendar(y, month, day)).OfType<DateOnly>().ToList();
        if (all.Count == 0)
        {
            return Unreadable();
        }

        var nearest = all.OrderByDescending(d => d).MinBy(d => Math.Abs(d.DayNumber - today.DayNumber));
        return new DateMeaning(new Days(nearest), Grain.Day)
        {
            Earlier = all.Where(d => d < nearest).Select(d => (Days?)new Days(d)).LastOrDefault(),
            Later = all.Where(d => d > nearest).Select(d => (Days?)new Days(d)).FirstOrDefault(),
        };
    }

    private DateMeaning? Slashed(Slots slots)
    {
        var (first, second) = (slots.Int("first")!.Value, slots.Int("second")!.Value);
        var pattern = culture.DateTimeFormat.ShortDatePattern;
        var dayFirst = pattern.IndexOf('d', StringComparison.Ordinal) < pattern.IndexOf('M', StringComparison.Ordinal);
        var year = Year(slots);
        var other = Given(year, dayFirst ? first : second, dayFirst ? second : first);
        if (Given(year, dayFirst ? second : first, dayFirst ? first : second) is not { } read)
        {
            return other;
        }

        return other is null || first == second ? read : read with { IsAmbiguous = true };

        DateMeaning? Given(int? given, int month, int day) => Dated(given, month, day) is { IsUnreadable: false } meaning ? meaning : null;
    }

    private DateMeaning? DayOfMonth(Slots slots)
    {
        var day = slots.Int("dd") ?? slots.Int("ordinal")!.Value;
        if (slots.Date("period") is { } period)
        {
            // "November" alone may be this one or the next: 11月30日 is read as a date
            return period is { Grain: Grain.Month, Earlier: null } ? Dated(period.Days.From.Year, period.Days.From.Month, day) : null;
        }

        // half a year has every day of a month
        var months = Enumerable.Range(-6, 13).Select(m => today.AddMonths(m)).Select(m => OnCalendar(m.Year, m.Month, day)).OfType<DateOnly>().ToList();
        return months.Count == 0
            ? null
            : new DateMeaning(new Days(months.First(d => d >= today)), Grain.Day) { Earlier = new Days(months.Last(d => d < today)) };
    }

    // "Monday 14" where that is a Monday; "Friday 3 visits" is no date of the 3rd
    private static bool IsOn(DateMeaning day, int weekday) => First(day.Days.From, weekday) == day.Days.From;

    private DateMeaning? Distance(Slots slots, int sign) =>
        Moved(today, slots, sign, slots.Int("n")) is { } day ? new DateMeaning(new Days(day), Grain.Day) : null;

    // "3 weeks", or words for several units at once such as "half a year"
    private static DateOnly? Moved(DateOnly from, Slots slots, int sign, int? count)
    {
        var unit = slots.Word("unit");
        if (slots.Word("span") is { } span)
        {
            var space = span.IndexOf(' ', StringComparison.Ordinal);
            (count, unit) = (int.Parse(span.AsSpan(0, space), CultureInfo.InvariantCulture), span[(space + 1)..]);
        }

        return count is not { } by || unit is null ? null : unit switch
        {
            "day" => from.AddDays(sign * by),
            "workday" => Workdays(from, sign, by),
            "week" => from.AddDays(sign * 7 * by),
            "fortnight" => from.AddDays(sign * 14 * by),
            "month" => from.AddMonths(sign * by),
            "quarter" => from.AddMonths(sign * 3 * by),
            "year" => from.AddYears(sign * by),
            _ => null,
        };
    }

    private static DateOnly? Workdays(DateOnly from, int sign, int by)
    {
        if (by > 400)
        {
            return null;
        }

        for (var left = by; left > 0;)
        {
            from = from.AddDays(sign);
            left -= from.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        return from;
    }

    private DateMeaning? Holiday(Slots slots)
    {
        var rule = slots.Word("holiday")!;
        if (Year(slots) is { } given)
        {
            return HolidayIn(given, rule) is { } day ? new DateMeaning(new Days(day), Grain.Day) { IsHoliday = true } : null;
        }

        var all = Enumerable.Range(today.Year - 1, 4).Select(y => HolidayIn(y, rule)).OfType<DateOnly>().ToList();
        return all.Any(d => d >= today)
            ? new DateMeaning(new Days(all.First(d => d >= today)), Grain.Day) { IsHoliday = true, Earlier = all.Where(d => d < today).Select(d => (Days?)new Days(d)).LastOrDefault() }
            : null;
    }

    // "12-25", "easter -2", "lunar 1-1"
    private static DateOnly? HolidayIn(int year, string rule)
    {
        if (year is < 1902 or > 2099)
        {
            return null;
        }

        var parts = rule.Split(' ');
        switch (parts[0])
        {
            case "easter":
                return Easter(year).AddDays(int.Parse(parts[1], CultureInfo.InvariantCulture));
            case "lunar":
                var (month, day) = MonthDay(parts[1]);
                var leap = Lunar.GetLeapMonth(year);
                return DateOnly.FromDateTime(Lunar.ToDateTime(year, leap > 0 && month >= leap ? month + 1 : month, day, 0, 0, 0, 0));
            default:
                return OnCalendar(year, MonthDay(rule).Month, MonthDay(rule).Day);
        }
    }

    private static (int Month, int Day) MonthDay(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return (int.Parse(text.AsSpan(0, dash), CultureInfo.InvariantCulture), int.Parse(text.AsSpan(dash + 1), CultureInfo.InvariantCulture));
    }

    // Gauss's rule as Butcher wrote it down
    private static DateOnly Easter(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var sum = h + l - (7 * m) + 114;
        return new DateOnly(year, sum / 31, (sum % 31) + 1);
    }

    // ---- periods

    private DateMeaning? Period(string kind, Slots slots) => kind switch
    {
        "week" => Week(Monday.AddDays(7 * slots.Int("which")!.Value)),
        "weekNumber" => WeekNumber(slots),
        "weekOf" => slots.Date("day") is { IsUnreadable: false } day ? Week(MondayOf(day.Days.From)) : null,
        "weekOfMonth" => WeekOfMonth(slots),
        "weekend" => Weekend(slots.Int("which") ?? 0),
        "month" => Month(slots),
        "unit" => Unit(slots.Word("unit")!, slots.Int("which") ?? slots.Int("year") ?? 0),
        "quarter" => Quarter(slots, slots.Int("quarter")!.Value, 3),
        "half" => Quarter(slots, slots.Int("half")!.Value, 6),
        "year" => Year(slots) is >= 2000 and < 2100 and { } year ? Longer(new DateOnly(year, 1, 1), 12) : null,
        _ => throw new FormatException($"dates.json: no such kind of template: 'period/{kind}'."),
    };

    private static DateMeaning Week(DateOnly monday) => new(new Days(monday, monday.AddDays(4), monday), Grain.Week);

    private static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private DateMeaning? WeekNumber(Slots slots)
    {
        var number = slots.Int("weekno")!.Value;
        if (Year(slots) is { } given)
        {
            return InYear(given) is { } monday ? Week(monday) : null;
        }

        var all = Enumerable.Range(today.Year - 1, 8).Select(InYear).OfType<DateOnly>().ToList();
        var next = all.First(m => m >= Monday);
        return Week(next) with { Earlier = Week(all.Last(m => m < Monday)).Days };

        DateOnly? InYear(int year) => number <= ISOWeek.GetWeeksInYear(year) ? DateOnly.FromDateTime(ISOWeek.ToDateTime(year, number, DayOfWeek.Monday)) : null;
    }

    private DateMeaning? WeekOfMonth(Slots slots)
    {
        var number = slots.Int("ordinal") ?? slots.Int("n") ?? 0;
        if (number is < 1 or > 5 || Month(slots) is not { } month)
        {
            return null;
        }

        return month with { Days = In(month.Days), Grain = Grain.Week, Earlier = month.Earlier is { } earlier ? In(earlier) : null, Later = month.Later is { } later ? In(later) : null };

        Days In(Days days) => Week(First(days.From, 1).AddDays(7 * (number - 1))).Days;
    }

    private DateMeaning Weekend(int weeks)
    {
        var saturday = Monday.AddDays(5 + (7 * weeks));
        return new DateMeaning(new Days(saturday, saturday.AddDays(1), saturday), Grain.Part);
    }

    private DateMeaning? Month(Slots slots)
    {
        var month = slots.Int("month") ?? slots.Int("mm")!.Value;
        var thisOne = new DateOnly(today.Year, today.Month, 1);
        if (Year(slots) is { } given)
        {
            return given is >= 1 and <= 9999 ? Longer(new DateOnly(given, month, 1), 1) : null;
        }

        var next = new DateOnly(today.Year + (month < today.Month ? 1 : 0), month, 1);
        return slots.Int("which") switch
        {
            0 => Longer(new DateOnly(today.Year, month, 1), 1),
            < 0 => Longer(next == thisOne ? next.AddYears(-1) : new DateOnly(today.Year - (month > today.Month ? 1 : 0), month, 1), 1),
            > 0 when next == thisOne => Longer(next.AddYears(1), 1),
            _ => Longer(next, 1) with { Earlier = Longer(next.AddYears(-1), 1).Days, Later = Longer(next.AddYears(1), 1).Days },
        };
    }

    private DateMeaning? Unit(string unit, int which) => unit switch
    {
        "week" => Week(Monday.AddDays(7 * which)),
        "month" => Longer(new DateOnly(today.Year, today.Month, 1).AddMonths(which), 1),
        "quarter" => Longer(new DateOnly(today.Year, (3 * ((today.Month - 1) / 3)) + 1, 1).AddMonths(3 * which), 3),
        "year" => Longer(new DateOnly(today.Year, 1, 1).AddYears(which), 12),
        _ => null,
    };

    private DateMeaning? Quarter(Slots slots, int number, int months)
    {
        if (number < 1 || number > 12 / months)
        {
            return null;
        }

        if (Year(slots) is { } given)
        {
            return given is >= 1 and <= 9999 ? Longer(Start(given), months) : null;
        }

        var next = Start(today.Year).AddMonths(months) > today ? Start(today.Year) : Start(today.Year + 1);
        return Longer(next, months) with { Earlier = Longer(next.AddYears(-1), months).Days, Later = Longer(next.AddYears(1), months).Days };

        DateOnly Start(int year) => new(year, (months * (number - 1)) + 1, 1);
    }

    private static DateMeaning Longer(DateOnly first, int months) =>
        new(new Days(first, first.AddMonths(months).AddDays(-1), first), months == 1 ? Grain.Month : Grain.Longer);

    // ---- parts of periods

    private DateMeaning? Part(string kind, Slots slots)
    {
        var ending = slots.Word("ending")?.Split(' ');
        var part = ending?[0] ?? slots.Word("portion");
        var unit = ending?[1] ?? slots.Word("unit");
        var period = kind == "current" ? Unit(unit!, slots.Int("which") ?? 0) : slots.Date("period");
        if (period is not { Grain: Grain.Week or Grain.Month or Grain.Longer } || part is null)
        {
            return null;
        }

        return new DateMeaning(Of(period.Days), Grain.Part)
        {
            Earlier = period.Earlier is { } earlier ? Of(earlier) : null,
            Later = period.Later is { } later ? Of(later) : null,
        };

        Days Of(Days all) => period.Grain == Grain.Week ? InWeek(all, part) : InMonths(all, part);
    }

    private static Days InWeek(Days week, string part) => part switch
    {
        "start" => new Days(week.From, week.From.AddDays(1), week.From),
        "middle" => new Days(week.From.AddDays(1), week.From.AddDays(3), week.From.AddDays(2)),
        "late" => new Days(week.To.AddDays(-1), week.To, week.To),
        _ => new Days(week.To),
    };

    private static Days InMonths(Days all, string part)
    {
        var months = ((all.To.Year - all.From.Year) * 12) + all.To.Month - all.From.Month + 1;
        if (months == 1)
        {
            var tenth = all.From.AddDays(9);
            return part switch
            {
                "start" => new Days(all.From, tenth, all.From),
                "middle" => new Days(tenth.AddDays(1), tenth.AddDays(10), tenth.AddDays(5)),
                "late" => new Days(tenth.AddDays(11), all.To, all.To),
                _ => new Days(all.To),
            };
        }

        // the first, the middle or the last month, of a year the middle two
        return part switch
        {
            "start" => new Days(all.From, all.From.AddMonths(1).AddDays(-1), all.From),
            "middle" => Middle(all.From.AddMonths((months - 1) / 2), all.From.AddMonths((months / 2) + 1).AddDays(-1)),
            "late" => new Days(all.To.AddDays(1).AddMonths(-1), all.To, all.To),
            _ => new Days(all.To),
        };
    }

    private static Days Middle(DateOnly from, DateOnly to) => new(from, to, from.AddDays((to.DayNumber - from.DayNumber) / 2));

    // ---- what stands around a day

    private static DateMeaning? Moment(Slots slots) =>
        slots.Date("when") is not { } when ? null
        : slots.Time is { } time ? when with { Time = (when.IsLate || slots.Word("daypart") == "pm") && time.Hour < 12 ? time.AddHours(12) : time, IsUntil = when.IsUntil || slots.Has("until") }
        : when with { IsUntil = when.IsUntil || slots.Has("until") };

    // before a holiday or a month is the day before it begins; before Friday and before the end of a month can be that day
    private static DateMeaning Before(DateMeaning moment)
    {
        if (!moment.IsHoliday && moment.Grain is not (Grain.Week or Grain.Month or Grain.Longer))
        {
            return moment with { IsUntil = true };
        }

        return moment with { Days = Of(moment.Days), Grain = Grain.Day, IsUntil = true, Earlier = moment.Earlier is { } e ? Of(e) : null, Later = moment.Later is { } l ? Of(l) : null };

        static Days Of(Days days) => new(days.From.AddDays(-1));
    }

    // after a day is some day of the week that follows
    private static DateMeaning After(DateMeaning moment)
    {
        return moment.IsUnreadable ? moment : moment with { Days = Of(moment.Days), Grain = Grain.Part, Time = null, Earlier = moment.Earlier is { } e ? Of(e) : null, Later = moment.Later is { } l ? Of(l) : null };

        static Days Of(Days days) => new(days.To.AddDays(1), days.To.AddDays(7), days.To.AddDays(1));
    }

    private static DateMeaning? Range(Slots slots)
    {
        // the last one captured is the first in the list
        if (slots.Dates("when") is not [{ } to, { } from] || from.IsUnreadable || to.IsUnreadable)
        {
            return null;
        }

        var last = to.Days.To;
        if (to.Grain == Grain.Weekday)
        {
            last = First(from.Days.From, (((int)last.DayOfWeek + 6) % 7) + 1);
        }
        else if (last < from.Days.From && to.Later is { } later)
        {
            last = later.To;
        }

        return last < from.Days.From || last.DayNumber - from.Days.From.DayNumber > 800
            ? null
            : new DateMeaning(new Days(from.Days.From, last, from.Days.From), Grain.Part) { Time = from.Time };
    }

    private DateMeaning? DayRange(Slots slots)
    {
        if (slots.Ints("dd") is not [var to, var from] || from >= to)
        {
            return null;
        }

        var month = slots.Int("month") ?? slots.Int("mm")!.Value;
        var (first, last) = (Dated(Year(slots), month, from), Dated(Year(slots), month, to));
        return first.IsUnreadable || last.IsUnreadable
            ? null
            : new DateMeaning(new Days(first.Days.From, first.Days.From.AddDays(to - from), first.Days.From), Grain.Part)
            {
                Earlier = Of(first.Earlier),
                Later = Of(first.Later),
            };

        Days? Of(Days? days) => days is { } given ? new Days(given.From, given.From.AddDays(to - from), given.From) : null;
    }

    // ---- times

    private static object? Time(string kind, Slots slots)
    {
        if (slots.Word("named") is { } named)
        {
            return TimeOnly.ParseExact(named, "H:mm", CultureInfo.InvariantCulture);
        }

        if (slots.Int("hour") is not { } hour)
        {
            return null;
        }

        var minute = slots.Int("minute") ?? slots.Int("min") ?? slots.Int("quarters") ?? 0;
        switch (kind)
        {
            case "halfPast":
                minute = 30;
                break;
            case "halfTo":
                (hour, minute) = (hour == 0 ? 23 : hour - 1, 30);
                break;
            case "past":
                break;
            case "to":
                (hour, minute) = (hour == 0 ? 23 : hour - 1, 60 - minute);
                break;
            default:
                break;
        }

        switch (slots.Word("half"))
        {
            case null:
                // an hour spoken without its half of the day is by day; on a dial it is as written
                hour += hour is >= 1 and <= LastHourOfTheAfternoon && kind != "dial" ? 12 : 0;
                break;
            case "am":
                hour = hour == 12 ? 0 : hour;
                break;
            case "noon":
                hour += hour < 10 ? 12 : 0;
                break;
            default:
                hour += hour < 12 ? 12 : 0;
                break;
        }

        return hour <= 23 && minute <= 59 ? new TimeOnly(hour, minute) : null;
    }

    // ---- years

    private int? Year(Slots slots) =>
        slots.Int("yyyy") is { } full ? full
        : slots.Int("yy") is { } two ? 2000 + two
        : slots.Int("year") is { } which ? today.Year + which
        : null;

    private static DateOnly? OnCalendar(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    /// <summary>The values of a template's slots.</summary>
    private readonly struct Slots(TemplateTree.Captures? last)
    {
        public TimeOnly? Time => Get("time") as TimeOnly?;

        /// <summary>What "by", "on" and the like stand with.</summary>
        public DateMeaning? Around => Date("moment") ?? Date("day") ?? Date("period") ?? Date("when");

        public bool Has(string key) => Get(key) is not null;

        public int? Int(string key) => Get(key) as int?;

        public string? Word(string key) => Get(key) as string;

        public DateMeaning? Date(string key) => Get(key) as DateMeaning;

        public IReadOnlyList<DateMeaning> Dates(string key) => [.. All(key).OfType<DateMeaning>()];

        public IReadOnlyList<int> Ints(string key) => [.. All(key).OfType<int>()];

        private object? Get(string key)
        {
            for (var capture = last; capture is not null; capture = capture.Before)
            {
                if (capture.Key == key)
                {
                    return capture.Value;
                }
            }

            return null;
        }

        private IEnumerable<object> All(string key)
        {
            for (var capture = last; capture is not null; capture = capture.Before)
            {
                if (capture.Key == key)
                {
                    yield return capture.Value;
                }
            }
        }
    }
}
