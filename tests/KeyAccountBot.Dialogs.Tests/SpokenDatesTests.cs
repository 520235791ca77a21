using System.Diagnostics;
using System.Globalization;
using CsCheck;
using KeyAccountBot.Language;
using Xunit;

namespace KeyAccountBot.Dialogs.Tests;

public sealed class SpokenDatesTests
{
    // a Thursday
    private static readonly DateOnly Today = new(2027, 3, 11);

    private static readonly string[] Cultures = ["en-GB", "en-US", "de-DE", "zh-CN"];

    [Theory]
    [InlineData("saw them this morning, quote goes out tmrw", "2027-03-11 | 2027-03-12")]
    [InlineData("yest was a mess, back the day after tomorrow", "2027-03-10 | 2027-03-13")]
    [InlineData("lunch with the buyer last night", "2027-03-10")]
    [InlineData("demo on mon, samples by weds", "2027-03-15 weekday | 2027-03-17 weekday until")]
    [InlineData("nxt friday works, coming friday does not", "2027-03-19 | 2027-03-12")]
    [InlineData("Friday next week or Tues the week after next", "2027-03-19 | 2027-03-23")]
    [InlineData("see you a week on Monday", "2027-03-22")]
    [InlineData("he is away next week", "2027-03-15..2027-03-19")]
    [InlineData("the trial runs wk of 22 March", "2027-03-22..2027-03-26")]
    [InlineData("start in week 14", "2027-04-05..2027-04-09")]
    [InlineData("the 3rd of May, or May 4th, or Thursday 6 May", "2027-05-03 | 2027-05-04 | 2027-05-06")]
    [InlineData("they meet on the twenty second", "2027-03-22")]
    [InlineData("pay before the 5th", "2027-04-05 until")]
    [InlineData("mid april, end of Q2 at the latest", "2027-04-11..2027-04-20 | 2027-06-30 part until")]
    [InlineData("late May or the second week of June", "2027-05-21..2027-05-31 | 2027-06-14..2027-06-18")]
    [InlineData("frozen until Q3, then again in Q1 2028", "2027-07-01..2027-09-30 until | 2028-01-01..2028-03-31")]
    [InlineData("two weeks from now, not in three days' time", "2027-03-25 | 2027-03-14")]
    [InlineData("reply within 5 working days", "2027-03-18 until")]
    [InlineData("before Easter, not after Christmas", "2027-03-27 until | 2027-12-26..2028-01-01")]
    [InlineData("from Monday to Wednesday", "2027-03-15..2027-03-17")]
    [InlineData("off 22-26 March", "2027-03-22..2027-03-26")]
    [InlineData("month end, eoy", "2027-03-31 part | 2027-12-31 part")]
    public void English_dates_are_found_in_what_people_write(string text, string dates) => Assert.Equal(dates, Said(text, "en-GB"));

    [Theory]
    [InlineData("heute Nachmittag bei ihm gewesen, Angebot geht morgen früh raus", "2027-03-11 | 2027-03-12")]
    [InlineData("vorgestern angerufen, übermorgen Termin", "2027-03-09 | 2027-03-13")]
    [InlineData("nächsten Dienstag oder am Freitag", "2027-03-16 | 2027-03-12 weekday")]
    [InlineData("Freitag nächster Woche, spätestens Mittwoch", "2027-03-19 | 2027-03-17 weekday until")]
    [InlineData("er ist KW 13 im Urlaub", "2027-03-29..2027-04-02")]
    [InlineData("bis Monatsende, sonst Anfang nächster Woche", "2027-03-31 part until | 2027-03-15..2027-03-16")]
    [InlineData("am 8. sehen wir uns, bis zum 15. kommt der Plan", "2027-04-08 | 2027-03-15 until")]
    [InlineData("vom 22. bis 26.3. im Haus", "2027-03-22..2027-03-26")]
    [InlineData("am 3. Mai, den 4.5. oder 06.05.2027", "2027-05-03 | 2027-05-04 | 2027-05-06")]
    [InlineData("in 14 Tagen, vor drei Wochen, heute in einer Woche", "2027-03-25 | 2027-02-18 | 2027-03-18")]
    [InlineData("Mitte April, Ende Q2, im zweiten Quartal 2028", "2027-04-11..2027-04-20 | 2027-06-30 part | 2028-04-01..2028-06-30")]
    [InlineData("noch vor Ostern, gleich nach Pfingsten", "2027-03-27 until | 2027-05-17..2027-05-23")]
    public void German_dates_are_found_in_what_people_write(string text, string dates) => Assert.Equal(dates, Said(text, "de-DE"));

