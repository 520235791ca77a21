using System.Globalization;

namespace KeyAccountBot.Language;

/// <summary>The day that a reply gives: of several the one that holds in the end, in the sense of the question.</summary>
internal static class DayReplies
{
    private const string Day = "yyyy-MM-dd";
    private const int Soon = 21;
    private const int YearAway = 300;
    private const int JustPassed = 60;
    private const string Moment = "yyyy-MM-dd'T'HH:mm";

    /// <summary>Reads it; <c>null</c> where no day is said.</summary>
    public static ReplyReading? Read(string said, string folded, OpenQuestion question)
    {
        var dates = Held(folded, SpokenDates.In(said, question.Today, question.Culture)).Select(d => InSense(d, question)).ToList();
        if (dates.Count == 0)
        {
            return question.Kind == QuestionKind.PastDay && ReplyWords.Is("justNow", folded) ? ReplyReadings.Answer(Iso(question.Today)) : null;
        }

        if (question.Kind == QuestionKind.Period)
        {
            return Period(folded, dates, question);
        }

        var date = dates[^1];
        if (dates.Count > 1 && dates.Any(d => d.On != date.On) && IsEitherOr(folded, dates))
        {
            return new ReplyReading(ReplyEffect.Reask) { Candidates = [.. dates.Select(d => Iso(d.On)).Distinct(StringComparer.Ordinal)] };
        }

        if (date.Shape == SpokenDateShape.Unreadable)
        {
            return new ReplyReading(ReplyEffect.Reask);
        }

        // some day before something that is weeks away: not that day itself
        if (date.IsUntil && question.Kind == QuestionKind.DayAhead && date.Shape == SpokenDateShape.Day && date.On.DayNumber - question.Today.DayNumber > Soon
            && ReplyWords.In("someDayBefore", date.Span.Of(folded)))
        {
            return new ReplyReading(ReplyEffect.Reask) { Candidates = [Iso(date.On)] };
        }

        var isSpan = date.From != date.To;
        var isOutside = question.Kind == QuestionKind.PastDay ? date.From > question.Today || isSpan : date.To < question.Today;
        if (isOutside)
        {
            return new ReplyReading(ReplyEffect.Reask) { Candidates = isSpan ? [Iso(date.From), Iso(date.To)] : [Iso(date.On)] };
        }

        var value = question.Kind == QuestionKind.Moment && date.Time is { } at ? date.On.ToDateTime(at).ToString(Moment, CultureInfo.InvariantCulture) : Iso(date.On);
        return ReplyReadings.Answer(value) with { Score = dates.Count > 1 ? 0.7 : isSpan ? 0.8 : 0.95 };
    }

    /// <summary>The date in the sense of the question: of something past, or of something to come.</summary>
    /// <remarks>A day of the last weeks is not taken for one of next year.</remarks>
    public static SpokenDate InSense(SpokenDate date, OpenQuestion question) =>
        question.Kind == QuestionKind.PastDay ? date.Behind(question.Today)
        : date.Shape == SpokenDateShape.Day && date.Later is { } later && later.On.DayNumber - date.On.DayNumber > YearAway && question.Today.DayNumber - date.On.DayNumber is > 0 and < JustPassed ? date
        : date.Ahead(question.Today);

    /// <summary>In invariant form.</summary>
    public static string Iso(DateOnly day) => day.ToString(Day, CultureInfo.InvariantCulture);

    // what was said before "no wait" does not hold, nor what is denied
    private static List<SpokenDate> Held(string folded, IReadOnlyList<SpokenDate> dates)
    {
        var last = dates.Count == 0 ? 0 : dates[^1].Span.Start;
        var turn = ReplyWords.Places("noWait", folded).Where(w => w.End <= last).Select(w => w.End).DefaultIfEmpty(0).Max();
        var held = dates.Where(d => d.Span.Start >= turn && !IsDenied(folded, d)).ToList();
        return held.Count > 0 ? held : [.. dates.TakeLast(1)];
    }

    private static bool IsDenied(string folded, SpokenDate date) =>
        ReplyWords.Trails("not", folded[..date.Span.Start].TrimEnd()) > 0;

    private static bool IsEitherOr(string folded, List<SpokenDate> dates) =>
        ReplyWords.In("eitherOr", folded[dates[^2].Span.End..dates[^1].Span.Start]);

    private static ReplyReading Period(string folded, List<SpokenDate> dates, OpenQuestion question)
    {
        var (from, to) = (dates[0].From, dates[^1].To);
        return from > to || to < question.Today || dates.Any(d => d.Shape == SpokenDateShape.Unreadable)
            ? new ReplyReading(ReplyEffect.Reask)
            : dates.Count == 1 && dates[0].From == dates[0].To ? ReplyReadings.Answer(Iso(to))
            : ReplyReadings.Answer(Iso(from), Iso(to)) with { Also = [new ReplyField("from", [Iso(from)]), new ReplyField("to", [Iso(to)])], Score = folded.Length > 60 ? 0.7 : 0.9 };
    }
}