    [Theory]
    [InlineData("今早见的，明天发报价，大后天再去", "2027-03-11 | 2027-03-12 | 2027-03-14")]
    [InlineData("下周二、礼拜五、下下周一", "2027-03-16 | 2027-03-12 weekday | 2027-03-22")]
    [InlineData("周三前给我，22号开标", "2027-03-17 weekday until | 2027-03-22")]
    [InlineData("5月3号，十二月二十日", "2027-05-03 | 2026-12-20")]
    [InlineData("四月中旬，月底前，明年一季度", "2027-04-11..2027-04-20 | 2027-03-31 part until | 2028-01-01..2028-03-31")]
    [InlineData("两周后，三天前，半年后", "2027-03-25 | 2027-03-08 | 2027-09-11")]
    [InlineData("下周一到周三休息", "2027-03-15..2027-03-17")]
    [InlineData("下个月8号交货，中秋前装完", "2027-04-08 | 2027-09-14 until")]
    public void Chinese_dates_are_found_in_what_people_write(string text, string dates) => Assert.Equal(dates, Said(text, "zh-CN"));

    [Theory]
    [InlineData("tomorrow 9ish", "en-GB", "2027-03-12 09:00")]
    [InlineData("half ten Friday", "en-GB", "2027-03-12 weekday 10:30")]
    [InlineData("the 16th at 2.15pm", "en-GB", "2027-03-16 14:15")]
    [InlineData("by EOD tomorrow", "en-GB", "2027-03-12 17:00 until")]
    [InlineData("morgen um halb zehn", "de-DE", "2027-03-12 09:30")]
    [InlineData("Dienstag 14 Uhr 30", "de-DE", "2027-03-16 weekday 14:30")]
    [InlineData("16.3. 14h", "de-DE", "2027-03-16 14:00")]
    [InlineData("Freitagnachmittag um 3", "de-DE", "2027-03-12 weekday 15:00")]
    [InlineData("周五上午10点半", "zh-CN", "2027-03-12 weekday 10:30")]
    [InlineData("明晚7点", "zh-CN", "2027-03-12 19:00")]
    [InlineData("11:30", "en-GB", "2027-03-11 time 11:30")]
    public void A_time_stands_with_its_day(string text, string culture, string dates) => Assert.Equal(dates, Said(text, culture));

    [Theory]
    [InlineData("en-GB", "05/04", "2027-04-05 ambiguous")]
    [InlineData("en-US", "05/04", "2027-05-04 ambiguous")]
    [InlineData("en-US", "25/04", "2027-04-25")]
    [InlineData("en-GB", "04/25", "2027-04-25")]
    [InlineData("en-GB", "4/4", "2027-04-04")]
    [InlineData("en-US", "5.4.", "2027-04-05")]
    public void Day_and_month_are_doubted_only_where_both_readings_are_dates(string culture, string text, string dates) => Assert.Equal(dates, Said(text, culture));

    [Theory]
    [InlineData("60 days payment, net 45, line 2, lot 3")]
    [InlineData("PN 8841, unit DC-4, v2.10.1, invoice 2026-44, tel +44 20 7946 0000")]
    [InlineData("a 5-year contract, the first meeting, the second one, 90% done")]
    [InlineData("they may be late and we sat in the sun")]
    [InlineData("every Monday, next to the plant")]
    [InlineData("Werk 2, 30 Tage netto, der 2. Termin, jeden Freitag, vor allem vor Ort")]
    [InlineData("5号线、四期、第一、一下、3号泵、每周一、两点意见")]
    public void What_only_looks_like_a_date_is_none(string text) => Assert.Equal("", Said(text, "en-GB"));

    [Theory]
    [InlineData("call him in a few weeks")]
    [InlineData("after their board meeting")]
    [InlineData("due 31 April")]
    [InlineData("nach der Vorstandssitzung")]
    [InlineData("过几天再说")]
    public void Words_for_a_day_that_cannot_be_read_are_named(string text) => Assert.Equal("2027-03-11 unreadable", Said(text, "en-GB"));

    [Fact]
    public void A_name_is_no_month()
    {
        const string Text = "remind April May in May";
        var found = SpokenDates.In(Text, Today, CultureInfo.GetCultureInfo("en-GB"), [new TextSpan(7, 9)]);
        Assert.Equal("in May", Assert.Single(found).Span.Of(Text));
    }

    [Fact]
    public void A_bare_weekday_is_last_weeks_where_something_happened()
    {
        var friday = Assert.Single(SpokenDates.In("friday", Today, CultureInfo.GetCultureInfo("en-GB")));
        Assert.Equal(new DateOnly(2027, 3, 12), friday.Ahead(Today).From);
        Assert.Equal(new DateOnly(2027, 3, 5), friday.Behind(Today).From);
    }

    [Fact]
    public void A_date_without_year_is_next_years_where_something_is_to_come()
    {
        var date = Assert.Single(SpokenDates.In("20 Dec", Today, CultureInfo.GetCultureInfo("en-GB")));
        Assert.Equal(new DateOnly(2026, 12, 20), date.From);
        Assert.Equal(new DateOnly(2027, 12, 20), date.Ahead(Today).From);
    }

    [Fact]
    public void The_middle_of_a_month_has_one_day_where_one_is_needed() =>
        Assert.Equal(new DateOnly(2027, 4, 15), Assert.Single(SpokenDates.In("mid April", Today, CultureInfo.GetCultureInfo("en-GB"))).On);

    [Fact]
    public void A_date_written_in_any_format_of_any_culture_is_read_back() =>
        Gen.Select(Gen.Int[0, 1500], Gen.OneOf(Cultures), Gen.Int[0, 20]).Sample((days, name, pick) =>
        {
            var culture = CultureInfo.GetCultureInfo(name);
            var date = new DateOnly(2026, 1, 1).AddDays(days);
            string[] formats = name switch
            {
                "de-DE" => ["d.M.yyyy", "dd.MM.yyyy", "d. MMMM yyyy", "yyyy-MM-dd", "dd.MM.yy"],
                "zh-CN" => ["yyyy年M月d日", "yyyy/M/d", "yyyy-MM-dd", "yyyy年MM月dd号"],
                "en-US" => ["M/d/yyyy", "MM/dd/yy", "MMMM d, yyyy", "MMM d yyyy", "yyyy-MM-dd", "dddd, MMMM d, yyyy"],
                _ => ["d/M/yyyy", "dd/MM/yy", "d MMMM yyyy", "d MMM yyyy", "yyyy-MM-dd", "dddd d MMMM yyyy"],
            };
            var written = date.ToString(formats[pick % formats.Length], culture);
            var text = $"x {written} y";
            var found = Assert.Single(SpokenDates.In(text, Today, culture));
            Assert.Equal((date, date), (found.From, found.To));
            Assert.Equal(date, DateReading.Read(written, Today, culture));
        });

    [Fact]
    public void Every_time_on_a_dial_is_read_back() =>
        Gen.Int[0, 1439].Sample(minutes =>
        {
            var time = new TimeOnly(minutes / 60, minutes % 60);
            Assert.Equal(time, TimeReading.ReadTime(time.ToString("H:mm", CultureInfo.InvariantCulture)));
            Assert.Equal(time, Assert.Single(SpokenDates.In($"tomorrow {time:HH:mm}", Today, CultureInfo.InvariantCulture)).Time);
        });

    [Fact]
    public void Spans_lie_in_order_within_any_text() =>
        Gen.OneOf("fri", "12/3", "KW", "50", "bis", "下周", "五", "3号", "next", "week", "by", "the", "8th", "of", "May", "2027", ".", "-", "um", "halb", "zehn", " ", "10").Array[0, 40].Sample(words =>
        {
            var text = string.Join(' ', words);
            var end = 0;
            foreach (var date in SpokenDates.In(text, Today, CultureInfo.GetCultureInfo("en-GB")))
            {
                Assert.True(date.Span.Start >= end && date.Span.End <= text.Length && date.Span.Length > 0 && date.From <= date.To);
                end = date.Span.End;
            }
        });

    [Theory]
    [InlineData("monday next week to friday ")]
    [InlineData("by the end of the ")]
    [InlineData("1.")]
    [InlineData("twenty ")]
    [InlineData("下周")]
    [InlineData("一")]
    public void A_hundred_kilobytes_end_in_bounded_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 100_000 / piece.Length));
        var started = Stopwatch.GetTimestamp();
        _ = SpokenDates.In(text, Today, CultureInfo.InvariantCulture);
        _ = Amounts.In(text);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    // "2027-03-12", with ".." for several days and words for what else was read
    private static string Said(string text, string culture) => string.Join(" | ", SpokenDates.In(text, Today, CultureInfo.GetCultureInfo(culture)).Select(d =>
        Day(d.From) + (d.To == d.From ? "" : ".." + Day(d.To))
        + d.Shape switch
        {
            SpokenDateShape.BareWeekday => " weekday",
            SpokenDateShape.Ambiguous => " ambiguous",
            SpokenDateShape.Unreadable => " unreadable",
            SpokenDateShape.TimeOnly => " time",
            SpokenDateShape.Span when d.To == d.From => " part",
            _ => "",
        }
        + (d.Time is { } time ? " " + time.ToString("HH:mm", CultureInfo.InvariantCulture) : "") + (d.IsUntil ? " until" : "")));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
